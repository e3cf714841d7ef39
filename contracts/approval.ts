import { z } from "zod";
import { expectedVersion, id, instant } from "./common.ts";
import { attachedFile } from "./desk-papers.ts";
import { target } from "./escalation.ts";

/** One look at a reply: who passes it, who stands in when they are silent. Minutes are real minutes, for each of the two. */
export const approvalTier = z.object({
  approvers: z.array(target).min(1).max(8),
  deputies: z.array(target).max(8),
  minutes: z.int().min(1).max(10_080),
});
export type ApprovalTier = z.infer<typeof approvalTier>;

/** Which replies need other eyes. Everything that is named has to be so; a list is fulfilled by one of it; left empty it says nothing. */
export const approvalRule = z.object({
  id: z.string().min(1).max(40),
  name: z.string().trim().min(1).max(80),
  audience: z.enum(["public", "any"]),
  /** Risks that the customer's words carry: safety, legal, press … */
  risks: z.array(z.string().min(1).max(40)).max(20),
  /** What the customer wants: complaint, question … */
  intents: z.array(z.string().min(1).max(40)).max(20),
  /** The author is followed by so many or more. */
  followersFrom: z.int().min(1).max(2_000_000_000).nullable(),
  /** The network says that the author is who they say. */
  verified: z.boolean(),
  /** A field of the customer has this value: VIP is yes, desk is press. */
  fields: z.array(z.object({ key: z.string().min(1).max(40), is: z.string().min(1).max(200) })).max(10),
  /** Only what is written by somebody in training. */
  training: z.boolean(),
  /** What the text itself says, as its checks find it. */
  says: z.array(z.string().min(1).max(40)).max(20),
  /** Each has to pass it, one after the other. */
  tiers: z.array(approvalTier).min(1).max(3),
});
export type ApprovalRule = z.infer<typeof approvalRule>;

export const approvalRules = z.object({
  rules: z.array(approvalRule).max(40),
  /** Agents and teams in training, until then; null: until it is changed. */
  training: z.array(z.object({ who: target, until: instant.nullable() })).max(100),
  /** Whether an approver's own text needs another one's look. */
  ownText: z.enum(["never", "approvers"]),
});
export type ApprovalRules = z.infer<typeof approvalRules>;

/** `fault`: it is not saved; `hole`: it is saved and shown, and supervisors are asked in its place. */
export const approvalFinding = z.object({
  level: z.enum(["fault", "hole", "hint"]),
  ruleId: z.string().nullable(),
  says: z.string(),
});
export type ApprovalFinding = z.infer<typeof approvalFinding>;
export const approvalRulesView = z.object({
  brandId: id.nullable(),
  rules: approvalRules,
  version: z.int(),
  /** The brand has its own. */
  own: z.boolean(),
  findings: z.array(approvalFinding),
  /** What a text can be found to say. */
  sayings: z.array(z.string()),
});
export type ApprovalRulesView = z.infer<typeof approvalRulesView>;
export const approvalRulesSave = z.object({
  brandId: id.nullable(),
  rules: approvalRules,
  expectedVersion: z.int().min(0).max(2_147_483_647),
  /** In force from then on; null: at once. */
  from: instant.nullable(),
});

const who = z.object({ id, name: z.string(), initials: z.string() });
const because = z.object({ code: z.string(), text: z.string() });

/** What the composer says before it is sent: who has to pass it, and why. */
export const approvalAhead = z.object({
  who: z.array(z.string()),
  because: z.array(because),
  tiers: z.int(),
  minutes: z.int(),
});
export type ApprovalAhead = z.infer<typeof approvalAhead>;

export const approvalState = z.enum(["waiting", "approved", "returned", "withdrawn"]);
export const approvalView = z.object({
  id,
  conversation: z.object({ id, number: z.string(), subject: z.string() }),
  brandId: id,
  state: approvalState,
  audience: z.enum(["public", "private"]),
  author: who,
  /** As it stands now; the disclosure is added when it goes out. */
  text: z.string(),
  /** As it was sent for approval. */
  firstText: z.string(),
  files: z.array(attachedFile),
  answers: z.object({ id, author: z.string(), text: z.string(), at: instant }).nullable(),
  because: z.array(because),
  /** Who is asked now. */
  asked: z.array(who),
  stage: z.enum(["approvers", "deputies", "supervisors"]),
  tier: z.int(),
  tiers: z.int(),
  askedAt: instant,
  since: instant,
  /** The next ones are asked then; null: everybody who can be asked is. */
  dueAt: instant.nullable(),
  alarmedAt: instant.nullable(),
  /** Something was said in the conversation after it was asked for: it has to be confirmed that the text still fits. */
  staleAt: instant.nullable(),
  decidedAt: instant.nullable(),
  decidedBy: who.nullable(),
  edited: z.boolean(),
  mayDecide: z.boolean(),
  mine: z.boolean(),
  steps: z.array(
    z.object({
      at: instant,
      act: z.string(),
      who: z.string().nullable(),
      says: z.string(),
      text: z.string().nullable(),
    }),
  ),
  version: z.int(),
});
export type ApprovalView = z.infer<typeof approvalView>;
export const approvalList = z.object({
  items: z.array(approvalView),
  /** How many wait for this agent. */
  asked: z.int(),
});
export type ApprovalList = z.infer<typeof approvalList>;
export const approvalQuery = z.object({ view: z.enum(["open", "over"]).default("open") });

export const approve = z.object({
  expectedVersion,
  /** Other words in its place; null: as it stands. */
  text: z.string().max(20_000).nullable().default(null),
});
export const returnApproval = z.object({ expectedVersion, reason: z.string().trim().min(1).max(1_000) });
export const withdrawApproval = z.object({ expectedVersion });
export const confirmApproval = z.object({ expectedVersion });
export const commentApproval = z.object({ says: z.string().trim().min(1).max(1_000) });
