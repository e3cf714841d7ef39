import { expect } from "vitest";
import type { Message } from "../domain/message.ts";
import { revisionsOf } from "../messages.ts";
import { type Bodies, need } from "./body.ts";
import type { Said, Told } from "./kit.ts";
import type { Place } from "./place.ts";

/** C3 to C8: what becomes of one message, whatever is told of it and when. */
export const stateCases: Bodies = {
  async C3(place) {
    // Once with a deletion, which covers everything; once without, where the last edit has to win.
    for (const gone of place.ours.remove && place.ours.edit ? [true, false] : [Boolean(place.ours.remove)])
      for (const together of [true, false]) {
        const told = 1 + (place.ours.edit ? 2 : 0) + (gone ? 1 : 0);
        // In one batch it is decided in memory: there a few orders show as much as all.
        const orders = permutations(told).filter((_, i) => !together || i % 3 === 0);
        const stories: { said: Said; told: Told[] }[] = [];
        for (const _ of orders) stories.push(await tellStory(place, gone));
        // The first one in its own order says what all of them must come to.
        for (let step = 0; step < told; step++) {
          for (const [i, story] of stories.entries()) await take(place, story.told[orders[i]![step]!]!);
          if (!together) await place.drain();
        }
        await place.drain();
        const found = new Map((await place.messages()).map((m) => [m.externalId, m]));
        const ends = stories.map(({ said }) => endOf(found.get(said.externalId)));
        for (const [i, end] of ends.entries()) expect(end, `order ${orders[i]!.join("")}`).toEqual(ends[0]);
        if (!gone) expect(ends[0]?.text).toContain("version three");
      }
  },

  async C4(place) {
    if (place.ours.remove) {
      const said = await place.say("I take it back");
      await take(place, await place.ours.remove(said));
      await place.drain();
      await take(place, said.told);
      await place.drain();
      expect(endOf(await place.message(said.externalId))).toMatchObject({ state: "tombstone", text: "" });
    }
    if (!place.ours.edit) return;
    const said = await place.say("first words");
    await take(place, await place.ours.edit(said, "second words"));
    await place.drain();
    await take(place, said.told);
    await place.drain();
    expect((await place.message(said.externalId))?.text).toContain("second words");
  },

  async C5(place) {
    const said = await place.say("my parcel is late");
    await take(place, said.told);
    await place.drain();
    const message = (await place.message(said.externalId))!;
    if (place.adapter.send) await place.settle(await place.reply(message, "We look into it."));
    await take(place, await need(place.ours.edit, "edit")(said, "my parcel has come"));
    await place.drain();
    const now = (await place.message(said.externalId))!;
    expect(now.text).toContain("my parcel has come");
    expect(now.text).not.toContain("is late");
    const former = await formerTexts(place, now.id);
    expect(former).toEqual([expect.stringContaining("my parcel is late")]);
    expect((await place.announced("MessageEdited")).map((e) => e.messageId)).toEqual([now.id]);
  },

  async C6(place) {
    const said = await place.say("my secret is 1234");
    await take(place, said.told);
    if (place.ours.edit) await take(place, await place.ours.edit(said, "my secret is 5678"));
    await place.drain();
    const before = (await place.message(said.externalId))!;
    await take(place, await need(place.ours.remove, "remove")(said));
    await place.drain();
    const gone = await place.message(said.externalId);
    expect(gone).toMatchObject({ state: "tombstone", text: "", subject: "", entities: [], attachments: [] });
    expect(await formerTexts(place, before.id)).toEqual([]);
    expect((await place.announced("MessageDeleted")).map((e) => e.messageId)).toEqual([before.id]);
    // Told once more, it does not come back.
    await take(place, said.told);
    await place.drain();
    expect((await place.message(said.externalId))?.text).toBe("");
  },

  async C7(place) {
    const receipt = need(place.ours.receipt, "receipt");
    const known = place.adapter.capabilities.receipts;
    const message = await place.heard("are you there");
    const id = await place.reply(message, "We are.");
    const part = (await place.settle(id)).parts[0]!;
    const seen = async () => (await place.delivery(id)).parts[0]!.receipt;
    const rank = ["queued", "sent", "failed", "delivered", "read"] as const;
    const best = rank.filter((status) => known.includes(status)).at(-1)!;
    await take(place, receipt(part.externalId!, best));
    await place.drain();
    expect(await seen()).toBe(best);
    for (const status of known) await take(place, receipt(part.externalId!, status));
    await place.drain();
    expect(await seen()).toBe(best);
    if (!known.includes("failed")) return;
    const other = await place.reply(message, "And here.");
    const sent = (await place.settle(other)).parts[0]!.externalId!;
    if (known.includes("sent")) await take(place, receipt(sent, "sent"));
    await take(place, receipt(sent, "failed"));
    await place.drain();
    expect((await place.delivery(other)).parts[0]!.receipt).toBe("failed");
  },

  async C8(place) {
    await take(place, await place.ours.unheardOf());
    await place.drain();
    expect(await place.quarantined()).toBe(0);
    const shown = await place.messages();
    for (const message of shown) expect(message.unsupported).not.toBeNull();
    await place.heard("and what we know goes on");
    expect(await place.row()).toMatchObject({ state: "on", trouble: null });
    expect(await place.messages()).toHaveLength(shown.length + 1);
  },
};

async function tellStory(place: Place, gone: boolean): Promise<{ said: Said; told: Told[] }> {
  const said = await place.say("version one");
  const told = [said.told];
  if (place.ours.edit)
    for (const text of ["version two", "version three"]) {
      place.house.clock.advance(1_000);
      told.push(await place.ours.edit(said, text));
    }
  place.house.clock.advance(1_000);
  if (gone && place.ours.remove) told.push(await place.ours.remove(said));
  return { said, told };
}

const endOf = (message: Message | undefined) =>
  message && {
    state: message.state,
    text: message.text,
    revision: /^\d+$/.test(message.revision) ? message.revision : "",
  };

async function formerTexts(place: Place, id: string): Promise<string[]> {
  const found = await place.act((tx) => revisionsOf(tx, [id]));
  return [...found.values()].flat().map((r) => r.text);
}

/** Two signed pushes of the same bytes in the same second are one request. */
async function take(place: Place, told: Told): Promise<void> {
  place.house.clock.advance(1_000);
  await place.take(told);
}

export function permutations(n: number): number[][] {
  if (n === 0) return [[]];
  return permutations(n - 1)
    .flatMap((rest) => Array.from({ length: n }, (_, at) => [...rest.slice(0, at), n - 1, ...rest.slice(at)]))
    .sort((a, b) => (a.join() < b.join() ? -1 : 1));
}
