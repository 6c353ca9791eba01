import { useLab } from "./lab.ts";
import { describeOffload } from "./offload.ts";

describeOffload(useLab("xfrm"));
