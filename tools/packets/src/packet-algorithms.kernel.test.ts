import { describeAlgorithms } from "./algorithms.ts";
import { useLab } from "./lab.ts";
import { describeOffer } from "./offer.ts";

const lab = useLab("pfkey");
describeOffer(lab);
describeAlgorithms(lab);
