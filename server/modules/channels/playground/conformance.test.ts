import { describeAdapter } from "../conformance/describe-adapter.ts";
import { playgroundKit } from "../conformance/playground-kit.ts";

describeAdapter("playground", playgroundKit);
