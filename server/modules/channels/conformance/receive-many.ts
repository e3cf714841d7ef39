import { expect } from "vitest";
import { sql } from "#platform/db";
import { eventually } from "../../../../tests/support/eventually.ts";
import { BACKFILL, startBackfill } from "../channels.ts";
import { missedByPush } from "../store/key-store.ts";
import { type Bodies, need } from "./body.ts";
import type { Said } from "./kit.ts";
import { mortal, type Place } from "./place.ts";

/** C1, C2, C9 to C15, C18: many at once, twice, and by every way in. */
export const manyCases: Bodies = {
  async C1(place) {
    const { clock } = place.house;
    const said = await place.say("once and only once");
    await place.take(said.told);
    await place.take(said.told);
    await place.drain();
    const now = clock.now();
    // The same request again, and the same content in requests of their own.
    const at = (i: number) => (i % 2 === 0 ? now : now - (i % 25) * 1_000);
    await Promise.all(Array.from({ length: 50 }, (_, i) => place.take(said.told, at(i))));
    await Promise.all([place.drain(), place.another().drainInbound()]);
    await place.drain();
    expect(await place.messages()).toHaveLength(1);
    expect(await place.announced("MessageReceived")).toHaveLength(1);
  },

  async C2(place) {
    const { capabilities } = place.adapter;
    const who = await place.stranger();
    const pairs: Said[][] = [];
    if (capabilities.private && capabilities.threading.model !== "headers")
      pairs.push([
        await place.say("hello", { who, audience: "private" }),
        await place.say("is anybody there", { who, audience: "private" }),
      ]);
    else {
      const under = await place.say("it begins here", { who });
      pairs.push([under, await place.say("one", { who, under }), await place.say("two", { who, under })]);
    }
    for (const told of pairs) {
      await Promise.all(told.map((said) => place.take(said.told)));
      await Promise.all([place.drain(), place.another().drainInbound()]);
      await place.drain();
      const found = (await place.messages()).filter((m) => told.some((said) => said.externalId === m.externalId));
      expect(found).toHaveLength(told.length);
      const threads = new Set(found.map((m) => m.threadKey));
      expect(threads.size, [...threads].join(" and ")).toBe(capabilities.threading.model === "flat" ? told.length : 1);
      expect(new Set(found.map((m) => m.authorId))).toEqual(new Set([who.id]));
    }
  },

  async C9(place) {
    const good: Said[] = [];
    for (let i = 0; i < 99; i++) good.push(await place.say(`good one ${i}`));
    const poison = await place.ours.poison();
    const told = [...good.slice(0, 50).map((s) => s.told), poison, ...good.slice(50).map((s) => s.told)];
    // Where the network puts things together, the poison stands among the others in one body.
    const bodies = place.ours.together ? [place.ours.together(told)] : told;
    for (const body of bodies) await place.take(body);
    await place.drain();
    expect((await place.messages()).map((m) => m.externalId).sort()).toEqual(good.map((s) => s.externalId).sort());
    expect(await place.quarantined()).toBe(1);
    expect((await place.row()).state).toBe("on");
  },

  async C10(place, { open }) {
    const other = await open();
    const said = async (at: Place, words: string) => {
      const all = [await at.say(`${words} one`), await at.say(`${words} two`), await at.say(`${words} three`)];
      const told = all.map((s) => s.told);
      return { all, bodies: at.ours.together ? [at.ours.together(told)] : told };
    };
    const [here, there] = [await said(place, "for us"), await said(other, "for them")];
    await Promise.all([
      ...here.bodies.map((told) => place.take(told)),
      ...there.bodies.map((told) => other.take(told)),
    ]);
    await Promise.all([place.drain(), other.drain()]);
    for (const [at, { all }] of [
      [place, here],
      [other, there],
    ] as const) {
      const found = await at.messages();
      expect(found.map((m) => m.externalId).sort()).toEqual(all.map((s) => s.externalId).sort());
      expect(new Set(found.map((m) => m.authorId))).toEqual(new Set(all.map((s) => s.who.id)));
      expect(new Set(found.map((m) => m.channelId))).toEqual(new Set([at.channelId]));
    }
  },

  async C11(place) {
    const echo = need(place.ours.echo, "echo");
    const { clock } = place.house;
    const bring = async () => {
      const last = (await place.ours.accepted()).at(-1)!;
      const told = await echo(last.externalId);
      clock.advance(1_000);
      if (told) await place.take(told);
      await place.drain();
    };
    const message = await place.heard("who are you");
    const real = place.adapter.send!;
    const send: Record<string, typeof real.sendPart> = {
      after: real.sendPart,
      async before(...args) {
        const outcome = await real.sendPart(...args);
        await bring();
        return outcome;
      },
      async without(...args) {
        await real.sendPart(...args);
        await bring();
        return { state: "unknown", why: "timeout" };
      },
    };
    for (const [how, sendPart] of Object.entries(send)) {
      const id = await place.reply(message, `We are us, ${how}.`);
      const sender = place.another({ adapter: { ...place.adapter, send: { ...real, sendPart } } });
      expect(await place.settle(id, sender), how).toMatchObject({ state: "sent" });
      await bring();
      const ours = (await place.messages()).filter((m) => m.direction === "out" && m.text.includes(how));
      expect(
        ours.map((m) => m.deliveryId),
        how,
      ).toEqual([id]);
    }
    expect(await place.ours.accepted()).toHaveLength(3);
  },

  async C12(place) {
    await place.channels.reconcile(place.channelId);
    await place.drain();
    const said: Said[] = [];
    for (const text of ["one", "two", "three"]) said.push(await place.say(`page ${text}`));
    await place.take(said[0]!.told);
    await place.drain();
    const pull = place.adapter.pull!;
    const { db, die } = mortal(place.house.db);
    const dying = place.another({
      db,
      adapter: {
        ...place.adapter,
        pull: {
          ...pull,
          async pull(...args) {
            const page = await pull.pull(...args);
            if (page.body) die();
            return page;
          },
        },
      },
    });
    await expect(dying.reconcile(place.channelId)).rejects.toThrow("the process dies");
    for (let i = 0; i < 2; i++) await place.another().reconcile(place.channelId);
    await place.drain();
    const ids = async () => (await place.messages()).map((m) => m.externalId).sort();
    expect(await ids()).toEqual(said.map((s) => s.externalId).sort());
    if (!place.adapter.capabilities.receive.backfill.supported) return;
    expect(pull.streams.filter((s) => s.purpose === "backfill").map((s) => s.name)).toEqual([BACKFILL]);
    expect(await place.act((tx) => startBackfill(tx, place.channelId))).toBe(true);
    await place.channels.backfill(place.channelId);
    await place.drain();
    expect((await ids()).filter((id) => said.some((s) => s.externalId === id))).toHaveLength(3);
    expect(new Set(await ids()).size).toBe((await ids()).length);
  },

  async C13(place) {
    const { stream, value } = need(place.ours.lostCursor, "lostCursor");
    await place.act((tx) =>
      sql`insert into channel_cursor (account_id, channel_id, stream, value, version, updated_at)
        values (${place.accountId}, ${place.channelId}, ${stream}, ${value}, 1, ${new Date(tx.now)})`.execute(
        tx.tables(),
      ),
    );
    const gaps = () =>
      place.rows(
        (id) => sql`select reason, filled_at from channel_gap where account_id = ${id} and stream = ${stream}`,
      );
    const streamed = place.adapter.stream?.name === stream;
    const running = streamed ? place.another({ watch: true }) : place.channels;
    if (!streamed) await running.reconcile(place.channelId);
    const [gap] = await eventually("a gap is shown", async () => ((await gaps()).length > 0 ? gaps() : null));
    expect(gap.reason).not.toBe("");
    expect(await place.announced("ChannelGap")).toContainEqual(expect.objectContaining({ filled: false }));
    const later = await eventually("reading goes on", async () => {
      const said = await place.say("after the gap");
      place.house.clock.advance(30_000);
      if (!streamed) await running.reconcile(place.channelId);
      for (let i = 0; i < 20; i++) {
        await place.drain();
        if (await place.message(said.externalId)) return said;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      return null;
    });
    expect((await place.message(later.externalId))?.state).toBe("live");
    await running.close();
  },

  async C14(place) {
    await place.channels.reconcile(place.channelId);
    const missed = async () => (await place.act((tx) => missedByPush(tx, 0, tx.now + 1))).get(place.channelId) ?? 0;
    const pushed = await place.say("this one was pushed");
    await place.take(pushed.told);
    await place.drain();
    const lost = await place.say("this one was lost");
    await place.channels.reconcile(place.channelId);
    await place.drain();
    expect((await place.messages()).map((m) => m.externalId).sort()).toEqual(
      [pushed.externalId, lost.externalId].sort(),
    );
    expect(await missed()).toBe(1);
    // It was only late.
    place.house.clock.advance(1_000);
    await place.take(lost.told);
    await place.drain();
    expect(await missed()).toBe(0);
    expect(await place.messages()).toHaveLength(2);
  },

  async C15(place) {
    const nobody = await place.heard("I have no name", { nameless: true });
    expect(nobody.authorId).not.toBe("");
    const before = await place.stranger();
    const first = await place.heard("I am new here", { who: before });
    const { who, told } = await place.ours.rename(before);
    if (told) await place.take(told);
    place.house.clock.advance(1_000);
    const second = await place.heard("I go by another name", { who });
    expect([second.authorId, second.author.scope]).toEqual([first.authorId, first.author.scope]);
    expect([second.authorHandle, second.authorName]).not.toEqual([first.authorHandle, first.authorName]);
    expect(second.authorId).not.toBe(nobody.authorId);
    if (told) expect(await place.announced("AuthorChanged")).toHaveLength(1);
  },

  async C18(place) {
    const { clock } = place.house;
    for (const [claims, text] of [
      [Date.UTC(1970, 0, 1), "from long ago"],
      [Date.UTC(2099, 11, 31), "from the future"],
    ] as const) {
      const message = await place.heard(text, { claims });
      const day = 86_400_000;
      expect(message.sentAt).toBeLessThanOrEqual(message.receivedAt);
      expect(message.receivedAt - message.sentAt).toBeLessThanOrEqual(7 * day);
    }
    // The hour that London has twice.
    clock.set(Date.UTC(2027, 9, 31, 0, 30));
    const summer = await place.heard("half past one");
    clock.advance(3_600_000);
    const winter = await place.heard("half past one again");
    expect(winter.sentAt - summer.sentAt).toBe(3_600_000);
  },
};
