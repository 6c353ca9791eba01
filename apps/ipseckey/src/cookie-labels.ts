import { FileError } from "./file-error.ts";
import type { Files } from "./files.ts";

/** Where in.iked of illumos writes what its cookies stand for: a number, a tab and a label each line. */
const mapPath = "/var/run/ipsec_kmc_map";

/** The labels of an IKE daemon's cookies; the file is read when the first one is asked for. */
export function cookieLabels(files: Files): (cookie: number) => string | undefined {
  let labels: ReadonlyMap<number, string> | undefined;
  return (cookie) => {
    labels ??= readMap(files);
    return labels.get(cookie);
  };
}

function readMap(files: Files): ReadonlyMap<number, string> {
  try {
    const lines = [...files.open(mapPath)].join("").split("\n");
    return new Map(
      lines.flatMap((line) => {
        const [, number, label] = /^(\d+)\t(.*)$/.exec(line) ?? [];
        return label === undefined ? [] : [[Number(number), label] as const];
      }),
    );
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return new Map();
  }
}
