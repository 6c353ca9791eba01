/**
 * The family of a numeric address as `getaddrinfo` with `AI_NUMERICHOST` takes it: IPv4 with one to four parts in decimal, octal
 * or hexadecimal, and IPv6 with a scope; undefined for anything else. Whether a scope exists only the machine knows.
 */
export function numericFamily(text: string): "inet" | "inet6" | undefined {
  if (!text.includes(":")) return isIpv4(text) ? "inet" : undefined;
  const [address, ...scopes] = text.split("%");
  if (isIpv6(address!) && scopes.length <= 1 && scopes[0] !== "") return "inet6";
  return undefined;
}

/** inet_aton(3): the last part fills the bytes that the others leave. */
function isIpv4(text: string): boolean {
  const parts = text.split(".", 5);
  if (parts.length > 4) return false;
  return parts.every((part, i) => {
    if (!/^(?:0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)$/.test(part)) return false;
    const value = /^0[0-7]/.test(part) ? Number.parseInt(part, 8) : Number(part);
    return value < 256 ** (i === parts.length - 1 ? 4 - i : 1);
  });
}

/** RFC 4291 section 2.2. */
function isIpv6(text: string): boolean {
  const halves = text.split("::", 3);
  if (halves.length > 2) return false;
  let groups = 0;
  for (const [i, half] of halves.entries()) {
    if (half === "") {
      if (halves.length === 1) return false;
      continue;
    }
    const parts = half.split(":", 9);
    for (const [j, part] of parts.entries()) {
      const last = i === halves.length - 1 && j === parts.length - 1;
      if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups += 1;
      else if (last && isDottedQuad(part)) groups += 2;
      else return false;
    }
  }
  return halves.length === 2 ? groups < 8 : groups === 8;
}

function isDottedQuad(text: string): boolean {
  const parts = text.split(".", 5);
  return (
    parts.length === 4 && parts.every((part) => /^(?:0|[1-9][0-9]{0,2})$/.test(part) && Number(part) < 256)
  );
}
