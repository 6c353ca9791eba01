import { encode, illumos, request } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { type Machine, machine, type Shown } from "./testing/machine.ts";
import { example7, example8, example10, example11, saved, saveHeader } from "./testing/seed-texts.ts";

const prompt = "ipseckey> ";
const silent: Shown = { stdout: "", stderr: "", exit: 0 };

/** The SAs of examples 7 and 10. */
async function loaded(): Promise<Machine> {
  const machine7 = machine();
  machine7.files.set("keys", { content: example10, mode: 0o600 });
  expect(await machine7.ipseckey([], example7)).toEqual({ ...silent, stdout: prompt.repeat(3) });
  expect(await machine7.ipseckey(["-f", "keys"])).toEqual(silent);
  return machine7;
}

/** The saved SAs, apart from each other, as their order is the kernel's. */
const entries = (text: string): string[] =>
  text
    .replace(saveHeader, "")
    .split(/(?=# begin assoc)/)
    .sort();

describe("the manual page's examples, as printed there", () => {
  it("1: empties out all SAs", async () => {
    const { ipseckey } = await loaded();
    expect(await ipseckey(["flush"])).toEqual(silent);
    expect(await ipseckey(["dump"])).toEqual({ ...silent, stdout: "Dump succeeded for SA type 0.\n" });
  });

  it("2: flushes out AH SAs only", async () => {
    const { ipseckey } = await loaded();
    expect(await ipseckey(["flush", "ah"])).toEqual(silent);
    expect(entries((await ipseckey(["save", "all"])).stdout)).toEqual([saved.esp2112, saved.esp5150]);
  });

  it("3: saves all SAs to the standard output", async () => {
    const { ipseckey } = await loaded();
    const { stdout, ...rest } = await ipseckey(["save", "all"]);
    expect([stdout.startsWith(saveHeader), rest]).toEqual([true, { stderr: "", exit: 0 }]);
    expect(entries(stdout)).toEqual([saved.ah90125, saved.esp2112, saved.esp5150]);
  });

  it("4: saves ESP SAs to the file /tmp/snapshot", async () => {
    const { ipseckey, files } = await loaded();
    expect(await ipseckey(["save", "esp", "/tmp/snapshot"])).toEqual(silent);
    expect(files.get("/tmp/snapshot")?.mode).toBe(0o400);
    expect(entries(files.get("/tmp/snapshot")!.content)).toEqual([saved.esp2112, saved.esp5150]);
  });

  it("5: deletes an SA by SPI and destination", async () => {
    const { ipseckey } = machine();
    const add = "add esp spi 0x2112 dst 224.0.0.1 encralg des encrkey be02938e7def2839";
    expect(await ipseckey([], `${add}\nexit\n`)).toEqual({ ...silent, stdout: prompt.repeat(2) });
    const words = ["delete", "esp", "spi", "0x2112", "dst", "224.0.0.1"];
    expect(await ipseckey(words)).toEqual(silent);
    expect(await ipseckey(words)).toEqual({
      stdout: "",
      stderr: "ipseckey: Association (type = esp) with spi 0x2112 and addr\n224.0.0.1 does not exist.\n",
      exit: 1,
    });
  });

  it("6: gets an SA by SPI and destination", async () => {
    const { ipseckey } = machine();
    const words = ["get", "ah", "spi", "0x5150", "dst", "mypeer"];
    expect(await ipseckey(words)).toEqual({
      stdout: "",
      stderr: "ipseckey: Association (type = ah) with spi 0x5150 and addr\n192.0.2.9 does not exist.\n",
      exit: 1,
    });
    const add = "add ah spi 0x5150 dst mypeer authalg md5 authkey 1234567890abcdef1234567890abcdef";
    await ipseckey([], add);
    expect(await ipseckey(words)).toEqual({
      stdout: `Base message (version 2) type GET, SA type AH.
Message length 136 bytes, seq=1, pid=4242.
SA: SADB_ASSOC spi=0x5150, replay window size=0, state=MATURE
SA: Authentication algorithm = hmac-md5
SA: flags=0x0 < >
SRC: Source address (proto=0/<unspecified>)
SRC: AF_INET: port 0, 0.0.0.0 <unspecified>.
DST: Destination address (proto=0/<unspecified>)
DST: AF_INET: port 0, 192.0.2.9 (mypeer).
AKY: Authentication key.
AKY: 1234567890abcdef1234567890abcdef/128
 LT: Lifetime information
CLT: Current lifetime information:
CLT: 0 bytes protected, 0 allocations used.
CLT: SA added at time: Thu Oct 17 16:11:52 2019
CLT: Time now is Thu Oct 17 16:11:52 2019
`,
      stderr: "",
      exit: 0,
    });
  });

  it("7 and 8: adds and updates SAs at the prompt, one for each direction", async () => {
    const { ipseckey } = machine();
    expect(await ipseckey([], example7)).toEqual({ ...silent, stdout: prompt.repeat(3) });
    expect(await ipseckey([], example8)).toEqual({ ...silent, stdout: prompt.repeat(2) });
    const { stdout } = await ipseckey(["save", "all"]);
    expect(entries(stdout)).toEqual([
      `# begin assoc
add ah  \\
    spi 0x2112 auth_alg hmac-md5 replay 0  \\
	hard_bytes 16000000  \\
    src 192.0.2.2 \\
    dst 192.0.2.1 \\
	authkey bde359723576fdea08e56cbe876e24ad/128 \\

# end assoc

`,
      saved.ah90125,
    ]);
  });

  it("9: monitors until it is interrupted", async () => {
    let other: (() => void) | undefined;
    const { ipseckey, engine } = machine({
      socket: (socket, io) => ({
        ...socket,
        receive(timeoutMs) {
          const bytes = socket.receive(0);
          if (bytes === undefined && timeoutMs > 0) {
            if (other === undefined) io.interrupt();
            other?.();
            other = undefined;
          }
          return bytes;
        },
      }),
    });
    other = () => {
      engine.connect().send([encode({ ...request("flush", "unspec"), sequence: 7, pid: 99 }, illumos)]);
    };
    expect(await ipseckey(["monitor"])).toEqual({
      stdout: `Actively monitoring the PF_KEY socket.
Read 16 bytes.
Timestamp: Thu Oct 17 16:11:52 2019
Base message (version 2) type X_PROMISC, SA type <unknown 1>.
Message length 16 bytes, seq=1, pid=4242.

Read 16 bytes.
Timestamp: Thu Oct 17 16:11:52 2019
Base message (version 2) type FLUSH, SA type <unspecified/all>.
Message length 16 bytes, seq=7, pid=99.

`,
      stderr: "ipseckey: Bailing on signal 2.\n",
      exit: 2,
    });
  });

  it("10: runs the commands of a file", async () => {
    const { ipseckey, files } = machine();
    files.set("keys", { content: example10, mode: 0o600 });
    expect(await ipseckey(["-f", "keys"])).toEqual(silent);
    expect(entries((await ipseckey(["save", "all"])).stdout)).toEqual([saved.esp2112, saved.esp5150]);
    expect(await ipseckey([], "load keys\nexit\n")).toEqual({ ...silent, stdout: prompt.repeat(2) });
  });

  it("11: adds SAs for IPv6 addresses", async () => {
    const { ipseckey } = machine();
    expect(await ipseckey([], example11)).toEqual({ ...silent, stdout: prompt.repeat(2) });
    expect((await ipseckey(["-p", "save", "esp"])).stdout).toBe(`${saveHeader}# begin assoc
add esp  \\
    spi 0x6789 encr_alg des-cbc auth_alg hmac-md5 replay 0  \\
	hard_usetime 28800  \\
    src fec0:bbbb::4483 \\
    dst fec0:bbbb::7843 \\
	authkey XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX/128 \\
	encrkey XXXXXXXXXXXXXXXX/64 \\

# end assoc

`);
  });
});
