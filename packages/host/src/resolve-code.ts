import type { ResolveCode } from "./resolve-error.ts";

/** The errors of getaddrinfo(3) as Linux's C libraries number them, and as glibc's gai_strerror(3) says them. */
const rows: readonly (readonly [number: number, code: ResolveCode, text: string])[] = [
  [-1, "EAI_BADFLAGS", "Bad value for ai_flags"],
  [-2, "EAI_NONAME", "Name or service not known"],
  [-3, "EAI_AGAIN", "Temporary failure in name resolution"],
  [-4, "EAI_FAIL", "Non-recoverable failure in name resolution"],
  [-5, "EAI_NODATA", "No address associated with hostname"],
  [-6, "EAI_FAMILY", "ai_family not supported"],
  [-7, "EAI_SOCKTYPE", "ai_socktype not supported"],
  [-8, "EAI_SERVICE", "Servname not supported for ai_socktype"],
  [-9, "EAI_ADDRFAMILY", "Address family for hostname not supported"],
  [-10, "EAI_MEMORY", "Memory allocation failure"],
  [-11, "EAI_SYSTEM", "System error"],
  [-12, "EAI_OVERFLOW", "Result too large for supplied buffer"],
];

/** Name of a number that getaddrinfo(3) returned. */
export function resolveCode(number: number): ResolveCode {
  return rows.find((row) => row[0] === number)?.[1] ?? `EAI_${number}`;
}

/** glibc's text for a code. */
export function resolveText(code: ResolveCode): string {
  return rows.find((row) => row[1] === code)?.[2] ?? "Unknown error";
}
