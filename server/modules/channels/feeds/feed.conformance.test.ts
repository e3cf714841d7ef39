import { describeAdapter } from "../conformance/describe-adapter.ts";
import { feedKit } from "../conformance/feed-kit.ts";

describeAdapter("feed", feedKit);
