import { expect, test } from "vitest";
import type { Capabilities } from "#shared/capabilities";
import { type Ability, abilitiesOf, audienceOf, canBackfill } from "./abilities.ts";

const no = { supported: false };
const mailbox: Partial<Capabilities> = {
  public: false,
  private: true,
  canReplyPublic: { kind: "never" },
  canReplyPrivate: { kind: "always" },
  canPrivateReplyToPublic: { kind: "never" },
  canEdit: no,
  canMarkRead: { supported: true, onOthers: true },
  length: { private: { unit: "none" }, onOver: "reject" },
  attachments: { public: [], private: [{ mime: ["*/*"], maxBytes: 25_000_000, maxCount: 20, via: "upload" }] },
  receipts: ["sent", "failed"],
  sendIdempotency: "deterministic-id",
  receive: {
    modes: ["imap"],
    ordering: "none",
    delivery: "at-least-once",
    backfill: { supported: true },
    emitsEdits: "never",
    emitsDeletes: "on-refetch",
    listens: { mentions: false, keywords: false, ownThreads: true },
  },
  requires: [],
};
const named = (sheet: Partial<Capabilities>, what: Ability["what"]) =>
  abilitiesOf(sheet).filter((one) => one.what === what);

test("a mailbox answers in private only, without an end to its text", () => {
  expect(named(mailbox, "reply")).toEqual([
    { what: "reply", can: false, door: "public", rule: "never", ms: null, expired: null },
    { what: "reply", can: true, door: "private", rule: "always", ms: null, expired: null },
  ]);
  expect(named(mailbox, "length")).toEqual([]);
  expect(named(mailbox, "attach")).toMatchObject([{ audience: "private", can: true, count: 20, bytes: 25_000_000 }]);
  expect(named(mailbox, "comes")).toMatchObject([{ how: "fetched" }]);
  expect(named(mailbox, "told-edits")).toMatchObject([{ can: false }]);
  expect(named(mailbox, "told-deletes")).toMatchObject([{ can: true, late: true }]);
  expect(named(mailbox, "receipts")).toMatchObject([{ can: false }]);
  expect(audienceOf(mailbox)).toBe("private");
  expect(canBackfill(mailbox)).toBe(true);
});

test("a window, a split and a leave are told", () => {
  const sheet: Partial<Capabilities> = {
    public: true,
    canReplyPrivate: { kind: "since-last-inbound", durationMs: 86_400_000, afterExpiry: "template-only" },
    canPrivateReplyToPublic: { kind: "once-per-item", durationMs: 604_800_000 },
    length: { public: { unit: "graphemes", max: 300 }, onOver: "split-thread" },
    sendIdempotency: "reconcile-only",
    requires: ["app-review", "paid-plan"],
  };
  expect(named(sheet, "reply")).toMatchObject([
    { door: "private", ms: 86_400_000, expired: "template" },
    { door: "private-to-public", rule: "once-per-item" },
  ]);
  expect(named(sheet, "length")).toMatchObject([{ audience: "public", most: 300, split: true }]);
  expect(named(sheet, "second-try")).toEqual([{ what: "second-try", can: false }]);
  expect(named(sheet, "leave")).toHaveLength(2);
  expect(audienceOf(sheet)).toBe("public");
});

test("an empty or half sheet says nothing it does not know", () => {
  expect(abilitiesOf({})).toEqual([]);
  expect(abilitiesOf({ receive: {} as Capabilities["receive"] })).toEqual([]);
  expect(canBackfill({})).toBe(false);
});
