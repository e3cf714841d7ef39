import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blueskyCapabilities } from "../../server/modules/channels/bluesky/capabilities.ts";
import { playgroundCapabilities } from "../../server/modules/channels/playground/capabilities.ts";
import type { Capabilities, LengthRule } from "../../shared/capabilities.ts";
import { countText, fits, surplusFrom } from "../../shared/count.ts";
import { appendDisclosure, hasDisclosure, withoutDisclosure } from "../../shared/disclosure.ts";
import { findEntities } from "../../shared/entities.ts";
import { html } from "../../shared/html.ts";
import { displayPieces, htmlToText, safeText } from "../../shared/plain-text.ts";
import { type Draft, type PreflightContext, preflight } from "../../shared/preflight.ts";
import { findPrivateFacts } from "../../shared/private-facts.ts";
import { redactAll, redactAtRest } from "../../shared/redact.ts";
import { splitText } from "../../shared/split.ts";
import { deadline, exactMoment, momentWords } from "../../shared/time-words.ts";
import { hostileText, longTexts, seeded } from "../support/hostile-text.ts";
import { ownWork } from "../support/own-work.ts";

const text = hostileText();
const rules: readonly LengthRule[] = [
  { unit: "graphemes", max: 40 },
  { unit: "graphemes", max: 300, maxUtf8Bytes: 600 },
  { unit: "x-weighted", max: 60 },
  { unit: "mastodon", max: 60, urlCost: 23 },
  { unit: "codepoints", max: 50 },
  { unit: "utf16", max: 50 },
  { unit: "utf8-bytes", max: 120 },
  { unit: "sms-segments", max: 2, warnAt: 1 },
];
const rule = fc.constantFrom(...rules);
const disclosure = { style: "signature", agent: "Priya Nair", brand: "Northwind" } as const;
const asked = (words: string): Draft => ({ audience: "public", text: words, human: true });
const where = (capabilities: Capabilities, secret = ""): PreflightContext => ({
  ...{ now: 1_793_000_000_000, capabilities, disclosure },
  ...(secret && { privateTexts: [secret] }),
});

describe("redaction", () => {
  it("what is clean once is clean for ever, and nothing is added but marks", () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 3 }), (texts) => {
        const once = redactAll(texts);
        const marks = (of: string) => of.replace(/\[[^\]\n]{1,12}\]/gu, "");
        for (const [i, clean] of once.texts.entries()) {
          if (!once.found.some((f) => f.text === i)) expect(clean).toBe(texts[i]);
          expect(marks(clean).length).toBeLessThanOrEqual(texts[i]!.length);
          expect(redactAtRest(clean).found.filter((f) => f.kind === "card")).toEqual([]);
        }
      }),
      seeded(300),
    );
  });

  it("a card number never stays, whatever stands around it", () => {
    fc.assert(
      fc.property(
        text,
        text,
        fc.constantFrom("4111111111111111", "4111 1111 1111 1111", "5500-0000-0000-0004"),
        (a, b, card) => {
          const { text: clean } = redactAtRest(`${a}\n\npay with ${card} please\n\n${b}`);
          expect(clean).not.toContain(`with ${card}`);
        },
      ),
      seeded(300),
    );
  });
});

describe("lengths", () => {
  const count = (words: string, of: LengthRule) => countText(words, of).length;

  it("agree with a count made otherwise", () => {
    const segments = new Intl.Segmenter("en", { granularity: "grapheme" });
    fc.assert(
      fc.property(text, (words) => {
        expect(count(words, { unit: "graphemes", max: 1 })).toBe([...segments.segment(words)].length);
        expect(count(words, { unit: "codepoints", max: 1 })).toBe(Array.from(words).length);
        expect(count(words, { unit: "utf8-bytes", max: 1 })).toBe(Buffer.byteLength(words.toWellFormed()));
        expect(count(words, { unit: "utf16", max: 1 })).toBe(words.length);
      }),
      seeded(300),
    );
  });

  it("parts hold the whole text, and each fits", () => {
    fc.assert(
      fc.property(text, rule, (words, limit) => {
        const split = splitText(words, limit);
        if (!split.ok) {
          expect(fits(words, limit)).toBe(false);
          return;
        }
        for (const part of split.parts) expect(fits(part, limit)).toBe(true);
        if (split.parts.length === 1) {
          expect(split.parts.join("").trim()).toBe(words.trim());
          return;
        }
        const bare = split.parts.map((part, i) => {
          const mark = `(${i + 1}/${split.parts.length})`;
          expect(part.endsWith(mark)).toBe(true);
          return part.slice(0, -mark.length);
        });
        expect(bare.join("").replace(/\s+/gu, "")).toBe(words.replace(/\s+/gu, ""));
      }),
      seeded(400),
    );
  });

  it("the surplus begins where a text stops fitting", () => {
    fc.assert(
      fc.property(text, rule, (words, limit) => {
        const from = surplusFrom(words, limit);
        expect(fits(words.slice(0, from), limit) || from === 0).toBe(true);
        expect(from === words.length).toBe(fits(words, limit) || words === "");
      }),
      seeded(300),
    );
  });
});

describe("what is shown", () => {
  it("entities stand in order inside the text", () => {
    fc.assert(
      fc.property(text, (words) => {
        let reached = 0;
        for (const { start, end, value } of findEntities(words)) {
          expect(start).toBeGreaterThanOrEqual(reached);
          expect(end).toBeGreaterThan(start);
          expect(value).not.toBe("");
          reached = end;
        }
        expect(reached).toBeLessThanOrEqual(words.length);
      }),
      seeded(300),
    );
  });

  it("has no control, no turned line and no link but http, https and mailto", () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    const bad = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]/u;
    fc.assert(
      fc.property(text, (words) => {
        const pieces = displayPieces(words);
        expect(pieces.map((p) => p.text).join("")).toBe(safeText(words));
        for (const piece of pieces) {
          expect(piece.text).not.toMatch(bad);
          if ("href" in piece) expect(piece.href).toMatch(/^(?:https?:\/\/|mailto:)/u);
        }
        const read = htmlToText(words);
        expect(read).not.toMatch(bad);
        expect(read.isWellFormed()).toBe(true);
        expect(safeText(read)).toBe(read);
        expect(String(html`<p title="${words}">${words}</p>`).split(/[<>]/u)).toHaveLength(5);
      }),
      seeded(300),
    );
  });

  it("time words are words for every instant that can be stored", () => {
    const at = fc.integer({ min: 0, max: 253_402_300_799_000 });
    const reader = fc.record({
      locale: fc.constantFrom("en", "ar", "th", "fa", "de-AT", "ja-JP-u-ca-japanese"),
      timeZone: fc.constantFrom("UTC", "Pacific/Chatham", "America/St_Johns", "Africa/Monrovia"),
    });
    fc.assert(
      fc.property(at, at, reader, (a, b, who) => {
        for (const said of [momentWords(a, b, who), exactMoment(a, who), deadline(a, b, who, 0).words]) {
          expect(said.trim()).not.toBe("");
          expect(said).not.toMatch(/NaN|undefined|Invalid/u);
        }
      }),
      seeded(150),
    );
  });
});

describe("what is sent", () => {
  it("a disclosure can be put behind any words and taken off again", () => {
    fc.assert(
      fc.property(text, fc.constantFrom("signature" as const, "initials" as const), (words, style) => {
        const whole = appendDisclosure(words, style, disclosure.agent, disclosure.brand);
        expect(hasDisclosure(whole, { ...disclosure, style })).toBe(true);
        expect(appendDisclosure(whole, style, disclosure.agent, disclosure.brand)).toBe(whole);
        expect(withoutDisclosure(whole, { ...disclosure, style }).length).toBeLessThan(whole.length);
      }),
      seeded(200),
    );
  });

  it("preflight says the same twice, a reason with every refusal, and passes nothing that cannot be stored or sent", () => {
    fc.assert(
      fc.property(
        text,
        text,
        fc.boolean(),
        fc.constantFrom(playgroundCapabilities, blueskyCapabilities),
        (words, secret, signed, network) => {
          const draft = asked(
            signed ? appendDisclosure(words, "signature", disclosure.agent, disclosure.brand) : words,
          );
          const result = preflight(draft, where(network, secret));
          expect(preflight(draft, where(network, secret))).toEqual(result);
          expect(result.ok).toBe(result.errors.length === 0);
          for (const { message, span } of result.errors) {
            expect(message).toMatch(/\.$/u);
            if (span) expect(span.start >= 0 && span.start < span.end && span.end <= draft.text.length).toBe(true);
          }
          if (!result.ok) {
            expect(result.parts).toEqual([]);
            return;
          }
          for (const part of result.parts) {
            expect(part.isWellFormed() && !part.includes("\0")).toBe(true);
            expect(fits(part, network.length.public ?? { unit: "none" })).toBe(true);
          }
          expect(hasDisclosure(result.parts.at(-1)!, disclosure)).toBe(true);
        },
      ),
      seeded(200),
    );
  });
});

/** About ten times what the slowest of them takes; a search that goes back and forth takes minutes. */
const ENOUGH_MS = 2_500;

describe("twenty thousand letters", () => {
  const long = longTexts(20_000);
  const behind = ` — ${disclosure.agent}, ${disclosure.brand}`;
  it.each<[string, (words: string) => unknown]>([
    ["redactAll", (t) => redactAll([t])],
    ["redactAtRest", (t) => redactAtRest(t, [t])],
    ["splitText by characters", (t) => splitText(t, { unit: "graphemes", max: 300 }, { closing: "" })],
    ["splitText by weight", (t) => splitText(t + behind, { unit: "x-weighted", max: 280 }, { closing: behind.trim() })],
    ["splitText by Mastodon's count", (t) => splitText(t, { unit: "mastodon", max: 500, urlCost: 23 })],
    ["surplusFrom", (t) => surplusFrom(t, { unit: "x-weighted", max: 280 })],
    ["htmlToText", htmlToText],
    ["displayPieces", displayPieces],
    ["findPrivateFacts", (t) => findPrivateFacts(t, [t])],
    ["disclosure before", (t) => withoutDisclosure(behind + t, disclosure)],
    ["disclosure behind", (t) => withoutDisclosure(t + behind, disclosure)],
    ["preflight", (t) => preflight(asked(t + behind), where(blueskyCapabilities, t))],
  ])("%s comes to an end", { timeout: 60_000 }, (_, run) => {
    for (const [what, words] of long) {
      const began = ownWork();
      run(words);
      expect(ownWork() - began, what).toBeLessThan(ENOUGH_MS);
    }
  });
});
