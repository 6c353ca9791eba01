import { describeAcquire } from "./acquire.ts";
import { useLab } from "./lab.ts";
import { describeLifetimes } from "./lifetimes.ts";
import { describeRouters } from "./routers.ts";

const lab = useLab("xfrm");
describeLifetimes(lab);
describeAcquire(lab);
describeRouters(lab);
