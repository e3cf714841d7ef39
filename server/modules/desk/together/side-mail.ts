import { brandOf } from "#modules/company";
import { conversationsById } from "#modules/conversations";
import { agentsById } from "#modules/people";
import type { SendMail } from "#modules/routing";
import { type Clock, MINUTE, type Millis, SECOND } from "#platform/clock";
import type { Database } from "#platform/db";
import type { AccountId } from "#platform/ids";
import type { Log } from "#platform/log";
import type { SideLinks } from "./side-links.ts";
import { questionChanged } from "./side-questions.ts";
import {
  accountsWithQuestions,
  claimMails,
  findQuestion,
  type SideQuestion,
  settleMail,
} from "./store/side-question-store.ts";

interface Deps {
  db: Database;
  clock: Clock;
  log: Log;
  links: SideLinks;
  mail: SendMail;
}
const POLL: Millis = 2 * SECOND;
/** A claim of a process that died is free again after this. */
const CLAIM: Millis = MINUTE;
const AT_ONCE = 10;
/** How long until the next try; after the last the asker is told. */
const AFTER: readonly Millis[] = [10 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE];

/** Sends links of side questions; what a transaction wrote down is sent here, tried again, and told when it cannot be done. */
export function startSideMail(deps: Deps, polls = true): { drain(): Promise<number>; close(): Promise<void> } {
  let running: Promise<number> | null = null;
  let closed = false;
  async function round(): Promise<number> {
    let tried = 0;
    for (const accountId of await accountsWithQuestions(deps.db, deps.clock.now())) {
      if (closed) break;
      // One by one: what the mails before it took is not taken off the claim of the next.
      for (let n = 0; n < AT_ONCE && !closed; n++) {
        const [q] = await deps.db.withAccount(accountId, (tx) => claimMails(tx, deps.clock.now() + CLAIM, 1));
        if (!q) break;
        await sendOne(deps, accountId, q);
        tried++;
      }
    }
    return tried;
  }
  async function drain(): Promise<number> {
    await running?.catch(() => {});
    running = round().finally(() => {
      running = null;
    });
    return running;
  }
  const poll = polls
    ? setInterval(() => {
        if (!running && !closed)
          drain().catch((err) => closed || deps.log.warn({ err }, "side questions: will try again"));
      }, POLL)
    : undefined;
  return {
    drain,
    async close() {
      closed = true;
      clearInterval(poll);
      await running?.catch(() => {});
    },
  };
}

async function sendOne(deps: Deps, accountId: AccountId, q: SideQuestion): Promise<void> {
  let error: string | null = null;
  try {
    const { agent, brand } = await deps.db.withAccount(accountId, async (tx) => {
      const conversation = (await conversationsById(tx, [q.conversationId])).get(q.conversationId);
      return {
        agent: (await agentsById(tx, [q.askedBy])).get(q.askedBy)?.name ?? "",
        brand: conversation ? (await brandOf(tx, conversation.brandId)).name : "",
      };
    });
    await deps.mail({
      ...{ to: q.toAddress!, id: q.id, subject: oneLine(`${agent} (${brand}) asks you something`).slice(0, 200) },
      text: [
        `${oneLine(agent)} of ${oneLine(brand)} would like to know something from you.`,
        "",
        q.question,
        "",
        `Read more and answer here, without an account: ${deps.links.linkOf({ accountId, questionId: q.id })}`,
        "",
        `The link is for you alone, takes one answer and works until ${new Date(q.expiresAt).toISOString().slice(0, 16).replace("T", " ")} UTC.`,
      ].join("\n"),
    });
  } catch (failed) {
    error = oneLine(String((failed as Error).message ?? failed)).slice(0, 300);
  }
  await deps.db.withAccount(accountId, async (tx) => {
    const wait = AFTER[q.mailTries - 1];
    const version = await settleMail(
      tx,
      q.id,
      error === null
        ? { mail: "sent" }
        : wait === undefined
          ? { mail: "failed", error }
          : { mail: "waiting", error, nextAt: tx.now + wait },
    );
    // Taken back or answered meanwhile: nothing is told of its mail.
    if (version === null || (error !== null && wait !== undefined)) return;
    const now = await findQuestion(tx, q.id);
    if (now) questionChanged(tx, now, "mailed", version);
  });
}

const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
