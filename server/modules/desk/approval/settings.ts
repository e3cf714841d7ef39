import { type ApprovalRules, approvalRules } from "#contracts/approval";
import { defineSetting } from "#modules/company";

export const NO_RULES: ApprovalRules = { rules: [], training: [], ownText: "never" };

/** Which replies wait for other eyes: dated and versioned, of the account or of a brand. */
export const approvalSetting = defineSetting({
  key: "desk.approval",
  schema: approvalRules,
  fallback: NO_RULES,
  perBrand: true,
  describe: "Which replies somebody else has to pass before they leave, and who",
});
