import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import * as channels from "../../contracts/channels.ts";
import * as desk from "../../contracts/desk.ts";
import * as insights from "../../contracts/insights.ts";
import * as live from "../../contracts/live.ts";
import * as people from "../../contracts/people.ts";
import * as policies from "../../contracts/policy.ts";
import * as routing from "../../contracts/routing.ts";
import * as session from "../../contracts/session.ts";
import * as workforce from "../../contracts/workforce.ts";
import {
  businessTime,
  type Calendar,
  dueAt,
  isOpen,
  nextOpening,
} from "../../server/modules/company/domain/calendar.ts";
import { calendarFaults } from "../../server/modules/company/domain/calendar-faults.ts";
import { DEFAULT_RULES } from "../../server/modules/conversations/domain/default-policy.ts";
import { judge, type PolicyFacts } from "../../server/modules/conversations/domain/policy.ts";
import { readSaid } from "../../server/modules/conversations/domain/said.ts";
import { stitch } from "../../server/modules/conversations/domain/stitch.ts";
import { emptyWorld, type StitchMessage } from "../../server/modules/conversations/domain/stitch-world.ts";
import { subjectOf } from "../../server/modules/conversations/domain/subject.ts";
import { type UnderstandModels, understand } from "../../server/modules/listening/domain/understand.ts";
import { loadModels } from "../../server/modules/listening/models/load-models.ts";
import { DAY, HOUR } from "../../server/platform/clock.ts";
import { json } from "../../server/platform/storable.ts";
import { hostileJson, hostileText, longTexts, seeded } from "../support/hostile-text.ts";
import { ownWork } from "../support/own-work.ts";

const text = hostileText(8);
let models: UnderstandModels;
beforeAll(async () => {
  models = await loadModels();
});

const label = (words: string, lang?: string) =>
  understand(
    {
      ...{
        text: words,
        network: "playground",
        visibility: "public",
        kind: "post",
        author: { handle: words.slice(0, 50) },
      },
      ...{ mentions: [words.slice(0, 30), "northwind"], why: ["mention"], ...(lang !== undefined && { lang }) },
      brand: { names: ["Northwind"], handles: ["northwind"], terms: [words.slice(0, 20)] },
    },
    models,
  );

describe("labels", () => {
  it("are the same at every reading and can be stored, whatever was said in whatever language", () => {
    fc.assert(
      fc.property(text, fc.option(text, { nil: undefined }), (words, lang) => {
        const read = label(words, lang);
        expect(label(words, lang)).toEqual(read);
        expect(() => JSON.parse(json(read))).not.toThrow();
        for (const { score } of [read.noise, read.intent, read.sentiment, ...read.urgency.risks])
          expect(Number.isFinite(score)).toBe(true);
      }),
      seeded(150),
    );
  });
});

const facts: fc.Arbitrary<PolicyFacts> = fc.record({
  ...{ text, addressed: text, intent: text, sentiment: text, language: text },
  ...{ noise: fc.boolean(), thanksOnly: fc.boolean(), risks: fc.array(text, { maxLength: 3 }) },
  followers: fc.option(fc.constantFrom(0, -1, 1e308, Number.MAX_SAFE_INTEGER)),
  visibility: fc.constantFrom("public" as const, "private" as const),
  author: fc.constantFrom("bot" as const, "us" as const, "known-customer" as const, "stranger" as const),
  episode: fc.constantFrom("open" as const, "in-window" as const, "none" as const),
  wallClock: fc
    .record({ weekday: fc.integer({ min: 1, max: 7 }), minute: fc.integer({ min: 0, max: 1_439 }) })
    .map((at) => () => at),
});

describe("policies", () => {
  it("judge anything once and for all, with a rule and reasons", () => {
    const wordRule = text.map((word) => ({
      ...{ id: "w", says: "Says it.", verdict: "work" as const, priority: "high" as const },
      when: [{ on: "words" as const, any: [word, `${word}*`, "__proto__"] }],
    }));
    fc.assert(
      fc.property(facts, wordRule, (of, rule) => {
        const verdict = judge([rule, ...DEFAULT_RULES], of);
        expect(judge([rule, ...DEFAULT_RULES], of)).toEqual(verdict);
        expect(["no-rule", "w", ...DEFAULT_RULES.map((r) => r.id)]).toContain(verdict.ruleId);
        expect(verdict.says).not.toBe("");
      }),
      seeded(200),
    );
  });

  it("ten thousand words over a long post come to an end", { timeout: 30_000 }, () => {
    const any = Array.from({ length: 100 }, (_, i) => `word${i}`);
    const rules = Array.from({ length: 100 }, (_, i) => ({
      ...{ id: `r${i}`, says: "x", verdict: "work" as const, priority: "high" as const },
      when: [{ on: "words" as const, any }],
    }));
    const of = fc.sample(facts, { seed: 1, numRuns: 1 })[0]!;
    const began = ownWork();
    expect(judge(rules, { ...of, text: "é ".repeat(10_000) }).ruleId).toBe("no-rule");
    expect(ownWork() - began).toBeLessThan(5_000);
  });
});

describe("stitching", () => {
  const message = fc.record({
    n: fc.nat(30),
    words: text,
    who: fc.constantFrom("__proto__", "constructor", "a\u0000b", "carla", null),
    thread: fc.constantFrom("t", "__proto__", "x\u0000y"),
    parent: fc.option(fc.nat(30)),
    at: fc.integer({ min: 0, max: 100 * DAY }),
    by: fc.constantFrom("customer" as const, "us" as const, "bot" as const),
    open: fc.boolean(),
  });
  const built = fc.uniqueArray(message, { maxLength: 12, selector: (m) => m.n }).map((all) =>
    all.map(
      ({ n, words, who, thread, parent, at, by, open }): StitchMessage => ({
        ...{ id: `m${n}`, key: `k${n}`, parentKey: parent === null ? null : `k${parent}`, at, thread, by },
        ...{ linear: !open, audience: open ? "public" : "private", handleId: who, customerId: who, deliveredFor: null },
        ...{
          noise: words.length % 7 === 0,
          addressed: open ? "mention" : "direct",
          intent: "complaint",
          thanksOnly: false,
        },
        ...{ workAlone: false, said: readSaid(words) },
      }),
    ),
  );

  it("depends on the set of messages alone, also in a circle of answers and under the names of a prototype", () => {
    fc.assert(
      fc.property(built, fc.integer(), (messages, turn) => {
        const known = messages.filter((m) => m.by === "us" || m.customerId !== null);
        const places = (of: readonly StitchMessage[]) =>
          new Map(stitch(emptyWorld(), of).map((s) => [s.message.id, [s.decision.place, s.decision.role]]));
        const turned = known.toSorted(
          (a, b) => ((a.id.length * turn) % 7) - ((b.id.length * turn) % 5) || (a.id < b.id ? 1 : -1),
        );
        const once = places(known);
        expect(once.size).toBe(known.length);
        expect(places(turned)).toEqual(once);
      }),
      seeded(200),
    );
  });

  it("reads and names any text, however long", () => {
    for (const [what, words] of longTexts(40_000)) {
      const began = ownWork();
      readSaid(words);
      expect(subjectOf(words).length).toBeLessThanOrEqual(200);
      expect(subjectOf(words).isWellFormed() || !words.isWellFormed()).toBe(true);
      expect(ownWork() - began, what).toBeLessThan(1_000);
    }
  });
});

describe("calendars", () => {
  const day = fc.oneof(
    { weight: 15, arbitrary: fc.constantFrom("2026-01-01", "1970-01-01", "2026-12-25", "2024-02-29") },
    { weight: 1, arbitrary: text },
  );
  const clock = fc.oneof(
    { weight: 15, arbitrary: fc.constantFrom("00:00", "08:00", "20:00", "24:00", "23:59") },
    { weight: 1, arbitrary: text },
  );
  const zone = fc.oneof(
    { weight: 15, arbitrary: fc.constantFrom("UTC", "Europe/London", "Pacific/Apia", "America/St_Johns") },
    { weight: 1, arbitrary: text },
  );
  const rule = fc.record({
    from: day,
    zone,
    week: fc.dictionary(
      fc.oneof(
        { weight: 15, arbitrary: fc.constantFrom("1", "2", "7") },
        { weight: 1, arbitrary: fc.constantFrom("8", "__proto__") },
      ),
      fc.array(fc.tuple(clock, clock), { maxLength: 2 }),
      { maxKeys: 4 },
    ),
    holidays: fc.array(day, { maxLength: 3 }),
  });
  const calendar: fc.Arbitrary<Calendar> = fc.array(rule, { maxLength: 3 });

  it("say what is wrong with them, and one without fault answers every question", () => {
    let good = 0;
    fc.assert(
      fc.property(
        calendar,
        fc.integer({ min: 0, max: 4e12 }),
        fc.integer({ min: 0, max: 40 * DAY }),
        (of, at, long) => {
          const faults = calendarFaults(of);
          for (const fault of faults) expect(fault).toMatch(/\.$/u);
          if (faults.length > 0) return;
          good += 1;
          const open = businessTime(at, at + long, of);
          expect(open).toBeGreaterThanOrEqual(0);
          expect(open).toBeLessThanOrEqual(long);
          expect(businessTime(at + long, at, of)).toBe(0 - open);
          const opens = nextOpening(at, of);
          if (isOpen(at, of)) expect(opens).toBe(at);
          if (opens === null) expect(() => dueAt(at, HOUR, of)).toThrow(RangeError);
        },
      ),
      seeded(300),
    );
    expect(good).toBeGreaterThan(20);
  });
});

describe("contracts", () => {
  const all = [channels, desk, insights, live, people, policies, routing, session, workforce];
  const schemas = all.flatMap((of) =>
    Object.entries(of).flatMap(([name, value]) =>
      typeof value === "object" && value !== null && "safeParse" in value
        ? [{ name, schema: value as never as Schema }]
        : [],
    ),
  );
  interface Schema {
    safeParse(value: unknown): { success: boolean; data?: unknown; error?: { issues: readonly { message: string }[] } };
  }

  it("take or refuse anything, say why, and take again what they took", () => {
    expect(schemas.length).toBeGreaterThan(40);
    fc.assert(
      fc.property(hostileJson, (value) => {
        for (const { name, schema } of schemas) {
          const read = schema.safeParse(value);
          if (read.success) expect(schema.safeParse(read.data).success, name).toBe(true);
          else expect(read.error!.issues.length, name).toBeGreaterThan(0);
        }
        expect(({} as Record<string, unknown>).admin).toBeUndefined();
      }),
      seeded(60),
    );
  });
});
