import { afterAll, beforeAll, expect, it } from "vitest";
import { setStop } from "#modules/company";
import { sql } from "#platform/db";
import { openTown, type Town } from "../../../../tests/support/channels-kit.ts";
import { deliveriesById } from "../index.ts";

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());

it("a crisis holds back what is public, all but what its spokesperson says, in the same thread too", async () => {
  const us = await town.company();
  const post = await town.sim("POST", "/sim/v1/posts", { text: `@${us.handle} where is my parcel` }, "carla");
  await us.push(await us.feed());
  await us.channels.drainInbound();
  const stateOf = async (id: string) => (await us.act((tx) => deliveriesById(tx, [id]))).get(id)!.state;
  // In this town replies are written by an agent who has the brand's id.
  const [speakerId, other] = [us.brandId, us.channelId];
  const pause = (who: string) =>
    us.act((tx) => {
      const crisis = { id: us.channelId, speakerId: who };
      return setStop(tx, { brandId: us.brandId, on: true, reason: "Crisis", by: null, crisis });
    });
  await pause(other);
  const held = await us.reply(post, "Not mine to say.");
  await us.channels.drainOutbox();
  expect(await stateOf(held)).toBe("held");
  // What is held of somebody else stands before nobody's words in the same thread.
  await us.act((tx) => sql`update delivery set agent_id = ${other} where id = ${held}`.execute(tx.tables()));
  town.clock.advance(1_000);
  await pause(speakerId);
  const said = await us.reply(post, "We are on it.");
  await us.channels.drainOutbox();
  expect(await stateOf(said)).toBe("sent");
  expect(await stateOf(held)).toBe("held");
});
