import { JoinSuggested } from "#events/customers";
import type { VerifiedLink } from "#modules/channels";
import { settingOf } from "#modules/company";
import type { Instant } from "#platform/clock";
import type { Tx } from "#platform/db";
import type { Met } from "../customers.ts";
import { claimsOf } from "../domain/claims.ts";
import { type Claim, type Conclusion, conclude, type Hunch } from "../domain/conclude.ts";
import { contactOf, handleName, looks } from "../domain/keys.ts";
import { confidenceOf } from "../domain/ladder.ts";
import type { Blocked } from "../domain/resolve.ts";
import { statementsSetting } from "../settings.ts";
import { claimsOn, handlesCalled, insertClaims, knownHandles } from "../store/claim-store.ts";
import {
  insertStatements,
  type NewStatement,
  nodesOf,
  statementKey,
  statementsAbout,
  withdrawStatements,
} from "../store/statement-store.ts";
import { insertSuggestions, withdrawOf } from "../store/suggestion-store.ts";
import { type Moved, type Settled, settle } from "./settle.ts";

/** A message as far as it tells who its writer is. */
export interface Heard {
  handleId: string;
  messageId: string;
  brandId: string;
  text: string;
  language: string;
  public: boolean;
  isBot: boolean;
  at: Instant;
  /** What the network has verified of the writer. */
  verified?: readonly VerifiedLink[] | undefined;
}

/**
 * Learns from a run of messages who is who: what writers say of themselves is kept, is compared with all that is known, and joins handles
 * where it is strong enough; the rest becomes suggestions. `met`: whom the run met. Where nobody says anything of himself and nobody is new
 * this asks the database nothing. Returns the handles that belong to another customer now.
 */
export async function learnIdentities(tx: Tx, met: Iterable<Met>, heard: readonly Heard[]): Promise<Moved[]> {
  const all = [...met];
  const others = all.filter((m) => m.changedHands).map((m) => m.handleId);
  const parted = others.length === 0 ? [] : await keep(tx, [], [], others);
  return lastOfEach([...parted, ...(await learnWords(tx, all, heard))]);
}

/** A handle that moved twice went from where it was first to where it came last. */
function lastOfEach(moved: readonly Moved[]): Moved[] {
  const of = new Map<string, Moved>();
  for (const m of moved) of.set(m.handleId, { ...m, from: of.get(m.handleId)?.from ?? m.from });
  return [...of.values()].filter((m) => m.from !== m.to);
}

async function learnWords(tx: Tx, met: readonly Met[], heard: readonly Heard[]): Promise<Moved[]> {
  const said = heard.filter((h) => !h.isBot).flatMap(claimsIn);
  const fresh = new Set(met.filter((m) => m.news).map((m) => m.handleId));
  const learned = said.length > 0 && (await insertClaims(tx, said)) > 0 ? said : [];
  if (learned.length === 0 && fresh.size === 0) return [];
  const news = await knownHandles(tx, unique([...fresh, ...learned.map((c) => c.handleId)]));
  const newcomers = news.filter((h) => fresh.has(h.id));
  const contacts = newcomers.flatMap((h) => contactOf(h) ?? []);
  const values = (...kinds: Claim["kind"][]) => learned.flatMap((c) => (kinds.includes(c.kind) ? [c.value] : []));
  const domains = unique(contacts.map((c) => c.split("@")[1] ?? ""));
  const called = await handlesCalled(tx, {
    names: unique(values("handle", "account")),
    looks: unique(newcomers.map((h) => looks(h.handle).slice(0, 300))),
    contacts: unique([...contacts, ...values("contact")]),
    domains: unique(values("site")),
  });
  const claims = await claimsOn(
    tx,
    unique([...learned.map((c) => c.value), ...newcomers.map((h) => handleName(h.handle)), ...contacts, ...domains]),
  );
  if (called.length <= news.length && claims.length === 0) return [];
  const known = new Map([...news, ...called].map((h) => [h.id, h]));
  for (const h of await knownHandles(
    tx,
    claims.map((c) => c.handleId).filter((id) => !known.has(id)),
  ))
    known.set(h.id, h);
  const found = conclude([...known.values()], claims, await consentOf(tx, claims));
  return keep(tx, found.sure, found.hunches);
}

/** Writes conclusions and hunches that are new, and works out who is who by them. */
async function keep(
  tx: Tx,
  sure: readonly Conclusion[],
  hunches: readonly Hunch[],
  also: readonly string[] = [],
): Promise<Moved[]> {
  const statements = sure.map((s) => asStatement(tx, s));
  const stands = new Set(statements.map((s) => s.key));
  // What is doubtful by now was sure before somebody of the same name was met.
  const doubtful = hunches.filter((h) => h.rung === "stated").map((h) => statementKey(h.a, h.b, h.rung));
  const touched = [
    ...also,
    ...(await insertStatements(tx, statements)),
    ...(await withdrawStatements(
      tx,
      doubtful.filter((key) => !stands.has(key)),
    )),
  ];
  const settled = await settle(tx, touched);
  await suggest(tx, [...hunches, ...refused(settled)]);
  return settled.moved;
}

/** A profile has a few; more are an attack. */
const MOST_LINKS = 8;

function claimsIn(h: Heard): Claim[] {
  const one = (kind: Claim["kind"], value: string, network = ""): Claim => ({
    ...{ handleId: h.handleId, kind, value, network, messageId: h.messageId, brandId: h.brandId },
    ...{ language: h.language, sure: true, public: h.public, saidAt: h.at },
  });
  const links = (h.verified ?? [])
    .slice(0, MOST_LINKS)
    .map((link) =>
      link.kind === "site"
        ? { ...one("site", handleName(link.domain)), public: false }
        : { ...one("account", handleName(link.handle), link.network), public: false },
    );
  // Handles, addresses and numbers have one of these; most words have neither.
  const claims = /[@\p{N}]/u.test(h.text) ? claimsOf(h.text) : null;
  if (claims === null) return links.filter((c) => c.value.length >= 2);
  return [
    ...links,
    ...claims.handles.map((value, i) => ({
      ...one("handle", handleName(value), claims.networks[i]),
      sure: claims.sure[i] === true,
    })),
    ...claims.contacts.map((value) => one("contact", value)),
    ...claims.references.map((value) => one("reference", value)),
  ].filter((c) => c.value.length >= 2);
}

const unique = (list: readonly string[]): string[] => [...new Set(list)].filter((text) => text !== "");

function asStatement(tx: Tx, s: Conclusion): NewStatement {
  return {
    ...{ key: statementKey(s.a, s.b, s.rung), actId: null, ord: 0, kind: "same", a: s.a, b: s.b, rung: s.rung },
    ...{ confidence: confidenceOf[s.rung], code: s.code, text: s.text, messageId: s.messageId, at: s.at ?? tx.now },
    ...{ authorKind: "system", authorId: null },
  };
}

/** Whether what was said in public may be used without asking, by brand and network. */
async function consentOf(tx: Tx, claims: readonly Claim[]): Promise<(claim: Claim, network: string) => boolean> {
  const rules = new Map<string, { otherwise: string; networks: Record<string, string> }>();
  for (const brandId of new Set(claims.filter((c) => c.public && c.kind !== "reference").map((c) => c.brandId ?? "")))
    rules.set(brandId, (await settingOf(tx, statementsSetting, brandId === "" ? {} : { brandId })).value);
  return (claim, network) => {
    const rule = rules.get(claim.brandId ?? "");
    const manner = rule && Object.hasOwn(rule.networks, network) ? rule.networks[network] : rule?.otherwise;
    return manner !== "ask";
  };
}

const WHY: Record<Blocked, string> = {
  "said-apart": "An agent has said that these are two people.",
  shared: "Several people write from one of them.",
  "same-network": "The customer would have two handles on one network.",
  recycled: "One of them may have changed hands since.",
};

/** Evidence that was strong enough and is contradicted: a person decides. */
function refused({ resolution, statements }: Settled): Hunch[] {
  if (resolution === null) return [];
  return statements.flatMap((s): Hunch[] => {
    const why = resolution.blocked.get(s.id);
    if (why === undefined || s.ord > 0) return [];
    const reasons = [
      { code: s.code, text: s.text },
      { code: why, text: WHY[why] },
    ];
    return [{ a: s.a, b: s.b, kind: "same", rung: s.rung, score: 0.6, reasons, messageId: s.messageId }];
  });
}

async function suggest(tx: Tx, hunches: readonly Hunch[]): Promise<void> {
  const asked = await insertSuggestions(tx, hunches);
  if (asked.length === 0) return;
  const of = new Map(
    (await nodesOf(tx, [...new Set(asked.flatMap((s) => [s.a, s.b]))])).map((n) => [n.id, n.customerId]),
  );
  for (const s of asked) {
    const customerIds = [s.a, s.b].flatMap((id) => of.get(id) ?? []);
    tx.announce(JoinSuggested, {
      ...{ key: customerIds[0] ?? s.a, entity: "identity-suggestion", entityId: s.id, entityVersion: 1 },
      payload: { suggestionId: s.id, handleIds: [s.a, s.b], customerIds, kind: s.kind, state: "open" },
    });
  }
}

/**
 * Another part of the house thinks that two handles may be one customer (their conversations were merged): a person is asked, unless one
 * has said already that they are two. `of`: the act that made it think so; see `withdrawSuggestion`.
 */
export async function suggestJoin(
  tx: Tx,
  ask: { handleId: string; withHandleId: string; reason: string; messageId?: string | null; of?: string },
): Promise<void> {
  const nodes = await nodesOf(tx, [ask.handleId, ask.withHandleId]);
  if (nodes.length < 2 || nodes[0]!.customerId === nodes[1]!.customerId) return;
  const both = [ask.handleId, ask.withHandleId];
  const said = await statementsAbout(tx, both, 1_000);
  if (said.some((s) => s.kind === "apart" && both.includes(s.a) && both.includes(s.b))) return;
  const reasons = [{ code: "told", text: ask.reason, ...(ask.of !== undefined && { of: ask.of }) }];
  const hunch = {
    a: ask.handleId,
    b: ask.withHandleId,
    kind: "same" as const,
    rung: "similar" as const,
    score: 0.6,
    reasons,
  };
  await suggest(tx, [{ ...hunch, messageId: ask.messageId ?? null }]);
}

/** The act that made somebody think so was taken back: what was asked for nothing else is asked no more. */
export async function withdrawSuggestion(tx: Tx, actId: string): Promise<void> {
  await withdrawOf(tx, actId);
}

/** Evidence that comes from elsewhere than a text: a token, a sign-in, a link the network has verified, the same address at an import. */
export type Evidence = "invite" | "sign-in" | "network" | "contact" | "stated";
const RUNG_OF = {
  invite: "verified",
  "sign-in": "verified",
  network: "network",
  contact: "contact",
  stated: "stated",
} as const;

/**
 * A handle is the same person as another (or as the customer's own): joins at once unless a person has said otherwise, then it is a
 * suggestion. Safe to say twice. `text` tells people why. Returns the handles that moved: hand them to `followHandles` of `conversations`.
 */
export async function joinHandles(
  tx: Tx,
  say: {
    handleId: string;
    withHandleId: string;
    by: Evidence;
    text: string;
    at: Instant;
    messageId?: string | null;
  },
): Promise<Moved[]> {
  if (say.handleId === say.withHandleId) return [];
  const code = say.by === "stated" ? "stated-handle" : say.by === "contact" ? "same-contact" : say.by;
  return keep(
    tx,
    [
      {
        ...{ a: say.handleId, b: say.withHandleId, rung: RUNG_OF[say.by], code, text: say.text, at: say.at },
        messageId: say.messageId ?? null,
      },
    ],
    [],
  );
}
