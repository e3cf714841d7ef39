import { expect } from "vitest";
import type { Adapter, PartOutcome, Reconciled, Sender } from "../domain/adapter.ts";
import { retryDelivery } from "../outbox/deliveries.ts";
import type { ChannelsOptions } from "../start.ts";
import { type Bodies, need } from "./body.ts";
import { mainAudience } from "./cases.ts";
import type { Fault } from "./kit.ts";
import { type Place, signed } from "./place.ts";

/** S2 to S8, S13: what becomes of a reply when network, line or process fail it. */
export const sendCases: Bodies = {
  async S2(place, { open }) {
    const other = await open();
    const elsewhere = await other.heard("a question of somebody else");
    for (const says of waysToSay(place.adapter)) {
      const message = await place.heard(`what does it cost, ${says}`);
      const waitMs = 30_000;
      await place.ours.fault({ kind: "rate-limited", says, waitMs });
      const before = (await place.ours.accepted()).length;
      const ids = [await place.reply(message, `First, ${says}.`), await place.reply(message, `Second, ${says}.`)];
      await place.channels.drainOutbox();
      expect(await place.delivery(ids[0]!), says).toMatchObject({ state: "pending", error: { class: "rate-limited" } });
      if (says === "seconds" || says === "date" || says === "reset") {
        place.house.clock.advance(waitMs - 2_000);
        await place.channels.drainOutbox();
        expect((await place.ours.accepted()).length, `${says}: nothing before its time`).toBe(before);
        place.house.clock.advance(3_000);
      }
      for (const id of ids) expect(await place.settle(id), says).toMatchObject({ state: "sent" });
      const texts = (await place.ours.accepted()).slice(before).map((a) => a.text.split(",")[0]);
      expect(texts, says).toEqual(["First", "Second"]);
      expect((await place.row()).state, `${says}: too many calls is no trouble of the channel`).toBe("on");
    }
    await place.ours.fault({ kind: "rate-limited", says: "nothing", waitMs: 60_000 });
    const stuck = await place.reply((await place.messages()).find((m) => m.direction === "in")!, "I wait.");
    await place.channels.drainOutbox();
    const quick = await other.reply(elsewhere, "I do not.");
    await other.channels.drainOutbox();
    expect((await other.delivery(quick)).state).toBe("sent");
    expect((await place.delivery(stuck)).state).toBe("pending");
    await place.settle(stuck);
  },

  async S3(place) {
    const message = await place.heard("do you know who you are");
    const { sessions } = place.ours;
    if (place.adapter.capabilities.credentials === "renewed") {
      const { expire, renewed } = need(sessions, "sessions");
      await place.settle(await place.reply(message, "Signed in."));
      const before = renewed();
      expire();
      const threads = await Promise.all([1, 2, 3].map((i) => place.heard(`question ${i}`)));
      const ids = [];
      for (const to of threads) ids.push(await place.reply(to, "All at once."));
      await place.channels.drainOutbox();
      for (const id of ids) expect((await place.delivery(id)).state).toBe("sent");
      expect(renewed(), "renewed once for three calls at once").toBe(before + 1);
      // Another process starts from what was stored.
      const next = place.another();
      expect(await place.settle(await place.reply(message, "By another one."), next)).toMatchObject({ state: "sent" });
      expect(renewed()).toBe(before + 1);
    }
    const before = (await place.announced("ChannelChanged")).length;
    if (sessions) sessions.revoke();
    else await place.ours.fault({ kind: "unauthorized", times: 3 });
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) ids.push(await place.reply(await place.heard(`and now, ${i}`), "Nobody hears this."));
    await place.channels.drainOutbox();
    expect(await place.row()).toMatchObject({ state: "needs-reauth", trouble: expect.stringMatching(/\S/) });
    const told = (await place.announced("ChannelChanged")).slice(before);
    expect(
      told.map((e) => e.state),
      "told once",
    ).toEqual(["needs-reauth"]);
    const last = await place.reply(message, "Held, not burnt.");
    await place.channels.drainOutbox();
    expect((await place.delivery(last)).state).toBe("held");
  },

  async S4(place) {
    const message = await place.heard("will you be killed");
    const real = place.adapter.send!;
    const dying = withSend(place, {
      async sendPart(...args) {
        await real.sendPart(...args);
        return new Promise(() => {});
      },
    });
    const id = await place.reply(message, "Sent, then killed.");
    await dying.drainOutbox().catch(() => {});
    expect(await place.ours.accepted()).toHaveLength(1);
    expect(["in-flight", "unknown"]).toContain((await place.delivery(id)).state);
    await endsWell(place, id, { sure: true });
    expect(await place.ours.accepted()).toHaveLength(1);
  },

  async S5(place) {
    const real = place.adapter.send!;
    const lost: PartOutcome = { state: "unknown", why: "timeout" };
    const message = await place.heard("did it arrive");
    const created = withSend(place, {
      async sendPart(...args) {
        await real.sendPart(...args);
        return lost;
      },
    });
    const there = await place.reply(message, "It is there.");
    await created.drainOutbox();
    await endsWell(place, there, { sure: true });
    expect(await place.ours.accepted()).toHaveLength(1);

    const nothing = withSend(place, { sendPart: async () => lost });
    const notThere = await place.reply(message, "It is not there.");
    await nothing.drainOutbox();
    await endsWell(place, notThere, { sure: false });

    // Whatever the network can tell: one that tells nothing leaves it to a person, and nothing is sent meanwhile.
    const before = (await place.ours.accepted()).length;
    const mute = withSend(place, {
      sendPart: async () => lost,
      reconcile: async (): Promise<Reconciled> => ({ found: false, sure: false }),
    });
    const unclear = await place.reply(await place.heard("and this one"), "Nobody knows.");
    expect(await place.settle(unclear, mute)).toMatchObject({ state: "unknown", error: { forHuman: true } });
    expect(await place.ours.accepted()).toHaveLength(before);

    for (const kind of place.ours.faults) if (isLineFault(kind)) await lineFault(place, kind);
  },

  async S6(place) {
    const real = place.adapter.send!;
    const message = await place.heard("tell me everything");
    let failed = 0;
    const sender = withSend(place, {
      async sendPart(access, delivery, part, ...rest) {
        if (part.index !== 1 || failed++ > 0) return real.sendPart(access, delivery, part, ...rest);
        return { state: "failed", error: { class: "invalid", retryable: false, message: "not this one" } };
      },
    });
    const id = await place.reply(message, longText(place, 2.4));
    expect(await place.settle(id, sender)).toMatchObject({ state: "failed" });
    const { parts } = await place.delivery(id);
    expect(parts.length).toBeGreaterThanOrEqual(3);
    expect(parts.map((p) => p.state).slice(0, 3)).toEqual(["sent", "failed", "pending"]);
    expect(await place.ours.accepted()).toHaveLength(1);
    await place.act((tx) => retryDelivery(tx, id));
    expect(await place.settle(id, sender)).toMatchObject({ state: "sent" });
    const accepted = await place.ours.accepted();
    expect(accepted.map((a) => a.text)).toEqual(parts.map((p) => p.text));
    const chain = (await place.delivery(id)).parts.map((p) => p.externalId);
    expect(accepted.map((a) => a.externalId)).toEqual(chain);
  },

  async S7(place) {
    const { clock } = place.house;
    const { capabilities } = place.adapter;
    const message = await place.heard("be quick");
    const id = await place.reply(message, "Too late.", {
      notBefore: clock.now() + 10_000,
      notAfter: clock.now() + 20_000,
    });
    clock.advance(30_000);
    await place.channels.drainOutbox();
    expect(await place.delivery(id)).toMatchObject({ state: "failed", error: { class: "window-closed" } });
    const rule = mainAudience(capabilities) === "public" ? capabilities.canReplyPublic : capabilities.canReplyPrivate;
    if (rule.durationMs && !rule.extension) {
      const late = await place.reply(message, "Much too late.", { notBefore: clock.now() + rule.durationMs + 60_000 });
      clock.advance(rule.durationMs + 120_000);
      await place.channels.drainOutbox();
      expect(await place.delivery(late)).toMatchObject({ state: "failed", error: { class: "window-closed" } });
    }
    expect(await place.ours.accepted()).toEqual([]);
  },

  async S8(place) {
    if (place.ours.remove) {
      const said = await place.say("forget it");
      await place.take(said.told);
      await place.drain();
      const message = (await place.message(said.externalId))!;
      const told = await place.ours.remove(said);
      place.house.clock.advance(1_000);
      await place.take(told);
      await place.drain();
      const id = await place.reply(message, "Forgotten.");
      await place.channels.drainOutbox();
      expect(await place.delivery(id)).toMatchObject({ state: "failed", error: { class: "not-found" } });
      expect(await place.ours.accepted()).toEqual([]);
    }
    for (const as of place.ours.refusals ?? []) {
      await place.ours.fault({ kind: "refused", as });
      const id = await place.reply(await place.heard(`refused as ${as}`), "Please.");
      await place.channels.drainOutbox();
      expect((await place.delivery(id)).error, as).toMatchObject({ class: as, message: expect.stringMatching(/\S/) });
      // Only a credential that is refused is a trouble of the whole channel.
      expect((await place.row()).state, as).toBe("on");
      await place.settle(id);
    }
  },

  async S13(place) {
    const real = place.adapter.send!;
    const message = await place.heard("are you closing");
    let goOn = () => {};
    const gate = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let inside = () => {};
    const begun = new Promise<void>((resolve) => {
      inside = resolve;
    });
    const stopping = withSend(place, {
      async sendPart(...args) {
        inside();
        await gate;
        return real.sendPart(...args);
      },
    });
    const id = await place.reply(message, "One more thing.");
    const draining = stopping.drainOutbox();
    await begun;
    const closed = stopping.close();
    goOn();
    await Promise.all([closed, draining]);
    expect(await place.settle(id)).toMatchObject({ state: "sent" });
    expect((await place.ours.accepted()).map((a) => a.text)).toEqual([signed("One more thing.", audienceOf(place))]);
  },
};

const audienceOf = (place: Place) => mainAudience(place.adapter.capabilities);

function withSend(place: Place, change: Partial<Sender>, more: Partial<ChannelsOptions> = {}) {
  const { adapter } = place;
  return place.another({ ...more, adapter: { ...adapter, send: { ...adapter.send!, ...change } } });
}

/** The forms in which a network says how long to wait, from its own data; and none at all, which any may fall into. */
function waysToSay({ capabilities }: Adapter): Extract<Fault, { kind: "rate-limited" }>["says"][] {
  const headers = capabilities.rate.flatMap((r) => r.headers ?? []);
  return [
    ...(headers.some((h) => h.retryAfter) ? (["seconds", "date"] as const) : []),
    ...(headers.some((h) => h.reset) ? (["reset"] as const) : []),
    "nothing",
  ];
}

/** Found on the network, or sent for the one time; or nobody can know and a person is asked. Never twice. */
async function endsWell(place: Place, id: string, { sure }: { sure: boolean }): Promise<void> {
  const before = (await place.ours.accepted()).length;
  const end = await place.settle(id);
  const after = (await place.ours.accepted()).length;
  if (end.state === "sent") expect(after - before, "sent for the one time").toBe(sure ? 0 : 1);
  else {
    expect(end, "a person decides").toMatchObject({ state: "unknown", error: { forHuman: true } });
    expect(after).toBe(before);
    expect(place.adapter.capabilities.sendIdempotency, "a network with a key of its own can be asked").toBe(
      "reconcile-only",
    );
  }
}

const isLineFault = (
  kind: Fault["kind"],
): kind is Exclude<Fault["kind"], "rate-limited" | "refused" | "unauthorized"> =>
  kind !== "rate-limited" && kind !== "refused" && kind !== "unauthorized";

/** The same on the real line: the counterpart takes it or not, and the answer is lost. */
async function lineFault(place: Place, kind: Parameters<typeof isLineFault>[0]): Promise<void> {
  const message = await place.heard(`a bad line, ${kind}`);
  await place.ours.fault({ kind } as Fault);
  const text = `Through a bad line, ${kind}.`;
  const end = await place.settle(await place.reply(message, text));
  const found = (await place.ours.accepted()).filter((a) => a.text.startsWith(text));
  if (end.state === "sent") expect(found, kind).toHaveLength(1);
  else {
    expect(end, kind).toMatchObject({ state: "unknown", error: { forHuman: true } });
    expect(found.length, kind).toBeLessThanOrEqual(1);
  }
}

/** So many times as long as one message may be. */
function longText(place: Place, times: number): string {
  const rule = place.adapter.capabilities.length[audienceOf(place)];
  const max = rule && "max" in rule ? rule.max : 1_000;
  let text = "";
  for (let i = 1; text.length < max * times; i++) text += `word${i} `;
  return text.trim();
}
