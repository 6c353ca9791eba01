// One workload in a process of its own: `worker.js parse FILE`, `load FILE`, `list COUNT` or `stage NAME COUNT`.
import { nativeHost } from "@keysock/host/native";
import { type Io, processIo, run } from "@keysock/setkey";
import type { KeySocket } from "@keysock/wire";
import { createDumpSource } from "./dump-source.ts";
import { type LiveMemory, liveMemory } from "./live-memory.ts";
import { tell } from "./report.ts";
import { createSink } from "./sink.ts";
import { timeStage } from "./stages.ts";

const [kind, ...operands] = process.argv.slice(2);
const live = liveMemory();

switch (kind) {
  case "parse":
    await setkey(["-n", "-f", operands[0]!], createSink());
    break;
  case "load": {
    const sink = createSink();
    await setkey(["-f", operands[0]!], sink);
    tell({ taken: sink.taken });
    break;
  }
  case "list":
    await setkey(["-D"], createDumpSource(Number(operands[0])));
    break;
  case "stage":
    tell({ microseconds: timeStage(operands[0]!, Number(operands[1])) });
    break;
  default:
    throw new Error(`"${kind}" is no workload: expected parse, load, list or stage`);
}
if (live !== undefined) tell({ liveBytes: live.most });

async function setkey(argv: string[], socket: KeySocket): Promise<void> {
  const io = processIo();
  const connect = () => ({
    socket: live ? lookedAtWhenRead(socket, live) : socket,
    via: "the bench",
    kernel: true,
  });
  process.exitCode = await run(argv, live ? lookedAtBetweenChunks(io, live) : io, nativeHost(), connect);
}

function lookedAtBetweenChunks(io: Io, live: LiveMemory): Io {
  return {
    ...io,
    *open(path) {
      for (const chunk of io.open(path)) {
        live.look();
        yield chunk;
      }
      live.look();
    },
  };
}

function lookedAtWhenRead(socket: KeySocket, live: LiveMemory): KeySocket {
  return {
    ...socket,
    receive(timeoutMs) {
      live.look();
      return socket.receive(timeoutMs);
    },
  };
}
