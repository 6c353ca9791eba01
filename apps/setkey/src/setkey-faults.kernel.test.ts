import { main } from "./main.ts";
import { asSetkey, describeFaults, describeWithoutModules } from "./testing/describe-faults.ts";

if (process.argv[2] === asSetkey) {
  process.argv.splice(2, 1);
  await main();
} else {
  describeFaults("pfkey", {
    noPrivilege:
      "cannot open a PF_KEY socket: Operation not permitted (EPERM); run as root or with CAP_NET_ADMIN",
    lost: "the PF_KEY socket may have lost messages: No buffer space available (ENOBUFS); dump again to know the state",
    // A promiscuous socket gets what all get, and that again (af_key.c, pfkey_broadcast).
    copies: 2,
  });
  describeWithoutModules();
}
