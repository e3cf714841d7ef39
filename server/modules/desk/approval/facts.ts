import type { ApprovalRules } from "#contracts/approval";
import type { Message } from "#modules/channels";
import { settingOf } from "#modules/company";
import { type Placement, placementsOf } from "#modules/conversations";
import { factsOf } from "#modules/customers";
import { type LabelRow, labelsOfMessages } from "#modules/listening";
import { can } from "#modules/people";
import {
  approversOfMatter,
  type MatterEscalated,
  type TargetPeople,
  targetPeople,
  type Whereabouts,
} from "#modules/routing";
import type { Tx } from "#platform/db";
import type { Prepared } from "../prepare-reply.ts";
import type { People } from "./domain/course.ts";
import { approvalNeeded, asksFields, type Need, type ReplyFacts, withoutOwn } from "./domain/needed.ts";
import { approvalSetting } from "./settings.ts";
import { saysOf } from "./text-checks.ts";

/** How many messages of a stretch of work are looked at; the last say what it is about. */
const LOOKED_AT = 200;

export interface Asked {
  need: Need | null;
  rulesVersion: number;
  targets: TargetPeople | null;
}

/** Whether this reply needs other eyes. Where a brand has no rules and nothing is escalated, that costs one round of reads. */
export async function needOf(tx: Tx, prepared: Prepared): Promise<Asked> {
  const { standing, target, author, words, brand } = prepared;
  const { conversation, work } = standing;
  const [{ value: rules, version }, escalations] = await tx.together((t) =>
    Promise.all([settingOf(t, approvalSetting, { brandId: brand.id }), approversOfMatter(t, prepared.matter)]),
  );
  if (rules.rules.length === 0 && escalations.length === 0) return { need: null, rulesVersion: version, targets: null };
  const placements = await placementsOf(tx, conversation.id, { limit: LOOKED_AT });
  const looked = wordsOfCustomer(placements, work?.episodeId, target.id);
  const [labels, fields, targets] = await tx.together((t) =>
    Promise.all([labelsOfMessages(t, looked), fieldsFor(t, rules, conversation.customerId), targetPeople(t)]),
  );
  const says = saysOf(words.text.slice(0, 20_000), target.text.slice(0, 20_000));
  const facts = factsFor({ audience: words.audience, target, looked, labels, fields, says, escalations });
  const writer = writerKeys(targets, author.id);
  const need = needFor(rules, { ...facts, writer }, targets, { id: author.id, where: standing.where }, tx.now);
  return { need, rulesVersion: version, targets };
}

/** What is left to ask for, when approvers may pass their own words. */
export function needFor(
  rules: ApprovalRules,
  facts: ReplyFacts,
  targets: TargetPeople,
  author: { id: string; where: Whereabouts },
  now: number,
): Need | null {
  const need = approvalNeeded(rules, facts, now);
  if (need === null || rules.ownText === "never") return need;
  const rights = targets.staff.byId.get(author.id)?.rights;
  const able = rights !== undefined && can(rights, "reply.approve", author.where);
  // Somebody of a team that is named is an approver only with the right to it.
  const tiers = withoutOwn(
    need.tiers,
    ({ approvers, named }) => (named || able) && approvers.some((key) => targets.isOne(author.id, key)),
  );
  return tiers.length === 0 ? null : { ...need, tiers };
}

/** The customer's words of the open work (where none is open, of the work that what is answered was part of, else of the last), and the message that is answered. */
export function wordsOfCustomer(
  placements: readonly Pick<Placement, "messageId" | "episodeId" | "role">[],
  episodeId: string | undefined,
  targetId: string,
): string[] {
  const of =
    episodeId ??
    placements.find((p) => p.messageId === targetId)?.episodeId ??
    placements.find((p) => p.episodeId !== null)?.episodeId;
  const own = placements.filter((p) => of != null && p.episodeId === of && p.role === "customer");
  return [...new Set([targetId, ...own.map((p) => p.messageId)])];
}

async function fieldsFor(tx: Tx, rules: ApprovalRules, customerId: string): Promise<Record<string, string>> {
  if (!asksFields(rules)) return {};
  return fieldValues((await factsOf(tx, customerId)).fields);
}
export function fieldValues(fields: readonly { key: string; said: { value: string | null } | null }[]) {
  return Object.fromEntries(fields.flatMap((f) => (f.said?.value ? [[f.key, f.said.value] as const] : [])));
}

export function factsFor(f: {
  audience: "public" | "private";
  target: Pick<Message, "author">;
  looked: readonly string[];
  labels: ReadonlyMap<string, Pick<LabelRow, "risks" | "intent">>;
  fields: Readonly<Record<string, string>>;
  says: readonly string[];
  escalations: readonly MatterEscalated[];
}): Omit<ReplyFacts, "writer"> {
  const labels = f.looked.flatMap((id) => f.labels.get(id) ?? []);
  return {
    audience: f.audience,
    risks: [...new Set(labels.flatMap((l) => l.risks))],
    intents: [...new Set(labels.map((l) => l.intent))],
    followers: f.target.author.followers ?? null,
    verified: f.target.author.verified === true,
    ...{ fields: f.fields, says: f.says, escalations: f.escalations },
  };
}

export function writerKeys(targets: TargetPeople, agentId: string): string[] {
  const teams = targets.staff.byId.get(agentId)?.routable.teamIds ?? [];
  return [`agent:${agentId}`, ...teams.map((id) => `team:${id}`)];
}

/** Who may pass what this author wrote, where the conversation stands. */
export function peopleFor(targets: TargetPeople, where: Whereabouts, authorId: string): People {
  const may = (id: string, named: boolean) => {
    const rights = targets.staff.byId.get(id)?.rights;
    if (!rights || id === authorId || !can(rights, "conversation.read", where)) return false;
    return named || can(rights, "reply.approve", where);
  };
  return {
    ask: (keys, named) => [...new Set(keys.flatMap((key) => targets.ask(key)))].filter((id) => may(id, named)),
    supervisors: () => targets.staff.agents.map(({ agent }) => agent.id).filter((id) => may(id, false)),
    isOne: (id, keys, named) => may(id, named) && keys.some((key) => targets.isOne(id, key)),
  };
}

/** Names of those who are asked first: a team by its name. */
export function namesOf(targets: TargetPeople, need: Need, people: People): string[] {
  const first = need.tiers[0];
  if (!first) return [];
  const name = (id: string) => targets.staff.byId.get(id)?.agent.name ?? "";
  const names = first.approvers.flatMap((key) => {
    const able = people.ask([key], first.named);
    if (able.length === 0) return [];
    const team = key.startsWith("team:") ? targets.staff.teams.find((t) => `team:${t.id}` === key) : undefined;
    return team ? [team.name] : able.map(name);
  });
  const found = names.length > 0 ? names : people.supervisors().map(name);
  return [...new Set(found)].slice(0, 4);
}
