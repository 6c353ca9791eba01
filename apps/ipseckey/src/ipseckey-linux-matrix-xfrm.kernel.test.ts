import { describeLinuxMatrix } from "./testing/kernel-tests.ts";

describeLinuxMatrix("xfrm");
