import { randomBytes } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Context } from "../context.ts";
import { faultInput } from "../domain/faults.ts";
import { readFeed } from "../domain/feed.ts";
import { colourInput, decideProfile, followersInput, handleInput } from "../domain/profiles.ts";
import type { Profile } from "../domain/state.ts";
import { presentAccepted, presentProfile } from "../present.ts";
import { must, Problem } from "../problem.ts";
import { requireSimulator } from "./auth.ts";
import { limitInput, pageOf, seqInput } from "./query.ts";

const secretInput = z.string().regex(/^[\x21-\x7e]{16,200}$/, "16 to 200 printable ASCII characters");
const companyBody = z.strictObject({
  name: z.string(),
  bio: z.string().optional(),
  colour: colourInput.optional(),
  followers: followersInput.optional(),
  token: secretInput.optional(),
  appSecret: secretInput.optional(),
  scopes: z
    .array(z.enum(["read", "write"]))
    .min(1)
    .nullable()
    .optional(),
  tokenExpiresAt: z.iso.datetime().nullable().optional(),
});
const acceptedQuery = z.strictObject({
  since: seqInput.default(0),
  limit: limitInput(1000, 200),
  via: z.enum(["api", "sim", "web", "all"]).default("api"),
  caller: handleInput.optional(),
  idempotencyKey: z.string().max(200).optional(),
});
const faultsBody = z.strictObject({ seed: z.string().max(100).default("1"), faults: z.array(faultInput).max(100) });
const windowInput = z.strictObject({
  max: z.int().min(0).max(1_000_000),
  windowMs: z.int().min(100).max(86_400_000),
});
const limitsBody = z.strictObject({ read: windowInput.optional(), write: windowInput.optional() });

/** Set-up, the oracle, faults, limits. Mounted at /admin. */
export function adminRoutes(app: FastifyInstance, context: Context): void {
  const { net, links, faults, limiter } = context;
  const { state } = net;
  app.addHook("onRequest", async (request) => requireSimulator(request, context.simulatorKey));

  app.put("/companies/:handle", async (request) => {
    const { handle } = z.object({ handle: handleInput }).parse(request.params);
    const { token, appSecret, scopes, tokenExpiresAt, ...input } = companyBody.parse(request.body);
    const known = state.byHandle.get(handle);
    const now = net.clock.now();
    const { facts, changed } = must(decideProfile(known, "company", { handle, ...input }, net.newId("pr"), now));
    const before = known ? state.companies.get(known.id) : undefined;
    const secrets = {
      token: token ?? before?.token ?? `pgt_${randomBytes(24).toString("base64url")}`,
      appSecret: appSecret ?? before?.appSecret ?? `pgs_${randomBytes(24).toString("base64url")}`,
    };
    // Left out: as before; null: everything, for ever.
    const may = scopes === undefined ? before?.scopes : (scopes ?? undefined);
    const until =
      tokenExpiresAt === undefined
        ? before?.tokenExpiresAt
        : tokenExpiresAt === null
          ? undefined
          : Date.parse(tokenExpiresAt);
    const rights = { ...(may && { scopes: may }), ...(until && { tokenExpiresAt: until }) };
    const holder = state.byToken.get(secrets.token);
    if (holder && holder.id !== facts.id) throw new Problem("validation", "token: another company has it.");
    const other = String(before?.scopes) !== String(may) || before?.tokenExpiresAt !== until;
    if (changed || other || before?.token !== secrets.token || before?.appSecret !== secrets.appSecret) {
      await net.write({ via: "admin", caller: null }, { type: "company.put", company: facts, ...secrets, ...rights });
    }
    return { profile: presentProfile(links, state.profiles.get(facts.id) as Profile), ...secrets };
  });

  app.get("/companies", async () => ({
    companies: [...state.companies.values()].map(({ id, token, appSecret }) => ({
      profile: presentProfile(links, state.profiles.get(id) as Profile),
      token,
      appSecret,
    })),
  }));

  app.get("/accepted", async (request) => {
    const { since, limit, via, caller, idempotencyKey } = acceptedQuery.parse(request.query);
    await net.settled();
    const { items, next, more } = pageOf(
      state.accepted,
      since,
      limit,
      (a) =>
        (via === "all" || a.via === via) &&
        (caller === undefined || a.caller === caller) &&
        (idempotencyKey === undefined || a.idempotencyKey === idempotencyKey),
    );
    return { accepted: items.map(presentAccepted), next, more };
  });

  app.get("/faults", async () => ({ seed: faults.seed, faults: faults.list }));
  app.put("/faults", async (request) => {
    const { seed, faults: list } = faultsBody.parse(request.body);
    faults.replace(seed, list);
    return { seed: faults.seed, faults: faults.list };
  });
  app.post("/faults", async (request, reply) => {
    faults.add(faultInput.parse(request.body));
    return reply.code(201).send({ seed: faults.seed, faults: faults.list });
  });
  app.delete("/faults", async (_request, reply) => {
    faults.replace(faults.seed, []);
    return reply.code(204).send();
  });
  app.delete("/faults/:kind", async (request, reply) => {
    const { kind } = z.object({ kind: z.string().max(40) }).parse(request.params);
    if (!faults.remove(kind)) throw new Problem("not-found", "This fault is not switched on.");
    return reply.code(204).send();
  });

  app.get("/limits", async () => limiter.limits);
  app.put("/limits", async (request) => {
    limiter.limits = { ...limiter.limits, ...limitsBody.parse(request.body) };
    return limiter.limits;
  });

  app.get("/stats", async () => ({
    network: state.network,
    people: state.profiles.size - state.companies.size,
    companies: state.companies.size,
    posts: state.posts.size,
    dms: state.dms.size,
    events: net.durableEvents(),
    logBytes: net.logBytes(),
    webhooks: [...state.webhooks.values()].map((w) => ({
      id: w.id,
      company: state.profiles.get(w.company)?.handle,
      url: w.url,
      cursor: w.cursor,
      behind: readFeed(state, net.durableEvents(), w.company, 0, 0).head - w.cursor,
      ...context.couriers.status(w.id),
    })),
  }));
}
