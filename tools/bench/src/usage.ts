// Loaded before a child's program: when it ends, tells what it has used.
import { peakBytesOf } from "./proc.ts";
import { tell } from "./report.ts";

process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  const peakBytes = peakBytesOf("self") ?? process.resourceUsage().maxRSS * 1024;
  tell({ cpuMs: (user + system) / 1000, peakBytes });
});
