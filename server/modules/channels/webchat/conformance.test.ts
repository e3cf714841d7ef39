import { describeAdapter } from "../conformance/describe-adapter.ts";
import { webchatKit } from "../conformance/webchat-kit.ts";

describeAdapter("webchat", webchatKit);
