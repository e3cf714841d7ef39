import { createHash } from "node:crypto";
import { keyOf } from "./domain/apply.ts";
import { type DmInput, decideDm, decideDmDelete, decideDmEdit, findDm } from "./domain/dms.ts";
import { decideBlock, decideHide, decideReport, type ReportInput } from "./domain/moderation.ts";
import {
  type Decision,
  decideFollow,
  decideLike,
  decidePost,
  decidePostDelete,
  decidePostEdit,
  findPost,
  type PostInput,
} from "./domain/posts.ts";
import { decideProfile, type ProfileInput } from "./domain/profiles.ts";
import type { By } from "./domain/records.ts";
import type { Dm, Post, Profile } from "./domain/state.ts";
import type { Network } from "./network.ts";
import { must, Problem } from "./problem.ts";

/** Who acts, by which door, under which idempotency key. */
export type Actor = { profile: Profile; via: By["via"]; key?: string };

/** Decide, then write. Everything that changes the network on behalf of a profile passes here. */
async function carryOut(net: Network, actor: Actor, decision: Decision, print?: string): Promise<void> {
  const { fact } = must(decision);
  if (fact) await net.write({ via: actor.via, caller: actor.profile.id, key: actor.key, print }, fact);
  else await net.settled();
}

export async function createPost(
  net: Network,
  actor: Actor,
  input: PostInput,
): Promise<{ post: Post; replayed: boolean }> {
  const print = fingerprint({
    ...{ kind: "post", text: input.text, parentId: input.parentId, language: input.language },
    ...(input.media && { media: input.media }),
  });
  const known = replayOf(net, actor, "post", print);
  if (known) {
    await net.settled(); // the first request may still be on its way to the disk
    return { post: must(findPost(net.state, known)).post, replayed: true };
  }
  const id = net.newId("po");
  await carryOut(net, actor, decidePost(net.state, actor.profile.id, input, id, net.clock.now()), print);
  return { post: must(findPost(net.state, id)).post, replayed: false };
}

export async function createDm(
  net: Network,
  actor: Actor,
  to: Profile,
  input: DmInput,
): Promise<{ dm: Dm; replayed: boolean }> {
  const { text, privateReplyTo } = input;
  const print = fingerprint({
    kind: "dm",
    to: to.id,
    text,
    privateReplyTo,
    ...(input.media && { media: input.media }),
  });
  const known = replayOf(net, actor, "dm", print);
  if (known) {
    await net.settled();
    return { dm: must(findDm(net.state, actor.profile.id, known)).dm, replayed: true };
  }
  const id = net.newId("dm");
  await carryOut(net, actor, decideDm(net.state, actor.profile, to, input, id, net.clock.now()), print);
  return { dm: must(findDm(net.state, actor.profile.id, id)).dm, replayed: false };
}

export async function editPost(net: Network, actor: Actor, id: string, text: string, expected?: number): Promise<Post> {
  await carryOut(net, actor, decidePostEdit(net.state, actor.profile.id, id, text, expected));
  return must(findPost(net.state, id)).post;
}

export async function deletePost(net: Network, actor: Actor, id: string): Promise<Post> {
  await carryOut(net, actor, decidePostDelete(net.state, actor.profile.id, id));
  return must(findPost(net.state, id)).post;
}

export async function likePost(net: Network, actor: Actor, id: string, on: boolean): Promise<Post> {
  await carryOut(net, actor, decideLike(net.state, actor.profile.id, id, on));
  return must(findPost(net.state, id)).post;
}

export async function hidePost(net: Network, actor: Actor, id: string, on: boolean): Promise<Post> {
  await carryOut(net, actor, decideHide(net.state, actor.profile.id, id, on));
  return must(findPost(net.state, id)).post;
}

export async function blockProfile(net: Network, actor: Actor, target: Profile, on: boolean): Promise<void> {
  await carryOut(net, actor, decideBlock(net.state, actor.profile.id, target.id, on));
}

export async function reportPost(net: Network, actor: Actor, input: ReportInput) {
  const print = fingerprint({ kind: "report", ...input });
  const known = replayOf(net, actor, "report", print);
  if (known) {
    await net.settled();
    return { id: known, replayed: true };
  }
  const id = net.newId("re");
  await carryOut(net, actor, decideReport(net.state, actor.profile.id, input, id), print);
  return { id, replayed: false };
}

export async function followProfile(net: Network, actor: Actor, target: Profile, on: boolean): Promise<void> {
  await carryOut(net, actor, decideFollow(net.state, actor.profile.id, target.id, on));
}

export async function editDm(net: Network, actor: Actor, id: string, text: string, expected?: number): Promise<Dm> {
  await carryOut(net, actor, decideDmEdit(net.state, actor.profile.id, id, text, expected));
  return must(findDm(net.state, actor.profile.id, id)).dm;
}

export async function deleteDm(net: Network, actor: Actor, id: string): Promise<Dm> {
  await carryOut(net, actor, decideDmDelete(net.state, actor.profile.id, id));
  return must(findDm(net.state, actor.profile.id, id)).dm;
}

/** Registers people or changes them, in one write. */
export async function putPeople(net: Network, via: By["via"], inputs: ProfileInput[]): Promise<Profile[]> {
  const now = net.clock.now();
  const decided = inputs.map((input, place) =>
    must(decideProfile(net.state.byHandle.get(input.handle), "person", input, net.newId("pr", place), now)),
  );
  const people = decided.filter((d) => d.changed).map((d) => d.facts);
  if (new Set(inputs.map((i) => i.handle)).size < inputs.length) {
    throw new Problem("validation", "people: a handle stands there twice.");
  }
  if (people.length > 0) await net.write({ via, caller: null }, { type: "people.put", people });
  else await net.settled();
  return inputs.map((input) => net.state.byHandle.get(input.handle) as Profile);
}

/** A profile changes itself. */
export async function updateProfile(net: Network, actor: Actor, input: Omit<ProfileInput, "handle">): Promise<void> {
  const { profile } = actor;
  const full = { ...input, handle: profile.handle };
  const { facts, changed } = must(decideProfile(profile, profile.kind, full, profile.id, net.clock.now()));
  await carryOut(net, actor, { ok: true, fact: changed ? { type: "profile.update", profile: facts } : null });
}

/** Id of what this key made before. Not async: between this look and the write nobody else may come. */
function replayOf(net: Network, actor: Actor, kind: "post" | "dm" | "report", print: string): string | null {
  if (!actor.key) return null;
  const use = net.state.keys.get(keyOf(actor.profile.id, actor.key));
  if (!use) return null;
  if (use.kind !== kind || use.print !== print) {
    throw new Problem("idempotency-mismatch", "This Idempotency-Key was used with another request: take a new key.");
  }
  return use.objectId;
}

function fingerprint(request: Record<string, unknown>): string {
  return createHash("sha256").update(JSON.stringify(request)).digest("base64url").slice(0, 22);
}
