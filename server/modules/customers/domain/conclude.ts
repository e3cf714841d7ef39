import type { Instant } from "#platform/clock";
import { contactOf, handleName, looks } from "./keys.ts";
import type { Rung } from "./ladder.ts";

/** A handle with what finds it again. */
export interface Known {
  id: string;
  network: string;
  scope: string;
  externalId: string;
  handle: string;
  name: string;
  isBot: boolean;
  /** When the first of its messages was said. */
  firstSeenAt: Instant;
}
/** Something a handle's writer said of himself; a site or an account is what the network has verified of him. */
export interface Claim {
  handleId: string;
  kind: "handle" | "contact" | "reference" | "site" | "account";
  value: string;
  /** The network named with a handle; empty where none was. */
  network: string;
  messageId: string | null;
  brandId: string | null;
  language: string;
  /** The words can mean nothing else. */
  sure: boolean;
  public: boolean;
  saidAt: Instant;
}
export interface Reason {
  code: string;
  text: string;
  /** The act of a person that made it: taken back, it is no reason any more. */
  of?: string;
}
/** Two handles are the same customer: joins by itself unless something speaks against it. */
export interface Conclusion {
  a: string;
  b: string;
  rung: Rung;
  code: string;
  text: string;
  /** When it was said; null where nobody said it. */
  at: Instant | null;
  messageId: string | null;
}
/** Too little to join; a person is asked. */
export interface Hunch {
  a: string;
  b: string;
  kind: "same" | "consent" | "impersonator";
  rung: Rung;
  /** 0 to 1: how much speaks for it. Below `WORTH_ASKING` nobody is asked. */
  score: number;
  reasons: Reason[];
  messageId: string | null;
}
export interface Concluded {
  sure: Conclusion[];
  hunches: Hunch[];
}

/** From here on a likeness is worth a person's look. */
const WORTH_ASKING = 0.5;
/** What so many handles have in common is public and tells nothing. */
const TOO_MANY = 4;
/** Shorter names look alike by chance. */
const SHORTEST_LOOK = 4;

/**
 * What follows from these handles and claims. `mayUse`: whether a public statement may be used without asking (DESIGN: consent). Pure, and
 * of the set only: the order does not matter, and what was concluded before is concluded again.
 */
export function conclude(
  handles: readonly Known[],
  claims: readonly Claim[],
  mayUse: (claim: Claim, network: string) => boolean,
): Concluded {
  const people = new Map(handles.filter((h) => !h.isBot).map((h) => [h.id, h]));
  const byName = Map.groupBy(people.values(), (h) => handleName(h.handle));
  const byContact = Map.groupBy(people.values(), (h) => contactOf(h) ?? "");
  const found: Concluded = { sure: [], hunches: [] };
  for (const claim of claims) {
    const from = people.get(claim.handleId);
    if (!from) continue;
    if (claim.kind === "handle") stated(from, claim, byName.get(claim.value) ?? [], mayUse, found);
    if (claim.kind === "contact") stated(from, claim, byContact.get(claim.value) ?? [], mayUse, found);
    if (claim.kind === "account") verified(from, claim, byName.get(claim.value) ?? [], found);
    if (claim.kind === "site") atTheirSite(from, claim, [...people.values()], found);
  }
  inCommon(people, claims, found);
  for (const [contact, same] of byContact) if (contact !== "") sameContact(contact, same, found);
  for (const same of byName.values()) sameName(same, found);
  impostors([...people.values()], found);
  return found;
}

function stated(
  from: Known,
  claim: Claim,
  called: readonly Known[],
  mayUse: (claim: Claim, network: string) => boolean,
  found: Concluded,
): void {
  const meant = called.filter((h) => h.id !== from.id && isOn(h.network, claim.network));
  const right = whomItMeans(meant, claim.saidAt);
  const says = `Says: “I am ${claim.kind === "handle" ? "@" : ""}${claim.value}”${claim.network ? ` on ${claim.network}` : ""}.`;
  for (const to of meant.slice(0, TOO_MANY)) {
    const reasons: Reason[] = [{ code: "stated", text: says }];
    const ask = (kind: Hunch["kind"], code: string, text: string) =>
      found.hunches.push({
        ...{ a: from.id, b: to.id, kind, rung: "stated", score: 0.6, messageId: claim.messageId },
        reasons: [...reasons, { code, text }],
      });
    if (to !== right) ask("same", "ambiguous", `${meant.length} handles are called so.`);
    else if (!claim.sure) ask("same", "unclear", "It may be about somebody else: read it.");
    else if (networkOf(from) === networkOf(to))
      ask("same", "same-network", "Both are on the same network; it may be a second handle, or somebody who pretends.");
    else if (claim.public && !mayUse(claim, from.network))
      ask("consent", "consent", "Said in public, and your rule is to ask before it is used.");
    else
      found.sure.push({
        ...{ a: from.id, b: to.id, rung: "stated", code: claim.kind === "handle" ? "stated-handle" : "stated-contact" },
        ...{ text: says, at: claim.saidAt, messageId: claim.messageId },
      });
  }
}

/** Of several handles of one name: the only one that had been heard when it was said; if none had, the one that was heard first. */
function whomItMeans(meant: readonly Known[], saidAt: Instant): Known | undefined {
  const before = meant.filter((h) => h.firstSeenAt <= saidAt);
  if (before.length > 0) return before.length === 1 ? before[0] : undefined;
  const [first, second] = meant.toSorted((a, b) => a.firstSeenAt - b.firstSeenAt);
  return first && first.firstSeenAt !== second?.firstSeenAt ? first : undefined;
}

/** The network itself says which account elsewhere is theirs. */
function verified(from: Known, claim: Claim, called: readonly Known[], found: Concluded): void {
  const meant = called.filter((h) => isOn(h.network, claim.network) && networkOf(h) !== networkOf(from));
  if (meant.length !== 1 || claim.network === "") return;
  found.sure.push({
    ...{ a: from.id, b: meant[0]!.id, rung: "network", code: "network", at: claim.saidAt, messageId: claim.messageId },
    text: `${from.network} has verified that ${claim.value} on ${claim.network} is theirs.`,
  });
}

/** An address of a site that is verified as theirs: theirs, or a colleague's. A site with many addresses is a company's and tells nothing. */
function atTheirSite(from: Known, claim: Claim, people: readonly Known[], found: Concluded): void {
  const there = people.filter((h) => h.id !== from.id && contactOf(h)?.endsWith(`@${claim.value}`));
  if (there.length > TOO_MANY) return;
  for (const h of there)
    if (networkOf(h) !== networkOf(from))
      found.hunches.push({
        ...{ a: from.id, b: h.id, kind: "same", rung: "similar", score: 0.6, messageId: claim.messageId },
        reasons: [
          {
            code: "verified-site",
            text: `${from.network} has verified that ${claim.value} is ${from.handle}’s; ${contactOf(h)} is an address of it.`,
          },
        ],
      });
}

/** An address or number that two give, an order number that two name: one person, a family, or a copied number. */
function inCommon(people: ReadonlyMap<string, Known>, claims: readonly Claim[], found: Concluded): void {
  const weak = claims.filter((c) => c.kind !== "handle" && c.kind !== "account" && people.has(c.handleId));
  for (const same of Map.groupBy(weak, (c) => `${c.kind} ${c.value}`).values()) {
    const each = [...new Map(same.map((c) => [c.handleId, c])).values()].sort((a, b) =>
      a.handleId < b.handleId ? -1 : 1,
    );
    if (each.length < 2 || each.length > TOO_MANY) continue;
    for (const [x, y] of pairs(each)) {
      const [a, b] = [people.get(x.handleId)!, people.get(y.handleId)!];
      if (networkOf(a) === networkOf(b)) continue;
      const reasons: Reason[] = [
        x.kind === "reference"
          ? { code: "same-reference", text: `Both name the number ${x.value}.` }
          : x.kind === "site"
            ? { code: "same-site", text: `Of both it is verified that ${x.value} is theirs.` }
            : { code: "same-contact", text: `Both give ${x.value} as their own.` },
      ];
      if (sameWords(a.name, b.name)) reasons.push({ code: "same-name", text: `Both are called ${a.name}.` });
      if (x.language !== "und" && x.language === y.language)
        reasons.push({ code: "same-language", text: `Both write ${x.language}.` });
      found.hunches.push({
        ...{ a: a.id, b: b.id, kind: "same", rung: "similar", reasons },
        ...{ score: 0.4 + 0.1 * reasons.length, messageId: y.messageId ?? x.messageId },
      });
    }
  }
}

/** The very address on two networks: both have proven to be reached by it. */
function sameContact(contact: string, same: readonly Known[], found: Concluded): void {
  if (same.length > TOO_MANY) return;
  for (const [a, b] of pairs(same))
    if (networkOf(a) !== networkOf(b))
      found.sure.push({
        ...{ a: a.id, b: b.id, rung: "contact", code: "same-contact", text: `Both are reached by ${contact}.` },
        ...{ at: null, messageId: null },
      });
}

/** One name on two networks is worth a look when the person is called the same, too; alone it is nothing. */
function sameName(same: readonly Known[], found: Concluded): void {
  if (same.length > TOO_MANY) return;
  for (const [a, b] of pairs(same)) {
    if (a.network === b.network || handleName(a.handle) === "") continue;
    const words = sameWords(a.name, b.name);
    const score = 0.35 + (words ? 0.25 : 0);
    if (score < WORTH_ASKING) continue;
    found.hunches.push({
      ...{ a: a.id, b: b.id, kind: "same", rung: "similar", score, messageId: null },
      reasons: [
        { code: "same-handle", text: `Both have the handle ${a.handle}.` },
        { code: "same-name", text: `Both are called ${a.name}.` },
      ],
    });
  }
}

/** A handle that only looks like another of its network. It never joins; people are warned. */
function impostors(people: readonly Known[], found: Concluded): void {
  const alike = Map.groupBy(people, (h) => `${networkOf(h)}\u0000${looks(h.handle)}`);
  for (const [key, same] of alike) {
    if (same.length > TOO_MANY || (key.split("\u0000").at(-1) ?? "").length < SHORTEST_LOOK) continue;
    for (const [a, b] of pairs(same))
      if (handleName(a.handle) !== handleName(b.handle))
        found.hunches.push({
          ...{ a: a.id, b: b.id, kind: "impersonator", rung: "similar", score: 0.5, messageId: null },
          reasons: [
            {
              code: "look-alike",
              text: `${a.handle} and ${b.handle} look alike but are two handles: one may pretend to be the other.`,
            },
          ],
        });
  }
}

/** Two names or more, all the same: a single common name says nothing. */
function sameWords(a: string, b: string): boolean {
  const [x, y] = [a, b].map((name) => [...new Set(handleName(name).match(/[\p{L}\p{N}]+/gu) ?? [])].sort().join(" "));
  return x === y && x!.includes(" ");
}

function pairs<T extends { id?: string; handleId?: string }>(list: readonly T[]): [T, T][] {
  const sorted = list.toSorted((a, b) => ((a.id ?? a.handleId!) < (b.id ?? b.handleId!) ? -1 : 1));
  return sorted.flatMap((a, i) => sorted.slice(i + 1).map((b): [T, T] => [a, b]));
}

export function networkOf(h: { network: string; scope: string }): string {
  return `${h.network}/${h.scope}`;
}

/** Whether a network is the one that was named: `instagram` is named for all of its channels. */
function isOn(network: string, named: string): boolean {
  return named === "" || network === named || network.startsWith(`${named}_`);
}
