import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HOUR } from "#platform/clock";
import { sql } from "#platform/db";
import { openTowns, type Town } from "../../../../tests/support/conversation-town.ts";
import { type Line, makeChannel, messageId } from "../../../../tests/support/messages.ts";
import { addBrand } from "../../company/index.ts";
import { isCopy } from "../domain/evidence.ts";

const { db, found, hear, say, read, placesOf, lastEpisode, journal } = openTowns();
afterAll(() => db.close());

const CARLA = "carla@mail.example";
let n = 0;
const mail = (text: string, at: number, more: Partial<Line> = {}): Line => ({
  ...{ ext: `<c${++n}@mail.example>`, from: CARLA, subject: "My parcel", text, at, private: true, thread: `mail:${n}` },
  ...more,
});
/** A mailbox of its own; a message's id is made of its name and time, so a second mailbox hears it a moment later. */
async function mailbox(t: Town, handle: string, brandId = t.brandId): Promise<Town> {
  return db.withAccount(t.accountId, async (tx) => {
    const channelId = await makeChannel(tx, brandId, handle);
    await sql`update channel set network = 'email', external_id = ${handle}, handle = ${handle} where account_id = ${t.accountId} and id = ${channelId}`.execute(
      tx.tables(),
    );
    return { ...t, brandId, channelId };
  });
}
const later = (line: Line, by = 5): Line => ({ ...line, at: line.at + by });
const placed = async (t: Town, line: Line) => (await placesOf(t, [line])).get(line.ext)!;

describe("one mail to two mailboxes", () => {
  let t: Town;
  let support: Town;
  let sales: Town;
  beforeAll(async () => {
    t = await found();
    support = await mailbox(t, "support@northwind.example");
    sales = await mailbox(t, "sales@northwind.example");
  });

  it("is worked on once, where it came first, and the other is told of there", async () => {
    const one = mail("Where is my parcel?", 0);
    await hear(support, [one]);
    const first = await placed(t, one);
    await hear(sales, [later(one)]);
    const copy = await placed(t, later(one));
    expect(copy).toMatchObject({
      conversationId: first.conversationId,
      actionable: false,
      wants: false,
    });
    expect(copy.evidence).toEqual([
      expect.objectContaining({ text: expect.stringContaining("sales@northwind.example") }),
    ]);
    expect([isCopy(first.evidence), isCopy(copy.evidence)]).toEqual([false, true]);
    expect(await journal(t, "EpisodeOpened")).toHaveLength(1);
    expect((await lastEpisode(t, first.conversationId!))!.state).toBe("open");
    // Whichever of the two is answered, the conversation is the same.
    const answer = mail("And now?", HOUR, { to: one.ext, thread: one.thread! });
    await hear(sales, [answer]);
    expect((await placed(t, answer)).conversationId).toBe(first.conversationId);
  });

  it("is one also when both are heard at once, and when one of them is decided again", async () => {
    const two = mail("The invoice is wrong, twice", 2 * HOUR);
    await say(support, [two]);
    await say(sales, [later(two)]);
    await read(t);
    const both = [await placed(t, two), await placed(t, later(two))];
    expect(both.filter((p) => isCopy(p.evidence))).toHaveLength(1);
    expect(new Set(both.map((p) => p.conversationId)).size).toBe(1);
    // Something said earlier comes late, and all that followed is looked at again.
    await hear(support, [mail("I had asked before about nothing in particular", 1.5 * HOUR)]);
    const again = [await placed(t, two), await placed(t, later(two))];
    expect(again.filter((p) => isCopy(p.evidence))).toHaveLength(1);
    expect(new Set(again.map((p) => p.conversationId)).size).toBe(1);
  });

  it("is no copy under another brand, of another author, or where it has no name of its own", async () => {
    const brand = await db.withAccount(t.accountId, (tx) =>
      addBrand(tx, { name: "Southwind", names: [], voice: "", disclosure: "full-name", locale: "en" }),
    );
    const other = await mailbox(t, "help@southwind.example", brand.id);
    const three = mail("The door does not shut", 3 * HOUR);
    await hear(support, [three]);
    await hear(other, [later(three)]);
    expect(isCopy((await placed(t, later(three))).evidence)).toBe(false);
    const forged = { ...later(three, 10), from: "stranger@evil.example", text: "Pay here" };
    await hear(sales, [forged]);
    expect(isCopy((await placed(t, forged)).evidence)).toBe(false);
    const nameless = mail("No name", 4 * HOUR, { ext: "sha256:00" });
    await hear(support, [nameless]);
    await hear(sales, [later(nameless)]);
    expect(isCopy((await placed(t, later(nameless))).evidence)).toBe(false);
    expect(messageId(t.accountId, three)).not.toBe(messageId(t.accountId, later(three)));
  });
});
