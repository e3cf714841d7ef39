import { createHash } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import { type Clock, HOUR, MINUTE } from "#platform/clock";
import type { Database } from "#platform/db";
import { AppError } from "#platform/errors";
import type { Actor, Authenticate } from "#platform/http/actor";
import { networkOf } from "#platform/http/client-network";
import type { AccountId } from "#platform/ids";
import { uuidv7 } from "#platform/ids";
import { insertAudit } from "./store/agent-store.ts";
import {
  addAttempts,
  clearAttempts,
  countAttempts,
  endSession,
  findApiKey,
  findCredentials,
  findDemoAgents,
  findSession,
  insertSession,
  takeBackAttempt,
  touchApiKey,
  touchSession,
} from "./store/session-store.ts";
import { csrfOf, hashOf, makeSessionToken, readApiSecret, readSessionToken } from "./tokens.ts";

/** OWASP's floor for argon2id: 19 MiB, two passes, one lane. */
const ARGON = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const WINDOW_MS = 15 * MINUTE;
const TRIES_PER_EMAIL = 6;
const TRIES_PER_ADDRESS = 30;
/** A session ends after this without use, and after seven days in any case. */
export const SESSION_IDLE_MS = 12 * HOUR;

export const SESSION_COOKIE = "hubbub_session";
export const CSRF_COOKIE = "hubbub_csrf";

export function hashPassword(password: string): Promise<string> {
  return hash(password, ARGON);
}

const bucketOf = (kind: string, value: string) =>
  createHash("sha256").update(`${kind}\u0000${value}`).digest("base64url");
let decoy: Promise<string> | undefined;

export interface SignedIn {
  accountId: AccountId;
  agentId: string;
  token: string;
  csrf: string;
}

/** Slow on purpose and equally slow for unknown addresses; refused for a while after repeated failures. */
export async function signIn(
  db: Database,
  clock: Clock,
  asked: { email: string; password: string; ip: string; userAgent: string },
): Promise<SignedIn> {
  const email = asked.email.trim().toLowerCase();
  const byEmail = bucketOf("email", email);
  const byAddress = bucketOf("ip", networkOf(asked.ip));
  await refuseWhenTooMany(db, clock, byEmail, byAddress);
  // Counted before the password is looked at: parallel guesses cannot slip through, a right one clears it.
  const at = clock.now();
  await addAttempts(db, [byEmail, byAddress], at, at - WINDOW_MS);
  const candidates = await findCredentials(db, email);
  let found: (typeof candidates)[number] | undefined;
  for (const c of candidates)
    if (c.passwordHash && (await verify(c.passwordHash, asked.password).catch(() => false))) found ??= c;
  if (candidates.every((c) => !c.passwordHash)) {
    decoy ??= hashPassword("nobody has this password");
    await verify(await decoy, asked.password).catch(() => false);
  }
  if (found?.state !== "active")
    throw new AppError(
      "wrong-credentials",
      "E-mail or password is wrong. After several wrong tries sign-in rests for a quarter of an hour.",
    );
  await clearAttempts(db, byEmail);
  // A whole office signs in from one address: only wrong tries count against it.
  await takeBackAttempt(db, byAddress, at);
  return openSession(db, clock, found.accountId as AccountId, found.agentId, asked.userAgent, "password");
}

async function refuseWhenTooMany(db: Database, clock: Clock, byEmail: string, byAddress: string): Promise<void> {
  const counts = await countAttempts(db, [byEmail, byAddress], clock.now() - WINDOW_MS);
  const full = counts.find((c) => c.n >= (c.bucket === byEmail ? TRIES_PER_EMAIL : TRIES_PER_ADDRESS));
  if (!full) return;
  const seconds = Math.max(1, Math.ceil((full.oldest + WINDOW_MS - clock.now()) / 1_000));
  throw new AppError(
    "too-many-requests",
    `Too many wrong tries. Sign-in opens again in ${seconds} seconds.`,
    { retryAfter: seconds },
    { "retry-after": String(seconds) },
  );
}

/** The demo's one-click sign-in; only for agents that the demo seed made, and only while the demo is on. */
export async function signInDemo(db: Database, clock: Clock, email: string, userAgent: string): Promise<SignedIn> {
  const found = (await findDemoAgents(db)).find((a) => a.email === email.trim().toLowerCase());
  if (!found) throw new AppError("wrong-credentials", "There is no demo agent with this e-mail address.");
  return openSession(db, clock, found.accountId as AccountId, found.agentId, userAgent, "demo");
}

async function openSession(
  db: Database,
  clock: Clock,
  accountId: AccountId,
  agentId: string,
  userAgent: string,
  how: string,
): Promise<SignedIn> {
  const token = makeSessionToken(accountId);
  await db.withAccount(accountId, async (tx) => {
    await insertSession(tx, { hash: hashOf(token), agentId, expiresAt: clock.now() + SESSION_IDLE_MS, userAgent });
    await insertAudit(tx, {
      id: uuidv7(tx.now),
      actorKind: "agent",
      actorId: agentId,
      act: "session.opened",
      entity: "agent",
      entityId: agentId,
      detail: { how },
    });
  });
  return { accountId, agentId, token, csrf: csrfOf(token) };
}

/** Who ended, and whether it was the agent's last session. */
export async function signOut(
  db: Database,
  token: string,
): Promise<{ accountId: AccountId; agentId: string; last: boolean } | null> {
  const read = readSessionToken(token);
  if (!read) return null;
  const accountId = read.accountId as AccountId;
  const ended = await db.withAccount(accountId, (tx) => endSession(tx, read.hash));
  return ended ? { accountId, agentId: ended.agentId, last: ended.left === 0 } : null;
}

/** Reads the cookie or the bearer token of a request. One short transaction, one statement. */
export function authenticator(db: Database, clock: Clock): Authenticate {
  return async (request) => {
    const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
    if (bearer) return byApiKey(db, clock, bearer);
    const token = request.cookies?.[SESSION_COOKIE];
    return token ? bySession(db, clock, token) : null;
  };
}

/** The agent behind a session token, with all rights; null when it is none or has ended. */
export async function bySession(db: Database, clock: Clock, token: string): Promise<Actor | null> {
  const read = readSessionToken(token);
  if (!read) return null;
  return db.withAccount(read.accountId as AccountId, async (tx) => {
    const found = await findSession(tx, read.hash);
    if (!found) return null;
    if (clock.now() - found.seenAt > MINUTE) await touchSession(tx, read.hash, clock.now() + SESSION_IDLE_MS);
    return {
      accountId: tx.accountId,
      kind: "agent",
      id: found.id,
      name: found.name,
      csrf: csrfOf(token),
      grants: found.grants,
    };
  });
}

async function byApiKey(db: Database, clock: Clock, secret: string): Promise<Actor | null> {
  const read = readApiSecret(secret);
  if (!read?.keyId) return null;
  const keyId = read.keyId;
  return db.withAccount(read.accountId as AccountId, async (tx) => {
    const found = await findApiKey(tx, keyId, read.hash);
    if (!found) return null;
    if (clock.now() - found.seenAt > MINUTE) await touchApiKey(tx, keyId);
    return {
      accountId: tx.accountId,
      kind: "api-key",
      id: found.id,
      name: found.name,
      csrf: null,
      grants: found.grants,
    };
  });
}
