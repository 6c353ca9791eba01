import { describeDefaultFace } from "./testing/describe-default-face.ts";

describeDefaultFace("xfrm");
