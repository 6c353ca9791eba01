import { describeFaults } from "./testing/describe-faults.ts";

// What is said without the modules, ipseckey-faults looks at for all ways.
describeFaults("xfrm");
