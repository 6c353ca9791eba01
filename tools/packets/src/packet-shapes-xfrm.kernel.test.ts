import { describeEncapsulation } from "./encapsulation.ts";
import { useLab } from "./lab.ts";
import { describeMixedTunnels } from "./mixed-tunnels.ts";
import { describeShapes } from "./shapes.ts";

const lab = useLab("xfrm");
describeShapes(lab);
describeMixedTunnels(lab);
describeEncapsulation(lab);
