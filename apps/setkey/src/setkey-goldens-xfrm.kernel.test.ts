import { describeGoldens } from "./testing/describe-goldens.ts";

describeGoldens("xfrm");
