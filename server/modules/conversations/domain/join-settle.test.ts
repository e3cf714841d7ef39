import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isAbsorbed, type JoinedEpisode, type JoinedMessage } from "./join-model.ts";
import { clockOfEpisode, isLive, settle } from "./join-settle.ts";

type Kind = "merge" | "split" | "move";
interface Act {
  id: string;
  kind: Kind;
  target: string;
  source: string;
  messages: string[];
  undone: boolean;
}

const T0 = Date.UTC(2026, 10, 17, 9);

/** The house in small: conversations, their messages and episodes, and the acts in their order. */
class Town {
  messages = new Map<string, JoinedMessage>();
  episodes = new Map<string, JoinedEpisode>();
  customers = new Map<string, string>();
  acts: Act[] = [];
  now = T0 + 86_400_000;
  made = 0;

  say(id: string, conversationId: string, episodeId: string | null, who: "customer" | "us" | "bystander", at: number) {
    const role = who;
    const moment = { id, at: T0 + at, receivedAt: T0 + at, waits: who === "customer", deleted: false };
    this.messages.set(id, {
      ...{ id, customerId: who === "us" ? null : `${who} of ${conversationId}`, role, conversationId, episodeId },
      ...{ home: { conversationId, episodeId, role }, stands: conversationId, touched: false, backfilled: false },
      ...{ moment: { ...moment, who: who === "bystander" ? "other" : who }, actionable: who === "customer" },
    });
  }
  open(id: string, conversationId: string, openedBy: string, ordinal: number, state: "open" | "done", at: number) {
    this.episodes.set(id, {
      ...{ id, conversationId, homeId: null, ordinal, past: false, state, openedAt: T0 + at, openedBy, askedAt: null },
      ...{
        absorbedBy: null,
        doneWith: null,
        priority: at % 2 === 0 ? "normal" : "high",
        ownPriority: null,
        madeByAct: null,
      },
    });
  }
  root(id: string): string {
    const merge = this.acts.find((a) => a.kind === "merge" && !a.undone && a.source === id);
    return merge ? this.root(merge.target) : id;
  }
  do(kind: Kind, source: string, target: string, messages: string[]): Act {
    const act = { id: `act ${this.acts.length}`, kind, source, target, messages, undone: false };
    this.acts.push(act);
    if (kind === "split") this.customers.set(target, this.messages.get(messages[0]!)!.customerId ?? "");
    this.follow(act.id);
    return act;
  }
  undo(act: Act): void {
    act.undone = true;
    this.follow(act.id);
  }
  private follow(actId: string): void {
    for (const m of this.messages.values()) {
      const last = this.acts.findLast((a) => a.kind !== "merge" && !a.undone && a.messages.includes(m.id));
      m.stands = last?.target ?? m.home.conversationId;
    }
    const { messages, episodes, customers } = this;
    const world = {
      ...{ messages: [...messages.values()], episodes: [...episodes.values()], customers },
      root: (id: string) => this.root(id),
    };
    const now = settle(world, { newId: () => `made ${++this.made}`, actId, now: ++this.now });
    for (const { was: _, id, ...to } of now.messages) Object.assign(messages.get(id)!, to);
    for (const { was: _, ...e } of now.episodes) episodes.set(e.id, e);
    for (const e of now.begun) episodes.set(e.id, e);
    for (const e of now.void) episodes.delete(e.id);
    for (const m of messages.values())
      m.moment.who = m.role === "customer" ? "customer" : m.role === "us" ? "us" : "other";
  }
  /** Everything that is, by conversation; a message's own copy of its home does not count. */
  state(): unknown {
    const messages = [...this.messages.values()].map(({ id, conversationId, episodeId, role }) => ({
      ...{ id, conversationId, episodeId, role },
    }));
    return { messages, episodes: [...this.episodes.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)) };
  }
  living(): string[] {
    return [...new Set([...this.messages.values()].map((m) => m.conversationId))].sort();
  }
}

/** Four conversations: two open, one done and open again, one quiet; questions, answers, a bystander. */
function town(): Town {
  const t = new Town();
  for (const c of ["a", "b", "c", "d"]) t.customers.set(c, `customer of ${c}`);
  t.open("Ea", "a", "a1", 1, "open", 100);
  t.say("a1", "a", "Ea", "customer", 100);
  t.say("a2", "a", "Ea", "us", 200);
  t.say("a3", "a", "Ea", "customer", 300);
  t.say("a4", "a", "Ea", "bystander", 350);
  t.open("Eb", "b", "b1", 1, "open", 151);
  t.say("b1", "b", "Eb", "customer", 151);
  t.say("b2", "b", "Eb", "customer", 160);
  t.open("Ec", "c", "c1", 1, "done", 10);
  t.say("c1", "c", "Ec", "customer", 10);
  t.say("c2", "c", "Ec", "us", 20);
  t.open("Ec2", "c", "c3", 2, "open", 220);
  t.say("c3", "c", "Ec2", "customer", 220);
  t.say("c4", "c", null, "customer", 15);
  t.say("d1", "d", null, "customer", 5);
  return t;
}

function sound(t: Town): void {
  const open = Map.groupBy(
    [...t.episodes.values()].filter((e) => e.state === "open"),
    (e) => e.conversationId,
  );
  for (const group of open.values()) expect(group).toHaveLength(1);
  const numbers = [...t.episodes.values()].map((e) => `${e.conversationId} ${e.ordinal}`);
  expect(new Set(numbers).size).toBe(numbers.length);
  for (const m of t.messages.values())
    if (m.episodeId !== null) expect(t.episodes.get(m.episodeId)?.conversationId).toBe(m.conversationId);
  for (const e of t.episodes.values())
    if (isAbsorbed(e)) expect(t.episodes.get(e.absorbedBy ?? "")?.conversationId).toBe(e.conversationId);
}

describe("settle", () => {
  test("of two open episodes the older goes on, with both clocks and the higher priority", () => {
    const t = town();
    const merge = t.do("merge", "b", "a", []);
    expect(t.episodes.get("Ea")).toMatchObject({ state: "open", priority: "high", ownPriority: "normal", ordinal: 1 });
    expect(t.episodes.get("Eb")).toMatchObject({ state: "done", absorbedBy: "Ea", conversationId: "a", ordinal: -1 });
    const all = [...t.messages.values()].filter((m) => m.episodeId === "Ea");
    expect(all.map((m) => m.id).sort()).toEqual(["a1", "a2", "a3", "a4", "b1", "b2"]);
    const clock = clockOfEpisode(
      t.episodes.get("Ea")!,
      all.map((m) => m.moment),
    );
    expect(clock).toMatchObject({ unansweredSince: T0 + 300 });
    t.undo(merge);
    expect(t.episodes.get("Eb")).toMatchObject({ state: "open", absorbedBy: null, conversationId: "b", ordinal: 1 });
    expect(t.episodes.get("Ea")).toMatchObject({ priority: "normal", ownPriority: null });
  });
  test("the episode goes with the message that opened it; what still waits where it was begins one of its own", () => {
    const t = town();
    t.do("split", "b", "new", ["b1"]);
    expect(t.episodes.get("Eb")).toMatchObject({ conversationId: "new", state: "open", ordinal: 1 });
    expect(t.episodes.get("made 1")).toMatchObject({ conversationId: "b", openedBy: "b2", state: "open", ordinal: 1 });
  });
  test("what was answered where it was waits no longer elsewhere", () => {
    const t = town();
    t.do("move", "c", "b", ["c1"]);
    expect(t.messages.get("c1")).toMatchObject({ conversationId: "b", episodeId: "Ec" });
    expect(t.episodes.get("Ec")).toMatchObject({ conversationId: "b", ordinal: 1, state: "done" });
    expect(t.episodes.get("Eb")).toMatchObject({ ordinal: 2 });
    expect(t.messages.get("c2")).toMatchObject({ conversationId: "c", episodeId: null });
  });
  test("a bystander's words are a customer's where the conversation is his", () => {
    const t = town();
    const split = t.do("split", "a", "new", ["a4"]);
    expect(t.messages.get("a4")).toMatchObject({ role: "customer", conversationId: "new" });
    t.undo(split);
    expect(t.messages.get("a4")).toMatchObject({ role: "bystander", episodeId: "Ea" });
  });
  test("a merge undone while its target was merged further gives back what it took, and leaves the rest", () => {
    const t = town();
    const [first] = [t.do("merge", "b", "a", []), t.do("merge", "a", "c", [])];
    expect(t.messages.get("b1")!.conversationId).toBe("c");
    t.undo(first!);
    expect(t.messages.get("b1")).toMatchObject({ conversationId: "b", episodeId: "Eb" });
    expect(t.messages.get("a1")!.conversationId).toBe("c");
    expect(t.episodes.get("Eb")).toMatchObject({ state: "open", conversationId: "b" });
  });
  test("a later act on the same message stays when an earlier one is undone", () => {
    const t = town();
    const [first, second] = [t.do("move", "a", "b", ["a3"]), t.do("move", "b", "d", ["a3"])];
    t.undo(first!);
    expect(t.messages.get("a3")!.conversationId).toBe("d");
    t.undo(second!);
    expect(t.messages.get("a3")).toMatchObject({ conversationId: "a", episodeId: "Ea" });
  });
});

test("any mix of two agents' acts, all undone in any order, is the start again", () => {
  const step = fc.record({
    kind: fc.constantFrom<Kind | "undo">("merge", "split", "move", "undo"),
    a: fc.nat(),
    b: fc.nat(),
    chosen: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
  });
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 1, maxLength: 200, size: "max" }),
      fc.infiniteStream(fc.nat()),
      (steps, order) => {
        const t = town();
        // Done as one before all this, and never taken apart.
        t.open("Ee", "e", "e1", 1, "open", 400);
        t.say("e1", "e", "Ee", "customer", 400);
        t.open("Ef", "f", "f1", 1, "open", 420);
        t.say("f1", "f", "Ef", "customer", 420);
        const before = t.do("merge", "f", "e", []);
        t.episodes.get("Ee")!.state = "done";
        const start = JSON.stringify(t.state());
        let news = 0;
        for (const { kind, a, b, chosen } of steps) {
          const living = t.living();
          const source = living[a % living.length]!;
          const target = living[b % living.length]!;
          const inside = [...t.messages.values()].filter((m) => m.conversationId === source).map((m) => m.id);
          const some = [...new Set(chosen.map((n) => inside[n % inside.length]!))];
          const standing = t.acts.filter((act) => !act.undone && act !== before);
          if (kind === "undo") {
            if (standing.length > 0) t.undo(standing[a % standing.length]!);
          } else if (kind === "split") t.do("split", source, `new ${++news}`, some);
          else if (source !== target && t.root(source) === source && t.root(target) === target)
            t.do(kind, source, target, kind === "move" ? some : []);
          sound(t);
        }
        const choose = order[Symbol.iterator]();
        for (
          let left = t.acts.filter((a) => !a.undone && a !== before);
          left.length > 0;
          left = left.filter((a) => !a.undone)
        )
          t.undo(left[(choose.next().value ?? 0) % left.length]!);
        sound(t);
        expect(JSON.stringify(t.state())).toBe(start);
        expect([...t.episodes.values()].every((e) => e.madeByAct === null && (isLive(e) || e.state === "done"))).toBe(
          true,
        );
      },
    ),
    { numRuns: 60 },
  );
});
