import { seeded } from "../../scenarios/random.ts";

/** A line of an import: an object, or a text that is none. */
export type Line = Record<string, unknown>;

const TROUBLE = [
  "my line is down",
  "the bill is wrong",
  "the box has not come",
  "I cannot sign in",
  "the engineer did not come",
];
const TAILS = ["since noon", "again", "please help", "can you check?", "what now?"];
const LATER = [
  "Thank you!",
  "Still not working",
  "When will that be?",
  "Great, it works, thanks a lot",
  "It is down again",
];
const NETWORKS = ["x", "fb", "email", "chat", "forum", "review"];

/** Made-up conversations of the past, in the order in which they were said: the same seed gives the same lines. */
export function pastStory(seed: string, conversations: number, from: number): Line[] {
  const random = seeded(seed);
  const rows: Line[] = [];
  let n = 0;
  const iso = (at: number) => new Date(Math.round(at)).toISOString();
  for (let i = 0; i < conversations; i++) {
    const channel = random.pick(NETWORKS);
    const who = `carla${Math.floor(random.next() * conversations * 0.7)}`;
    const handle = channel === "email" ? `${who}@post.example` : `@${who}`;
    const order = `A${10_000 + Math.floor(random.next() * 89_999)}`;
    let at = from + random.next() * 60 * 86_400_000;
    let last = `m${n++}`;
    const line = (by: string, text: string, more: Line = {}) =>
      rows.push({ id: last, at: iso(at), channel, by, from: by === "customer" ? handle : "northwind", text, ...more });
    line("customer", `${random.pick(TROUBLE)} ${random.pick(TAILS)} order ${order}`, { to: "@northwind" });
    for (let turn = Math.floor(random.next() * 3); turn >= 0; turn--) {
      at += (5 + random.next() * 200) * 60_000;
      const asked = last;
      last = `m${n++}`;
      const named = random.chance(0.8) ? { reply_to: asked } : {};
      line("company", `We look at ${order} and write again. ^PN`, { to: handle, ...named });
      if (!random.chance(0.6)) continue;
      at += (5 + random.next() * 400) * 60_000;
      const answered = last;
      last = `m${n++}`;
      line("customer", `${random.pick(LATER)}${random.chance(0.5) ? ` ${order}` : ""}`, { reply_to: answered });
      if (random.chance(0.1)) rows.at(-1)!.edits = [{ at: iso(at + 60_000), text: "I mean: it is down" }];
      if (random.chance(0.05)) rows.at(-1)!.deleted_at = iso(at + 120_000);
    }
    if (random.chance(0.7))
      rows.push({ type: "outcome", message: last, channel, at: iso(at + 600_000), outcome: "resolved" });
  }
  return rows.sort((a, b) => (String(a.at) < String(b.at) ? -1 : String(a.at) > String(b.at) ? 1 : 0));
}

/** The same lines in another order. */
export function shuffled<T>(rows: readonly T[], seed: string): T[] {
  const random = seeded(seed);
  const mixed = [...rows];
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = Math.floor(random.next() * (i + 1));
    [mixed[i], mixed[j]] = [mixed[j]!, mixed[i]!];
  }
  return mixed;
}
