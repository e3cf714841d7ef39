import type { Instant, Millis } from "#platform/clock";
import type { ChannelAccess } from "./access.ts";
import type { RateBudget } from "./rate-budget.ts";

/** One thing that the operator has to fetch somewhere and give here. */
export interface ConnectNeed {
  /** Its name in the answers, and its place in the web's words. */
  readonly name: string;
  readonly kind: "text" | "secret" | "url" | "number" | "switch" | "choice" | "list";
  readonly required: boolean;
  readonly choices?: readonly string[];
  readonly fallback?: string;
  /** Goes into the sealed secret, never into the config, and is never shown again. */
  readonly sealed?: boolean;
}

/** What is wrong, told apart because each has another cure. */
export type ConnectFault =
  | "wrong-secret"
  | "missing-half"
  | "expired-token"
  | "wrong-scope"
  | "clock-off"
  | "unreachable"
  | "private-address"
  | "not-encrypted"
  | "refused";

/** One half of what makes messages flow, looked at for real. */
export interface ConnectCheck {
  /** `sign-in`, `receive`, `subscription`, `send`, `clock`, `scope` … */
  readonly half: string;
  readonly state: "ok" | "failed" | "not-tried";
  readonly fault?: ConnectFault;
  /** A sentence that says what was seen and what to do; never a secret. */
  readonly says: string;
  /** When what was looked at runs out (a token, a lease). */
  readonly expiresAt?: Instant;
}

/** Who we are on the network, as it said itself. */
export interface Prepared {
  readonly externalId: string;
  readonly handle: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly secret: Readonly<Record<string, string>>;
}

export interface ConnectWhere {
  /** Where the network's pushes come to. Empty: the channel is not connected yet, so a subscription is `not-tried`. */
  readonly hookUrl: string;
  readonly now: Instant;
}

export type PrepareResult =
  | { readonly ok: true; readonly made: Prepared }
  | { readonly ok: false; readonly need: string | null; readonly fault: ConnectFault; readonly says: string };

/**
 * How a channel of this network is connected and looked after. Its calls are bounded by `signal`. A sealed answer has the same
 * name in the secret as in `needs`, so one of two can be exchanged alone. An answer named `privateNetwork` is taken only where
 * the server's operator allows addresses in the private network.
 */
export interface Connector {
  readonly needs: readonly ConnectNeed[];
  /** Asks the network who we are. A wrong answer comes back with the name of the need that it belongs to. */
  prepare(answers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<PrepareResult>;
  /** Every half, each by a real call; one that fails does not keep the others from being looked at. */
  check(
    access: ChannelAccess,
    where: ConnectWhere,
    budget: RateBudget,
    signal: AbortSignal,
  ): Promise<readonly ConnectCheck[]>;
  /** Tells the network where to push to. Safe to repeat. Throws `NetworkFailure`. */
  subscribe?(access: ChannelAccess, where: ConnectWhere, budget: RateBudget, signal: AbortSignal): Promise<void>;
  /** Takes back what `subscribe` said, and gives up what can be given up (sessions). Throws `NetworkFailure`. */
  leave?(access: ChannelAccess, where: ConnectWhere, budget: RateBudget, signal: AbortSignal): Promise<void>;
  /** The answers that are no secret, of a channel that was connected before they were kept. */
  answersOf?(access: Pick<ChannelAccess, "config" | "handle" | "externalId">): Readonly<Record<string, string>>;
  /** Names in the secret that outlive an exchange: keys that we made ourselves and that are out there already. */
  readonly keeps?: readonly string[];
  /** How often every half may be looked at by itself; a day unless given. */
  readonly checkEveryMs?: Millis;
}
