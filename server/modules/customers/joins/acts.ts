import { JoinSuggested, JoinUndone } from "#events/customers";
import { settingOf } from "#modules/company";
import { agentsById } from "#modules/people";
import type { Tx } from "#platform/db";
import { AppError, notFound, notNow } from "#platform/errors";
import { confidenceOf, type Rung } from "../domain/ladder.ts";
import { resolve, type Statement } from "../domain/resolve.ts";
import { recordConsent } from "../facts/facts.ts";
import { consentPurposesSetting } from "../facts/settings.ts";
import { type Act, actsAbout, endAct, insertAct, lockAct, markShared } from "../store/act-store.ts";
import { type Customer, selectCustomers } from "../store/customer-store.ts";
import {
  handleIdsOf,
  insertStatements,
  type LockedHandle,
  type NewStatement,
  statementsById,
  undoStatements,
} from "../store/statement-store.ts";
import { askAgain, decideSuggestion, lockSuggestion, type Suggestion } from "../store/suggestion-store.ts";
import { type Moved, type Neighbourhood, neighbourhood, settle } from "./settle.ts";

/** What a person's act did. `customerId`: the customer that came of it, for a parting that of the parted handles. */
export interface Done {
  actId: string;
  customerId: string;
  moved: Moved[];
}

/** The purpose under which a consent to joining is kept. */
const JOINING = "joining";
/** A parting names every pair; more is no parting of a person's handles any more. */
const MOST_PAIRS = 2_500;

/** An agent says that two customers are one. Undone with `undoJoin(actId)`. Refused with 409 when either changed since the agent saw it. */
export async function joinCustomers(
  tx: Tx,
  ask: {
    customerId: string;
    otherId: string;
    by: string;
    reason: string;
    expectedVersion: number;
    otherVersion: number;
  },
): Promise<Done> {
  if (ask.customerId === ask.otherId) throw notNow("These are one customer already.");
  const near = await near_(tx, [ask.customerId, ask.otherId]);
  await asSeen(tx, [
    { id: ask.customerId, version: ask.expectedVersion },
    { id: ask.otherId, version: ask.otherVersion },
  ]);
  const [mine, theirs] = [ask.customerId, ask.otherId].map((id) => ofCustomer(near, id)) as [
    LockedHandle[],
    LockedHandle[],
  ];
  const act = await insertAct(tx, { ...ask, kind: "join", otherId: ask.otherId });
  const text = ask.reason || "An agent says that it is one person.";
  const moved = await joinGroups(tx, act, near, [mine[0]!, theirs[0]!], {
    ...{ rung: "agent", code: "agent", text, messageId: null },
  });
  return { actId: act.id, customerId: [ask.customerId, ask.otherId].sort()[0]!, moved };
}

/** Two handles are the same by an act; where persons said before that some of their handles are not, the later word counts. */
async function joinGroups(
  tx: Tx,
  act: Act,
  near: Neighbourhood,
  [a, b]: readonly [LockedHandle, LockedHandle],
  why: Pick<NewStatement, "rung" | "code" | "text" | "messageId">,
): Promise<Moved[]> {
  const [x, y] = [a, b].map((h) => new Set(ofCustomer(near, h.customerId).map((one) => one.id))) as [
    Set<string>,
    Set<string>,
  ];
  const denied = near.statements.filter(
    (s) => s.kind === "apart" && ((x.has(s.a) && y.has(s.b)) || (x.has(s.b) && y.has(s.a))),
  );
  const pairs = new Map([[a.id, b.id] as const, ...denied.map((s) => [s.a, s.b] as const)].map((p) => [p.join(), p]));
  await insertStatements(
    tx,
    [...pairs.values()].map(([from, to]) => byAgent(act, "same", from, to, why)),
  );
  return (await settle(tx, [a.id, b.id], act.id)).moved;
}

/** An agent says that some handles of a customer are somebody else. The others stay together, and so do these. */
export async function partHandles(
  tx: Tx,
  ask: { customerId: string; handleIds: readonly string[]; by: string; reason: string; expectedVersion: number },
): Promise<Done> {
  const near = await near_(tx, [ask.customerId]);
  await asSeen(tx, [{ id: ask.customerId, version: ask.expectedVersion }]);
  const all = ofCustomer(near, ask.customerId);
  const going = all.filter((h) => ask.handleIds.includes(h.id));
  const staying = all.filter((h) => !ask.handleIds.includes(h.id));
  if (going.length === 0) throw notNow("None of these handles belongs to this customer any more.");
  if (staying.length === 0) throw notNow("One handle at least has to stay with the customer.");
  if (going.length * staying.length > MOST_PAIRS)
    throw notNow("This customer has too many handles to be parted at once. Part fewer of them.");
  const act = await insertAct(tx, { ...ask, kind: "part", otherId: null });
  const why = {
    rung: "agent" as Rung,
    code: "agent",
    text: ask.reason || "An agent says that it is somebody else.",
    messageId: null,
  };
  const apart = going.flatMap((g) => staying.map((s) => byAgent(act, "apart", g.id, s.id, why)));
  const keep = { ...why, code: "kept", text: "An agent parted another handle and left these together." };
  const kept = [going, staying].flatMap((group) =>
    holdTogether(near, group, apart).map(([x, y]) => byAgent(act, "same", x, y, keep)),
  );
  await insertStatements(tx, [...apart, ...kept]);
  const { moved } = await settle(
    tx,
    all.map((h) => h.id),
    act.id,
  );
  const leaves = new Map(moved.map((m) => [m.handleId, m.to]));
  return { actId: act.id, customerId: leaves.get(going[0]!.id) ?? ask.customerId, moved };
}

/** What has to be said so that a group does not fall apart when its ties through others are cut. */
function holdTogether(
  near: Neighbourhood,
  group: readonly LockedHandle[],
  apart: readonly NewStatement[],
): [string, string][] {
  const cut: Statement[] = apart.map((s, i) => ({ ...s, id: `cut ${i}` }));
  const then = resolve(near.handles, [...near.statements, ...cut]).customerOf;
  const parts = [...Map.groupBy(group, (h) => then.get(h.id)!).values()];
  return parts.slice(1).map((part, i) => [parts[i]![0]!.id, part[0]!.id]);
}

function byAgent(
  act: Act,
  kind: "same" | "apart",
  a: string,
  b: string,
  why: Pick<NewStatement, "rung" | "code" | "text" | "messageId">,
): NewStatement {
  return {
    ...{ key: `${act.id}/${[a, b].sort().join("/")}`, kind, a, b, actId: act.id, ord: act.ord, at: act.at },
    ...{ ...why, confidence: confidenceOf[why.rung], authorKind: "agent", authorId: act.by },
  };
}

/** Says that several people write from a handle: what is said from it joins nobody any more. */
export async function markHandleShared(
  tx: Tx,
  ask: { customerId: string; handleId: string; by: string; reason: string; expectedVersion: number },
): Promise<Done> {
  const near = await near_(tx, [ask.customerId]);
  await asSeen(tx, [{ id: ask.customerId, version: ask.expectedVersion }]);
  if (!ofCustomer(near, ask.customerId).some((h) => h.id === ask.handleId)) throw notFound("handle");
  if (!(await markShared(tx, ask.handleId, true))) throw notNow("This handle is marked as shared already.");
  const act = await insertAct(tx, { ...ask, kind: "mark", otherId: ask.handleId });
  return { actId: act.id, customerId: ask.customerId, moved: (await settle(tx, [ask.handleId], act.id)).moved };
}

/**
 * Takes back what a person decided (by the act's id) or what the evidence concluded (by the statement's id). What holds without it holds
 * again, exactly; other acts stay. Evidence that was taken back is not concluded again.
 */
export async function undoJoin(tx: Tx, ask: { id: string; by: string }): Promise<Done> {
  const act = await lockAct(tx, ask.id);
  const statements = await statementsById(tx, act ? "act_id" : "id", [ask.id]);
  if (!act && statements.length === 0) throw notFound("join");
  const handles = [
    ...statements.flatMap((s) => [s.a, s.b]),
    ...(act?.kind === "mark" && act.otherId !== null ? [act.otherId] : []),
  ];
  const near = await neighbourhood(tx, handles);
  const customerId = near.handles.find((h) => h.id === handles[0])?.customerId ?? act?.customerId ?? "";
  if (act) {
    if (act.undoneAt !== null) throw notNow(`${await nameOf(tx, act.undoneBy)} took this back already.`);
    await endAct(tx, act.id, ask.by);
    await askAgain(tx, act.id);
    if (act.kind === "mark" && act.otherId !== null) await markShared(tx, act.otherId, false);
  } else if (statements[0]!.ord > 0) throw notNow("An agent decided this. Take back the whole act.");
  else if (statements[0]!.undoneAt !== null) throw notNow("This join was taken back already.");
  await undoStatements(
    tx,
    statements.map((s) => s.id),
    ask.by,
  );
  const { moved } = await settle(tx, handles, act?.id ?? null);
  tx.announce(JoinUndone, {
    ...{ key: customerId, entity: "identity-act", entityId: ask.id, entityVersion: 1 },
    payload: { of: ask.id, customerId, by: ask.by },
  });
  return { actId: ask.id, customerId, moved };
}

/** An agent answers a suggestion. Refused ones are remembered; both can be undone by the act's id. */
export async function answerSuggestion(
  tx: Tx,
  ask: { suggestionId: string; as: "accepted" | "refused"; by: string },
): Promise<Done> {
  const asked = await lockSuggestion(tx, ask.suggestionId);
  if (!asked) throw notFound("suggestion");
  if (asked.state !== "open")
    throw new AppError("version-conflict", `${await nameOf(tx, asked.decidedBy)} decided this meanwhile.`, {
      present: { state: asked.state, by: asked.decidedBy },
    });
  const near = await neighbourhood(tx, [asked.a, asked.b]);
  const [a, b] = [asked.a, asked.b].map((id) => near.handles.find((h) => h.id === id));
  if (!a || !b) throw notNow("One of these handles is gone.");
  const one = a.customerId === b.customerId;
  if (one && ask.as === "refused") throw notNow("They are one customer by now. Part the handle instead.");
  const act = await insertAct(tx, {
    ...{ kind: ask.as === "accepted" ? "join" : "refuse", customerId: a.customerId, otherId: b.customerId },
    ...{ reason: asked.reasons.map((r) => r.text).join(" "), by: ask.by },
  });
  await decideSuggestion(tx, asked.id, { state: ask.as, by: ask.by, actId: act.id });
  let moved: Moved[] = [];
  if (ask.as === "accepted" && !one) moved = await joinGroups(tx, act, near, [a, b], reasonOf(asked));
  if (ask.as === "accepted" && asked.kind === "consent")
    await keepConsent(tx, [a.customerId, b.customerId].sort()[0]!, ask.by);
  if (ask.as === "refused")
    await insertStatements(tx, [byAgent(act, "apart", a.id, b.id, { ...reasonOf(asked), code: "refused" })]);
  sayDecided(tx, asked, ask.as, near);
  return { actId: act.id, customerId: [a.customerId, b.customerId].sort()[0]!, moved };
}

/** Where the account keeps consents to joining, this is one. */
async function keepConsent(tx: Tx, customerId: string, by: string): Promise<void> {
  const { value: purposes } = await settingOf(tx, consentPurposesSetting);
  if (!purposes.some((p) => p.key === JOINING)) return;
  await recordConsent(tx, { customerId, purpose: JOINING, given: true, source: "Agreed when an agent asked.", by });
}

/** With the customer's consent his own words count; a likeness that was looked at is an agent's judgement. */
function reasonOf(asked: Suggestion): Pick<NewStatement, "rung" | "code" | "text" | "messageId"> {
  const consented = asked.kind === "consent";
  return {
    ...{ rung: consented ? "stated" : "agent", code: consented ? "consented" : "accepted" },
    ...{ text: asked.reasons.map((r) => r.text).join(" "), messageId: asked.messageId },
  };
}

function sayDecided(tx: Tx, asked: Suggestion, state: "accepted" | "refused", near: Neighbourhood): void {
  const customerIds = near.handles.filter((h) => h.id === asked.a || h.id === asked.b).map((h) => h.customerId);
  tx.announce(JoinSuggested, {
    ...{ key: customerIds[0]!, entity: "identity-suggestion", entityId: asked.id, entityVersion: 2 },
    payload: { suggestionId: asked.id, handleIds: [asked.a, asked.b], customerIds, kind: asked.kind, state },
  });
}

async function near_(tx: Tx, customerIds: readonly string[]): Promise<Neighbourhood> {
  const near = await neighbourhood(tx, await handleIdsOf(tx, customerIds));
  if (near.cut) throw notNow("These customers have too many handles to be looked at together.");
  return near;
}

/** A customer's handles, his own first. */
function ofCustomer(near: Neighbourhood, customerId: string): LockedHandle[] {
  return near.handles
    .filter((h) => h.customerId === customerId)
    .sort((a, b) => Number(b.home === customerId) - Number(a.home === customerId) || (a.home < b.home ? -1 : 1));
}

/** The customers stand as the agent saw them; otherwise it is said who changed what. */
async function asSeen(tx: Tx, seen: readonly { id: string; version: number }[]): Promise<void> {
  const found = new Map(
    (
      await selectCustomers(
        tx,
        seen.map((s) => s.id),
      )
    ).map((c) => [c.id, c]),
  );
  for (const s of seen) if (found.get(s.id)?.state !== "live") throw notFound("customer");
  const changed = seen.filter((s) => found.get(s.id)!.version !== s.version || found.get(s.id)!.mergedInto !== null);
  if (changed.length === 0) return;
  const [last] = await actsAbout(
    tx,
    changed.map((s) => s.id),
    1,
  );
  throw new AppError("version-conflict", await whatHappened(tx, last), {
    present: seen.map((s) => present(found.get(s.id)!)),
  });
}

const present = (c: Customer) => ({ id: c.id, version: c.version, mergedInto: c.mergedInto });
const SAID: Record<Act["kind"], string> = {
  join: "joined this customer with another",
  part: "parted handles of this customer",
  refuse: "said that this customer is not another",
  mark: "marked a handle of this customer as shared",
};

async function whatHappened(tx: Tx, last: Act | undefined): Promise<string> {
  if (!last) return "This customer changed meanwhile. Look at the present state and try again.";
  const who = await nameOf(tx, last.undoneBy ?? last.by);
  const what = last.undoneBy === null ? SAID[last.kind] : "took back what was decided about this customer";
  return `${who} ${what} meanwhile. Look at the present state and try again.`;
}

async function nameOf(tx: Tx, agentId: string | null): Promise<string> {
  const found = agentId === null ? undefined : (await agentsById(tx, [agentId])).get(agentId);
  return found?.name ?? "Somebody";
}
