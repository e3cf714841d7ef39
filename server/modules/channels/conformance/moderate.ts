import { expect } from "vitest";
import type { Moderator } from "../domain/adapter.ts";
import type { Message } from "../domain/message.ts";
import {
  type ModerationAsked,
  moderate,
  moderationOf,
  settleModeration,
  takeBackModeration,
} from "../moderation/moderation.ts";
import type { RunningChannels } from "../start.ts";
import { type Bodies, need } from "./body.ts";
import type { Fault } from "./kit.ts";
import type { Place } from "./place.ts";

type Verb = ModerationAsked["verb"];
const SHOWS = { hide: "hidden", delete: "deleted", block: "blocked" } as const;

/** S14: what becomes of hiding, deleting, blocking and reporting. */
export const moderateCases: Bodies = {
  async S14(place) {
    const { canHide, canDelete, canBlock, canReport } = place.adapter.capabilities;
    const oracle = (m: Message) => need(place.ours.moderated, "moderated")(m);
    const post = await need(place.ours.post, "post")("What do you think of the new colours?");
    await place.take(post.told);
    await place.drain();
    place.house.clock.advance(1_000);
    const rude = await place.heard("rude words", { under: { externalId: post.externalId } });

    const both = [...(canHide.supported ? ["hide" as const] : []), ...(canBlock?.supported ? ["block" as const] : [])];
    for (const verb of both) {
      const at = await Promise.allSettled([1, 2, 3].map(() => ask(place, rude, verb)));
      const [first, ...more] = at.flatMap((one) => (one.status === "fulfilled" ? one.value : [])) as [string];
      expect(more, `${verb}, asked for by three at one moment`).toEqual([]);
      await expect(ask(place, rude, verb), `${verb}, asked for twice`).rejects.toThrow();
      expect(await settle(place, rude, first), verb).toMatchObject({ state: "done" });
      expect((await oracle(rude))[SHOWS[verb]], verb).toBe(true);
      const cap = verb === "hide" ? canHide : canBlock;
      if (!cap?.undo) continue;
      const back = await place.act((tx) => takeBackModeration(tx, first, place.brandId, "mistake", ""));
      expect(await settle(place, rude, back.id), `${verb}, taken back`).toMatchObject({ state: "done" });
      expect((await oracle(rude))[SHOWS[verb]], `${verb}, taken back`).toBe(false);
    }
    await badLines(place, rude, both[0]);
    if (canReport?.supported) await lostReport(place, rude);
    if (canDelete.supported && canDelete.onOwn) {
      await deleteOwn(place, rude);
      await lostDelete(place, rude);
    }
  },
};

const ask = async (place: Place, message: Message, verb: Verb): Promise<string> => {
  const asked = { messageId: message.id, verb, reason: "abuse" as const, note: "It is rude." };
  return (await place.act((tx) => moderate(tx, { ...asked, agentId: place.brandId, conversationId: null }))).id;
};

/** Moves the clock and does what is due, until the act has come to an end or waits for a person. */
async function settle(place: Place, message: Message, id: string, by: RunningChannels = place.channels) {
  for (let i = 0; ; i++) {
    await by.drainOutbox();
    const act = (await place.act((tx) => moderationOf(tx, message.id))).acts.find((a) => a.id === id)!;
    if (!["pending", "in-flight"].includes(act.state) || i > 40) return act;
    place.house.clock.advance(10_000);
  }
}

/** Taken or not, and the answer lost: it holds in the end, and once. */
async function badLines(place: Place, message: Message, verb: Verb | undefined): Promise<void> {
  if (verb === undefined) return;
  const kinds = ["error", "reset", "error-after-write", "reset-after-write"] as const;
  for (const kind of kinds.filter((k) => place.ours.faults.includes(k))) {
    await place.ours.fault({ kind } as Fault);
    const id = await ask(place, message, verb);
    expect(await settle(place, message, id), kind).toMatchObject({ state: "done" });
    expect((await place.ours.moderated!(message))[SHOWS[verb as keyof typeof SHOWS]], kind).toBe(true);
    const back = await place.act((tx) => takeBackModeration(tx, id, place.brandId, "mistake", "").catch(() => null));
    if (back === null) return;
    await settle(place, message, back.id);
  }
}

/** Told, and the answer lost: told once, or a person says what became of it. */
async function lostReport(place: Place, message: Message): Promise<void> {
  const real = place.adapter.moderate!;
  let lost = 0;
  const act: Moderator["act"] = async (...args) => {
    const outcome = await real.act(...args);
    return lost++ === 0 ? { state: "unknown", why: "timeout" } : outcome;
  };
  const forgetting = place.another({ adapter: { ...place.adapter, moderate: { ...real, act } } });
  const id = await ask(place, message, "report");
  const end = await settle(place, message, id, forgetting);
  if (end.state === "unknown") await place.act((tx) => settleModeration(tx, id, end.version, "it-was-done"));
  expect((await settle(place, message, id)).state).toBe("done");
  expect((await place.ours.moderated!(message)).reports, "reported once").toBe(1);
}

async function deleteOwn(place: Place, to: Message): Promise<void> {
  await place.settle(await place.reply(to, "We regret this one."));
  const own = (await place.messages()).find((m) => m.direction === "out" && m.text.startsWith("We regret"))!;
  await expect(ask(place, to, "delete"), "what others said").rejects.toThrow();
  const id = await ask(place, own, "delete");
  const end = await settle(place, own, id);
  expect(end).toMatchObject({ state: "done", undo: null });
  expect((await place.ours.moderated!(own)).deleted).toBe(true);
  const gone = (await place.message(own.externalId))!;
  expect(gone).toMatchObject({ state: "tombstone", text: "" });
  expect(end.snapshot.text, "what it said is kept with the act").toContain("We regret");
}

/** Nobody knows whether it was deleted: it is not withdrawn as if it had never left, and what a person saw there holds here. */
async function lostDelete(place: Place, to: Message): Promise<void> {
  await place.settle(await place.reply(to, "We take this one back."));
  const own = (await place.messages()).find((m) => m.direction === "out" && m.text.startsWith("We take this"))!;
  const act: Moderator["act"] = async () => ({ state: "unknown", why: "timeout" });
  const silent = place.another({ adapter: { ...place.adapter, moderate: { repeatable: [], act } } });
  const id = await ask(place, own, "delete");
  const lost = await settle(place, own, id, silent);
  expect(lost.state).toBe("unknown");
  const again = await place.act((tx) => settleModeration(tx, id, lost.version, "try-again"));
  expect(again).toMatchObject({ state: "pending", undo: null });
  const end = await settle(place, own, id, silent);
  await place.act((tx) => settleModeration(tx, id, end.version, "it-was-done"));
  expect(await place.message(own.externalId)).toMatchObject({ state: "tombstone", text: "" });
}
