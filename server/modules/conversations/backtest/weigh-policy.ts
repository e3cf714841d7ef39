import { type KindShares, POST_KINDS, type PostKind } from "#modules/listening";
import { kindsOfName, saysOf } from "./name-kinds.ts";

export interface WrittenPolicy {
  policy: string;
  /** What the company wrote; names come first, the text speaks where they are silent. */
  text?: string;
  act_on: string[];
  leave: string[];
  reach?: { followers?: number; shares?: number };
}

/** Who speaks for a kind no name and no sentence speaks of. Nearest first. */
const NEAREST: Partial<Record<PostKind, readonly PostKind[]>> = {
  danger: ["problem"],
  security: ["danger", "problem"],
  outage: ["problem"],
  churn: ["problem"],
  legal: ["problem"],
  thanks: ["praise"],
  praise: ["thanks"],
  purchase: ["question"],
  wish: ["feedback"],
  feedback: ["wish", "problem"],
};

/** Which kinds a policy acts on. */
export interface Weighed {
  acts: Record<PostKind, boolean>;
  reach: { followers: number; shares: number };
  /** Names that say nothing that is known. */
  unknown: string[];
}

export function weighPolicy(p: WrittenPolicy): Weighed {
  const named = new Map<PostKind, boolean>();
  for (const kind of p.leave.flatMap(kindsOfName)) named.set(kind, false);
  for (const kind of p.act_on.flatMap(kindsOfName)) named.set(kind, true);
  const text = saysOf(p.text ?? "");
  const verdictOf = (kind: PostKind): boolean | undefined => {
    if (named.has(kind)) return named.get(kind);
    if (text.leaves.has(kind)) return text.acts.has(kind) ? undefined : false;
    return text.acts.has(kind) ? true : undefined;
  };
  const rest = text.rest || p.act_on.some((name) => /everything|anything|^all_|_else/u.test(name));
  const acts = {} as Record<PostKind, boolean>;
  // A question about what one has, or how to use it, is none of a buyer.
  const owners = p.act_on.some(
    (name) =>
      /question|ask|enquir|inquir|how/u.test(name) && /own|order|how|use|using|account|journey|contract/u.test(name),
  );
  for (const kind of POST_KINDS) {
    const nearest = kind === "purchase" && owners ? [] : (NEAREST[kind] ?? []);
    const from = [kind, ...nearest].map(verdictOf).find((v) => v !== undefined);
    acts[kind] = from ?? rest;
  }
  return {
    acts,
    reach: {
      followers: p.reach?.followers ?? Number.POSITIVE_INFINITY,
      shares: p.reach?.shares ?? Number.POSITIVE_INFINITY,
    },
    unknown: [...p.act_on, ...p.leave].filter((name) => kindsOfName(name).length === 0),
  };
}

/** A bad word that many hear is acted on, whatever its kind. */
const HEARD_BY_MANY: readonly PostKind[] = ["problem", "opinion", "churn", "hearsay", "feedback"];

/** How much of a post the policy acts on, 0..1, and the kind that says most about it. */
export function weighPost(
  policy: Weighed,
  shares: KindShares,
  reach: { followers: number; shares: number },
): { score: number; kind: PostKind; loud: boolean } {
  const loud = reach.followers >= policy.reach.followers || reach.shares >= policy.reach.shares;
  let score = 0;
  let kind: PostKind = "chat";
  for (const k of POST_KINDS) {
    if (policy.acts[k] || (loud && HEARD_BY_MANY.includes(k))) score += shares[k];
    if (shares[k] > shares[kind]) kind = k;
  }
  return { score, kind, loud };
}
