import { errnoOf, linux } from "@keysock/wire";

/** The daemon cannot listen at a path. */
export class ListenError extends Error {
  override readonly name: string = "ListenError";

  constructor(path: string, why: string, cause?: Error) {
    super(`"${path}": ${why}`, { cause });
  }
}

/** Somebody listens there already. */
export class PathInUseError extends ListenError {
  override readonly name = "PathInUseError";
}

/** There is something that is no socket. It stays as it is. */
export class NotASocketError extends ListenError {
  override readonly name = "NotASocketError";
}

/** What a call of the system says. */
export function callFailed(path: string, cause: NodeJS.ErrnoException): ListenError {
  const { name, text } = errnoOf(-(cause.errno ?? 0), linux);
  return new ListenError(path, `cannot listen there: ${text} (${name})`, cause);
}
