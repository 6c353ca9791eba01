/** Aborted when this process shall end: by a signal, because what started it ended, or because nobody reads any more. */
export function stopped(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => controller.abort(new StoppedError(signal)));
  }
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", () => controller.abort(new StoppedError("its reader")));
  }
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) controller.abort(new StoppedError("the end of the calling process"));
  }, 500);
  watch.unref();
  return controller.signal;
}

/** Somebody ended the run. */
export class StoppedError extends Error {
  override readonly name = "StoppedError";

  constructor(by: string) {
    super(`ended by ${by}`);
  }
}
