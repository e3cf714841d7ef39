import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Capabilities } from "./capabilities.ts";
import { fits } from "./count.ts";
import { appendDisclosure, hasDisclosure } from "./disclosure.ts";
import { DAY, HOUR, MINUTE } from "./instant.ts";
import { type Draft, type PreflightContext, preflight } from "./preflight.ts";

const now = Date.UTC(2026, 10, 12, 14, 46);
const no = { supported: false };
const picture = { name: "a.png", mime: "image/png", bytes: 5e5, alt: "", state: "here" as const, picture: true };

const capabilities: Capabilities = {
  kind: "made-up",
  apiVersion: "1",
  verifiedOn: "2026-11-01",
  public: true,
  private: true,
  canReplyPublic: { kind: "always" },
  canReplyPrivate: {
    kind: "since-last-inbound",
    durationMs: DAY,
    extension: { tag: "HUMAN_AGENT", durationMs: 7 * DAY, humansOnly: true },
    maxMessagesInWindow: 3,
  },
  canPrivateReplyToPublic: { kind: "once-per-item", durationMs: 7 * DAY },
  canEdit: no,
  canDelete: no,
  canHide: no,
  canLike: no,
  canMarkRead: no,
  canType: no,
  threading: { model: "tree", replyToReplyTargets: "self" },
  length: { public: { unit: "graphemes", max: 120 }, private: { unit: "utf8-bytes", max: 1000 }, onOver: "reject" },
  richText: "plain",
  attachments: { public: [{ mime: ["image/png"], maxBytes: 1e6, maxCount: 4, via: "upload" }], private: [] },
  receipts: [],
  receive: {
    modes: ["webhook"],
    ordering: "none",
    delivery: "at-least-once",
    backfill: { supported: false },
    emitsEdits: "event",
    emitsDeletes: "event",
    listens: { mentions: true, keywords: false, ownThreads: true },
  },
  rate: [],
  sendIdempotency: "native-key",
  requires: [],
};
const disclosure = { style: "initials", agent: "Priya Nair", brand: "Northwind" } as const;
const publicDraft: Draft = { audience: "public", text: "Your parcel left today. ^PN", human: true };
const privateDraft: Draft = { audience: "private", text: "Your parcel left today.", human: true };
const toPublic: PreflightContext = { now, capabilities, disclosure, target: { audience: "public", at: now - HOUR } };
const toPrivate: PreflightContext = {
  now,
  capabilities,
  disclosure,
  target: { audience: "private", at: now - HOUR },
  lastInboundAt: now - HOUR,
};
const codes = (draft: Draft, context: PreflightContext) => preflight(draft, context).errors.map(({ code }) => code);

describe("what may go out", () => {
  test("a disclosed public reply", () => {
    expect(preflight(publicDraft, toPublic)).toMatchObject({
      ok: true,
      parts: [publicDraft.text],
      errors: [],
      warnings: [],
    });
  });
  test("a private reply needs no disclosure", () => {
    expect(preflight(privateDraft, toPrivate)).toMatchObject({ ok: true, parts: [privateDraft.text] });
  });
});

/** Each row changes one thing of a reply that may go out. */
describe("what may not", () => {
  test.each<[string, Partial<Draft>, Partial<PreflightContext>]>([
    ["empty", { text: "  \u200b ^PN" }, {}],
    ["empty", { text: "^PN" }, {}],
    ["invalid-text", { text: "Your parcel\0 left. ^PN" }, {}],
    ["invalid-text", { text: "Your parcel \ud83d left. ^PN" }, {}],
    ["too-long", { text: `${"word ".repeat(30)}^PN` }, {}],
    ["disclosure-missing", { text: "Your parcel left today." }, {}],
    ["disclosure-missing", { text: "Your parcel left today. ^IR" }, {}],
    ["disclosure-missing", {}, { disclosure: { ...disclosure, style: "none" } }],
    ["approval-missing", {}, { approval: { required: true } }],
    ["approval-missing", {}, { approval: { required: true, approvedText: "Your parcel left. ^PN" } }],
    ["stopped", {}, { stopped: { by: "all" } }],
    ["spokesperson", {}, { spokesperson: { topic: "Outage", name: "Marek Wolski" } }],
    ["channel-problem", {}, { channelProblem: "Sign in to the channel again." }],
    ["target-deleted", {}, { target: { audience: "public", deletedAt: now - MINUTE } }],
    ["audience-mismatch", {}, { target: { audience: "private" } }],
    ["audience-mismatch", {}, { capabilities: { ...capabilities, public: false } }],
    ["too-many-attachments", { files: Array.from({ length: 5 }, () => picture) }, {}],
    ["file-too-large", { files: [{ ...picture, bytes: 2e6, picture: false }] }, {}],
    ["card-number", { text: "Card 5555 5555 5555 4444 was charged. ^PN" }, {}],
    ["cannot-reply", {}, { capabilities: { ...capabilities, canReplyPublic: { kind: "summoned-only" } } }],
    ["cannot-reply", {}, { capabilities: { ...capabilities, canReplyPublic: { kind: "never" } } }],
    ["private-fact", { text: "We will ring 07700 900123. ^PN" }, { privateTexts: ["my number: +44 7700 900123"] }],
  ])("%s", (code, draft, context) => {
    expect(preflight(publicDraft, toPublic).ok).toBe(true);
    const result = preflight({ ...publicDraft, ...draft }, { ...toPublic, ...context });
    expect(result.errors.map((error) => error.code)).toEqual([code]);
    expect(result).toMatchObject({ ok: false, parts: [] });
    // A sentence that ends, and says something.
    expect(result.errors[0]?.message).toMatch(/^[A-Z0-9].{20,}\.$/u);
  });

  test("a private answer to a public post without taking it private", () => {
    expect(codes(privateDraft, { ...toPublic, lastInboundAt: now })).toEqual(["audience-mismatch"]);
    expect(codes({ ...privateDraft, privateReplyToPublic: true }, toPublic)).toEqual([]);
    const used = { ...toPublic, target: { audience: "public" as const, at: now, alreadyAnswered: true } };
    expect(codes({ ...privateDraft, privateReplyToPublic: true }, used)).toEqual(["window-closed"]);
  });

  test("in a crisis private answers go, whoever speaks in public", () => {
    const crisis = {
      ...{ stopped: { by: "brand" as const, publicOnly: true }, spokesperson: { topic: "Outage", name: "Marek" } },
    };
    expect(codes(publicDraft, { ...toPublic, ...crisis })).toEqual(["spokesperson", "stopped"]);
    expect(codes({ ...privateDraft, privateReplyToPublic: true }, { ...toPublic, ...crisis })).toEqual([]);
  });

  test("all that is wrong is said at once", () => {
    const context = { ...toPublic, stopped: { by: "brand" as const }, approval: { required: true } };
    expect(codes({ ...publicDraft, text: "x".repeat(200) }, context)).toEqual([
      "stopped",
      "approval-missing",
      "disclosure-missing",
      "too-long",
    ]);
  });
});

describe("the window", () => {
  const at = (age: number, draft: Partial<Draft> = {}, context: Partial<PreflightContext> = {}) =>
    codes({ ...privateDraft, ...draft }, { ...toPrivate, ...context, lastInboundAt: now - age });

  test.each([
    ["23:59:59", DAY - 1000, false, []],
    ["24:00:00", DAY, false, ["window-closed"]],
    ["24:00:01", DAY + 1000, false, ["window-closed"]],
    ["a person after a day", DAY + HOUR, true, []],
    ["a person after seven days", 7 * DAY, true, ["window-closed"]],
  ] as const)("%s", (_, age, human, expected) => expect(at(age, { human })).toEqual(expected));

  test("says when it closes, and which tag keeps it open", () => {
    expect(preflight(privateDraft, { ...toPrivate, lastInboundAt: now - 25 * HOUR }).window).toEqual({
      open: true,
      tag: "HUMAN_AGENT",
      closesAt: now - 25 * HOUR + 7 * DAY,
    });
    const warned = preflight(privateDraft, { ...toPrivate, lastInboundAt: now - DAY + 10 * MINUTE });
    expect(warned.warnings.map(({ code }) => code)).toEqual(["window-closing"]);
  });

  test("counts our messages", () => {
    expect(at(HOUR, {}, { sentInWindow: 2 })).toEqual([]);
    expect(at(HOUR, {}, { sentInWindow: 3 })).toEqual(["limit-in-window"]);
  });

  test("nobody wrote, nobody answers", () => {
    expect(codes(privateDraft, { ...toPrivate, lastInboundAt: undefined })).toEqual(["window-closed"]);
  });
});

describe("length", () => {
  const splitting = {
    ...toPublic,
    capabilities: { ...capabilities, length: { ...capabilities.length, onOver: "split-thread" as const } },
  };

  test("marks where the surplus begins", () => {
    const text = `${"x".repeat(130)} ^PN`;
    const error = preflight({ ...publicDraft, text }, toPublic).errors.find(({ code }) => code === "too-long");
    expect(error?.span).toEqual({ start: 120, end: text.length });
  });
  test("warns at twenty", () => {
    const text = appendDisclosure("x".repeat(98), "initials", disclosure.agent, disclosure.brand);
    expect(preflight({ ...publicDraft, text }, toPublic).warnings).toEqual([
      { code: "nearly-too-long", message: "18 left of 120." },
    ]);
  });
  test("a network that takes threads gets parts, the last with the disclosure", () => {
    const result = preflight({ ...publicDraft, text: `${"some words ".repeat(30)}^PN` }, splitting);
    expect(result).toMatchObject({ ok: true, warnings: [{ code: "split" }] });
    expect(result.parts.length).toBeGreaterThan(2);
    expect(result.parts.at(-1)).toMatch(/\^PN$/u);
    for (const part of result.parts) expect(fits(part, { unit: "graphemes", max: 120 })).toBe(true);
  });
  test("text messages: curly quotes cost", () => {
    const sms = {
      ...capabilities,
      length: { private: { unit: "sms-segments", max: 3, warnAt: 2 } as const, onOver: "reject" as const },
    };
    const { ok, warnings } = preflight({ ...privateDraft, text: "it’s here" }, { ...toPrivate, capabilities: sms });
    expect(ok).toBe(true);
    expect(warnings.map(({ code }) => code)).toEqual(["encoding"]);
  });
});

test("whatever is written: nothing leaves over length, undisclosed or unapproved", () => {
  const context = fc.record({
    onOver: fc.constantFrom("reject" as const, "split-thread" as const),
    approvedText: fc.option(fc.string({ maxLength: 30 }), { nil: undefined }),
    required: fc.boolean(),
  });
  const text = fc.oneof(fc.string({ unit: "binary", maxLength: 400 }), fc.string({ unit: "grapheme", maxLength: 400 }));
  fc.assert(
    fc.property(text, fc.boolean(), context, (words, disclosed, { onOver, approvedText, required }) => {
      const said = disclosed ? appendDisclosure(words, "initials", disclosure.agent, disclosure.brand) : words;
      const limited = { ...capabilities, length: { ...capabilities.length, onOver } };
      const result = preflight(
        { ...publicDraft, text: said },
        { ...toPublic, capabilities: limited, approval: { required, approvedText } },
      );
      expect(result.ok).toBe(result.errors.length === 0);
      if (!result.ok) {
        expect(result.parts).toEqual([]);
        return;
      }
      expect(required && approvedText !== said).toBe(false);
      expect(hasDisclosure(result.parts.at(-1) as string, disclosure)).toBe(true);
      for (const part of result.parts) expect(fits(part, { unit: "graphemes", max: 120 })).toBe(true);
    }),
    { numRuns: 300 },
  );
});
