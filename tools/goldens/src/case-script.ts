import { straceArguments } from "./strace.ts";

/**
 * What `$SETKEY` is: the program under strace, in its own process, so that a signal to it reaches the program.
 */
export const tracedProgram = `#!/bin/sh
mkdir -m 777 "$CASE/traces/$$"
exec strace -D ${straceArguments.join(" ")} -o "$CASE/traces/$$/trace" "$PEER" "$@"
`;

/**
 * Runs a case in its working folder, as the first process of a network that nobody else uses. It ends when strace has written all.
 */
export const caseScript = `
ip link set lo up || exit
if [ -e pre.conf ]; then "$PEER" -f pre.conf > pre.out 2>&1; fi
if [ -e "$CASE/prep" ]; then bash "$CASE/prep"; fi
as=
if [ -e "$CASE/noroot" ]; then as="setpriv --reuid=65534 --regid=65534 --clear-groups"; fi
$as bash "$CASE/cmd" > "$CASE/stdout" 2> "$CASE/stderr" < /dev/null
echo $? > "$CASE/exit"
"$PEER" -D > "$CASE/after.D" 2>&1
"$PEER" -DP > "$CASE/after.DP" 2>&1
ip xfrm state > "$CASE/after.ipstate" || exit
ip xfrm policy > "$CASE/after.ippolicy" || exit
tries=100
for trace in "$CASE"/traces/*/*; do
  until [ ! -e "$trace" ] || tail -n 1 "$trace" | grep -q '[+][+][+] '; do
    tries=$((tries - 1))
    [ $tries -gt 0 ] || exit 0
    sleep 0.05
  done
done
exit 0
`;
