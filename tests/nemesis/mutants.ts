import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";
import type { Fault } from "./schedule.ts";

/**
 * Guards of the product, broken on purpose in a child of the runner: preloaded there, it changes the text of a file while it
 * is read, and nothing on disk. A change that no longer finds its place stops the child, so that no mutant rots unseen.
 */
interface Mutant {
  about: string;
  /** The oracle that has to see it. */
  seenBy: string;
  /** What goes wrong while it runs: faults that the guard is there for. */
  faults: readonly Fault[];
  patches: readonly { file: string; find: string; put: string }[];
}

const lostAnswers: Fault = { kind: "api-500-after-write", after: 0, at: 0, ms: 10_000, rate: 1, wait: 0 };
const repeated: Fault = { kind: "webhook-duplicate", after: 0, at: 0, ms: 10_000, rate: 1, wait: 0 };
const kill = (after: number): Fault => ({ kind: "kill-server", after, at: 30, ms: 50 });
/** Longer than an agent waits for an answer: the command is sent again while the first one still waits to be done. */
const stall = (after: number): Fault => ({ kind: "stall-server", after, at: 10, ms: 3_500 });

const NO_KEY = {
  // Most networks know no idempotency key: the playground would forgive a second try.
  file: "server/modules/channels/playground/call.ts",
  find: `...(spec.idempotencyKey && { "idempotency-key": spec.idempotencyKey }),`,
  put: "",
};

export const mutants: Readonly<Record<string, Mutant>> = {
  "send-again": {
    about: "what is unknown is sent again instead of being looked for",
    seenBy: "nothing is sent twice",
    faults: [lostAnswers],
    patches: [
      NO_KEY,
      {
        file: "server/modules/channels/domain/delivery.ts",
        find: `    state: "unknown",
    nextAt: now + (progress.state === "in-flight" ? lookDelay(0) : 0),`,
        put: `    state: "pending",
    nextAt: now,`,
      },
      {
        file: "server/modules/channels/domain/delivery.ts",
        find: `p.state === "in-flight" ? { ...p, state: "unknown" as const } : p`,
        put: `p.state === "in-flight" ? { ...p, state: "pending" as const } : p`,
      },
    ],
  },
  "unknown-is-failed": {
    about: "what is unknown is given up as failed",
    seenBy: "states agree with the network",
    faults: [lostAnswers],
    patches: [
      {
        file: "server/modules/channels/domain/delivery.ts",
        find: `    state: "unknown",
    nextAt: now + (progress.state === "in-flight" ? lookDelay(0) : 0),`,
        put: `    state: "failed",
    nextAt: NEVER,`,
      },
      {
        file: "server/modules/channels/domain/delivery.ts",
        find: `p.state === "in-flight" ? { ...p, state: "unknown" as const } : p`,
        put: `p.state === "in-flight" ? { ...p, state: "failed" as const } : p`,
      },
    ],
  },
  "every-input-is-new": {
    about: "the same input has another key each time",
    seenBy: "every post is one message",
    faults: [repeated],
    patches: [
      {
        file: "server/modules/channels/domain/input-key.ts",
        find: `return key(channelId, selfId, "message", externalId, "");`,
        put: `return key(channelId, selfId, "message", externalId, String(performance.now()));`,
      },
    ],
  },
  "acknowledge-first": {
    about: "a command is answered before it is committed",
    seenBy: "what was acknowledged stays",
    faults: [kill(2), kill(4), kill(6)],
    patches: [
      {
        file: "server/platform/http/routes.ts",
        find: `if (done.repeated) reply.header("idempotent-replayed", "true");`,
        put: "",
      },
      {
        file: "server/platform/db.ts",
        find: `      if (events.length > 0) await writeEvents(trx, accountId, now, traceId, events);
      return done;`,
        put: `      if (events.length > 0) await writeEvents(trx, accountId, now, traceId, events);
      // Whoever asked hears "done" when all is said and nothing committed.
      hasty?.(done);
      await new Promise((resolve) => setTimeout(resolve, 150));
      return done;`,
      },
      {
        file: "server/platform/db.ts",
        find: `          return await once(accountId, run, o.traceId);`,
        put: `          return await new Promise((resolve, reject) => {
            once(accountId, run, o.traceId, o.traceId ? resolve : undefined).then(resolve, reject);
          });`,
      },
      {
        file: "server/platform/db.ts",
        find: `async function once<T>(accountId: AccountId, run: (tx: Tx) => Promise<T>, traceId: string | undefined): Promise<T> {`,
        put: `async function once<T>(accountId: AccountId, run: (tx: Tx) => Promise<T>, traceId: string | undefined, hasty?: (done: T) => void): Promise<T> {`,
      },
    ],
  },
  "commands-are-forgotten": {
    about: "a command repeated with its key is done again",
    seenBy: "what was acknowledged stays",
    faults: [stall(2), stall(5)],
    patches: [
      {
        file: "server/platform/http/commands.ts",
        find: "if (Number(claimed.numAffectedRows ?? 0) === 0) {",
        put: "if (Number(claimed.numAffectedRows ?? 0) < 0) {",
      },
    ],
  },
  "cursor-apart": {
    about: "a reader's cursor is committed before what is done with the events",
    seenBy: "every message has one place",
    faults: [kill(1), kill(3), kill(5)],
    patches: [
      {
        file: "server/platform/journal/reader.ts",
        find: "  await react(tx, reader, ready.map(readEvent));\n  const moved",
        put: "  (tx as { later?: JournalEvent[] }).later = ready.map(readEvent);\n  const moved",
      },
      {
        file: "server/platform/journal/reader.ts",
        find: "return await db.withAccount(accountId, (tx) => readBatch(",
        put: "return await apart(db, reader, accountId, (tx) => readBatch(",
      },
      {
        file: "server/platform/journal/reader.ts",
        find: "async function lockCursors(",
        put: `async function apart(db: Database, reader: Reader, accountId: AccountId, read: (tx: Tx) => Promise<ReadStep>): Promise<ReadStep> {
  let later: JournalEvent[] = [];
  const step = await db.withAccount(accountId, async (tx) => {
    const done = await read(tx);
    later = (tx as { later?: JournalEvent[] }).later ?? [];
    return done;
  });
  if (later.length === 0) return step;
  await new Promise((resolve) => setTimeout(resolve, 100));
  await db.withAccount(accountId, (tx) => react(tx, reader, later));
  return step;
}

async function lockCursors(`,
      },
    ],
  },
};

const name = process.env.NEMESIS_MUTANT;
if (name) {
  const mutant = mutants[name];
  if (!mutant) throw new Error(`There is no mutant "${name}". There are: ${Object.keys(mutants).join(", ")}.`);
  const root = new URL("../../", import.meta.url);
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const own = url.startsWith("file:")
        ? mutant.patches.filter((p) => fileURLToPath(url) === fileURLToPath(new URL(p.file, root)))
        : [];
      if (own.length === 0) return loaded;
      let text = Buffer.from(loaded.source as Uint8Array).toString("utf8");
      for (const { file, find, put } of own) {
        if (text.split(find).length !== 2) throw new Error(`The mutant "${name}" does not find its place in ${file}.`);
        text = text.replace(find, () => put);
      }
      return { ...loaded, source: text };
    },
  });
}
