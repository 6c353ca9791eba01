const originalVersion = "setkey @(#) ipsec-tools 0.8.2 (http://ipsec-tools.sourceforge.net)\n";

/** What -V prints. */
export function versionText(compat: boolean): string {
  return compat ? originalVersion : "setkey of keysock, for the language of ipsec-tools 0.8 and 0.9\n";
}

/** What -h prints. */
export function usageText(compat: boolean): string {
  return compat ? originalUsage : usage;
}

const originalUsage = `${originalVersion}usage: setkey [-vrk] file ...
       setkey [-nvrk] -c
       setkey [-nvrk] -f filename
       setkey [-Palpvrk] -D
       setkey [-Pv] -F
       setkey [-H] -x
       setkey [-V] [-h]
`;

const usage = `usage: setkey [-dnvrk] -c
       setkey [-dnvrk] -f filename
       setkey [-PalpvN] -D
       setkey [-Pv] -F
       setkey [-hH] -x
       setkey [-v] file ...
       setkey [-V] [-h]

  -c, -f FILE   statements from standard input or from a file (- is standard input)
  -D, -F        dump or flush the SAs; with -P the policies
  -x            print every PF_KEY message, for ever; -xx with seconds since 1970
  -a -l -p -N   with -D: dead SAs too; a short line each, for ever; ports; no policies of sockets
  -h, -H        with -x: the bytes too
  -n, -d        check only; show what would be sent. Neither needs root or a kernel
  -r, -k        "in" policies also for forwarding (the default), or not
  -v            print the messages that go back and forth
  --via=NAME    auto, pfkey, xfrm, engine or unix:PATH (or KEYSOCK_VIA)
  --dialect=NAME  of a peer that is no kernel: linux
  --resolve     look host names up for src and dst
  --compat=ipsec-tools  streams, defaults and exit status of the original
`;
