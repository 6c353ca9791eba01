import { describeFaults } from "./testing/describe-faults.ts";
import { describeXfrmFaults } from "./testing/describe-xfrm-faults.ts";

describeFaults("xfrm");
describeXfrmFaults();
