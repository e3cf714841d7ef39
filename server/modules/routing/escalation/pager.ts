import { PageFailed } from "#events/routing";
import { unseal } from "#modules/company";
import { agentsById, noticesHideWords } from "#modules/people";
import { type Clock, HOUR, iso, type Millis, SECOND } from "#platform/clock";
import type { Database, Tx } from "#platform/db";
import type { AccountId } from "#platform/ids";
import type { Log } from "#platform/log";
import type { outsideRequest } from "#platform/outside";
import type { AckLinks } from "./ack-links.ts";
import { againAfter } from "./domain/again.ts";
import {
  accountsWithPages,
  claimDeliveries,
  keepDeliveries,
  type PageDelivery,
  settleDelivery,
} from "./store/delivery-store.ts";
import { addSteps, findEscalation, lockEscalation } from "./store/escalation-store.ts";
import { browsersOf, dropBrowser, markWebhook, webhooksOf } from "./store/reach-store.ts";
import { push, pushKeys } from "./web-push.ts";
import { callWebhook } from "./webhook-out.ts";

/** Sends one mail to one of our own people; throws with the server's words. */
export type SendMail = (mail: { to: string; subject: string; text: string; id: string }) => Promise<void>;

export interface PagerDeps {
  db: Database;
  clock: Clock;
  log: Log;
  links: AckLinks;
  publicUrl: string;
  mail: SendMail | null;
  /** Webhooks and push services may lie in the private network. */
  mayBeInside: boolean;
  /** How push services are called, for tests: they are https only. */
  request?: typeof outsideRequest;
}
export interface Pager {
  /** Begins to send what is due now and there is a place for, and keeps what is being sent; how many it began. */
  look(): Promise<number>;
  /** Sends all that is due now; how many were tried. */
  drain(): Promise<number>;
  close(): Promise<void>;
}

const POLL: Millis = SECOND;
const TIMEOUT: Millis = 15 * SECOND;
/** A mail server takes its time; what it has not taken by then is tried again under the same id. */
const MAIL_TIMEOUT: Millis = 45 * SECOND;
/** A claim is kept while its page is being sent; of a process that died it is free again after this. */
const CLAIM: Millis = 6 * SECOND;
const KEEP: Millis = 2 * SECOND;
/** So many at a time, and so many of one account: whoever's pages are slow hold up nobody else's. */
const [AT_ONCE, OF_ACCOUNT] = [20, 8];
/** The last places are for the first pages of accounts: some whose pages all hang do not take them all. */
const [FIRST_PAGES, LAST_PLACES] = [2, 6];
/** A link acknowledges for so long. */
export const LINK_FOR: Millis = 24 * HOUR;

interface Sending {
  readonly accountId: AccountId;
  readonly delivery: PageDelivery;
  readonly ends: Promise<void>;
}

/** Brings pages to the people: what a transaction wrote down is sent here, tried again, and told when it cannot be done. */
export function startPager(deps: PagerDeps, polls = true): Pager {
  let closed = false;
  let looking: Promise<number> | null = null;
  let keeping: Promise<void> | null = null;
  let kept = Number.NEGATIVE_INFINITY;
  const sending = new Map<string, Sending>();
  const of = (accountId: AccountId) => sending.values().filter((one) => one.accountId === accountId);

  function begin(accountId: AccountId, delivery: PageDelivery): void {
    const ends = sendOne(deps, accountId, delivery)
      .catch(tell)
      .finally(() => {
        sending.delete(delivery.id);
        // Its place is free: others may wait for it.
        if (polls) look().catch(tell);
      });
    sending.set(delivery.id, { accountId, delivery, ends });
  }
  async function keepClaims(): Promise<void> {
    keeping ??= keepAll().finally(() => {
      keeping = null;
    });
    return keeping;
  }
  async function keepAll(): Promise<void> {
    const now = deps.clock.now();
    if (sending.size === 0 || now < kept + KEEP) return;
    kept = now;
    for (const accountId of new Set(sending.values().map((one) => one.accountId))) {
      const claims = [...of(accountId)].map((one) => one.delivery);
      await deps.db.withAccount(accountId, (tx) => keepDeliveries(tx, claims, now + CLAIM));
    }
  }
  async function beginAll(): Promise<number> {
    await keepClaims();
    let begun = 0;
    const [idle, busy] = [[], []] as [AccountId[], AccountId[]];
    for (const accountId of await accountsWithPages(deps.db, deps.clock.now()))
      (of(accountId).next().done ? idle : busy).push(accountId);
    for (const accountId of [...idle, ...busy]) {
      const [free, mine] = [AT_ONCE - sending.size, of(accountId).toArray().length];
      const places = Math.min(free, OF_ACCOUNT - mine, Math.max(FIRST_PAGES - mine, free - LAST_PLACES));
      if (closed) break;
      if (places <= 0) continue;
      const claimed = await deps.db.withAccount(accountId, (tx) =>
        claimDeliveries(tx, deps.clock.now() + CLAIM, places),
      );
      for (const delivery of claimed) {
        const mine = sending.get(delivery.id);
        // Kept too late, and claimed by nobody else meanwhile: what is on its way is this try.
        if (mine) mine.delivery.tries = delivery.tries;
        else {
          begin(accountId, delivery);
          begun++;
        }
      }
    }
    return begun;
  }
  async function look(): Promise<number> {
    if (closed) return 0;
    looking ??= beginAll().finally(() => {
      looking = null;
    });
    return looking;
  }
  async function drain(): Promise<number> {
    await looking?.catch(() => {});
    let all = 0;
    for (let begun = await look(); begun > 0 || sending.size > 0; begun = await look()) {
      all += begun;
      await Promise.all(sending.values().map((one) => one.ends));
    }
    return all;
  }
  const tell = (error: unknown): void => {
    if (!closed) deps.log.warn({ err: error }, "pages: will try again");
  };
  const poll = polls ? setInterval(() => look().catch(tell), POLL) : undefined;
  // Of its own: claims are kept while a look takes long, and while what is on its way ends after the last one.
  const keeper = polls ? setInterval(() => keepClaims().catch(tell), POLL) : undefined;
  return {
    look,
    drain,
    async close() {
      closed = true;
      clearInterval(poll);
      await looking?.catch(() => {});
      await Promise.all(sending.values().map((one) => one.ends));
      clearInterval(keeper);
      await keeping?.catch(() => {});
    },
  };
}

type Outcome = { sent: true } | { sent: false; error: string; again: boolean };
const SENT: Outcome = { sent: true };
const failed = (error: string, again = false): Outcome => ({ sent: false, error, again });

async function sendOne(deps: PagerDeps, accountId: AccountId, d: PageDelivery): Promise<void> {
  const run = <T>(act: (tx: Tx) => Promise<T>) => deps.db.withAccount(accountId, act);
  const signal = AbortSignal.timeout(TIMEOUT);
  let outcome: Outcome;
  try {
    if (d.way === "push") outcome = await byPush(deps, run, d, signal);
    else if (d.way === "email") outcome = await byMail(deps, accountId, run, d);
    else outcome = await byWebhook(deps, run, d, signal);
  } catch (error) {
    outcome = failed(String((error as Error).message ?? error).slice(0, 300), true);
  }
  await run((tx) => settle(tx, d, outcome));
}

async function settle(tx: Tx, d: PageDelivery, outcome: Outcome): Promise<void> {
  if (d.way === "webhook" && d.toId !== null && outcome.sent) await markWebhook(tx, d.toId, null, false);
  if (outcome.sent) return void (await settleDelivery(tx, d, { state: "sent" }));
  const { error } = outcome;
  const wait = outcome.again ? againAfter(d.tries) : null;
  // Whoever acts on the matter now writes its log, too: first the matter, then its pages, as everywhere.
  const e = d.escalationId === null ? undefined : await lockEscalation(tx, d.escalationId);
  // What somebody tries out is told at once, not tried again behind their back.
  if (wait !== null && !d.payload.test) {
    // Somebody has it by now, and what is on its way was not dropped with the rest. Alarms are told all the same.
    const isAsked = d.pages <= 0 || e === undefined || e.state === "paging";
    const to = isAsked
      ? { state: "pending" as const, error, nextAt: tx.now + wait }
      : { state: "dropped" as const, error };
    return void (await settleDelivery(tx, d, to));
  }
  // Another tries it by now: what became of it is told there.
  if (!(await settleDelivery(tx, d, { state: "failed", error }))) return;
  // What was only tried out pages nobody about itself.
  if (d.payload.test) return;
  if (d.way === "webhook" && d.toId !== null) await markWebhook(tx, d.toId, error, true);
  if (d.escalationId !== null)
    await addSteps(tx, d.escalationId, [
      { at: tx.now, act: "not-reached", agentId: d.agentId, says: `By ${d.way}: ${error}` },
    ]);
  const { id: deliveryId, escalationId, agentId, way, toId } = d;
  tx.announce(PageFailed, {
    ...{ key: escalationId ?? deliveryId, entity: "page-delivery", entityId: deliveryId, entityVersion: 1 },
    payload: { deliveryId, escalationId, agentId, way, toId },
  });
}

type Run = <T>(act: (tx: Tx) => Promise<T>) => Promise<T>;

async function byPush(deps: PagerDeps, run: Run, d: PageDelivery, signal: AbortSignal): Promise<Outcome> {
  const { browser, keys, hide } = await run(async (tx) => ({
    browser: (await browsersOf(tx, [d.agentId])).find((b) => b.id === d.toId),
    keys: await pushKeys(tx),
    hide: await noticesHideWords(tx, d.agentId),
  }));
  if (!browser) return failed("This browser does not take notices any more.");
  const { severity, says, test } = d.payload;
  const data = {
    title: test ? "Test page" : `Severity ${severity}`,
    // Left out, the desk's worker says that somebody asks. What is only tried out quotes nobody.
    ...((test || !hide) && { body: says }),
    tag: d.escalationId ?? d.id,
    url: "/escalations",
    // The desk's worker shows the words only while this agent is signed in there.
    for: d.agentId,
  };
  const subject = deps.publicUrl.startsWith("https:") ? deps.publicUrl : "mailto:operator@localhost";
  const outcome = await push(keys, subject, browser, data, {
    ...{ signal, mayBeInside: deps.mayBeInside },
    ...(deps.request && { request: deps.request }),
  });
  if (outcome === "sent") return SENT;
  if (outcome !== "gone") return failed(outcome.error, outcome.again);
  await run((tx) => dropBrowser(tx, browser.id));
  return failed("The browser does not take notices any more; it was forgotten.");
}

async function byMail(deps: PagerDeps, accountId: AccountId, run: Run, d: PageDelivery): Promise<Outcome> {
  if (!deps.mail) return failed("This server has no way to send mail. Set HUBBUB_SMTP_URL and HUBBUB_MAIL_FROM.");
  const to = (await run((tx) => agentsById(tx, [d.agentId]))).get(d.agentId)?.email;
  if (!to) return failed("This agent has no address.");
  const { severity, says, test } = d.payload;
  // Of an alarm to all who manage there is nothing to acknowledge by link: they look at the desk.
  const link =
    d.escalationId !== null && d.pages > 0
      ? deps.links.linkOf({
          ...{ accountId, escalationId: d.escalationId, agentId: d.agentId, pages: d.pages },
          until: deps.clock.now() + LINK_FOR,
        })
      : null;
  const lines = [
    says,
    "",
    ...(link ? [`I have it (opens a page with a button): ${link}`, ""] : []),
    `All escalations: ${deps.publicUrl}/escalations`,
  ];
  const subject = test
    ? "Test page of Hubbub"
    : `[severity ${severity}] ${says}`.replace(/[\r\n]+/g, " ").slice(0, 200);
  const mailed = deps.mail({ to, subject, text: lines.join("\n"), id: d.id }).then(() => SENT);
  return Promise.race([mailed, tooLate()]);
}

/** It is not waited for: nothing hangs on the timer. */
function tooLate(): Promise<Outcome> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(failed("The mail server did not take it in time.", true)), MAIL_TIMEOUT).unref();
  });
}

async function byWebhook(deps: PagerDeps, run: Run, d: PageDelivery, signal: AbortSignal): Promise<Outcome> {
  const found = await run(async (tx) => {
    const hook = (await webhooksOf(tx)).find((w) => w.id === d.toId);
    if (!hook) return null;
    const agent = (await agentsById(tx, [d.agentId])).get(d.agentId);
    const escalation = d.escalationId === null ? undefined : await findEscalation(tx, d.escalationId);
    return { url: hook.url, secret: (await unseal(tx, hook.secret)).toString(), agent, escalation };
  });
  if (!found) return failed("This webhook is not there any more.");
  const { severity, says, test } = d.payload;
  const body = JSON.stringify({
    type: test ? "page.test" : d.pages > 0 ? "page" : "alarm",
    timestamp: iso(deps.clock.now()),
    data: {
      ...{ escalationId: d.escalationId, severity, says, trigger: found.escalation?.trigger ?? null },
      agent: { id: d.agentId, name: found.agent?.name ?? "" },
      ...{ dueAt: found.escalation?.dueAt ? iso(found.escalation.dueAt) : null, url: `${deps.publicUrl}/escalations` },
    },
  });
  const refused = await callWebhook(found, d.id, deps.clock.now(), body, { signal, mayBeInside: deps.mayBeInside });
  return refused ? failed(refused.error, refused.again) : SENT;
}
