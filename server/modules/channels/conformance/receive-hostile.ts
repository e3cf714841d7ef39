import { expect } from "vitest";
import { namesAreStorable } from "../domain/storable-names.ts";
import type { Bodies } from "./body.ts";

const zalgo = `z${"\u0335\u0321\u0489\u0301".repeat(40)}`;

/** One of each kind of text that has broken somebody's program. */
const hostile: readonly (readonly [string, string])[] = [
  ["NUL", "before\u0000after"],
  ["half a character", "a\ud800b \udfff"],
  ["right to left", "\u202eabc\u2066 أهلا בוקר \u2069\u202c"],
  ["zalgo", zalgo],
  ["markup", "<script>alert(1)</script><img src=x onerror=alert(1)> &#0; <![CDATA["],
  ["prototype", '__proto__ constructor {"__proto__":{"polluted":true}} toString'],
  ["big number", "9007199254740993 12345678901234567890"],
  ["fifty thousand", "wörd 👩🏽‍👩🏻‍👧🏿 ".repeat(2_400)],
  ["five million", "All work and no play. ".repeat(230_000)],
  ["nothing", ""],
  ["white space", " \u200b\u00a0\n\t\r\n "],
];

/** C16: each one is kept or put aside and counted, and what comes behind it is there. */
export const hostileCases: Bodies = {
  async C16(place) {
    const ids = new Map<string, string>();
    for (const [what, text] of hostile) {
      const said = await place.say(text, { raw: true });
      ids.set(said.externalId, what);
      await place.take(said.told);
      await place.drain();
    }
    const messages = await place.messages();
    expect(messages.length + (await place.quarantined())).toBe(hostile.length);
    for (const message of messages) {
      const what = ids.get(message.externalId);
      expect(what, `a message by the name ${message.externalId}`).toBeDefined();
      const words = [message.text, message.subject, message.authorName, message.authorHandle].join("\n");
      expect(words.isWellFormed(), what).toBe(true);
      expect(words, what).not.toContain("\u0000");
      expect(message.text.length, what).toBeLessThanOrEqual(200_000);
      for (const { start, end } of message.entities) expect(end, what).toBeLessThanOrEqual(message.text.length + start);
    }
    const kept = new Map(messages.map((m) => [ids.get(m.externalId), m.text]));
    // Whoever shows it escapes it; nothing is taken out of the words on their way in.
    for (const what of ["right to left", "prototype", "big number"])
      expect(kept.get(what), what).toContain(hostile.find(([name]) => name === what)![1].slice(0, 3));
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    await place.heard("and now something sensible");
    expect((await place.row()).state).toBe("on");
  },

  /** Mutated bytes of what the network really tells; the parser is pure, so it is asked itself. */
  async O4(place) {
    const said = await place.say("a sentence to be torn apart");
    const { capabilities, parse, redactRaw } = place.adapter;
    const base = Buffer.from(said.told.body);
    const random = seededRandom(20_261_122);
    const context = { channelId: place.channelId, selfIds: [place.ours.channel.externalId] };
    for (let i = 0; i < 400; i++) {
      const body = mutate(base, random);
      const input = { source: said.told.source, head: said.told.head ?? {}, receivedAt: place.house.clock.now(), body };
      const first = await parse(input, context);
      expect(await parse(input, context), `${capabilities.kind}: the same bytes read twice`).toEqual(first);
      for (const event of first.events) if (namesAreStorable(event)) expect(() => JSON.stringify(event)).not.toThrow();
      redactRaw?.(body, (text) => text);
    }
  },
};

/** Flips, cuts, doubles and puts in what parsers stumble over. */
function mutate(base: Buffer, random: () => number): Uint8Array {
  const at = () => Math.floor(random() * (base.length + 1));
  const junk = [
    "\0",
    "\ud800",
    '"',
    "{",
    "[".repeat(50),
    "\r\n\r\n",
    "=?utf-8?B?//8=?=",
    "1e999",
    "null",
    "\u202e",
    "<!--",
  ];
  switch (Math.floor(random() * 5)) {
    case 0:
      return base.subarray(0, at());
    case 1: {
      const copy = Buffer.from(base);
      for (let i = 0; i < 4; i++) copy[at() % Math.max(copy.length, 1)]! ^= 1 << Math.floor(random() * 8);
      return copy;
    }
    case 2: {
      const [a, b] = [at(), at()].sort((x, y) => x - y) as [number, number];
      return Buffer.concat([base.subarray(0, b), base.subarray(a)]);
    }
    case 3: {
      const where = at();
      const piece = Buffer.from(junk[Math.floor(random() * junk.length)]!);
      return Buffer.concat([base.subarray(0, where), piece, base.subarray(where)]);
    }
    default:
      return Buffer.from(Array.from({ length: Math.floor(random() * 200) }, () => Math.floor(random() * 256)));
  }
}

function seededRandom(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
