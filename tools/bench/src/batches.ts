/** The same work in the words of both programs. */
export interface Batch {
  /** For `setkey -f`. */
  setkey: string;
  /** For `ip -batch`. */
  ip: string;
}

/** ESP SAs in tunnel mode, each with keys of its own. */
export function saBatch(count: number): Batch {
  return lines(count, (i) => {
    const [peer, spi, cipherKey, key] = [
      address(i),
      `0x${(0x1000 + i).toString(16)}`,
      hex(i, 16),
      hex(i, 20),
    ];
    return {
      setkey: `add 192.0.2.1 ${peer} esp ${spi} -m tunnel -r 32 -E aes-cbc ${cipherKey} -A hmac-sha1 ${key};`,
      ip:
        `xfrm state add src 192.0.2.1 dst ${peer} proto esp spi ${spi} mode tunnel replay-window 32 ` +
        `enc cbc(aes) ${cipherKey} auth-trunc hmac(sha1) ${key} 96`,
    };
  });
}

/** Policies that ask for ESP in tunnel mode. */
export function policyBatch(count: number): Batch {
  return lines(count, (i) => {
    const peer = address(i);
    return {
      setkey: `spdadd 192.0.2.0/24 ${peer}/32 any -P out ipsec esp/tunnel/192.0.2.1-${peer}/require;`,
      ip:
        `xfrm policy add src 192.0.2.0/24 dst ${peer}/32 dir out ` +
        `tmpl src 192.0.2.1 dst ${peer} proto esp mode tunnel level required`,
    };
  });
}

const address = (i: number): string => `10.${(i >> 16) & 0xff}.${(i >> 8) & 0xff}.${i & 0xff}`;

const hex = (i: number, bytes: number): string =>
  `0x${i
    .toString(16)
    .padStart(8, "0")
    .padStart(2 * bytes, "5a")}`;

function lines(count: number, line: (i: number) => Batch): Batch {
  const all = Array.from({ length: count }, (_, i) => line(i));
  const joined = (of: keyof Batch) => all.map((one) => `${one[of]}\n`).join("");
  return { setkey: joined("setkey"), ip: joined("ip") };
}
