import { once } from "node:events";
import { lstatSync, renameSync, rmSync, type Stats, statSync } from "node:fs";
import { connect, type Server } from "node:net";
import { dirname } from "node:path";
import { callFailed, ListenError, NotASocketError, PathInUseError } from "./listen-error.ts";

/** The file through which a listening socket is reached. */
export interface SocketFile {
  /** Removes it, unless something else has taken its place. */
  remove(): void;
}

/** `sun_path` of `<sys/un.h>` without the NUL and without what is added to the path while the socket is made. */
export const maximumPathBytes = 107 - ".4194304".length;

/** Only the owner connects: the mode is 0600. */
const mask = 0o177;

/**
 * Listens at a path. What a dead daemon has left there is replaced. The socket is made beside the path and moved there,
 * so that one at the path always answers, and so that closing the server removes no file of another.
 *
 * @throws ListenError
 */
export async function listenAt(server: Server, path: string): Promise<SocketFile> {
  const bytes = Buffer.byteLength(path);
  if (bytes > maximumPathBytes) {
    throw new ListenError(path, `the path has ${bytes} bytes, expected at most ${maximumPathBytes}`);
  }
  const stale = await staleSocket(path);
  const beside = `${path}.${process.pid}`;
  try {
    listenAsOwner(server, beside);
    await once(server, "listening");
    if (hasChanged(path, stale)) throw new PathInUseError(path, "somebody has begun to listen there");
    renameSync(beside, path);
  } catch (error) {
    server.close();
    throw error instanceof ListenError ? error : callFailed(path, error as NodeJS.ErrnoException);
  }
  const { dev, ino } = lstatSync(path);
  return {
    remove() {
      const there = statsOf(path);
      // The inode's number is not given away while the socket is open.
      if (there?.dev === dev && there.ino === ino) rmSync(path, { force: true });
    },
  };
}

/** Node binds before `listen` returns. */
function listenAsOwner(server: Server, path: string): void {
  const before = process.umask(mask);
  try {
    server.listen(path);
  } finally {
    process.umask(before);
  }
}

/** The socket at the path that nobody listens on; undefined if there is nothing. */
async function staleSocket(path: string): Promise<Stats | undefined> {
  const there = examine(path);
  if (there === undefined) return undefined;
  if (!there.isSocket()) throw new NotASocketError(path, "there is something that is no socket");
  const failure = await probe(path);
  if (failure?.code === "ECONNREFUSED") return there;
  // EAGAIN: the listener's queue of connections is full.
  if (failure === undefined || failure.code === "EAGAIN") {
    throw new PathInUseError(path, "somebody listens there already");
  }
  throw callFailed(path, failure);
}

function examine(path: string): Stats | undefined {
  try {
    // libuv gives EACCES for a folder that does not exist.
    statSync(dirname(path));
    return statsOf(path);
  } catch (error) {
    throw callFailed(path, error as NodeJS.ErrnoException);
  }
}

/** Connects, and hangs up at once. Gives why it failed. */
function probe(path: string): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    const stream = connect(path);
    stream.once("error", resolve);
    stream.once("connect", () => {
      stream.destroy();
      resolve(undefined);
    });
  });
}

function hasChanged(path: string, before: Stats | undefined): boolean {
  const now = statsOf(path);
  return now?.ino !== before?.ino || now?.ctimeMs !== before?.ctimeMs;
}

const statsOf = (path: string): Stats | undefined => lstatSync(path, { throwIfNoEntry: false });
