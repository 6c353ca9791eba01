import { describeLinuxMatrix } from "./testing/kernel-tests.ts";

describeLinuxMatrix("pfkey");
