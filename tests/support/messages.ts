import { MessageUnderstood } from "#events/listening";
import { threadUuid } from "#modules/channels";
import { iso } from "../../server/platform/clock.ts";
import { json, sql, type Tx, ts } from "../../server/platform/db.ts";
import { stableUuidv7, uuidv7 } from "../../server/platform/ids.ts";
import { TEST_START } from "./database.ts";

/** One line of a scenario: who says what, when, where. Times are milliseconds after the test's start. */
export interface Line {
  /** The network's id of the message. */
  ext: string;
  from: string;
  text: string;
  at: number;
  /** Milliseconds on the way; 1,000 unless given. */
  late?: number;
  private?: boolean;
  to?: string;
  thread?: string;
  /** Our own reply, written on the desk. */
  delivery?: string;
  followers?: number;
  bot?: boolean;
  backfilled?: boolean;
  /** It is a mail, with this subject; whom it was copied to, and whether its sender's domain stands behind it. */
  subject?: string;
  cc?: string[];
  sender?: "verified" | "failed";
  labels?: Partial<Labels>;
}
interface Labels {
  language: string;
  noise: boolean;
  addressed: string;
  intent: string;
  sentiment: string;
  risks: string[];
  gratitude: boolean;
  thanksOnly: boolean;
}

/** A connected playground channel without an adapter behind it. */
export async function makeChannel(tx: Tx, brandId: string, name = "Playground"): Promise<string> {
  const id = uuidv7(TEST_START);
  await sql`insert into channel (account_id, id, brand_id, network, name, external_id, handle, state, hook_id, created_at)
    values (${tx.accountId}, ${id}, ${brandId}, 'playground', ${name}, 'northwind', 'northwind', 'on', ${id}, ${ts(tx.now)})`.execute(
    tx.tables(),
  );
  return id;
}

export function messageId(accountId: string, line: Pick<Line, "ext" | "at">): string {
  return stableUuidv7(TEST_START + line.at, accountId, line.ext);
}

const kindOf = (line: Line) => (line.subject !== undefined ? "email" : line.private ? "dm" : "post");
const isUs = (line: Line) => line.from === "us";
export const threadOf = (line: Line): string =>
  line.thread ?? (line.private ? `dm/${isUs(line) ? "?" : line.from}` : (line.to ?? line.ext));

/** Stores messages as `channels` would, without announcing them. */
export async function storeMessages(tx: Tx, channelId: string, lines: readonly Line[]): Promise<void> {
  for (const line of lines) {
    const at = TEST_START + line.at;
    const author = {
      scope: "*",
      isSelf: isUs(line),
      isBot: line.bot ?? false,
      ...(line.followers !== undefined && { followers: line.followers }),
    };
    const cc = (line.cc ?? []).map((address) => ({ address, name: "" }));
    const mail = line.subject === undefined ? null : { to: [], cc, ...(line.sender && { sender: line.sender }) };
    await sql`
      insert into message (account_id, id, channel_id, network, kind, visibility, direction, external_id, revision, thread_key, parent_external_id, author_id, author_handle,
        author_name, author, subject, mail, text, sent_at, received_at, state, delivery_id)
      values (${tx.accountId}, ${messageId(tx.accountId, line)}, ${channelId}, 'playground', ${kindOf(line)}, ${line.private ? "private" : "public"},
        ${isUs(line) ? "out" : "in"}, ${line.ext}, '1', ${threadOf(line)}, ${line.to ?? null}, ${isUs(line) ? "northwind" : line.from}, ${isUs(line) ? "northwind" : line.from},
        ${isUs(line) ? "Northwind" : line.from}, ${json(author)}::jsonb, ${line.subject ?? ""}, ${mail === null ? null : json(mail)}::jsonb, ${line.text}, ${ts(at)}, ${ts(at + (line.late ?? 1_000))}, 'live', ${line.delivery ?? null})
      on conflict do nothing`.execute(tx.tables());
  }
}

/** Says that messages are understood, with the labels of each line, and stores those as `listening` would. */
export async function sayUnderstood(tx: Tx, channelId: string, brandId: string, lines: readonly Line[]): Promise<void> {
  for (const line of lines) {
    const labels: Labels = {
      language: "en",
      noise: false,
      addressed: line.private ? "direct" : line.to ? "reply" : "mention",
      intent: "complaint",
      sentiment: "neutral",
      risks: [],
      gratitude: line.labels?.thanksOnly ?? false,
      thanksOnly: false,
      ...line.labels,
    };
    const id = messageId(tx.accountId, line);
    await sql`
      insert into understanding (account_id, message_id, model_version, language, writing_direction, noise, addressed, intent, sentiment, risks, gratitude, thanks_only, detail, at)
      values (${tx.accountId}, ${id}, 'test', ${labels.language}, 'ltr', ${labels.noise}, ${labels.addressed}, ${labels.intent}, ${labels.sentiment}, ${labels.risks}, ${labels.gratitude},
        ${labels.thanksOnly}, ${json({ backfilled: line.backfilled ?? false })}::jsonb, ${ts(tx.now)})
      on conflict (account_id, message_id) do update set noise = excluded.noise, addressed = excluded.addressed, intent = excluded.intent, thanks_only = excluded.thanks_only`.execute(
      tx.tables(),
    );
    tx.announce(MessageUnderstood, {
      key: threadUuid(channelId, threadOf(line)),
      entity: "message",
      entityId: id,
      entityVersion: 1,
      payload: {
        messageId: id,
        channelId,
        brandId,
        network: "playground",
        kind: line.private ? "dm" : "post",
        visibility: line.private ? "private" : "public",
        direction: isUs(line) ? "out" : "in",
        threadKey: threadOf(line),
        sentAt: iso(TEST_START + line.at),
        backfilled: line.backfilled ?? false,
        modelVersion: "test",
        ...labels,
      },
    });
  }
}
