import type { ApprovalView } from "#contracts/approval";
import type { OfferView, WorkRow } from "#contracts/desk";
import type { AlertView } from "#contracts/escalation";
import type { NoticeKind } from "#contracts/preferences";
import type { ForMeItem } from "#contracts/together";

/** Own work rings so long before it is due, in ms (design system §7). */
export const DUE_SOON = 15 * 60_000;

/** One thing that may ring. `key` is the same for the same thing in every tab; `url` is where a click leads. */
export type Fact = {
  key: string;
  kind: NoticeKind;
  url: string;
  severity?: number;
  /** Who it is about, and what was said: left out of a notice that hides words. */
  who: string;
  said: string;
} & (
  | { what: "offer" | "due" | "answered"; network: string; audience: "public" | "private" }
  | { what: "asked" | "nobody-answers" | "mention" | "to-pass" | "approved" | "returned" }
);

/** The queries that facts come from; undefined: not answered yet. */
export type Sources = {
  offers?: readonly OfferView[] | undefined;
  mine?: readonly WorkRow[] | undefined;
  alerts?: AlertView | undefined;
  forMe?: readonly ForMeItem[] | undefined;
  toPass?: readonly ApprovalView[] | undefined;
  decided?: readonly ApprovalView[] | undefined;
};
export type SourceName = keyof Sources;

const about = (row: WorkRow) => ({
  ...{ who: row.customer.name || row.customer.handle, said: row.subject || row.snippet },
  ...{ network: row.mark.network, audience: row.mark.audience },
});
const open = (conversationId: string): string => `/desk/${conversationId}`;
const answered = (row: WorkRow): string => `answered:${row.conversationId}@${row.clock.startedAt}`;

function ofRow(row: WorkRow, now: number): Fact[] {
  if (row.state === "offered" || row.state === "queued") return [];
  const facts: Fact[] = [];
  const left = Date.parse(row.clock.dueAt) - now;
  const at = { ...about(row), url: open(row.conversationId) };
  if (row.clock.state === "running" && row.state !== "parked" && left > 0 && left <= DUE_SOON)
    facts.push({ ...at, key: `due:${row.conversationId}@${row.clock.dueAt}`, kind: "due", what: "due" });
  if (row.unread && row.snippetBy === "customer")
    facts.push({
      ...at,
      key: answered(row),
      kind: "answered",
      what: "answered",
    });
  return facts;
}

/** Everything that stands there now, by source: what is new among it may ring. */
export function factsOf(sources: Sources, me: string, now: number): Map<SourceName, Fact[]> {
  const facts = new Map<SourceName, Fact[]>();
  const put = <One>(name: SourceName, from: readonly One[] | undefined, say: (one: One) => Fact[]) => {
    if (from) facts.set(name, from.flatMap(say));
  };
  put("offers", sources.offers, (o) => [
    { ...about(o.row), key: `offer:${o.offerId}`, kind: "offer", what: "offer", url: "/desk" },
  ]);
  put("mine", sources.mine, (row) => ofRow(row, now));
  put("alerts", sources.alerts && [sources.alerts], ({ pages, alarms }) => [
    ...pages.map((p): Fact => {
      const { severity, says } = p;
      return { key: `page:${p.id}`, kind: "page", what: "asked", url: "/escalations", severity, who: "", said: says };
    }),
    ...alarms.map((a): Fact => {
      const { severity, says } = a;
      return {
        key: `alarm:${a.id}`,
        kind: "page",
        what: "nobody-answers",
        url: "/escalations",
        severity,
        who: "",
        said: says,
      };
    }),
  ]);
  put("forMe", sources.forMe, (item) =>
    item.unread && item.kind !== "followed"
      ? [
          {
            ...{
              key: `for-me:${item.id}@${item.at}`,
              kind: "mention",
              what: "mention",
              who: item.by ?? "",
              said: item.text,
            },
            url: item.number === "" ? "/for-me" : open(item.conversationId),
          },
        ]
      : [],
  );
  put("toPass", sources.toPass, (view) =>
    view.state === "waiting" && view.mayDecide && view.asked.some(({ id }) => id === me)
      ? [
          {
            ...{ key: `to-pass:${view.id}@${view.since}`, kind: "approval", what: "to-pass", url: "/approvals" },
            ...{ who: view.author.name, said: view.text },
          },
        ]
      : [],
  );
  put("decided", sources.decided, (view) =>
    view.mine && view.decidedBy !== null && view.decidedBy.id !== me && view.state !== "withdrawn"
      ? [
          {
            ...{ key: `decided:${view.id}@${view.decidedAt}`, kind: "approval", who: view.decidedBy.name, said: "" },
            ...{ what: view.state === "returned" ? "returned" : "approved", url: open(view.conversation.id) },
          },
        ]
      : [],
  );
  return facts;
}

/**
 * Remembers what stood there. `look` says what is new since the last look. What a source says first is no news, and neither is how a
 * conversation stands that has just come into own hands: it was looked at.
 */
export function createMemory() {
  const known = new Set<string>();
  const heard = new Set<SourceName>();
  let held = new Set<string>();
  return {
    look(facts: ReadonlyMap<SourceName, readonly Fact[]>, mine: readonly WorkRow[] | undefined): Fact[] {
      const news: Fact[] = [];
      // The clock runs on until we reply: an answer after one that was read is told apart by the reading.
      for (const row of mine ?? []) if (!row.unread) known.delete(answered(row));
      for (const [source, all] of facts) {
        for (const fact of all) {
          if (known.has(fact.key)) continue;
          known.add(fact.key);
          const justCame = source === "mine" && !held.has(fact.url);
          if (heard.has(source) && !justCame) news.push(fact);
        }
        heard.add(source);
      }
      if (mine) held = new Set(mine.filter((row) => row.state !== "offered").map((row) => open(row.conversationId)));
      return news;
    },
    /** Another tab rang for it. */
    know(keys: readonly string[]): void {
      for (const key of keys) known.add(key);
    },
  };
}

const WEIGHT: readonly NoticeKind[] = ["page", "offer", "due", "answered", "mention", "approval"];
/** Of several that come together the weightiest is heard. */
export const weightiest = (facts: readonly Fact[]): Fact | undefined =>
  facts.toSorted((a, b) => WEIGHT.indexOf(a.kind) - WEIGHT.indexOf(b.kind))[0];
