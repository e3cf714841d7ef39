import { afterAll, beforeAll, expect, it } from "vitest";
import { type Company, openTown, type Town } from "../../../../tests/support/channels-kit.ts";
import { DAY } from "../../../platform/clock.ts";
import { accessOf } from "../channels.ts";
import type { Connector } from "../domain/connector.ts";
import { findChannel } from "../store/channel-store.ts";
import { answersWith, checkAnswers, exchangeSecret, marksOf, openAnswers } from "./connect.ts";
import { nextLook } from "./next-look.ts";

let town: Town;
let us: Company;
beforeAll(async () => {
  town = await openTown();
  us = await town.company();
});
afterAll(() => town.close());

const connector = {
  needs: [
    { name: "baseUrl", kind: "url", required: true },
    { name: "colour", kind: "choice", required: false, choices: ["red", "blue"] },
    { name: "privateNetwork", kind: "switch", required: false },
    { name: "token", kind: "secret", required: true, sealed: true },
    { name: "appSecret", kind: "secret", required: true, sealed: true },
  ],
  keeps: ["replyKey"],
  answersOf: ({ config }: { config: Record<string, unknown> }) => ({ baseUrl: String(config.baseUrl) }),
} as unknown as Connector;

const read = () =>
  us.act(async (tx) => {
    const row = (await findChannel(tx, us.channelId))!;
    return { row, access: await accessOf(tx, row) };
  });
const exchange = (secret: Record<string, string>, before: string, expectedVersion: number) =>
  us.act((tx) => {
    const made = { externalId: us.profileId, handle: us.handle, config: {}, secret };
    return exchangeSecret(tx, connector, { channelId: us.channelId, expectedVersion, before, made });
  });

it("a session that renewed itself meanwhile does not stand in the way, another secret does, and our own keys stay", async () => {
  const first = await read();
  const before = marksOf(connector, first.access);
  const whole = { ...first.access.secret, replyKey: "made-by-us", session: "old" };
  await exchange(whole, before, first.row.version);
  const second = await read();
  // Only a session differs: the marks are of what people gave.
  expect(marksOf(connector, { ...second.access, secret: { ...whole, session: "renewed" } })).toBe(before);
  await exchange({ token: "new", appSecret: "s", replyKey: "another", session: "new" }, before, second.row.version);
  const third = await read();
  expect(third.access.secret).toEqual({ token: "new", appSecret: "s", replyKey: "made-by-us", session: "new" });
  await expect(exchange({ token: "late" }, before, third.row.version)).rejects.toThrow(/changed meanwhile/);
  await expect(exchange({ token: "late" }, marksOf(connector, third.access), 1)).rejects.toThrow(/changed meanwhile/);
});

it("a new secret is tried with all that is known, and only what is no secret is kept in the open", () => {
  const access = { config: { baseUrl: "http://127.0.0.1" }, secret: { token: "old", appSecret: "kept" } } as never;
  const kept = { config: { answers: { baseUrl: "http://localhost" } }, secret: {} } as never;
  expect(answersWith(connector, access, { token: "new" })).toEqual({
    ...{ baseUrl: "http://127.0.0.1", token: "new", appSecret: "kept" },
  });
  expect(answersWith(connector, kept, {})).toEqual({ baseUrl: "http://localhost" });
  expect(openAnswers(connector.needs, { baseUrl: "x", token: "secret", colour: "" })).toEqual({ baseUrl: "x" });
});

it.each([
  [{ baseUrl: "x", __proto__: "y" }, false, null],
  [{ strange: "x" }, false, /no answer called strange/],
  [{ colour: "green" }, false, /one of: red, blue/],
  [{ colour: "red", privateNetwork: "false" }, false, null],
  [{ privateNetwork: "true" }, false, /HUBBUB_PRIVATE_NETWORKS/],
  [{ privateNetwork: " true\n" }, false, /HUBBUB_PRIVATE_NETWORKS/],
  [{ privateNetwork: "true" }, true, null],
])("answers are looked through: %j", (answers, mayBeInside, says) => {
  const look = () => checkAnswers(connector.needs, answers as never, mayBeInside);
  if (says === null) expect(look).not.toThrow();
  else expect(look).toThrow(says);
});

it("looks are spread by a fifth, and are made once a day unless the network says otherwise", () => {
  expect([nextLook(0, undefined, 0), nextLook(0, undefined, 1)]).toEqual([0.9 * DAY, Math.round(1.1 * DAY)]);
  expect(nextLook(1_000, 60_000, 0.5)).toBe(61_000);
});
