import { createHash, randomBytes } from "node:crypto";
import type { Instant } from "./clock.ts";

/** A branded string id: `Id<"conversation">` cannot be passed where `Id<"customer">` is wanted. */
export type Id<Of extends string> = string & { readonly __of: Of };

export type AccountId = Id<"account">;
export type BrandId = Id<"brand">;
export type AgentId = Id<"agent">;
export type ChannelId = Id<"channel">;
export type MessageId = Id<"message">;
export type CustomerId = Id<"customer">;
export type HandleId = Id<"handle">;
export type ConversationId = Id<"conversation">;
export type EpisodeId = Id<"episode">;
export type QueueId = Id<"queue">;
export type WorkItemId = Id<"work-item">;
export type OfferId = Id<"offer">;
export type DeliveryId = Id<"delivery">;

const HEX = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** True for a lower-case hyphenated UUID of any version. */
export function isUuid(text: string): boolean {
  return HEX.test(text);
}

const POOL_BYTES = 4_096;
let pool = new Uint8Array();
let used = 0;
/** Random bytes out of a stock: one call of the operating system for hundreds of ids. No byte is handed out twice. */
function fromPool(bytes: number): Uint8Array {
  if (used + bytes > pool.length) {
    pool = randomBytes(Math.max(POOL_BYTES, bytes));
    used = 0;
  }
  used += bytes;
  return pool.subarray(used - bytes, used);
}

let entropy: (bytes: number) => Uint8Array = fromPool;

/** Hands in the chance behind new ids: a simulation that is to be replayed exactly names a seeded one. Returns the former. */
export function useEntropy(source: typeof entropy): typeof entropy {
  const former = entropy;
  entropy = source;
  return former;
}

/** UUIDv7 (RFC 9562 §5.7) whose 48-bit time is `at`; the remaining 74 bits are random unless handed in. */
export function uuidv7<T extends string = string>(at: Instant, random: Uint8Array = entropy(10)): T {
  const ms = Math.max(0, Math.min(Math.trunc(at), 0xffff_ffff_ffff));
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(ms, 0, 6);
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return hyphenate(bytes) as T;
}

/** The instant inside a UUIDv7, milliseconds. */
export function timeOfUuid(id: string): Instant {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/** A stable UUID (version 8, SHA-256) of some text: the same text always gives the same id. */
export function uuidOf<T extends string = string>(...parts: readonly string[]): T {
  const bytes = createHash("sha256").update(parts.join("\u0000")).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return hyphenate(bytes) as T;
}

/** UUIDv7 with the time `at` and stable bits from `parts`: lets an input be given the same id at every repetition. */
export function stableUuidv7<T extends string = string>(at: Instant, ...parts: readonly string[]): T {
  return uuidv7<T>(at, createHash("sha256").update(parts.join("\u0000")).digest().subarray(0, 10));
}

function hyphenate(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Hands out ids; tests and simulations hand in a seeded one. */
export interface Ids {
  next<T extends string>(): T;
}

export function idsFrom(clock: { now(): Instant }): Ids {
  return { next: <T extends string>() => uuidv7<T>(clock.now()) };
}
