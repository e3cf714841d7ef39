import type { ApprovalFinding, ApprovalRules } from "#contracts/approval";
import { setSetting, settingOf } from "#modules/company";
import { customerFieldsSetting } from "#modules/customers";
import { audit, can } from "#modules/people";
import { targetPeople } from "#modules/routing";
import type { Instant } from "#platform/clock";
import type { Tx } from "#platform/db";
import { AppError, conflict } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { checkRules } from "./domain/check-rules.ts";
import { approvalSetting } from "./settings.ts";
import { sayings } from "./text-checks.ts";

/** What is wrong with rules, and what they leave open. */
export async function rulesFindings(tx: Tx, rules: ApprovalRules): Promise<ApprovalFinding[]> {
  const targets = await targetPeople(tx);
  const { value: fields } = await settingOf(tx, customerFieldsSetting);
  const able = (key: string) =>
    targets.staff.agents
      .filter(({ agent, rights }) => can(rights, "reply.approve") && targets.isOne(agent.id, key))
      .map(({ agent }) => agent.id);
  return checkRules(rules, {
    agents: new Set(targets.staff.byId.keys()),
    teams: new Set(targets.staff.teams.map((t) => t.id)),
    ...{ rotas: targets.rotaIds, able, sayings: sayings() },
    fields: new Set(fields.map((f) => f.key)),
  });
}

export interface RulesAsked {
  brandId: string | null;
  rules: ApprovalRules;
  expectedVersion: number;
  from: Instant | null;
}
/** A new version of the rules. Ones with faults are refused; what waits already goes on as it was asked for. */
export async function saveRules(tx: Tx, actor: Actor | null, asked: RulesAsked): Promise<number> {
  const where = asked.brandId ? { brandId: asked.brandId } : {};
  const present = await settingOf(tx, approvalSetting, where);
  if (present.version !== asked.expectedVersion) throw conflict("rules", { version: present.version });
  if (asked.from !== null && asked.from < tx.now)
    throw new AppError("invalid-request", "Rules cannot be in force in the past.");
  const faults = (await rulesFindings(tx, asked.rules)).filter((f) => f.level === "fault");
  if (faults.length > 0)
    throw new AppError("invalid-request", faults.map((f) => f.says).join(" "), {
      errors: faults.map((f) => ({ path: f.ruleId ?? "rules", message: f.says })),
    });
  const from = asked.from === null ? {} : { from: asked.from };
  const version = await setSetting(tx, approvalSetting, asked.rules, actor?.id ?? null, { ...where, ...from });
  await audit(tx, actor, "approval.rules-saved", "setting", asked.brandId ?? tx.accountId, { version });
  return version;
}
