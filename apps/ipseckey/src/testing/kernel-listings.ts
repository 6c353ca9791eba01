/** Listings of an SA of ESP from 192.0.2.1 to 192.0.2.2 with a key for AES as a Linux kernel reports it, masked. */

const limits = `SLT: Soft lifetime information:
SLT: 0 bytes of lifetime, 0 allocations.
SLT: 0 seconds of post-add lifetime.
SLT: 0 seconds of post-use lifetime.
HLT: Hard lifetime information:
HLT: 0 bytes of lifetime, 0 allocations.
HLT: 0 seconds of post-add lifetime.
HLT: 0 seconds of post-use lifetime.
`;

const head = `Base message (version 2) type GET, SA type ESP.
Message length 240 bytes, seq=N, pid=4242.
SA: SADB_ASSOC spi=0x100, replay window size=0, state=MATURE
SA: Encryption algorithm = aes-cbc
SA: flags=0x0 < >
`;

const keyAndMode = `EKY: Encryption key.
EKY: 00112233445566778899aabbccddeeff/128
OTH: Mode transport, request id=0, sequence=0
 LT: Lifetime information
CLT: Current lifetime information:
CLT: 0 bytes protected, 0 allocations used.
`;

const numericAddresses = `SRC: Source address (proto=0)
SRC: AF_INET: port 0, 192.0.2.1/32.
DST: Destination address (proto=0)
DST: AF_INET: port 0, 192.0.2.2/32.
PXY: Proxy address (proto=255)
PXY: AF_INET: port 0, 0.0.0.0.
`;

const namedAddresses = `SRC: Source address (proto=0/<unspecified>)
SRC: AF_INET: port 0, 192.0.2.1/32 (me.domain.com).
DST: Destination address (proto=0/<unspecified>)
DST: AF_INET: port 0, 192.0.2.2/32 (you.domain.com).
PXY: Proxy address (proto=255/<unknown>)
PXY: AF_INET: port 0, 0.0.0.0 <unspecified>.
`;

const times = "CLT: SA added at time: TIME\nCLT: Time now is TIME\n";
const numeric = head + numericAddresses + keyAndMode + times + limits;

/** What `get` prints. */
export const getReply = {
  named: head + namedAddresses + keyAndMode + times + limits,
  /** With -n. */
  numeric,
  /** With -n -v. */
  verbose: `VERBOSE ON:  Message to kernel looks like:
==========================================
Base message (version 2) type GET, SA type ESP.
Message length 80 bytes, seq=N, pid=4242.
SA: SADB_ASSOC spi=0x100, replay window size=0, state=LARVAL
SA: flags=0x0 < >
DST: Destination address (proto=0)
DST: AF_INET: port 0, 192.0.2.2/32.
SRC: Source address (proto=0)
SRC: AF_INET: port 0, 0.0.0.0/32.
==========================================
${numeric.replaceAll(/^(CLT: .*)TIME\n/gm, "$1TIME\nCLT: \t(raw time value N)\n")}`,
} as const;
