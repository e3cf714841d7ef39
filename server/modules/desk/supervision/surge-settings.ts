import { z } from "zod";
import { defineSetting } from "#modules/company";

/** People who said that they can be called in when much comes. Their ways to be reached are their own. */
export const surgeHelpers = defineSetting({
  key: "desk.surge-helpers",
  schema: z.object({ agentIds: z.array(z.uuid()).max(500) }),
  fallback: { agentIds: [] },
  perBrand: false,
  describe: "Who can be called in when a queue overflows; each is told by the ways of their own wishes.",
});
