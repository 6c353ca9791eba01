import { describeFaults, describeWithoutModules } from "./testing/describe-faults.ts";

describeFaults("pfkey");
describeWithoutModules();
