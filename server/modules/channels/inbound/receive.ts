import { seal } from "#modules/company";
import type { Clock, Instant, Millis } from "#platform/clock";
import { type Database, json } from "#platform/db";
import { AppError, notFound } from "#platform/errors";
import { type AccountId, uuidv7 } from "#platform/ids";
import type { Log } from "#platform/log";
import { accessOf } from "../channels.ts";
import type { Adapter, ChannelAccess, RawRequest } from "../domain/adapter.ts";
import { findChannel, findHookOwner } from "../store/channel-store.ts";
import { insertRaw, type NewRaw } from "../store/raw-store.ts";
import { hooksRefused, hooksTaken } from "./counters.ts";
import { createGroupCommit, isDataFault, Overloaded } from "./group-commit.ts";

export interface HookAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export interface Receiver {
  /** Verifies, makes durable, and only then answers. Throws problems. */
  take(hookId: string, request: RawRequest, traceId: string): Promise<HookAnswer>;
  /** A channel changed: its secret is read again at the next request. */
  forget(channelId: string): void;
  drain(): Promise<void>;
}

interface Hook {
  accountId: AccountId;
  channelId: string;
  network: string;
  access: ChannelAccess;
  readAt: number;
}

/** A changed secret counts after this time at the latest, on every node. */
const HOOK_KEPT: Millis = 2_000;
/** No network waits less than ten seconds for its answer; a third of that is ours. */
const LOOK_UP: Millis = 3_000;
const HOOK_ID = /^[A-Za-z0-9_-]{16,64}$/;

type Row = NewRaw & { accountId: AccountId };

export function createReceiver(
  deps: { db: Database; clock: Clock; log: Log; adapters: Readonly<Record<string, Adapter>> },
  onStored: (accountId: AccountId, channelId: string) => void,
): Receiver {
  const { db, clock, log, adapters } = deps;
  const hooks = new Map<string, Hook>();
  /** Look-ups under way. */
  const asking = new Map<string, Promise<Hook | null>>();
  /** Names nobody has, and when that was looked up: guessing costs us no query each. */
  const strange = new Map<string, Instant>();
  const commits = createGroupCommit<Row>({
    isDataFault,
    sizeOf: (row) => row.body.length + row.head.length,
    async write(rows) {
      for (const [accountId, own] of Map.groupBy(rows, (r) => r.accountId))
        await db.withAccount(accountId, async (tx) => {
          await insertRaw(tx, await Promise.all(own.map(async (r) => ({ ...r, body: await seal(tx, r.body) }))));
        });
      for (const [, own] of Map.groupBy(rows, (r) => r.channelId)) onStored(own[0]!.accountId, own[0]!.channelId);
    },
  });

  async function hookOf(hookId: string): Promise<Hook> {
    const now = clock.now();
    const kept = hooks.get(hookId);
    if (kept && now - kept.readAt < HOOK_KEPT && now >= kept.readAt) return kept;
    const guessed = now - (strange.get(hookId) ?? Number.NEGATIVE_INFINITY) < HOOK_KEPT;
    const hook = HOOK_ID.test(hookId) && !guessed ? await (asking.get(hookId) ?? ask(hookId, now)) : null;
    if (!hook) {
      if (strange.size > 10_000) strange.clear();
      strange.set(hookId, guessed ? strange.get(hookId)! : now);
      hooksRefused.inc({ network: "none", reason: "unknown-hook" });
      throw notFound("hook");
    }
    return hook;
  }

  /** A burst of requests asks once. */
  function ask(hookId: string, now: Instant): Promise<Hook | null> {
    const asked = lookUp(hookId, now)
      .then((hook) => {
        // Forgotten meanwhile: what was read may be older than the change.
        if (hook && asking.get(hookId) === asked) {
          if (hooks.size > 10_000) hooks.clear();
          hooks.set(hookId, hook);
        }
        return hook;
      })
      .finally(() => {
        if (asking.get(hookId) === asked) asking.delete(hookId);
      });
    asking.set(hookId, asked);
    return asked;
  }
  async function lookUp(hookId: string, now: Instant): Promise<Hook | null> {
    const owner = await findHookOwner(db, hookId);
    if (!owner) return null;
    return db.withAccount(owner.accountId, async (tx): Promise<Hook | null> => {
      const row = await findChannel(tx, owner.channelId);
      return row && { ...owner, network: row.network, access: await accessOf(tx, row), readAt: now };
    });
  }

  return {
    forget(channelId) {
      for (const [id, hook] of hooks) if (hook.channelId === channelId) hooks.delete(id);
      asking.clear();
    },
    drain: () => commits.drain(),
    async take(hookId, request, traceId) {
      const hook = await within(hookOf(hookId), LOOK_UP).catch((error: unknown) => {
        throw error instanceof Overloaded ? overloaded() : error;
      });
      const receiver = adapters[hook.network]?.webhook;
      if (!receiver) throw notFound("hook");
      const handshake = receiver.handshake?.(request, hook.access);
      if (handshake) return handshake;
      const refuse = (reason: string, error: AppError) => {
        hooksRefused.inc({ network: hook.network, reason });
        return error;
      };
      if (request.method !== "POST")
        throw refuse("method", new AppError("method-not-allowed", "Webhooks come by POST."));
      const verified = receiver.verify(request, hook.access, clock.now());
      if (!verified.ok)
        throw refuse(
          verified.reason,
          new AppError("bad-signature", "The signature does not fit the bytes. Check the secret on both sides."),
        );
      const receivedAt = clock.now();
      const stored = commits.add({
        accountId: hook.accountId,
        id: uuidv7(receivedAt),
        channelId: hook.channelId,
        source: "webhook",
        receivedAt,
        head: json(receiver.head?.(request) ?? {}),
        body: request.body,
        traceId,
        replayKey: verified.replayKey ?? null,
      });
      try {
        await within(stored, receiver.deadlineMs / 3);
      } catch (error) {
        if (!(error instanceof Overloaded)) {
          log.warn({ err: error, channelId: hook.channelId }, "a webhook request could not be stored");
          throw refuse(
            "not-storable",
            new AppError("invalid-request", "The request holds data that cannot be stored."),
          );
        }
        throw refuse("overloaded", overloaded());
      }
      hooksTaken.inc({ network: hook.network });
      return { status: 200, headers: { "content-type": "application/json" }, body: '{"ok":true}' };
    },
  };
}

const overloaded = () =>
  new AppError("overloaded", "Input cannot be made durable in time. Come again shortly.", {}, { "retry-after": "5" });

/** The row may still be stored after that: the network sends it again, and the same input is one message. */
async function within<T>(stored: Promise<T>, ms: Millis): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Overloaded("not durable within a third of the deadline")), ms);
  });
  stored.catch(() => {});
  try {
    return await Promise.race([stored, late]);
  } finally {
    clearTimeout(timer);
  }
}
