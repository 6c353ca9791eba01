import { describeAlgorithms } from "./algorithms.ts";
import { useLab } from "./lab.ts";

// Not what is offered: XFRM does not say what algorithms there are, so that REGISTER lists what a Linux may have.
const lab = useLab("xfrm");
describeAlgorithms(lab);
