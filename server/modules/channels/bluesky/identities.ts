import { type Clock, type Instant, MINUTE } from "#platform/clock";
import { InsideAddress, outsideRequest, RequestFailed } from "#platform/outside";
import type { ChannelAccess } from "../domain/adapter.ts";
import { NetworkFailure } from "../domain/errors.ts";
import type { RateBudget } from "../domain/rate-budget.ts";
import { list, parseJson, text } from "../domain/read-json.ts";
import { homeOf, pdsOf } from "./session.ts";
import { settingsOf } from "./settings.ts";
import { failureOf, xrpc } from "./xrpc.ts";

/** What a DID document says. `handle`: only its claim. */
export interface DidFacts {
  pds: string | undefined;
  claimedHandle: string;
  /** As did:key. */
  signingKey: string | undefined;
}

export interface Identities {
  /** The DID's document, from memory for ten minutes unless `fresh`. Null: there is none. Throws `NetworkFailure` when nobody can say. */
  facts(
    access: ChannelAccess,
    did: string,
    budget: RateBudget,
    signal: AbortSignal,
    fresh?: boolean,
  ): Promise<DidFacts | null>;
  /** The DID behind a handle; null when nobody has it. Throws `NetworkFailure`. */
  didOf(access: ChannelAccess, handle: string, budget: RateBudget, signal: AbortSignal): Promise<string | null>;
  /** A handle that points back to the DID, else "handle.invalid", as the network shows it; "" when nobody can say. */
  handleOf(
    access: ChannelAccess,
    did: string,
    budget: RateBudget,
    signal: AbortSignal,
    fresh?: boolean,
  ): Promise<string>;
}

const KEPT = 10 * MINUTE;
const MOST = 20_000;
const HANDLE = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,10}[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Bounded and forgetful: what is older than its time is asked anew. */
class Memory<T> {
  readonly #kept = new Map<string, { at: Instant; value: T }>();
  readonly #clock: Clock;
  constructor(clock: Clock) {
    this.#clock = clock;
  }
  get(key: string): { value: T } | undefined {
    const found = this.#kept.get(key);
    return found && this.#clock.now() - found.at < KEPT ? found : undefined;
  }
  set(key: string, value: T): T {
    this.#kept.delete(key);
    this.#kept.set(key, { at: this.#clock.now(), value });
    if (this.#kept.size > MOST) this.#kept.delete(this.#kept.keys().next().value!);
    return value;
  }
}

export function createIdentities(clock: Clock): Identities {
  const documents = new Memory<DidFacts | null>(clock);
  const handles = new Memory<string | null>(clock);

  const facts: Identities["facts"] = async (access, did, _budget, signal, fresh = false) => {
    const { plc, privateNetwork } = settingsOf(access.config);
    const key = `${plc} ${did}`;
    const known = fresh ? undefined : documents.get(key);
    return known ? known.value : documents.set(key, await fetchFacts(did, plc, privateNetwork, signal));
  };
  const didOf = async (
    access: ChannelAccess,
    handle: string,
    budget: RateBudget,
    signal: AbortSignal,
    fresh = false,
  ) => {
    const name = handle.toLowerCase();
    if (!HANDLE.test(name) || name.length > 253) return null;
    const { privateNetwork } = settingsOf(access.config);
    const at = homeOf(access);
    const known = fresh ? undefined : handles.get(`${at} ${name}`);
    if (known) return known.value;
    const done = await xrpc(
      {
        ...{ at, method: "com.atproto.identity.resolveHandle", query: { handle: name } },
        ...{ bucket: "read", for: "reply", mayBeInside: privateNetwork },
      },
      budget,
      clock,
      signal,
    );
    const failure = failureOf(done);
    if (failure && (failure.class === "invalid" || failure.class === "not-found"))
      return handles.set(`${at} ${name}`, null);
    if (failure) throw new NetworkFailure(failure);
    const did = done.kind === "answer" ? text(done.body, "did") : "";
    return handles.set(`${at} ${name}`, did.startsWith("did:") ? did : null);
  };
  return {
    facts,
    didOf,
    async handleOf(access, did, budget, signal, fresh = false) {
      try {
        const found = await facts(access, did, budget, signal, fresh);
        if (!found || found.claimedHandle === "") return "handle.invalid";
        // Anybody can write any handle into his document: only one that leads back counts.
        const back = await didOf(access, found.claimedHandle, budget, signal, fresh);
        return back === did ? found.claimedHandle : "handle.invalid";
      } catch (error) {
        if (error instanceof NetworkFailure) return "";
        throw error;
      }
    },
  };
}

async function fetchFacts(
  did: string,
  plc: string,
  privateNetwork: boolean,
  signal: AbortSignal,
): Promise<DidFacts | null> {
  const web = /^did:web:([a-zA-Z0-9.-]{1,253})$/.exec(did)?.[1];
  if (!web && !/^did:plc:[a-z2-7]{1,64}$/.test(did)) return null;
  const address = web ? `https://${web}/.well-known/did.json` : `${plc}/${did}`;
  try {
    const answer = await outsideRequest(address, {
      ...{ headers: { accept: "application/json, application/did+ld+json" }, signal, maxBytes: 100_000 },
      mayBeInside: privateNetwork,
    });
    if (answer.status === 404 || answer.status === 410) return null;
    const document = parseJson(answer.body);
    if (answer.status !== 200 || text(document, "id") !== did) throw cannotSay(did, `the answer is ${answer.status}`);
    return readDocument(document);
  } catch (error) {
    if (error instanceof InsideAddress) return null;
    if (error instanceof RequestFailed) throw cannotSay(did, error.message);
    throw error;
  }
}

function cannotSay(did: string, why: string): NetworkFailure {
  return new NetworkFailure({
    class: "transient",
    retryable: true,
    message: `Who ${did} is cannot be found out now: ${why}.`,
  });
}

function readDocument(document: unknown): DidFacts {
  const names = list(document, "alsoKnownAs").filter((n): n is string => typeof n === "string");
  const handle =
    names
      .find((n) => n.startsWith("at://"))
      ?.slice(5)
      .toLowerCase() ?? "";
  const key = list(document, "verificationMethod").find((m) => text(m, "id").endsWith("#atproto"));
  const multibase = text(key, "publicKeyMultibase");
  return {
    pds: pdsOf(document),
    claimedHandle: HANDLE.test(handle) ? handle : "",
    signingKey: text(key, "type") === "Multikey" && multibase !== "" ? `did:key:${multibase}` : undefined,
  };
}
