import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openBackup } from "../../server/app/backup/open-backup.ts";
import { type Restored, restore } from "../../server/app/backup/restore.ts";
import type { Clock } from "../../server/platform/clock.ts";
import { type Database, type DatabaseAddress, sql, type Tx } from "../../server/platform/db.ts";
import { uuidv7 } from "../../server/platform/ids.ts";
import type { Company } from "./company.ts";
import { TEST_START } from "./database.ts";

/** What a copy must not change: COPY's own signs, quotes, breaks, signs beyond the first plane, right to left, marks on marks. */
export const HOSTILE = [
  "tab\there, line\nbreak, return\rand both\r\n",
  "\\N and \\. and \\\\ and \\x41 and \\t",
  '\'; drop table message; -- "quoted" {a,NULL,"b"}',
  "𝔘𝔫𝔦 🫠 👩‍👩‍👧‍👦 עברית العربية Z̷̢͎͑a̶͉͐l̵̡̓g̴̲̈́o̷",
  "\u0001\u0007\u007f\u0085\u2028\u2029\ufeff\uffff",
  "<script>alert(1)</script>__proto__",
  "",
  "  spaces at both ends  ",
];

const MICROS = "2026-03-29 01:59:59.123457+01";

/** Rows as no verb writes them, in every type that tables have, also in default partitions and months long ago. */
export async function hostileRows(db: Database, { accountId, channelId, brandId, agents }: Company): Promise<void> {
  await db.withAccount(accountId, async (tx) => {
    for (const [i, text] of HOSTILE.entries()) {
      // 1990 and 2026: a default partition, and one of its month.
      const id = uuidv7(i % 2 === 0 ? Date.parse("1990-02-01T00:00:00Z") + i : TEST_START + i);
      await putMessage(tx, channelId, { id, key: `hostile ${i} ${text}`, text });
      await sql`insert into message_revision values (${accountId}, ${id}, ${String(i)}, ${text}, ${MICROS}::timestamptz)`.execute(
        tx.tables(),
      );
      await sql`insert into note (account_id, id, conversation_id, agent_id, text, at, deleted_at)
        values (${accountId}, ${uuidv7(TEST_START)}, ${id}, ${agents.priya}, ${text}, 'infinity', ${i % 2 ? null : MICROS}::timestamptz)`.execute(
        tx.tables(),
      );
      await sql`insert into label_model values (${accountId}, ${`task ${text}`}, ${i}, -2147483648, ${Buffer.from(Array.from({ length: 512 }, (_, n) => (n * 7 + i) & 255))}, '-infinity')`.execute(
        tx.tables(),
      );
      await sql`insert into handle_join values (${accountId}, ${uuidv7(TEST_START)}, ${id}, ${id}, ${JSON.stringify({ text, n: 1e-7, big: 12345678901234567890n.toString() })}::jsonb, ${i / 3}, 'system', null, ${MICROS}::timestamptz, null, null)`.execute(
        tx.tables(),
      );
    }
    await sql`update brand set names = ${HOSTILE} where account_id = ${accountId} and id = ${brandId}`.execute(
      tx.tables(),
    );
    await sql`insert into raw_inbox (account_id, id, channel_id, source, received_at, body, sealed, state)
      values (${accountId}, ${uuidv7(TEST_START)}, ${channelId}, 'webhook', ${MICROS}::timestamptz, ${Buffer.from("4111 1111 1111 1111")}, true, 'quarantined')`.execute(
      tx.tables(),
    );
    await sql`insert into command_log values (${accountId}, 'a', 'c', 'h', 200, '{"secret": 1}', ${MICROS}::timestamptz)`.execute(
      tx.tables(),
    );
  });
}

/** A message with its key and its event in one transaction: none of the three without the others. */
export async function putMessage(tx: Tx, channelId: string, m: { id: string; key: string; text: string }) {
  await sql`insert into inbound_key (account_id, key, message_id, source, at) values (${tx.accountId}, ${m.key}, ${m.id}, 'poll', ${MICROS}::timestamptz)`.execute(
    tx.tables(),
  );
  await sql`insert into message (account_id, id, channel_id, network, kind, visibility, direction, external_id, revision, thread_key, author_id, addressed_to, text, entities, sent_at, received_at, state)
    values (${tx.accountId}, ${m.id}, ${channelId}, 'playground', 'post', 'public', 'in', ${m.id}, '1', 't', 'a', ${[m.text]}, ${m.text}, ${JSON.stringify([m.text])}::jsonb, ${MICROS}::timestamptz, ${MICROS}::timestamptz, 'live')`.execute(
    tx.tables(),
  );
  tx.announce(
    { name: "TestBackedUp", v: 1 },
    { key: m.id, entity: "message", entityId: m.id, entityVersion: 1, payload: { text: m.text } },
  );
}

export async function restoreInto(
  folder: string,
  address: DatabaseAddress,
  clock: Clock,
  say: (line: string) => void = () => {},
): Promise<Restored> {
  return restore({ backup: await openBackup(folder, say), address, files: null, clock, say });
}

/** Changes a file of a backup and its line in the list of sums, as somebody who means harm would. */
export async function forge(folder: string, name: string, change: (bytes: Buffer) => Buffer): Promise<void> {
  const bytes = change(await readFile(join(folder, name)));
  await writeFile(join(folder, name), bytes);
  const sums = await readFile(join(folder, "SHA256SUMS"), "utf8");
  const sum = createHash("sha256").update(bytes).digest("hex");
  await writeFile(
    join(folder, "SHA256SUMS"),
    sums.replace(new RegExp(`^[0-9a-f]{64}  ${name.replaceAll(".", "\\.")}$`, "m"), `${sum}  ${name}`),
  );
}
