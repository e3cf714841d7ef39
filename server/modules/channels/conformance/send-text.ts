import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { once } from "#platform/http/commands";
import type { Audience, LengthRule } from "#shared/capabilities";
import { fits, graphemes } from "#shared/count";
import { findEntities } from "#shared/entities";
import type { Message } from "../domain/message.ts";
import { type Bodies, need } from "./body.ts";
import { lengthRule, mainAudience } from "./cases.ts";
import { CLOSING, enqueueReply, type Place, permitFor, signed } from "./place.ts";

/** What lengths are counted wrong of, each as a piece that a text is filled with. */
const pieces: readonly (readonly [string, string])[] = [
  ["letters", "word "],
  ["family emoji", "👩🏽‍👩🏻‍👧🏿‍👦 "],
  ["composed apart", "e\u0301a\u0308 "],
  ["links", "https://desk.example/a/page?x=(1) "],
  ["Chinese", "我的订单没有到，"],
  ["flags", "🇩🇪🇫🇷🏴󠁧󠁢󠁳󠁣󠁴󠁿 "],
];

/** S1, S10 to S12: the words themselves. */
export const sendTextCases: Bodies = {
  async S1(place) {
    const { capabilities } = place.adapter;
    const audience = mainAudience(capabilities);
    const rule = lengthRule(capabilities, audience);
    const splits = capabilities.length.onOver.startsWith("split");
    for (const [what, piece] of pieces) {
      const message = await place.heard(`how long is ${what}`);
      const full = filled(piece, rule, audience);
      expect(fits(signed(full, audience), rule), `${what}: filled to the limit`).toBe(true);
      const before = (await place.ours.accepted()).length;
      expect(await place.settle(await place.reply(message, full)), what).toMatchObject({ state: "sent" });
      const exact = (await place.ours.accepted()).slice(before).map((a) => a.text);
      expect(exact.map(plain), what).toEqual([plain(signed(full, audience))]);

      const over = `${full}a`;
      if (!splits) {
        await expect(place.reply(message, over), what).rejects.toMatchObject({ code: "preflight-refused" });
        continue;
      }
      const id = await place.reply(message, over);
      expect(await place.settle(id), what).toMatchObject({ state: "sent" });
      const sent = (await place.ours.accepted()).slice(before + 1).map((a) => a.text);
      expect(sent.length, what).toBeGreaterThan(1);
      for (const part of sent) expect(fits(part, rule), `${what}: ${part.slice(-40)}`).toBe(true);
      wholePieces(sent, signed(over, audience), what);
    }
  },

  async S10(place) {
    const message = await place.heard("click twice");
    const commandId = randomUUID();
    // What every command of the desk goes through: the second of the same id is answered with the result of the first.
    const click = () =>
      place.act((tx) =>
        once(tx, place.brandId, commandId, { text: "Once." }, async () => ({
          status: 200,
          result: await enqueueReply(tx, place, message, "Once."),
        })),
      );
    const answers = [...(await Promise.all([click(), click(), click()])), await click()];
    expect(answers.filter((a) => !a.repeated)).toHaveLength(1);
    expect(new Set(answers.map((a) => a.result)).size).toBe(1);
    await place.settle(answers[0]!.result as string);
    expect((await place.ours.accepted()).map((a) => a.text)).toEqual([
      signed("Once.", mainAudience(place.adapter.capabilities)),
    ]);
  },

  async S11(place) {
    const { capabilities } = place.adapter;
    const audience = mainAudience(capabilities);
    const message = await place.heard("who answers me");
    const id = await place.reply(message, "A person does.");
    expect(await place.settle(id)).toMatchObject({ state: "sent" });
    const [accepted] = await place.ours.accepted();
    expect(accepted).toMatchObject({ audience, text: expect.stringContaining("A person does.") });
    if (audience === "public") {
      expect(accepted!.text.endsWith(CLOSING)).toBe(true);
      const bare = await place.reply(message, "Nobody in particular.", { bare: true });
      await place.channels.drainOutbox();
      expect(await place.delivery(bare)).toMatchObject({ state: "failed", error: { code: "disclosure-missing" } });
    }
    await neverInPublic(place, message);
    expect(await place.ours.accepted()).toHaveLength(1);
  },

  async S12(place) {
    const echo = need(place.ours.echo, "echo");
    const { parse } = place.adapter;
    const message = await place.heard("show me where");
    const text = `👩🏽‍👩🏻‍👧🏿‍👦 Grüße, 你好! See https://desk.example/help?a=1 or #support now.`;
    expect(await place.settle(await place.reply(message, text))).toMatchObject({ state: "sent" });
    const { externalId } = (await place.ours.accepted()).at(-1)!;
    const told = (await echo(externalId))!;
    const { events } = await parse(
      { source: told.source, body: told.body, head: told.head ?? {}, receivedAt: place.house.clock.now() },
      { channelId: place.channelId, selfIds: [place.ours.channel.externalId] },
    );
    const item = events.flatMap((e) => ("item" in e && e.item.externalId === externalId ? [e.item] : []))[0]!;
    expect(item.entities.length).toBeGreaterThan(0);
    for (const { start, end, value, type } of item.entities)
      expect(item.text.slice(start, end), type).toBe(type === "hashtag" ? `#${value.replace(/^#/, "")}` : value);
    const link = item.entities.find((e) => e.type === "url");
    expect(link && item.text.slice(link.start, link.end)).toBe("https://desk.example/help?a=1");
  },
};

/** A text that with the closing line is exactly as long as the network takes: one letter more is too much. */
function filled(piece: string, rule: LengthRule, audience: Audience): string {
  const takes = (text: string) => fits(signed(text, audience), rule);
  let text = piece;
  while (takes(text + piece)) text += piece;
  // Letters for the rest; a link or an emoji may count more than it is long.
  text = text.trimEnd();
  while (takes(`${text} a`)) text += " a";
  while (takes(`${text}a`)) text += "a";
  return text;
}

const plain = (text: string) => text.normalize("NFC").replace(/\s+/gu, " ").trim();

/** Put together without their numbers the parts are the text again, and no character or link was cut. */
function wholePieces(parts: readonly string[], text: string, what: string): void {
  const joined = parts.map((p) => p.replace(/ ?\(\d+\/\d+\)/u, "")).join("");
  const bones = (t: string) => t.normalize("NFC").replace(/\s+/gu, "");
  expect(bones(joined), what).toBe(bones(text));
  const links = (t: string) => findEntities(t).filter((e) => e.kind === "link").length;
  expect(
    parts.reduce((sum, p) => sum + links(p), 0),
    `${what}: links`,
  ).toBe(links(text));
  const signs = (t: string) => graphemes(t.normalize("NFC")).filter((g) => g.trim() !== "").length;
  expect(signs(joined), `${what}: characters`).toBe(signs(text));
}

/** Told in private: neither a wrong permit nor a wrong intent brings it out. */
async function neverInPublic(place: Place, message: Message): Promise<void> {
  const { capabilities } = place.adapter;
  const to = { toExternalId: message.externalId, toHandle: message.authorHandle, toAuthorId: message.authorId };
  await expect(
    place.reply(message, "Your number is 0123.", {
      permit: permitFor("public"),
      intent: { op: "private-reply", ...to },
    }),
  ).rejects.toMatchObject({ code: "preflight-refused" });
  const secret = capabilities.private ? await place.heard("my number is 0123", { audience: "private" }) : message;
  const permit = permitFor(capabilities.private ? "public" : "private");
  const id = await place.reply(secret, "Your number is 0123.", { permit });
  await place.channels.drainOutbox();
  expect(await place.delivery(id)).toMatchObject({ state: "failed", error: { code: "audience-mismatch" } });
}
