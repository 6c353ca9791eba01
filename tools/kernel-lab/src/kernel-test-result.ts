/** What became of one test in the guest. */
export interface KernelTestResult {
  /** Its suites and its name, joined by " > ". */
  kernelTest: string;
  outcome: "passed" | "failed" | "skipped";
  milliseconds: number;
  error?: string;
}

/** The result that a line of the guest's standard output holds; undefined if the line is something else. */
export function readResult(line: string): KernelTestResult | undefined {
  if (!line.startsWith('{"kernelTest":')) return undefined;
  return JSON.parse(line);
}
