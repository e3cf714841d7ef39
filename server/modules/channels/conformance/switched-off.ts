import { expect } from "vitest";
import { setChannelState } from "../channels.ts";
import { disconnect } from "../connect/connect.ts";
import type { Bodies } from "./body.ts";
import { mainAudience } from "./cases.ts";
import { type Place, signed } from "./place.ts";

/** O6: a channel that is switched off, one that is disconnected, and a person who is gone. */
export const offCases: Bodies = {
  async O6(place, { open }) {
    const message = await place.heard("before it is switched off");
    const { version } = await place.row();
    await place.act((tx) => setChannelState(tx, place.channelId, "paused", version));
    const said = await place.say("while it is off");
    place.house.clock.advance(2_500);
    await place.take(said.told);
    await place.drain();
    expect(await place.messages()).toHaveLength(1);
    const id = place.adapter.send ? await place.reply(message, "Not now.") : null;
    if (id) {
      await place.channels.drainOutbox();
      expect(await place.delivery(id)).toMatchObject({ state: "held" });
      expect(await place.ours.accepted()).toEqual([]);
    }
    await place.act((tx) => setChannelState(tx, place.channelId, "on", version + 1));
    await place.drain();
    expect((await place.message(said.externalId))?.state).toBe("live");
    if (id) {
      expect(await place.settle(id)).toMatchObject({ state: "sent" });
      const text = signed("Not now.", mainAudience(place.adapter.capabilities));
      expect((await place.ours.accepted()).map((a) => a.text)).toEqual([text]);
    }
    await disconnected(await open());
    if (place.ours.shut) await gone(await open());
  },
};

/** Nothing comes in by the old address, nothing leaves, and the secret is not here any more. */
async function disconnected(place: Place): Promise<void> {
  const message = await place.heard("before it is disconnected");
  const { version } = await place.row();
  await place.act((tx) => disconnect(tx, place.channelId, version));
  place.house.clock.advance(2_500);
  place.channels.receiver.forget(place.channelId);
  if (place.adapter.webhook) {
    const { body } = (await place.say("to the old address")).told;
    expect((await place.push(body)).status).toBe(404);
  }
  if (place.adapter.send) {
    const refused = await place.reply(message, "Too late.").catch((error: { code?: string }) => error);
    if (typeof refused === "string") {
      await place.channels.drainOutbox();
      expect((await place.delivery(refused)).state).not.toBe("sent");
    }
    // In our own database its lines are found by the address that is nobody's any more.
    if (!place.adapter.capabilities.receive.modes.includes("inproc")) expect(await place.ours.accepted()).toEqual([]);
  }
  expect((await place.row()).secret).toBeNull();
  expect((await place.message(message.externalId))?.text, "what was said stays").toBe(message.text);
}

/** The account is deleted: all that it said here goes, and nothing of anybody else. */
async function gone(place: Place): Promise<void> {
  const [leaving, staying] = [await place.stranger(), await place.stranger()];
  const first = await place.heard("words of somebody who leaves", { who: leaving });
  const second = await place.heard("and a few more", { who: leaving });
  const other = await place.heard("words of somebody who stays", { who: staying });
  const told = await place.ours.shut!(leaving);
  place.house.clock.advance(1_000);
  await place.take(told);
  await place.drain();
  for (const { externalId } of [first, second])
    expect(await place.message(externalId)).toMatchObject({ state: "tombstone", text: "" });
  expect((await place.message(other.externalId))?.text).toBe(other.text);
}
