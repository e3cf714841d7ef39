import { z } from "zod";
import { defineSetting } from "#modules/company";

const manner = z.enum(["join", "ask"]);

export const statementsSetting = defineSetting({
  key: "customers.public-statements",
  schema: z.object({ otherwise: manner, networks: z.record(z.string().max(60), manner) }),
  fallback: { otherwise: "join", networks: {} },
  perBrand: true,
  describe:
    'What happens when somebody says in public which other handle, address or number is theirs: "join" uses it, "ask" makes it a suggestion that asks for consent. `networks` names exceptions.',
});
