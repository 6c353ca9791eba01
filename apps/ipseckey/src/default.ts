import { parseWords } from "@keysock/ipseckey-grammar";
import { request } from "@keysock/wire";
import { defaultCarrier, type Tally } from "./default-carrier.ts";
import { ending } from "./exit-class.ts";
import { failureText } from "./failure.ts";
import { flush } from "./flush.ts";
import { openInput } from "./input-file.ts";
import type { Program, Source } from "./program.ts";
import { runTyped } from "./prompt.ts";
import { openSave, save } from "./save.ts";
import { runScript } from "./script.ts";
import { createTalk, type Talk } from "./talk.ts";
import { usageText } from "./usage.ts";

/**
 * The program as its manual page has it, made safe.
 *
 * @returns the exit status
 * @throws Ending
 */
export async function runDefault(program: Program): Promise<number> {
  const { options, io } = program;
  if (options.trouble !== undefined) {
    io.err(`ipseckey: ${options.trouble.message}\n${usageText}`);
    throw ending(program, "fatal");
  }
  const talk = createTalk(program);
  try {
    return await perform(program, talk);
  } catch (error) {
    const text = failureText(error);
    if (text === undefined) throw error;
    io.err(text);
    throw ending(program, "fatal");
  } finally {
    talk.close();
  }
}

async function perform(program: Program, talk: Talk): Promise<number> {
  const { file, words } = program.options;
  const [verb, ...more] = words;
  if (file?.letter === "s") return saveAll(program, talk, file.path);
  if (file !== undefined) return runFile(program, talk, file.path, file.letter === "c");
  if (verb !== undefined) return runWords(program, talk, [verb, ...more]);
  return runStandardInput(program, talk);
}

async function saveAll(program: Program, talk: Talk, path: string): Promise<number> {
  talk.session();
  await save(program, talk, requestAll("dump"), openSave(program, path));
  return 0;
}

function* requestAll(type: "dump" | "flush") {
  yield request(type, "unspec");
}

async function runFile(program: Program, talk: Talk, path: string, checkOnly: boolean): Promise<number> {
  const { io, service } = program;
  const { chunks } = openInput(program, path);
  if (!checkOnly) talk.session();
  if (service !== undefined && !checkOnly) {
    io.out("Flushing existing SA's before adding new SA's\n");
    flush(talk, requestAll("flush"), 0, false);
  }
  const tally: Tally = { commands: 0, failed: 0 };
  const source: Source = { origin: "file", name: path, typed: false };
  const carrier = defaultCarrier(program, source, talk, { checkOnly, tally });
  await runScript(chunks, { origin: "file" }, carrier);
  if (tally.failed > 0) throw ending(program, "configuration", summaryOf(tally, checkOnly));
  if (service !== undefined) io.out(`ipseckey: ${tally.commands} actions successfully processed.\n`);
  return 0;
}

function summaryOf({ commands, failed }: Tally, checkOnly: boolean): string {
  const total = `${failed} of ${commands} ${commands === 1 ? "command" : "commands"}`;
  return checkOnly ? `${total} cannot be carried out.` : `${total} failed; ${commands - failed} took effect.`;
}

async function runWords(program: Program, talk: Talk, words: [string, ...string[]]): Promise<number> {
  const tally: Tally = { commands: 0, failed: 0 };
  const source: Source = { origin: "shell", name: "", typed: false };
  const command = parseWords(words);
  await defaultCarrier(program, source, talk, { checkOnly: false, tally }).carryOut(command);
  if (command.kind === "unknown") program.io.err(usageText);
  return tally.failed > 0 ? 1 : 0;
}

/** Commands that somebody types, or that come through a pipe: the status then says whether all were carried out. */
async function runStandardInput(program: Program, talk: Talk): Promise<number> {
  const { io } = program;
  const tally: Tally = { commands: 0, failed: 0 };
  const typed = io.openTerminal !== undefined;
  const source: Source = { origin: "prompt", name: "<stdin>", typed };
  const carrier = defaultCarrier(program, source, talk, { checkOnly: false, tally });
  talk.session();
  if (io.openTerminal !== undefined) {
    await runTyped(program, carrier, io.openTerminal);
    return 0;
  }
  io.out(prompt);
  io.flush();
  const prompting = {
    ...carrier,
    async carryOut(command: Parameters<typeof carrier.carryOut>[0]) {
      const next = await carrier.carryOut(command);
      if (next === "go on") io.out(prompt);
      return next;
    },
    settle() {
      carrier.settle();
      io.flush();
    },
  };
  const exited = await runScript(io.input(), { origin: "prompt" }, prompting);
  if (!exited) io.out("\n");
  return tally.failed > 0 ? 1 : 0;
}

const prompt = "ipseckey> ";
