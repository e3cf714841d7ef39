import { type FakePds, type Person, startFakePds } from "../../../../tests/support/fake-pds/index.ts";
import { blueskyAdapter } from "../bluesky/adapter.ts";
import { blueskyChannel } from "../bluesky/connect.ts";
import type { ErrorClass } from "../domain/errors.ts";
import type { Accepted, AdapterKit, Counterpart, Fault, House, Ours, Said, Told } from "./kit.ts";

// biome-ignore lint/suspicious/noExplicitAny: records are JSON of many shapes
type Json = any;
const COLLECTION = "app.bsky.feed.post";

/** A protocol-true network of signed repositories in one process; its bytes are lines as the stream writes them down. */
export const blueskyKit: AdapterKit = {
  adapter: ({ clock }) => blueskyAdapter(clock),
  async open({ clock }: House): Promise<Counterpart> {
    const net = await startFakePds(clock);
    return {
      join: (n) => join(net, clock, n),
      async stranger(n) {
        const { did, handle } = await net.person(`someone${n}.example`);
        return { id: did, handle };
      },
      close: () => net.close(),
    };
  },
};

async function join(net: FakePds, clock: House["clock"], n: number): Promise<Ours> {
  const us = await net.person(`northwind${n}.example`);
  const made = await blueskyChannel(clock, {
    ...{ brandId: "", name: "Bluesky", handle: us.handle, appPassword: us.password, service: net.url, plc: net.url },
    ...{ appView: true, stream: { kind: "repos", url: net.firehoseUrl }, keywords: [], languages: [] },
    privateNetwork: true,
  });
  if (!made.ok) throw new Error(made.why);
  const { brandId: _, ...channel } = made.channel;
  const posts = new Map<string, { cid: string; record: Json }>();

  const line = (did: string, more: Json): Told => ({
    source: "stream",
    body: Buffer.from(`${JSON.stringify({ did, time_us: clock.now() * 1_000, ...more })}\n`),
  });
  const commit = (did: string, operation: string, rkey: string, more: Json = {}, author?: Json) =>
    line(did, {
      ...{ kind: "commit", commit: { operation, collection: COLLECTION, rkey, ...more } },
      ...(author && { author }),
    });
  const keyOf = (uri: string) => uri.split("/").at(-1)!;
  const personOf = (did: string): Person => net.repos.people.get(did)!;
  const shown = (did: string) => ({ handle: personOf(did).handle, displayName: `${personOf(did).handle}'s name` });

  return {
    channel,
    async say(who, { text, under, claims, nameless = false }) {
      const words = `@${us.handle} ${text}`;
      // A repository is signed CBOR and takes no broken text; a stranger's own server may show one all the same.
      const sound = words.isWellFormed() && words.length < 2_000 ? words : `@${us.handle} (broken)`;
      const parent = under && { uri: under.externalId, cid: posts.get(under.externalId)!.cid };
      const root = under && (posts.get(under.externalId)!.record.reply?.root ?? parent);
      const { uri, cid, rkey } = await net.post(personOf(who.id), sound, {
        ...(parent && { reply: { root, parent } }),
        ...(claims !== undefined && { createdAt: new Date(claims).toISOString() }),
      });
      const record = personOf(who.id).records.get(`${COLLECTION}/${rkey}`)!.value;
      posts.set(uri, { cid, record });
      const told = { ...record, text: words };
      return {
        externalId: uri,
        who,
        told: commit(who.id, "create", rkey, { cid, record: told }, nameless ? undefined : shown(who.id)),
      };
    },
    async post(text) {
      const { uri, cid, rkey } = await net.post(us, text);
      const record = us.records.get(`${COLLECTION}/${rkey}`)!.value;
      posts.set(uri, { cid, record });
      return { externalId: uri, told: commit(us.did, "create", rkey, { cid, record }, { handle: us.handle }) };
    },
    async edit(said, text) {
      const rkey = keyOf(said.externalId);
      const record = { ...posts.get(said.externalId)!.record, text: `@${us.handle} ${text}` };
      const { cid } = await net.repos.put(personOf(said.who.id), rkey, record);
      posts.set(said.externalId, { cid, record });
      return commit(said.who.id, "update", rkey, { cid, record }, shown(said.who.id));
    },
    async remove(said: Said) {
      await net.remove(personOf(said.who.id), said.externalId);
      return commit(said.who.id, "delete", keyOf(said.externalId));
    },
    together: (told) => ({ source: "stream", body: Buffer.concat(told.map((t) => Buffer.from(t.body))) }),
    unheardOf: async () => line(us.did, { kind: "sync", sync: { rev: "3kabc", blocks: "none" } }),
    poison: async () => ({ source: "stream", body: Buffer.from('{"kind":"commit","did":"did:plc:torn\n') }),
    async echo(externalId) {
      const found = net.methods.accepted.find((a) => a.uri === externalId);
      return found
        ? commit(us.did, "create", found.rkey, { cid: found.cid, record: found.record }, { handle: us.handle })
        : null;
    },
    async rename(who) {
      const handle = `new-${who.handle}`;
      net.rename(personOf(who.id), handle);
      return { who: { ...who, handle }, told: line(who.id, { kind: "identity", identity: { did: who.id, handle } }) };
    },
    async shut(who) {
      net.shut(personOf(who.id), "deleted");
      return line(who.id, { kind: "account", account: { active: false, status: "deleted" } });
    },
    lostCursor: { stream: "stream", value: "99999999" },
    sessions: {
      expire: () => forget(net.methods.tokens.access, us.did),
      revoke() {
        forget(net.methods.tokens.access, us.did);
        forget(net.methods.tokens.refresh, us.did);
        us.password = "another-password";
      },
      renewed: () => net.methods.tokens.renewed,
    },
    faults: [
      ...(["rate-limited", "refused", "unauthorized", "error", "reset", "hang"] as const),
      ...(["error-after-write", "hang-after-write", "reset-after-write"] as const),
    ],
    refusals: ["permission", "invalid", "not-found"],
    fault: async (fault) =>
      net.fault({ ...asPds(fault, clock.now()), on: "putRecord", by: us.did, times: fault.times ?? 1 }),
    async moderated({ externalId, authorId }) {
      const own = [...us.records].map(([path, { value }]) => ({ path, value }));
      return {
        hidden: own.some(({ value }) => value.hiddenReplies?.includes(externalId)),
        deleted: externalId.includes(us.did) && !us.records.has(`${COLLECTION}/${keyOf(externalId)}`),
        blocked: own.some(({ path, value }) => path.startsWith("app.bsky.graph.block/") && value.subject === authorId),
        reports: net.methods.reports.filter((r) => r.did === us.did && r.subject.uri === externalId).length,
      };
    },
    accepted: async () =>
      net.methods.accepted
        .filter((a) => a.did === us.did)
        .map(
          (a): Accepted => ({
            externalId: a.uri,
            text: a.record.text,
            audience: "public",
            files: a.record.embed?.images?.length ?? 0,
            under: a.record.reply?.parent.uri ?? null,
          }),
        ),
  };
}

function forget(tokens: Map<string, string>, did: string): void {
  for (const [token, whose] of tokens) if (whose === did) tokens.delete(token);
}

const REFUSALS: Partial<Record<ErrorClass, { status: number; error: string }>> = {
  permission: { status: 403, error: "Forbidden" },
  invalid: { status: 400, error: "InvalidRecord" },
  "not-found": { status: 400, error: "RepoNotFound" },
};

function asPds(fault: Fault, now: number): Omit<Parameters<FakePds["fault"]>[0], "on"> {
  switch (fault.kind) {
    case "rate-limited": {
      const end = String(Math.ceil((now + fault.waitMs) / 1_000));
      return { how: "429", headers: fault.says === "reset" ? { "ratelimit-reset": end } : {} };
    }
    case "unauthorized":
      return { how: "refuse", status: 401, error: "AuthenticationRequired" };
    case "refused":
      return { how: "refuse", ...REFUSALS[fault.as] };
    case "error":
      return { how: "500" };
    case "error-after-write":
      return { how: "500-after-write" };
    case "reset":
      return { how: "drop" };
    case "reset-after-write":
      return { how: "drop-after-write" };
    default:
      return { how: fault.kind };
  }
}
