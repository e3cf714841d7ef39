import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY, HOUR } from "#platform/clock";
import { openTowns, type Town } from "../../../../tests/support/conversation-town.ts";
import { type Line, makeChannel } from "../../../../tests/support/messages.ts";
import { addBrand } from "../../company/index.ts";
import { conversationsById } from "../read.ts";

const { db, found, hear, placesOf } = openTowns();
afterAll(() => db.close());

let n = 0;
const mail = (from: string, subject: string, text: string, at: number, more: Partial<Line> = {}): Line => ({
  ...{ ext: `<m${++n}@mail.example>`, from, subject, text, at, private: true, thread: `mail:${n}` },
  ...more,
});
const CARLA = "carla@mail.example";
const STRANGER = "stranger@evil.example";
const LAWYER = "lawyer@mail.example";

/** A conversation of Carla's with her lawyer in Cc, and what its number is. */
async function begun(t: Town) {
  const first = mail(CARLA, "My parcel", "Where is my parcel?", 0, { cc: [LAWYER] });
  await hear(t, [first]);
  const at = (await placesOf(t, [first])).get(first.ext)!.conversationId!;
  const { number } = (await db.withAccount(t.accountId, (tx) => conversationsById(tx, [at]))).get(at)!;
  return { first, at, number };
}
async function place(t: Town, line: Line) {
  await hear(t, [line]);
  return (await placesOf(t, [line])).get(line.ext)!;
}
// Nothing else speaks for it: long after, in other words, in a thread of its own.
const LATE = 40 * DAY;
const WORDS = "Nobody has called about the broken door";

describe("the number in a mail's subject", () => {
  let t: Town;
  let one: Awaited<ReturnType<typeof begun>>;
  beforeAll(async () => {
    t = await found();
    one = await begun(t);
  });

  it("leads its customer back where no header does", async () => {
    const p = await place(t, mail(CARLA, `Re: My parcel [${one.number}]`, WORDS, LATE));
    expect(p).toMatchObject({ conversationId: one.at, role: "customer" });
    expect(p.evidence.map((e) => e.code)).toContain("subject-number");
    const without = await place(t, mail(CARLA, "Re: the door", WORDS, 2 * LATE));
    expect(without.conversationId).not.toBe(one.at);
  });

  it("leads in whom its mails went to openly", async () => {
    const p = await place(t, mail(LAWYER, `My parcel [${one.number.toLowerCase()}]`, WORDS, LATE + HOUR));
    expect(p.conversationId).toBe(one.at);
  });

  it("is a question at most when a stranger copies it", async () => {
    const p = await place(t, mail(STRANGER, `Re: My parcel [${one.number}]`, WORDS, LATE + 2 * HOUR));
    expect(p.conversationId).not.toBe(one.at);
    expect(p.alternatives.map((a) => a.conversationId)).toContain(one.at);
    expect(p.evidence.map((e) => e.code)).toContain("ask");
    // Having asked, he has no part in it still.
    const again = await place(t, mail(STRANGER, `Re: My parcel [${one.number}]`, WORDS, 3 * LATE));
    expect(again.conversationId).not.toBe(one.at);
  });

  it("is a question when the customer's own domain disowns the mail", async () => {
    const forged = mail(CARLA, `Re: My parcel [${one.number}]`, WORDS, 4 * LATE, { sender: "failed" });
    const p = await place(t, forged);
    expect(p.conversationId).not.toBe(one.at);
    expect(p.alternatives.map((a) => a.conversationId)).toContain(one.at);
  });

  it("gives way to what a header says, and to words of another matter", async () => {
    const other = mail(CARLA, "A new contract", "Which contract is best for a family of five?", 5 * LATE);
    const where = (await place(t, other)).conversationId;
    expect(where).not.toBe(one.at);
    const answer = mail(CARLA, `Re: A new contract [${one.number}]`, "The second one then", 5 * LATE + HOUR, {
      ...{ to: other.ext, thread: other.thread! },
    });
    expect((await place(t, answer)).conversationId).toBe(where);
  });

  it("means nothing in another brand, in another account, and where nobody has it", async () => {
    const brandId = (
      await db.withAccount(t.accountId, (tx) =>
        addBrand(tx, { name: "Southwind", names: [], voice: "", disclosure: "full-name", locale: "en" }),
      )
    ).id;
    const channelId = await db.withAccount(t.accountId, (tx) => makeChannel(tx, brandId, "Other"));
    const brands = await place({ ...t, brandId, channelId }, mail(CARLA, `[${one.number}]`, WORDS, 6 * LATE));
    expect(brands.conversationId).not.toBe(one.at);
    expect(brands.alternatives.filter((a) => a.text.includes(one.number))).toEqual([]);
    const elsewhere = await place(await found(), mail(CARLA, `[${one.number}]`, WORDS, LATE));
    expect(elsewhere.alternatives).toEqual([]);
    expect((await place(t, mail("new@mail.example", "[C-999999999]", WORDS, 7 * LATE))).alternatives).toEqual([]);
  });
});
