import { blueskyKit } from "../conformance/bluesky-kit.ts";
import { describeAdapter } from "../conformance/describe-adapter.ts";

describeAdapter("Bluesky", blueskyKit);
