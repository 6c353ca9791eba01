import type { OtherRun } from "./c-setkey.ts";
import { grouped, megabytes, ratio, seconds, table } from "./markdown.ts";
import type { Figures } from "./measure.ts";

/** A workload done so many times. */
export interface TimesRow {
  name: string;
  count: number;
  figures: Figures;
}

/** Wall time, CPU time, the most memory, the first byte of what is printed. */
export function timesTable(startUp: Figures, ours: readonly TimesRow[], others: readonly OtherRun[]): string {
  return table(
    ["", "count", "wall, s", "CPU, s", "peak, MB", "first byte, s", "remark"],
    [
      ["start-up alone (`-V`)", "", ...figureCells(startUp), ""],
      ...ours.map(({ name, count, figures }) => [name, grouped(count), ...figureCells(figures), ""]),
      ...others.map(({ name, count, figures, remark }) => [
        name,
        grouped(count),
        ...figureCells(figures),
        remark,
      ]),
    ],
  );
}

const figureCells = ({ wallMs, cpuMs, peakBytes, firstByteMs }: Partial<Figures> = {}): string[] => [
  seconds(wallMs),
  seconds(cpuMs),
  megabytes(peakBytes),
  seconds(firstByteMs),
];

/** A workload's memory, for few and for many. */
export interface MemoryRow {
  name: string;
  peakBytes: { few: number; many: number };
  /** Of what is alive on the way. */
  liveBytes: { few: number; many: number };
}

/** How memory goes with the count. */
export function memoryTable(few: number, many: number, rows: readonly MemoryRow[]): string {
  const head = ["peak", "live"].flatMap((what) => [`${what}, MB: ${grouped(few)}`, grouped(many), "ratio"]);
  return table(
    ["", ...head],
    rows.map(({ name, peakBytes, liveBytes }) => [
      name,
      ...[peakBytes, liveBytes].flatMap(({ few, many }) => [
        megabytes(few),
        megabytes(many),
        ratio(many, few),
      ]),
    ]),
  );
}

/** What a stage takes for one statement, request or entry. */
export interface StageRow {
  name: string;
  microseconds: number;
}

/** The stages, each by itself. */
export function stagesTable(rows: readonly StageRow[]): string {
  return table(
    ["stage", "us each"],
    rows.map(({ name, microseconds }) => [name, microseconds.toFixed(1)]),
  );
}
