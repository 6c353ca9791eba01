import { main } from "./main.ts";
import { asSetkey, describeFaults } from "./testing/describe-faults.ts";

if (process.argv[2] === asSetkey) {
  process.argv.splice(2, 1);
  await main();
} else {
  // What is said without the modules, setkey-faults looks at for all ways.
  describeFaults("xfrm", {
    noPrivilege:
      "cannot join group 3 with the netlink (protocol 6) socket: Operation not permitted (EPERM); run as root or with CAP_NET_ADMIN",
    lost: "the netlink (protocol 6) socket lost messages: No buffer space available (ENOBUFS); dump again to know the state",
    copies: 1,
  });
}
