/** The names in `guest/modules.txt`. */
export const moduleNames = (text: string): string[] =>
  text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));

/** The files that `modprobe --show-depends` names, each once, in the order to load them. */
export function loadOrder(showDepends: string): string[] {
  const files = [...showDepends.matchAll(/^insmod (\S+)/gm)].map((match) => match[1]!);
  return [...new Set(files)];
}
