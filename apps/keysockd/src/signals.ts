const ending = ["SIGINT", "SIGTERM"] as const;

/** Aborts at the first SIGINT or SIGTERM. A second one ends the process at once, as it would without this. */
export function endSignal(): AbortSignal {
  const controller = new AbortController();
  const end = (): void => {
    for (const name of ending) process.off(name, end);
    controller.abort();
  };
  for (const name of ending) process.on(name, end);
  return controller.signal;
}
