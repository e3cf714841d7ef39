import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainTime } from "./count-time.ts";
import { type ClockAbout, comeDue, type EpisodeClock, nextNews } from "./episode-clock.ts";
import { ABSORBED, dueOf, type Fact, follow, type Rules, type Said } from "./follow.ts";
import { promisedTo, type SlaPolicy, type SlaRow, usualSla } from "./sla-policy.ts";

const MIN = 60_000;
const HOUR = 60 * MIN;
const DAY = 24 * HOUR;
const queues = {
  care: { calendarId: "plain", targets: { urgent: 15 * MIN, high: HOUR, normal: 4 * HOUR, low: DAY } },
  press: { calendarId: "plain", targets: { urgent: 5 * MIN, high: 20 * MIN, normal: HOUR, low: 4 * HOUR } },
};
const row = (over: Partial<SlaRow>): SlaRow => ({
  ...{ name: "row", brandIds: [], queueIds: [], priorities: [], mediums: [], hours: "queue" },
  ...{ firstResponseMs: null, nextResponseMs: null, resolutionMs: null, ...over },
});
function rules(over: Partial<SlaPolicy> = {}): Rules {
  let made = 0;
  const policy = { ...usualSla, ...over };
  return {
    ...{ policy, policyVersion: 3, time: () => plainTime, nextId: () => `c${++made}` },
    promised: (about) => promisedTo(about, policy, queues[about.queueId as keyof typeof queues]),
  };
}
const about: ClockAbout = {
  ...{ episodeId: "e", conversationId: "c", queueId: "care", brandId: "b", priority: "normal", medium: "dm" },
  crisis: false,
};
const waits = (t0: number, said: Partial<Said> | null = null, priority: ClockAbout["priority"] = "normal"): Fact => ({
  ...{ what: "waits", t0, priority },
  said: said && { at: t0, receivedAt: t0, windowMs: null, ...said },
});
const answered = (at: number): Fact => ({ what: "answered", at });
function run(r: Rules, ...facts: Fact[]) {
  const news: unknown[] = [];
  let clocks: EpisodeClock[] = [];
  for (const fact of facts) {
    const next = follow(clocks, about, fact, r);
    clocks = next.clocks;
    news.push(...next.news.map((one) => one.news));
  }
  const of = (kind: string) => clocks.filter((clock) => clock.kind === kind);
  return { clocks, news, of, due: dueOf(clocks) };
}

describe("responses", () => {
  it("owes the first answer by the queue's target, then the next ones, each met when we answer", () => {
    const { of, due } = run(rules(), waits(0), answered(HOUR), waits(2 * HOUR), waits(3 * HOUR), answered(5 * HOUR));
    expect(of("first-response")).toMatchObject([{ startedAt: 0, dueAt: 4 * HOUR, metAt: HOUR }]);
    expect(of("next-response")).toMatchObject([{ startedAt: 2 * HOUR, dueAt: 6 * HOUR, metAt: 5 * HOUR }]);
    expect(due).toBeNull();
  });

  it("changes nothing when the same is told twice", () => {
    const facts = [waits(0), answered(HOUR), waits(2 * HOUR), answered(3 * HOUR)];
    const once = run(rules(), ...facts);
    let clocks = once.clocks;
    for (const fact of facts) clocks = follow(clocks, about, fact, rules()).clocks;
    expect(clocks).toEqual(once.clocks);
  });

  it("is due earlier when it becomes more urgent, never later", () => {
    expect(run(rules(), waits(0), waits(MIN, null, "urgent")).due).toBe(15 * MIN);
    expect(run(rules(), waits(0, null, "urgent"), waits(MIN, null, "low")).due).toBe(15 * MIN);
  });

  it("owes nothing once the work is done", () => {
    const { of, due } = run(rules(), waits(0), { what: "over", at: HOUR, why: "solved", kept: true });
    expect(of("first-response")).toMatchObject([{ metAt: null, endedAt: HOUR, endedWhy: "solved" }]);
    expect(due).toBeNull();
  });

  it("goes by the first row that fits, in its own hours", () => {
    const sla = {
      rows: [
        row({ name: "Press by DM", queueIds: ["press"], mediums: ["dm"], firstResponseMs: 10 * MIN }),
        row({
          name: "Urgent",
          priorities: ["urgent"],
          firstResponseMs: 3 * MIN,
          nextResponseMs: 30 * MIN,
          hours: "plain",
        }),
        row({ name: "Other brand", brandIds: ["x"], firstResponseMs: MIN }),
      ],
    };
    expect(run(rules(sla), waits(0)).due).toBe(4 * HOUR);
    expect(run(rules(sla), waits(0, null, "urgent")).due).toBe(3 * MIN);
    expect(run(rules(sla), waits(0, null, "urgent"), answered(MIN), waits(2 * MIN, null, "urgent")).due).toBe(32 * MIN);
    const press = promisedTo({ ...about, queueId: "press" }, { ...usualSla, ...sla }, queues.press);
    expect(press).toMatchObject({ firstResponseMs: 10 * MIN, row: "Press by DM" });
  });
});

describe("resolution", () => {
  const sla = { rows: [row({ resolutionMs: 8 * HOUR })] };

  it("stands still while we wait for the customer, and a third party", () => {
    const facts = [waits(0), answered(HOUR), waits(5 * HOUR), answered(6 * HOUR)];
    expect(run(rules(sla), ...facts).of("resolution")).toMatchObject([{ dueAt: null }]);
    const story = run(rules(sla), ...facts, waits(9 * HOUR), { what: "paused", cause: "third-party", at: 10 * HOUR });
    expect(story.of("resolution")).toMatchObject([
      { dueAt: null, pauses: [{ to: 5 * HOUR }, { to: 9 * HOUR }, { to: null }] },
    ]);
    const on = follow(story.clocks, about, { what: "resumed", cause: "third-party", at: 11 * HOUR }, rules(sla));
    // Eight hours of work, and 4 + 3 + 1 hours in which it stood still.
    expect(on.clocks.find((clock) => clock.kind === "resolution")?.dueAt).toBe(16 * HOUR);
  });

  it("is kept when the work is done, and its earlier due time makes the work due", () => {
    const soon = { rows: [row({ resolutionMs: 2 * HOUR })] };
    expect(run(rules(soon), waits(0)).due).toBe(2 * HOUR);
    const { of, news } = run(rules(soon), waits(0), { what: "over", at: 3 * HOUR, why: "solved", kept: true });
    expect(of("resolution")).toMatchObject([{ metAt: 3 * HOUR, breachedAt: 2 * HOUR }]);
    expect(news).toEqual([{ what: "breached", at: 2 * HOUR }]);
  });

  it("does not stand still for what its policy does not name", () => {
    const strict = { ...sla, pauses: { response: [], resolution: [] } };
    expect(run(rules(strict), waits(0), answered(HOUR)).of("resolution")).toMatchObject([
      { dueAt: 8 * HOUR, pauses: [] },
    ]);
  });
});

describe("a peer's answer, an outage", () => {
  it("stops what is owed, and each cause must end by itself", () => {
    const held = run(
      rules(),
      waits(0),
      { what: "paused", cause: "peer-answer", at: HOUR },
      { what: "paused", cause: "outage-hold", at: 2 * HOUR },
      { what: "resumed", cause: "peer-answer", at: 3 * HOUR },
    );
    expect(held.due).toBeNull();
    const on = follow(held.clocks, about, { what: "resumed", cause: "outage-hold", at: 10 * HOUR }, rules());
    expect(dueOf(on.clocks)).toBe(13 * HOUR);
  });
});

describe("reply windows (operations.md §6)", () => {
  const window = (at: number) => waits(at, { windowMs: DAY });

  it("is due a quarter of an hour before the window closes, where the promise is later", () => {
    expect(run(rules({ rows: [row({ firstResponseMs: 3 * DAY })] }), window(0)).due).toBe(DAY - 15 * MIN);
    expect(run(rules(), window(0)).due).toBe(4 * HOUR);
  });

  it("opens anew with each word of the customer", () => {
    const r = rules({ rows: [row({ firstResponseMs: 3 * DAY })] });
    const { of, due } = run(r, window(0), waits(0, { at: 5 * HOUR, receivedAt: 5 * HOUR, windowMs: DAY }));
    expect(of("reply-window")).toHaveLength(1);
    expect(due).toBe(5 * HOUR + DAY - 15 * MIN);
  });

  it.each([
    ["23:44:59", DAY - 15 * MIN - 1_000, []],
    ["23:45:00", DAY - 15 * MIN, [{ what: "warned", part: 1, at: DAY - 15 * MIN }]],
    ["23:59:59", DAY - 1_000, [{ what: "warned", part: 1, at: DAY - 15 * MIN }]],
    ["24:00:00", DAY, [{ what: "breached", at: DAY }]],
    ["24:00:01", DAY + 1_000, [{ what: "breached", at: DAY }]],
  ])("at %s", (_, at, news) => {
    const [clock] = run(rules(), window(0)).of("reply-window");
    expect(comeDue(clock as EpisodeClock, at).news).toEqual(news);
  });

  it.each([-120_000, 120_000])(
    "counts from what the network says, at most from when it came (clock off by %i ms)",
    (skew) => {
      const received = 10 * HOUR;
      const at = Math.min(received, received + skew);
      const [clock] = run(rules(), waits(at, { at, receivedAt: received, windowMs: DAY })).of("reply-window");
      expect(clock?.alarmAt).toBe(at + DAY);
    },
  );
});

describe("what is told", () => {
  const [clock] = run(rules(), waits(0)).of("first-response") as [EpisodeClock];

  it("warns at each part once and tells the breach once, however late and often it is asked", () => {
    const told: unknown[] = [];
    let one = clock;
    for (const at of [HOUR, 3 * HOUR, 3 * HOUR, 3.6 * HOUR, 4 * HOUR, 4 * HOUR, 9 * HOUR]) {
      const { clock: next, news } = comeDue(one, at);
      one = next;
      told.push(...news.map((n) => (n.what === "warned" ? n.part : n.what)));
    }
    expect(told).toEqual([0.75, 0.9, "breached"]);
    expect(nextNews(one)).toBeNull();
  });

  it("tells the breach alone when it comes late to all", () => {
    const late = comeDue(clock, DAY);
    expect(late.news).toEqual([{ what: "breached", at: 4 * HOUR }]);
    expect(comeDue(late.clock, 2 * DAY).news).toEqual([]);
  });

  it("tells one warning, the last, when it missed both", () => {
    expect(comeDue(clock, 3.9 * HOUR).news).toMatchObject([{ part: 0.9 }]);
  });

  it("tells nothing of what stands still or is over", () => {
    const still = run(rules(), waits(0), { what: "paused", cause: "outage-hold", at: HOUR }).clocks[0] as EpisodeClock;
    expect(comeDue(still, DAY).news).toEqual([]);
    expect(nextNews(still)).toBeNull();
    expect(comeDue(run(rules(), waits(0), answered(HOUR)).clocks[0] as EpisodeClock, DAY).news).toEqual([]);
  });

  it("an answer in time that we learn of after the alarm was kept in time", () => {
    const alarmed = comeDue(clock, 5 * HOUR).clock;
    const { clocks, news } = follow([alarmed], about, answered(3 * HOUR), rules());
    expect(clocks[0]).toMatchObject({ metAt: 3 * HOUR, dueAt: 4 * HOUR, breachedAt: 4 * HOUR });
    expect(news).toEqual([]);
  });

  it("alarms count from when we heard of it, figures from when it was said (§7.2)", () => {
    const [late] = run(rules(), waits(0, { receivedAt: 3 * HOUR })).of("first-response");
    expect(late).toMatchObject({ startedAt: 0, knownAt: 3 * HOUR, dueAt: 4 * HOUR, alarmAt: 7 * HOUR });
    const { clocks, news } = follow([late as EpisodeClock], about, answered(5 * HOUR), rules());
    // Late for the customer, no fault of who was on duty.
    expect(clocks[0]).toMatchObject({ metAt: 5 * HOUR, breachedAt: null });
    expect(news).toEqual([]);
  });
});

describe("another queue, another policy", () => {
  it("keeps its start and is never due later for being handed on (R6, R16)", () => {
    const facts = fc.array(
      fc.oneof(
        fc.constantFrom<Fact>({ what: "moved", queueId: "care" }, { what: "moved", queueId: "press" }),
        fc.record({ at: fc.nat(6 * HOUR) }).map(({ at }): Fact => waits(at, null, at % 2 ? "low" : "high")),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(facts, (list) => {
        const r = rules({
          rows: [row({ queueIds: ["press"], resolutionMs: 30 * HOUR }), row({ resolutionMs: 20 * HOUR })],
        });
        let clocks = run(r, waits(HOUR)).clocks;
        for (const fact of list) {
          const next = follow(clocks, about, fact, r).clocks;
          for (const clock of clocks) {
            const same = next.find((one) => one.id === clock.id) as EpisodeClock;
            expect(same.startedAt).toBeLessThanOrEqual(clock.startedAt);
            expect(same.dueAt as number).toBeLessThanOrEqual(clock.dueAt as number);
          }
          clocks = next;
        }
      }),
      { numRuns: 200 },
    );
  });

  it("there and back again is as it was, once it was due earlier it stays so", () => {
    const r = rules();
    const there = run(r, waits(0), { what: "moved", queueId: "press" });
    expect(there.due).toBe(HOUR);
    expect(dueOf(follow(there.clocks, about, { what: "moved", queueId: "care" }, r).clocks)).toBe(HOUR);
  });

  it("goes by the new policy from the same start, later or earlier", () => {
    const before = run(rules(), waits(0));
    const later = rules({ rows: [row({ firstResponseMs: 10 * HOUR, resolutionMs: DAY })] });
    expect(dueOf(follow(before.clocks, about, { what: "anew" }, later).clocks)).toBe(10 * HOUR);
    const alarmed = before.clocks.map((clock) => comeDue(clock, 5 * HOUR).clock);
    const again = follow(alarmed, about, { what: "anew" }, later).clocks[0] as EpisodeClock;
    expect(comeDue(again, 10 * HOUR).news).toEqual([{ what: "breached", at: 10 * HOUR }]);
  });
});

describe("put together and apart by people", () => {
  const put = (conversationId: string, goesOn: boolean): Fact => ({ what: "placed", conversationId, goesOn });
  const exactly = (t0: number): Fact => ({ what: "waits", t0, priority: "normal", said: null, exact: true });
  const absorbed = (at: number): Fact => ({ what: "over", at, why: ABSORBED, kept: false });

  it("another episode goes on for it, and after the undo its clock runs as if nothing had been", () => {
    const before = run(rules(), waits(0));
    const merged = run(rules(), waits(0), put("other", false), absorbed(HOUR));
    expect(merged).toMatchObject({ due: null, clocks: [{ conversationId: "other", endedAt: HOUR }] });
    const undone = run(rules(), waits(0), put("other", false), absorbed(HOUR), put("c", true), exactly(0));
    expect(undone.clocks).toEqual(before.clocks);
  });
  it("was answered meanwhile: kept by that answer, and the next one owed anew", () => {
    const undone = run(rules(), waits(0), put("other", false), absorbed(HOUR), put("c", true), {
      ...{ what: "owes-nothing", at: 3 * HOUR, repliedAt: 2 * HOUR },
    });
    expect(undone.of("first-response")).toMatchObject([{ metAt: 2 * HOUR, endedAt: null }]);
  });
  it("whoever took an older wait over has only the own one after the undo", () => {
    const both = run(rules(), waits(HOUR), exactly(0));
    expect(both.of("first-response")).toMatchObject([{ startedAt: 0, dueAt: 4 * HOUR }]);
    const undone = run(rules(), waits(HOUR), exactly(0), exactly(HOUR));
    expect(undone.of("first-response")).toMatchObject([{ startedAt: HOUR, knownAt: HOUR, dueAt: 5 * HOUR }]);
  });
  it("what is owed stands elsewhere after a split: neither met nor late here", () => {
    const split = run(rules(), waits(0), put("c", true), { what: "owes-nothing", at: HOUR, repliedAt: null });
    expect(split.of("first-response")).toMatchObject([{ metAt: null, endedAt: HOUR, breachedAt: null }]);
  });
});

describe("another customer's answer", () => {
  const peer = (at: number): Fact => ({ what: "paused", cause: "peer-answer", at });
  it("stands until the customer says more", () => {
    const { of, due } = run(rules(), waits(0), peer(HOUR), waits(0, { at: 3 * HOUR, receivedAt: 3 * HOUR }));
    expect(of("first-response")[0]?.pauses).toEqual([{ cause: "peer-answer", from: HOUR, to: 3 * HOUR }]);
    expect(due).not.toBeNull();
  });
  it("is not ended by what was said before it", () => {
    const { due } = run(rules(), waits(0), peer(HOUR), waits(0, { at: 30 * MIN, receivedAt: 2 * HOUR }));
    expect(due).toBeNull();
  });
});
