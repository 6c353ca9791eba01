import { describeFaults } from "./testing/describe-faults.ts";
import { describePfKeyFaults } from "./testing/describe-pfkey-faults.ts";

describeFaults("pfkey");
describePfKeyFaults();
