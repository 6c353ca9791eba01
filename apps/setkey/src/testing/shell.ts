/** One step of the shell line of a recorded case. */
export type Step =
  | {
      kind: "run";
      program: "$SETKEY" | "$PEER";
      argv: string[];
      input: string | undefined;
      /** The file that both its output streams go to. */
      output: string | undefined;
      background: boolean;
    }
  | { kind: "sleep"; seconds: number }
  | { kind: "ping"; command: string }
  | { kind: "kill" };

/** The steps of a shell line, of the few forms that the recordings use. */
export function steps(line: string): Step[] {
  return line
    .replaceAll("& P=$!;", "&;")
    .split(";")
    .map((text) => text.trim())
    .filter((text) => text !== "" && text !== "wait $P")
    .map(step);
}

function step(text: string): Step {
  const sleep = /^sleep ([\d.]+)$/.exec(text);
  if (sleep !== null) return { kind: "sleep", seconds: Number(sleep[1]) };
  if (text === "kill $P") return { kind: "kill" };
  if (text.startsWith("ping ")) return { kind: "ping", command: text };
  const command = /^(\$SETKEY|\$PEER)((?: [^<>&]+?)?)(?: < (\S+))?(?: > (\S+) 2>&1)?( &)?$/.exec(text);
  if (command === null) throw new Error(`"${text}" is no step of a recorded case`);
  const words = command[2]!.split(" ").filter((word) => word !== "");
  return {
    kind: "run",
    program: command[1] as "$SETKEY" | "$PEER",
    argv: words.map((word) => word.replace(/^'(.*)'$/, "$1")),
    input: command[3],
    output: command[4],
    background: command[5] !== undefined,
  };
}
