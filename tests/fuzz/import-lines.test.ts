import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import type { ImportLine } from "../../server/app/import/import-options.ts";
import { fileLines, MOST_LINE } from "../../server/app/import/input-lines.ts";
import { readImportRow } from "../../server/modules/channels/import/import-row.ts";
import { json, storable } from "../../server/platform/storable.ts";
import { or } from "../support/hostile-feed.ts";
import { deepJson, hostileBytes, hostileText, seeded } from "../support/hostile-text.ts";

const NOW = Date.parse("2026-11-17T09:00:00.000Z");
const folder = mkdtempSync(join(tmpdir(), "hubbub-lines-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function linesOf(bytes: Uint8Array): Promise<ImportLine[]> {
  const file = join(folder, "x.jsonl");
  writeFileSync(file, bytes);
  return Array.fromAsync(fileLines(file));
}

describe("the lines of a file", () => {
  it("are as many as there are, zipped or not, each one a value, blank, or refused with a reason", async () => {
    const line = fc.oneof(
      hostileBytes,
      hostileText().map((text) => new Uint8Array(Buffer.from(JSON.stringify({ text })))),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 6 }), async (given) => {
        const bytes = Buffer.concat(given.flatMap((one, i) => (i === 0 ? [one] : [Buffer.from("\n"), one])));
        // Two bytes at the beginning make a file a zipped one.
        fc.pre(!(bytes[0] === 0x1f && bytes[1] === 0x8b));
        const lines = await linesOf(bytes);
        const breaks = bytes.filter((byte) => byte === 0x0a).length;
        expect(lines).toHaveLength(breaks + (bytes.length > 0 && bytes.at(-1) !== 0x0a ? 1 : 0));
        for (const one of lines) {
          expect(Object.keys(one)).toHaveLength(1);
          if ("fault" in one) expect(one.fault).toMatch(/\.$/u);
        }
        expect(await linesOf(gzipSync(bytes))).toEqual(lines);
      }),
      seeded(80),
    );
  });

  it("too long or too deep are refused alone", async () => {
    const good = Buffer.from('{"id":"1"}\n');
    const long = Buffer.from(`{"text":"${"x".repeat(MOST_LINE)}"}\n`);
    const deep = Buffer.from(`${deepJson(50_000)}\n`);
    const lines = await linesOf(Buffer.concat([good, long, good, deep, good]));
    expect(lines).toHaveLength(5);
    for (const n of [0, 2, 4]) expect(lines[n]).toEqual({ value: { id: "1" } });
    expect(lines[1]).toEqual({ fault: expect.stringMatching(/longer than/) });
    const read = lines[3]!;
    expect("fault" in read || ("value" in read && !readImportRow(read.value, NOW).ok)).toBe(true);
  });
});

describe("a row", () => {
  const text = hostileText(4);
  const time = fc.constantFrom(
    "2026-01-02T03:04:05Z",
    "2026-01-02",
    "0000-01-01",
    "9999-12-31T23:59:59Z",
    "2026-02-30T00:00:00Z",
  );
  const good = { id: "1", at: "2026-01-02T03:04:05Z", channel: "x", by: "customer", from: "carla", text: "help" };
  const anything = fc.record(
    {
      ...{
        id: or(text),
        at: or(time),
        channel: or(fc.constantFrom("x", "email", "__proto__")),
        text: or(text),
        from: or(text),
      },
      ...{
        by: or(fc.constantFrom("customer", "company", "system")),
        name: or(text),
        reply_to: or(text),
        thread: or(text),
      },
      ...{ edits: or(fc.array(fc.record({ at: or(time), text: or(text) }), { maxLength: 3 })), deleted_at: or(time) },
      ...{
        followers: or(fc.nat()),
        stars: or(fc.constantFrom(0, 1, 5, 6, 2.5)),
        why: or(fc.constant(["mention"])),
        url: or(text),
      },
      type: or(fc.constantFrom("message", "outcome", "constructor")),
    },
    { requiredKeys: [] },
  );
  const few = fc.tuple(anything, fc.nat(16), fc.integer({ min: 1, max: 3 }));
  const row = few.map(([of, from, n]) => ({
    ...good,
    ...Object.fromEntries(Object.entries(of).slice(from % 12, (from % 12) + n)),
  }));

  it("is read twice alike into what can be stored, or refused with a sentence", () => {
    let taken = 0;
    fc.assert(
      fc.property(row, (value) => {
        const written = JSON.parse(JSON.stringify(value)) as unknown;
        const read = readImportRow(written, NOW);
        expect(readImportRow(written, NOW)).toEqual(read);
        if (!read.ok) {
          expect(read.why).toMatch(/[.?]$/u);
          expect(read.why.length).toBeLessThan(300);
          return;
        }
        taken += 1;
        expect(storable(JSON.stringify(read.row))).toBe(JSON.stringify(read.row));
        expect(JSON.parse(json(read.row))).toEqual(JSON.parse(JSON.stringify(read.row)));
        if (read.row.type !== "message") return;
        expect(read.row.at).toBeGreaterThanOrEqual(0);
        for (const edit of read.row.edits) expect(edit.at).toBeGreaterThanOrEqual(read.row.at);
      }),
      seeded(500),
    );
    expect(taken).toBeGreaterThan(10);
  });
});
