import { z } from "zod";
import { ladder, rota } from "#contracts/escalation";
import { defineSetting } from "#modules/company";

/** Who is asked about what, and when the next one is: dated and versioned, of the account or of a brand. */
export const ladderSetting = defineSetting({
  key: "escalation.ladder",
  schema: ladder,
  fallback: { calendarId: null, rungs: [] },
  perBrand: true,
  describe: "Who is asked about what is escalated, in which order and in which time.",
});

/** Who is on call. */
export const rotasSetting = defineSetting({
  key: "escalation.rotas",
  schema: z.array(rota).max(20),
  fallback: [],
  perBrand: false,
  describe: "Who is on call, week by week, with those who stand in.",
});
