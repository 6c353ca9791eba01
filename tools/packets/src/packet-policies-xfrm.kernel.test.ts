import { useLab } from "./lab.ts";
import { describePolicies } from "./policies.ts";
import { describeReplay } from "./replay.ts";

const lab = useLab("xfrm");
describePolicies(lab);
describeReplay(lab);
