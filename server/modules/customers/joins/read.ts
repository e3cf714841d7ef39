import type { Instant } from "#platform/clock";
import type { Tx } from "#platform/db";
import type { Reason } from "../domain/conclude.ts";
import { namesMeet } from "../domain/keys.ts";
import type { Rung } from "../domain/ladder.ts";
import { resolve } from "../domain/resolve.ts";
import { type Act, actsAbout, findAct } from "../store/act-store.ts";
import { type Customer, type Handle, selectCustomers, selectHandles } from "../store/customer-store.ts";
import {
  type FullStatement,
  findCustomersOfJoin,
  handleIdsOf,
  nodesOf,
  statementsAbout,
  statementsById,
} from "../store/statement-store.ts";
import { openSuggestions, type Suggestion } from "../store/suggestion-store.ts";
import { neighbourhood } from "./settle.ts";

/** Why a handle belongs to its customer. */
export interface WhyJoined {
  /** The statement; hand it to `undoJoin`, or `actId` where a person did it. */
  id: string;
  actId: string | null;
  rung: Rung;
  code: string;
  text: string;
  confidence: number;
  at: Instant;
  messageId: string | null;
  by: string | null;
  /** The handle it is the same as. */
  withHandleId: string;
}
export interface JoinedHandle extends Handle {
  /** The customer it would be without any join. */
  homeId: string;
  shared: boolean;
  recycledAt: Instant | null;
  /** Surest first. Empty: it is the customer's own. */
  joins: WhyJoined[];
}
export interface SuggestedJoin extends Suggestion {
  /** The customer's own handle, and the other with its customer. */
  mine: Handle;
  other: Handle;
  otherCustomer: Customer;
}
export interface Identity {
  customer: Customer;
  handles: JoinedHandle[];
  suggestions: SuggestedJoin[];
  acts: Act[];
}

const MOST_SUGGESTIONS = 12;
const MOST_ACTS = 20;

/** Who a customer is, how sure that is and why, what may be missing, and what people decided about it. Null where there is no such customer. */
export async function identityOf(tx: Tx, customerId: string): Promise<Identity | null> {
  const [customer] = await selectCustomers(tx, [customerId]);
  if (customer?.state !== "live") return null;
  const handles = await selectHandles(tx, "customer_id", [customerId]);
  const ids = handles.map((h) => h.id);
  const [nodes, statements, asked] = [
    new Map((await nodesOf(tx, ids)).map((n) => [n.id, n])),
    await statementsAbout(tx, ids, 1_000),
    await openSuggestions(tx, ids, MOST_SUGGESTIONS * 2),
  ];
  const homes = [...nodes.values()].map((n) => n.home);
  return {
    customer,
    handles: handles.map((h) => ({
      ...h,
      homeId: nodes.get(h.id)?.home ?? customerId,
      shared: nodes.get(h.id)?.shared ?? false,
      recycledAt: nodes.get(h.id)?.recycledAt ?? null,
      joins: whyJoined(h.id, new Set(ids), statements),
    })),
    suggestions: await open(tx, asked, new Map(handles.map((h) => [h.id, h]))),
    acts: await actsAbout(tx, [...new Set([customerId, ...homes])], MOST_ACTS),
  };
}

function whyJoined(handleId: string, own: ReadonlySet<string>, statements: readonly FullStatement[]): WhyJoined[] {
  return statements
    .filter((s) => s.kind === "same" && own.has(s.a) && own.has(s.b) && (s.a === handleId || s.b === handleId))
    .sort((a, b) => b.confidence - a.confidence || a.at - b.at)
    .slice(0, 5)
    .map((s) => ({
      ...{ id: s.id, actId: s.actId, rung: s.rung, code: s.code, text: s.text, confidence: s.confidence, at: s.at },
      ...{ messageId: s.messageId, by: s.authorId, withHandleId: s.a === handleId ? s.b : s.a },
    }));
}

/** Questions that still make sense: the other is there, and is not the same customer by now. */
async function open(tx: Tx, asked: readonly Suggestion[], own: ReadonlyMap<string, Handle>): Promise<SuggestedJoin[]> {
  const others = asked.map((s) => (own.has(s.a) ? s.b : s.a)).filter((id) => !own.has(id));
  if (others.length === 0) return [];
  const handles = new Map((await selectHandles(tx, "id", [...new Set(others)])).map((h) => [h.id, h]));
  const customers = new Map(
    (await selectCustomers(tx, [...new Set([...handles.values()].map((h) => h.customerId))])).map((c) => [c.id, c]),
  );
  return asked
    .flatMap((s) => {
      const mine = own.get(s.a) ?? own.get(s.b);
      const other = handles.get(own.has(s.a) ? s.b : s.a);
      const otherCustomer = other && customers.get(other.customerId);
      return mine && other && otherCustomer ? [{ ...s, mine, other, otherCustomer }] : [];
    })
    .slice(0, MOST_SUGGESTIONS);
}

/** What an act would do, before anybody does it. */
export interface Preview {
  /** The customer that stands afterwards; for a parting the one the handles go to. */
  customerId: string;
  moving: { handle: Handle; from: string; to: string }[];
  versions: { id: string; version: number }[];
  warnings: Reason[];
}

/** What joining two customers would change, and what speaks against it. Null where one of them is gone. */
export async function previewJoin(tx: Tx, customerId: string, otherId: string): Promise<Preview | null> {
  const customers = await selectCustomers(tx, [customerId, otherId]);
  const [mine, other] = [customerId, otherId].map((id) => customers.find((c) => c.id === id && c.state === "live"));
  if (!mine || !other || mine.mergedInto || other.mergedInto || mine.id === other.id) return null;
  const handles = await selectHandles(tx, "customer_id", [mine.id, other.id]);
  const to = [mine.id, other.id].sort()[0]!;
  const [a, b] = [mine, other].map((c) => handles.filter((h) => h.customerId === c.id)) as [Handle[], Handle[]];
  const statements = await statementsAbout(
    tx,
    handles.map((h) => h.id),
    1_000,
  );
  return {
    customerId: to,
    moving: handles.filter((h) => h.customerId !== to).map((handle) => ({ handle, from: handle.customerId, to })),
    versions: customers.map(({ id, version }) => ({ id, version })),
    warnings: warningsOf(mine, other, a, b, statements),
  };
}

function warningsOf(
  mine: Customer,
  other: Customer,
  a: readonly Handle[],
  b: readonly Handle[],
  statements: readonly FullStatement[],
): Reason[] {
  const warnings: Reason[] = [];
  const side = (list: readonly Handle[]) => new Set(list.map((h) => h.id));
  const [x, y] = [side(a), side(b)];
  if (statements.some((s) => s.kind === "apart" && ((x.has(s.a) && y.has(s.b)) || (x.has(s.b) && y.has(s.a)))))
    warnings.push({ code: "said-apart", text: "Somebody of your team has said before that these are two people." });
  const shared = a.find((h) => b.some((o) => o.network === h.network && o.scope === h.scope));
  if (shared)
    warnings.push({
      code: "same-network",
      text: `Both have a handle on ${shared.network}: a second account, or two people.`,
    });
  if (mine.kind !== other.kind)
    warnings.push({ code: "kind", text: "One is a person, the other an organisation with several people." });
  if (!namesMeet(mine.name, other.name))
    warnings.push({ code: "names", text: `They are called ${mine.name} and ${other.name}.` });
  return warnings;
}

/** What parting handles would change. Null where none, or all, of them are the customer's. */
export async function previewPart(tx: Tx, customerId: string, handleIds: readonly string[]): Promise<Preview | null> {
  const [customer] = await selectCustomers(tx, [customerId]);
  const handles = await selectHandles(tx, "customer_id", [customerId]);
  const going = handles.filter((h) => handleIds.includes(h.id));
  if (!customer || going.length === 0 || going.length === handles.length) return null;
  const nodes = new Map((await nodesOf(tx, await handleIdsOf(tx, [customerId]))).map((n) => [n.id, n]));
  const homeOf = (list: readonly Handle[]) => list.map((h) => nodes.get(h.id)!.home).sort()[0]!;
  const [leaves, stays] = [homeOf(going), homeOf(handles.filter((h) => !going.includes(h)))];
  const sure = (await statementsAbout(tx, handleIds, 1_000)).some(
    (s) => s.kind === "same" && (s.rung === "verified" || s.rung === "network"),
  );
  return {
    customerId: leaves,
    moving: handles
      .map((handle) => ({ handle, from: customerId, to: going.includes(handle) ? leaves : stays }))
      .filter((m) => m.from !== m.to),
    versions: [{ id: customer.id, version: customer.version }],
    warnings: sure
      ? [{ code: "verified", text: "This join was verified by a token, a sign-in or the network itself." }]
      : [],
  };
}

/** What taking an act or a conclusion back would change. Null where there is none of this id, or it is taken back already. */
export async function previewUndo(tx: Tx, id: string): Promise<Preview | null> {
  const act = await findAct(tx, id);
  const statements = await statementsById(tx, act ? "act_id" : "id", [id]);
  const shared = act?.kind === "mark" ? act.otherId : null;
  if (act ? act.undoneAt !== null : statements[0] === undefined || statements[0].undoneAt !== null) return null;
  const asked = [...statements.flatMap((s) => [s.a, s.b]), ...(shared === null ? [] : [shared])];
  const near = await neighbourhood(tx, asked, "look");
  const gone = new Set(statements.map((s) => s.id));
  const then = resolve(
    near.handles.map((h) => (h.id === shared ? { ...h, shared: false } : h)),
    near.statements.filter((s) => !gone.has(s.id)),
  ).customerOf;
  const moves = near.cut ? [] : near.handles.filter((h) => then.get(h.id) !== h.customerId);
  const handles = new Map(
    (
      await selectHandles(
        tx,
        "id",
        moves.map((m) => m.id),
      )
    ).map((h) => [h.id, h]),
  );
  const customerId = near.handles.find((h) => h.id === asked[0])?.customerId ?? act?.customerId ?? "";
  return {
    customerId,
    moving: moves.flatMap((m) => {
      const handle = handles.get(m.id);
      return handle ? [{ handle, from: m.customerId, to: then.get(m.id)! }] : [];
    }),
    versions: (await selectCustomers(tx, [customerId])).map((c) => ({ id: c.id, version: c.version })),
    warnings: [],
  };
}

/** The customers that an act, a statement or a suggestion is about, as they stand now; empty where there is none of this id. */
export async function customersOfJoin(tx: Tx, id: string): Promise<string[]> {
  return findCustomersOfJoin(tx, id);
}
