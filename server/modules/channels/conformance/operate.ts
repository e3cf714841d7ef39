import { Writable } from "node:stream";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import pino from "pino";
import { expect } from "vitest";
import type { Adapter } from "../domain/adapter.ts";
import { healthOf } from "../domain/channel-health.ts";
import type { NetworkFailure } from "../domain/errors.ts";
import { createRateBudget, type RateBudget, reserveOf } from "../domain/rate-budget.ts";
import { factsOf } from "../health/facts.ts";
import { reparseChannel } from "../inbound/reparse.ts";
import { openAlarms } from "../store/alarm-store.ts";
import { type Bodies, need } from "./body.ts";
import type { Said, Told } from "./kit.ts";
import { openHooks, type Place } from "./place.ts";

/** O1, O2, O3, O5, O7: what an operator relies on. */
export const operateCases: Bodies = {
  async O1(place) {
    const { adapter, house } = place;
    const causes = async () => {
      await place.channels.inspect();
      return (await place.act((tx) => openAlarms(tx, place.channelId))).map((alarm) => alarm.cause);
    };
    const message = await place.heard("are you well");
    if (adapter.pull) await place.channels.reconcile(place.channelId);
    for (const cause of ["sign-in", "push-silent", "behind"]) expect(await causes()).not.toContain(cause);
    await later(place, await place.ours.poison());
    await place.drain();
    expect(
      (await troubles(place)).map((t) => t.cause),
      "what could not be read",
    ).toContain("unread");

    // Each of them within five minutes.
    if (adapter.webhook && adapter.pull?.streams.some((s) => s.purpose === "reconcile")) {
      house.clock.advance(1_000);
      for (const n of [1, 2, 3]) await place.say(`nobody pushed this, ${n}`);
      await place.channels.reconcile(place.channelId);
      await place.drain();
      house.clock.advance(90_000);
      expect(await causes(), "found only by looking").toContain("push-silent");
    }
    if (adapter.pull?.streams.some((s) => s.purpose !== "backfill")) {
      house.clock.advance(5 * 60_000);
      expect(await causes(), "nothing was read for five minutes").toContain("behind");
    }
    if (!adapter.send || adapter.capabilities.credentials === "none") return;
    if (place.ours.sessions) place.ours.sessions.revoke();
    else await place.ours.fault({ kind: "unauthorized", times: 5 });
    await place.reply(message, "Nobody will read this.");
    await place.channels.drainOutbox();
    expect(await causes(), "our credential is refused").toContain("sign-in");
    expect((await place.announced("ChannelIll")).map((e) => e.cause)).toContain("sign-in");
  },

  async O2(place) {
    const { adapter, house } = place;
    const limit = 20;
    const rules = adapter.capabilities.rate.map((rule) => ({ ...rule, limit, windowMs: 60_000 }));
    const budget = createRateBudget(rules);
    // The counterpart's own limits are larger, and what it says of them is not listened to here.
    const tight: RateBudget = { ...budget, observe: () => {} };
    const { pull, send } = adapter;
    const limited: Adapter = {
      ...adapter,
      ...(pull && {
        pull: {
          ...pull,
          pull: (access, stream, since, _budget, signal) => pull.pull(access, stream, since, tight, signal),
        },
      }),
      send: {
        ...send!,
        sendPart: (access, delivery, part, _budget, signal) => send!.sendPart(access, delivery, part, tight, signal),
      },
    };
    const channels = place.another({ adapter: limited });
    const message = await place.heard("is anybody left to answer");
    let refused = 0;
    for (let i = 0; i < 3 * limit && pull; i++)
      await channels.reconcile(place.channelId).catch((error: NetworkFailure) => {
        expect(error.data).toMatchObject({ class: "rate-limited", retryable: true });
        refused++;
      });
    // Whatever else listens: it takes all that it may.
    for (const { bucket } of rules) while (tight.wait(bucket, "listening", house.clock.now()) === 0) {}
    if (pull) expect(refused, "listening was told to wait").toBeGreaterThan(0);
    for (const [name, { remaining }] of budget.buckets(house.clock.now()))
      expect(remaining, `${name} has its reserve`).toBe(reserveOf(limit, "listening"));
    const id = await place.reply(message, "We are.");
    await channels.drainOutbox();
    expect((await place.delivery(id)).state, "an answer goes while listening waits").toBe("sent");
  },

  async O3(place) {
    const said: Said[] = [];
    for (let i = 0; i < 400; i++) said.push(await place.say(`a long run, number ${i}`));
    const takeIn = async (from: number, to: number) => {
      for (const body of bodiesOf(place, said.slice(from, to))) await later(place, body);
      await place.drain();
    };
    // All is said before, so that what a network in this process keeps of it is not counted.
    await takeIn(0, 100);
    const warm = alive();
    await takeIn(100, 400);
    const left = (alive() - warm) / 300;
    expect(await place.messages()).toHaveLength(400);
    expect(left, "bytes that each message leaves behind").toBeLessThan(MOST_PER_MESSAGE);
  },

  async O5(place) {
    const said = await place.say("read me again");
    await place.take(said.told);
    if (place.ours.edit) await later(place, await place.ours.edit(said, "read me again, please"));
    const gone = await place.say("take me away");
    await later(place, gone.told);
    if (place.ours.remove) await later(place, await place.ours.remove(gone));
    await place.drain();
    const before = await place.messages();
    const told = await heardOf(place);
    const reopened = await place.act((tx) => reparseChannel(tx, place.channelId, "all"));
    // Without `redactRaw` no copy is kept, so there is nothing to read again.
    if (place.adapter.redactRaw) expect(reopened).toBeGreaterThan(0);
    await place.drain();
    expect(await place.messages()).toEqual(before);
    expect(await heardOf(place)).toEqual(told);
    expect(await place.quarantined()).toBe(0);
  },

  async O7(place) {
    const { log, written } = loud();
    const channels = place.another({ log });
    const app = await openHooks(channels, log);
    const words = "my password is swordfish-7";
    const said = await place.say(words);
    await place.take(said.told);
    await later(place, await place.ours.poison());
    await channels.drainInbound();
    if (place.adapter.webhook) {
      const signature = need(place.ours.sign, "sign")(said.told.body, place.house.clock.now());
      const forged = Object.fromEntries(Object.keys(signature).map((name) => [name, `v1=${"f".repeat(64)}`]));
      for (const headers of [signature, forged])
        await app.inject({
          method: "POST",
          url: `/hooks/${place.hookId}`,
          payload: Buffer.from(said.told.body),
          headers,
        });
      for (const value of Object.values(signature)) expect(written()).not.toContain(value);
    }
    if (place.adapter.send && place.ours.faults.includes("unauthorized")) {
      await place.ours.fault({ kind: "unauthorized" });
      await place.reply((await place.message(said.externalId))!, "Words of an agent.");
      await channels.drainOutbox();
    }
    const failing = place.another({ log, adapter: throwing(place) });
    await place.take((await place.say("and more")).told).catch(() => {});
    await failing.drainInbound();
    await app.close();
    expect(written(), "something was logged").not.toBe("");
    for (const secret of Object.values(place.ours.channel.secret ?? {}).filter((s) => s.length >= 8))
      expect(written()).not.toContain(secret);
    for (const said of ["swordfish-7", "Words of an agent"]) expect(written()).not.toContain(said);
  },
};

async function troubles(place: Place) {
  const { adapter } = place;
  const row = await place.row();
  const facts = await place.act((tx) => factsOf(tx, [row], { [adapter.network]: adapter }));
  return healthOf(facts.get(row.id)!, place.house.clock.now()).troubles;
}

/** What the collector leaves by chance weighs more here than in `npm run bench -- soak`, which looks over 100,000. */
const MOST_PER_MESSAGE = 3_000;

function bodiesOf(place: Place, said: readonly Said[]): Told[] {
  const told = said.map((s) => s.told);
  return place.ours.together ? [place.ours.together(told)] : told;
}

/** Bytes that live in this process, after everything that can go has gone. */
function alive(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  for (let i = 0; i < 3; i++) collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function later(place: Place, told: Parameters<Place["take"]>[0]): Promise<void> {
  place.house.clock.advance(1_000);
  await place.take(told);
}

async function heardOf(place: Place): Promise<number[]> {
  const types = ["MessageReceived", "MessageEdited", "MessageDeleted"];
  return Promise.all(types.map(async (type) => (await place.announced(type)).length));
}

/** A parser that falls over with everything it knows in its hands. */
function throwing({ adapter }: Place): Place["adapter"] {
  return {
    ...adapter,
    parse() {
      throw new Error("the parser fell over");
    },
  };
}

function loud() {
  let text = "";
  const sink = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  return { log: pino({ level: "trace" }, sink), written: () => text };
}
