import { type Dialect, errnoOf, find, type Message, type OutgoingMessage, withoutKeys } from "@keysock/wire";

/**
 * The other end refused a request: a reply with an errno, or a message that the socket would not take.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { RefusedError } from "@keysock/session";
 * import { linux, request } from "@keysock/wire";
 *
 * const error = new RefusedError(request("get", "esp"), 3, linux);
 * assert.equal(error.message, '"get" was refused: No such process (ESRCH)');
 * ```
 */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
  /** As the dialect's kernel numbers it. */
  readonly errno: number;
  /** For example `ENOENT`. */
  readonly errnoName: string;
  /** For example `No such file or directory`. */
  readonly text: string;
  /** What was refused, without its keys. */
  readonly request: OutgoingMessage;
  /** The refusal, without keys; undefined when sending failed, then `cause` is the socket's error. */
  readonly reply: Message | undefined;
  /** What the kernel says besides the errno; only over XFRM. */
  readonly kernelText: string | undefined;

  constructor(
    request: OutgoingMessage,
    errno: number,
    dialect: Dialect,
    from: { reply?: Message; cause?: unknown } = {},
  ) {
    const { name, text } = errnoOf(errno, dialect);
    const kernelText = from.reply && find(from.reply, "xfrm")?.errorText;
    const more = kernelText === undefined ? "" : `: ${kernelText}`;
    super(`"${request.type}" was refused: ${text} (${name})${more}`, { cause: from.cause });
    this.errno = errno;
    this.errnoName = name;
    this.text = text;
    this.request = withoutKeys(request);
    this.reply = from.reply && withoutKeys(from.reply);
    this.kernelText = kernelText;
  }
}
