import { inspect } from "node:util";

/**
 * A reporter of node:test that writes a line of JSON for each test; a suite is part of its tests' names.
 * src/kernel-test-result.ts reads it.
 */
// biome-ignore lint/style/noDefaultExport: Node takes no other
export default async function* reporter(events) {
  const names = [];
  for await (const { type, data } of events) {
    if (type === "test:start") {
      names.length = data.nesting;
      names.push(data.name);
    }
    if (type !== "test:pass" && type !== "test:fail") continue;
    const failed = type === "test:fail";
    const { error, duration_ms, type: kind } = data.details;
    if (kind === "suite" && (!failed || error.failureType === "subtestsFailed")) continue;
    const result = {
      kernelTest: [...names.slice(0, data.nesting), data.name].join(" > "),
      outcome: failed ? "failed" : (data.skip ?? data.todo) !== undefined ? "skipped" : "passed",
      milliseconds: Math.round(duration_ms),
      error: failed ? inspect(error.cause ?? error, { depth: 8 }) : undefined,
    };
    yield `${JSON.stringify(result)}\n`;
  }
}
