import { expect } from "vitest";
import type { Database } from "#platform/db";
import { hooksRefused } from "../inbound/counters.ts";
import { type Bodies, need } from "./body.ts";
import { openHooks, type Place } from "./place.ts";

const SECOND = 1_000;

/** W1 to W8: what a stranger at our address can and cannot do. */
export const webhookCases: Bodies = {
  async W1(place) {
    const golden = need(place.counterpart.golden, "golden");
    const { channel } = place.ours;
    const access = {
      ...{ channelId: place.channelId, externalId: channel.externalId, handle: channel.handle, config: {} },
      secret: golden.secret,
    };
    expect(place.adapter.webhook!.verify(golden.request, access, golden.at)).toMatchObject({ ok: true });
    const said = await place.say("signed by ourselves");
    await place.take(said.told);
    await place.drain();
    expect(await place.messages()).toHaveLength(1);
  },

  async W2(place) {
    const { clock } = place.house;
    const { body } = (await place.say("do you believe this")).told;
    const good = need(place.ours.sign, "sign")(body, clock.now());
    const before = await refused(place);
    let tried = 0;
    for (const [name, value] of Object.entries(good))
      for (const wrong of forgeries(value)) {
        if (wrong === value) continue;
        const { [name]: _, ...others } = good;
        const headers = wrong === null ? others : { ...others, [name]: wrong };
        // Headers of HTTP lose outer white space on the way, so those are shown to the adapter itself.
        if (wrong === null || wrong.trim() === wrong) {
          expect((await place.push(body, { headers })).status, `${name}: ${wrong}`).toBe(401);
          tried++;
        } else expect(ask(place, body, headers), `${name}: ${wrong}`).toMatchObject({ ok: false });
      }
    for (let at = 0; at < body.length; at += Math.ceil(body.length / 7)) {
      const other = Uint8Array.from(body);
      other[at]! ^= 1;
      expect((await place.push(other, { headers: good })).status).toBe(401);
      tried++;
    }
    expect(await place.stored()).toBe(0);
    expect(await refused(place)).toBe(before + tried);
    for (const secret of [{}, Object.fromEntries(Object.keys(place.ours.channel.secret ?? {}).map((k) => [k, ""]))])
      expect(ask(place, body, good, secret)).toMatchObject({ ok: false });
  },

  async W3(place) {
    const { clock } = place.house;
    const { told } = await place.say("schön 🎉 gesagt");
    const headers = need(place.ours.sign, "sign")(told.body, clock.now());
    // What a middleware does that parses and writes anew: the same content, other bytes.
    const spaced = Buffer.concat([Buffer.from(told.body), Buffer.from(" ")]);
    expect((await place.push(spaced, { headers })).status).toBe(401);
    const escaped = asciiOnly(told.body);
    if (escaped) {
      expect((await place.push(escaped, { headers })).status).toBe(401);
      expect((await place.push(escaped)).status).toBe(200);
    } else await place.take(told);
    await place.drain();
    expect((await place.messages()).map((m) => m.text)).toEqual([expect.stringContaining("schön 🎉 gesagt")]);
  },

  async W4(place) {
    const { clock } = place.house;
    const { body } = (await place.say("again and again")).told;
    const sign = need(place.ours.sign, "sign");
    const headers = sign(body, clock.now());
    const bodyOnly = JSON.stringify(headers) === JSON.stringify(sign(body, clock.now() + 60 * SECOND));
    for (let i = 0; i < 3; i++) expect((await place.push(body, { headers })).status).toBe(200);
    await place.drain();
    expect(await place.messages()).toHaveLength(1);
    // A signature that knows no time cannot be stale; then the content alone keeps it one message.
    if (bodyOnly) return;
    expect(await place.stored()).toBe(1);
    for (const [ahead, status] of [
      [-299, 200],
      [299, 200],
      [-301, 401],
      [301, 401],
    ] as const)
      expect((await place.push(body, { headers: sign(body, clock.now() + ahead * SECOND) })).status, `${ahead} s`).toBe(
        status,
      );
    await place.drain();
    expect(await place.messages()).toHaveLength(1);
  },

  async W5(place) {
    const { good, answer, bad } = need(place.ours.handshake, "handshake");
    const { channel } = place.ours;
    const access = {
      ...{ channelId: place.channelId, externalId: channel.externalId, handle: channel.handle },
      ...{ config: channel.config ?? {}, secret: channel.secret ?? {} },
    };
    expect(place.adapter.webhook!.handshake!(good, access)).toMatchObject({ status: 200, body: answer });
    const { body } = (await place.say("sign this for me")).told;
    const forged = Object.values(place.ours.sign?.(body, place.house.clock.now()) ?? {});
    for (const request of bad) {
      const given = place.adapter.webhook!.handshake!(request, access);
      if (given) expect(given.status).toBeGreaterThanOrEqual(400);
      for (const signature of forged) expect(given?.body ?? "").not.toContain(signature);
    }
  },

  async W6(place) {
    const receiver = place.adapter.webhook!;
    const { ackDeadlineMs } = place.adapter.capabilities.receive;
    expect(ackDeadlineMs, "receive.ackDeadlineMs says what the receiver keeps to").toBe(receiver.deadlineMs);
    const { db, hold, release } = slow(place.house.db);
    // A short deadline of the same kind, so that the test need not wait for a long one.
    const channels = place.another({ db, adapter: { ...place.adapter, webhook: { ...receiver, deadlineMs: 4_500 } } });
    const app = await openHooks(channels, place.house.log);
    const { told } = await place.say("are you slow today");
    const post = () =>
      app.inject({
        ...{ method: "POST", url: `/hooks/${place.hookId}`, payload: Buffer.from(told.body) },
        headers: { "content-type": "application/json", ...place.ours.sign?.(told.body, place.house.clock.now()) },
      });
    // The hook's owner is known already when the database becomes slow.
    expect((await post()).statusCode).toBe(200);
    hold();
    const later = (await place.say("and now")).told;
    const answer = await app.inject({
      ...{ method: "POST", url: `/hooks/${place.hookId}`, payload: Buffer.from(later.body) },
      headers: { "content-type": "application/json", ...place.ours.sign?.(later.body, place.house.clock.now()) },
    });
    expect(answer.statusCode).toBe(503);
    expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
    release();
    // The network comes again, and it is one message.
    place.house.clock.advance(SECOND);
    await place.take(later);
    await channels.drainInbound();
    await place.drain();
    expect(await place.messages()).toHaveLength(2);
    await app.close();
  },

  async W7(place) {
    const { body } = (await place.say("by way of a proxy")).told;
    const proxied: readonly Record<string, string>[] = [
      {},
      {
        host: "desk.example:8443",
        "x-forwarded-host": "desk.example",
        "x-forwarded-proto": "https",
        "x-forwarded-port": "8443",
      },
      { host: "127.0.0.1:1", "x-forwarded-for": "203.0.113.7, 10.0.0.1", forwarded: 'for="[2001:db8::1]";proto=https' },
    ];
    for (const extra of proxied) {
      place.house.clock.advance(SECOND);
      const headers = { ...need(place.ours.sign, "sign")(body, place.house.clock.now()), ...extra };
      expect((await place.push(body, { headers })).status).toBe(200);
    }
    await place.drain();
    expect(await place.messages()).toHaveLength(1);
  },

  async W8(place, { open }) {
    const other = await open();
    const { body } = (await place.say("not for you")).told;
    const headers = need(place.ours.sign, "sign")(body, place.house.clock.now());
    expect((await place.push(body, { headers, hookId: "A".repeat(32) })).status).toBe(404);
    expect([400, 404]).toContain((await place.push(body, { headers, hookId: "../channels" })).status);
    // This process serves the other account as well, as a real one does.
    expect((await place.push(body, { headers, hookId: other.hookId })).status).toBe(401);
    expect([await place.stored(), await other.stored()]).toEqual([0, 0]);
  },
};

async function refused(place: Place): Promise<number> {
  const { values } = await hooksRefused.get();
  return values.filter((v) => v.labels.network === place.adapter.network).reduce((sum, v) => sum + v.value, 0);
}

function ask(
  place: Place,
  body: Uint8Array,
  headers: Readonly<Record<string, string>>,
  secret = place.ours.channel.secret ?? {},
) {
  const { externalId, handle, config = {} } = place.ours.channel;
  const access = { channelId: place.channelId, externalId, handle, config, secret };
  return place.adapter.webhook!.verify({ method: "POST", query: {}, headers, body }, access, place.house.clock.now());
}

/** What somebody without the secret would try instead of a good value; null: nothing at all. */
function forgeries(value: string): (string | null)[] {
  const last = value.at(-1) === "0" ? "1" : "0";
  const prefix = /^([a-z0-9]+)=/i.exec(value)?.[1];
  return [
    ...[null, "", "x", `${value.slice(0, -1)}${last}`, value.slice(0, -1), `${value}0`, ` ${value}`, `${value} `],
    ...[value.toUpperCase(), `${value},${value}`, value.replace("=", " = ")],
    ...(prefix ? [value.slice(prefix.length + 1), value.replace(prefix, "md5"), value.replace(prefix, "sha1")] : []),
  ];
}

/** JSON with every sign beyond ASCII written as an escape; null for what is no JSON. */
function asciiOnly(body: Uint8Array): Uint8Array | null {
  try {
    const text = JSON.stringify(JSON.parse(Buffer.from(body).toString()));
    const escaped = text.replace(
      /[\u0080-\uffff]/g,
      (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
    return Buffer.from(escaped);
  } catch {
    return null;
  }
}

/** A database that does not answer while it is held. */
function slow(db: Database): { db: Database; hold(): void; release(): void } {
  let gate: Promise<void> | null = null;
  let open = () => {};
  const withAccount: Database["withAccount"] = async (...args) => {
    await gate;
    return db.withAccount(...args);
  };
  return {
    db: Object.create(db, { withAccount: { value: withAccount } }) as Database,
    hold() {
      gate = new Promise((resolve) => {
        open = resolve;
      });
    },
    release() {
      gate = null;
      open();
    },
  };
}
