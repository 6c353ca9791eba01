import { output } from "./run.ts";

/** The package that linux-image-amd64 stands for today. The cloud kernel has no 9p, so it must be this one. */
export function kernelPackage(): string {
  const name = dependencies("linux-image-amd64").find((one) => one.startsWith("linux-image-"));
  if (name === undefined) throw new Error("apt knows no linux-image-amd64: it needs Debian's package lists");
  return name;
}

/** What a module of that kernel is built with, but for the compiler. */
export function headerPackages(release: string): string[] {
  const headers = `linux-headers-${release}`;
  return [headers, ...dependencies(headers).filter((name) => /^linux-(headers|kbuild)-/.test(name))];
}

/** The packages that one depends on, without the versions. */
function dependencies(name: string): string[] {
  const shown = output("apt-cache", ["show", "--no-all-versions", name]).toString();
  const [, depends = ""] = /^Depends: (.*)/m.exec(shown) ?? [];
  return depends.split(", ").map((one) => one.replace(/ .*/, ""));
}
