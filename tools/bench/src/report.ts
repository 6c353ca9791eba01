import { writeSync } from "node:fs";

/** The file descriptor on which a child tells what standard output has no place for. */
export const reportFile = 3;

/** What a child tells. */
export interface Report {
  /** Of user and system, from the start of the process. */
  cpuMs: number;
  peakBytes: number;
  /** Requests that the sink took. */
  taken?: number;
  /** The most that was alive whenever it was looked at. */
  liveBytes?: number;
  /** Of a stage, for one item. */
  microseconds?: number;
}

/** Tells a part of the report; parts are put together. */
export function tell(part: Partial<Report>): void {
  writeSync(reportFile, `${JSON.stringify(part)}\n`);
}

/** The report of a child that has ended. */
export function reportOf(text: string): Partial<Report> {
  return Object.assign(
    {},
    ...text
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
  );
}
