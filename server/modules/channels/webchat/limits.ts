import type { IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";
import { type Clock, DAY, HOUR, MINUTE } from "#platform/clock";
import { AppError } from "#platform/errors";
import { networkOf } from "#platform/http/client-network";
import { createLimiter, type Limiter } from "#platform/http/limiter";

/** How much one visitor, and one address, may do. In memory and for each process: a brake, not a promise. */
export function chatLimiters(clock: Clock) {
  const each = (max: number, windowMs: number): Limiter => createLimiter(clock, max, windowMs);
  const limiters = {
    sessions: each(120, MINUTE),
    says: each(30, MINUTE),
    saysOfAddress: each(240, MINUTE),
    uploads: each(30, HOUR),
    uploadsOfAddress: each(120, HOUR),
    signals: each(240, MINUTE),
    addresses: each(5, HOUR),
    transcripts: each(3, DAY),
    polls: each(240, MINUTE),
  };
  type Name = keyof typeof limiters;
  return {
    /** True while it may go on. */
    allows: (name: Name, key: string): boolean => limiters[name].allows(key),
    need(name: Name, key: string, waitS = 30): void {
      if (!limiters[name].allows(key))
        throw new AppError(
          "too-many-requests",
          "That was very much at once. Wait a little, then go on.",
          {},
          { "retry-after": String(waitS) },
        );
    },
  };
}
export type ChatLimiters = ReturnType<typeof chatLimiters>;

/** Sockets from one address, of one visitor, and in all. Behind a telephone network many people share an address. */
export const MOST_SOCKETS = { address: 100, visitor: 10, all: 20_000 } as const;

const inside = new BlockList();
for (const [net, bits] of [
  ["10.0.0.0", 8],
  ["127.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
] as const)
  inside.addSubnet(net, bits, "ipv4");
inside.addAddress("::1", "ipv6");
inside.addSubnet("fc00::", 7, "ipv6");

/** Whose request it is, as limits count it (of IPv6 the /64): a proxy of ours, which stands in our own network, says it last in X-Forwarded-For; nobody else is believed. */
export function addressOf(request: Pick<IncomingMessage, "socket" | "headers">): string {
  const direct = plain(request.socket.remoteAddress ?? "");
  const said = [request.headers["x-forwarded-for"] ?? ""].flat().join(",").split(",").at(-1)?.trim() ?? "";
  const trusted = isIP(direct) !== 0 && inside.check(direct, isIP(direct) === 6 ? "ipv6" : "ipv4");
  return networkOf(trusted && isIP(said) !== 0 ? plain(said) : direct);
}
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "");
