import { describeBinary } from "./testing/describe-binary.ts";

describeBinary("xfrm");
