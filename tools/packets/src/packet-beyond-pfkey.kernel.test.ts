import { describeBeyondPfKey } from "./beyond-pfkey.ts";
import { useLab } from "./lab.ts";
import { describeWideReplay } from "./replay.ts";

const lab = useLab("xfrm");
describeBeyondPfKey(lab);
describeWideReplay(lab);
