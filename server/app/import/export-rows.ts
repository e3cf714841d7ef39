import {
  type Attachment,
  attachmentsOf,
  channelsOf,
  type Message,
  messagesAfter,
  outOfSet,
  type Revision,
  revisionsOf,
} from "#modules/channels";
import { brandsOf } from "#modules/company";
import { endingsAfter, type Placement, pastOutcomesAfter, placementsOfMessages } from "#modules/conversations";
import { agentsById } from "#modules/people";
import { iso } from "#platform/clock";
import type { Database, Tx } from "#platform/db";
import type { AccountId } from "#platform/ids";

const AT_ONCE = 1_000;
const FIRST = "00000000-0000-0000-0000-000000000000";

type Row = Record<string, unknown>;

/**
 * All messages of an account and how work ended, in the format of the import; `conversation` and `customer` beside it. `fileOf`: what a
 * row says of each file that came with its message; rows name no files without it.
 */
export async function* exportRows(
  db: Database,
  accountId: AccountId,
  fileOf?: (file: Attachment) => Row,
): AsyncGenerator<Row> {
  const around = { ...(await db.withAccount(accountId, surroundings)), ...(fileOf && { fileOf }) };
  for (let after: string | null = FIRST; after !== null; ) {
    const from: string = after;
    const page: { rows: Row[]; next: string | null } = await db.withAccount(accountId, async (tx) => {
      const messages = await messagesAfter(tx, from, AT_ONCE);
      return {
        rows: await messageRows(tx, messages, around),
        next: messages.length < AT_ONCE ? null : messages.at(-1)!.id,
      };
    });
    yield* page.rows;
    after = page.next;
  }
  yield* outcomeRows(db, accountId, around);
}

interface Around {
  network: Map<string, string>;
  brandOf: Map<string, string>;
  agents: Map<string, string>;
  fileOf?: (file: Attachment) => Row;
}

async function surroundings(tx: Tx): Promise<Around> {
  const channels = await channelsOf(tx);
  const brands = await brandsOf(tx);
  const names = new Map(brands.map((b) => [b.id as string, b.name]));
  return {
    network: new Map(channels.map((c) => [c.id, c.network])),
    // One brand goes without saying.
    brandOf: new Map(brands.length < 2 ? [] : channels.map((c) => [c.id, names.get(c.brandId) ?? ""])),
    agents: new Map(),
  };
}

async function messageRows(tx: Tx, messages: readonly Message[], around: Around): Promise<Row[]> {
  const ids = messages.map((m) => m.id);
  const placed = await placementsOfMessages(tx, ids);
  const revisions = await revisionsOf(tx, ids);
  await learnAgents(
    tx,
    around,
    [...placed.values()].map((p) => p.agentId).concat(messages.map((m) => m.author.agentId ?? null)),
  );
  const { fileOf } = around;
  const files = fileOf ? await attachmentsOf(tx, ids) : new Map<string, Attachment[]>();
  return messages
    .filter((m) => m.state !== "erased" && m.visibility !== "internal")
    .map((m) => ({
      ...rowOf(m, placed.get(m.id), revisions.get(m.id) ?? [], around),
      files: fileOf && m.state === "live" ? files.get(m.id)?.map(fileOf) : undefined,
    }));
}

async function learnAgents(tx: Tx, around: Around, ids: readonly (string | null)[]): Promise<void> {
  const unknown = [...new Set(ids)].filter((id): id is string => id !== null && !around.agents.has(id));
  if (unknown.length === 0) return;
  for (const agent of (await agentsById(tx, unknown)).values()) around.agents.set(agent.id, agent.email);
}

function rowOf(m: Message, placed: Placement | undefined, revisions: readonly Revision[], around: Around): Row {
  const { set, name: id } = outOfSet(m.externalId);
  const inSame = (name: string | null) => (name === null ? undefined : outOfSet(name).name);
  const agentId = m.author.agentId ?? placed?.agentId ?? null;
  const words = wordsOf(m, revisions);
  const brand = around.brandOf.get(m.channelId);
  const theirs = m.direction === "in";
  const row: Row = {
    id,
    set: set ?? undefined,
    at: iso(m.sentAt),
    channel: m.network,
    private: m.visibility === "private",
    visibility: m.visibility === "unlisted" || m.visibility === "followers" ? m.visibility : undefined,
    kind: m.kind,
    by: theirs ? "customer" : m.automated === null ? "company" : "system",
    from: m.authorHandle,
    from_id: theirs && m.authorId !== m.authorHandle ? m.authorId : undefined,
    scope: m.author.scope && m.author.scope !== "*" && set === null ? m.author.scope : undefined,
    name: m.authorName || undefined,
    to: m.addressedTo[0],
    reply_to: inSame(m.parentExternalId),
    thread: inSame(m.threadKey),
    root: inSame(m.rootExternalId),
    subject: m.subject || undefined,
    text: words.text,
    edits: words.edits.length > 0 ? words.edits : undefined,
    lang: m.language ?? undefined,
    why: theirs ? m.why : undefined,
    agent: agentId === null ? m.author.agent : around.agents.get(agentId),
    url: m.permalink ?? undefined,
    followers: m.author.followers,
    stars: m.rating === null ? undefined : (m.rating.value * 5) / m.rating.max,
    automated: m.automated ?? undefined,
    brand,
    received_at: m.receivedAt === m.sentAt ? undefined : iso(m.receivedAt),
    // The network tells that it is gone; when that was we know as the time at which we learnt of it.
    deleted_at: m.state === "tombstone" ? iso(m.receivedAt) : undefined,
    conversation: placed?.conversationId ?? undefined,
    customer: placed?.customerId ?? undefined,
  };
  return row;
}

/** What was said first, and what became of it. */
function wordsOf(m: Message, revisions: readonly Revision[]): { text: string; edits: { at: string; text: string }[] } {
  if (revisions.length === 0) return { text: m.text, edits: [] };
  const versions = [
    ...revisions.map((r) => ({ at: r.revision === "" ? m.sentAt : r.at, text: r.text })).sort((a, b) => a.at - b.at),
    { at: m.editedAt ?? m.sentAt, text: m.text },
  ];
  return { text: versions[0]!.text, edits: versions.slice(1).map((v) => ({ at: iso(v.at), text: v.text })) };
}

async function* outcomeRows(db: Database, accountId: AccountId, around: Around): AsyncGenerator<Row> {
  for (const pageOf of [pastOutcomesAfter, endingsAfter]) {
    let after: string | null = "";
    while (after !== null) {
      const from: string = after;
      const page: Awaited<ReturnType<typeof pageOf>> = await db.withAccount(accountId, async (tx) => {
        const found = await pageOf(tx, from, AT_ONCE);
        await learnAgents(
          tx,
          around,
          found.outcomes.map((o) => o.agentId),
        );
        return found;
      });
      for (const o of page.outcomes) {
        const { set, name } = outOfSet(o.externalId);
        yield {
          type: "outcome",
          message: name,
          set: set ?? undefined,
          channel: around.network.get(o.channelId),
          brand: around.brandOf.get(o.channelId),
          at: iso(o.at),
          outcome: o.outcome,
          agent: o.agentId === null ? (o.agent ?? undefined) : around.agents.get(o.agentId),
        };
      }
      after = page.next;
    }
  }
}
