import { describeIpseckey } from "./testing/kernel-tests.ts";

describeIpseckey("xfrm");
