import type { FastifyRequest } from "fastify";
import type { AccountId } from "../ids.ts";

/** Who asks: known after authentication, before rights. Modules load what the actor may do. */
export interface Actor {
  readonly accountId: AccountId;
  readonly kind: "agent" | "api-key";
  readonly id: string;
  readonly name: string;
  /** For cookie sessions: the token every changing request has to repeat in `X-CSRF-Token`. Null for API keys. */
  readonly csrf: string | null;
  /** Everything the actor's grants permit; loaded once per request by `people`. */
  readonly grants: readonly Grant[];
}

/** (verb, scope): what a subject may do and where. `scopeId` is null for the account and for `own`. */
export interface Grant {
  readonly verb: string;
  readonly scope: "account" | "brand" | "team" | "queue" | "own";
  readonly scopeId: string | null;
}

/** Port filled by `people`: null when nobody is signed in. */
export type Authenticate = (request: FastifyRequest) => Promise<Actor | null>;
