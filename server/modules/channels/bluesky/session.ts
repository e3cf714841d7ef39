import type { Clock } from "#platform/clock";
import type { ChannelAccess } from "../domain/adapter.ts";
import { type ChannelErrorData, NetworkFailure } from "../domain/errors.ts";
import type { RateBudget } from "../domain/rate-budget.ts";
import { field, list, text } from "../domain/read-json.ts";
import { settingsOf } from "./settings.ts";
import { answered, type Call, type CallSpec, failureOf, xrpc } from "./xrpc.ts";

type Secret = Readonly<Record<string, string>>;
type Rest = Omit<CallSpec, "at" | "token" | "mayBeInside">;

/** Calls made as our own account. */
export interface Sessions {
  /** Signs in where there is no session, renews it once when it has run out. */
  call(access: ChannelAccess, spec: Rest, budget: RateBudget, signal: AbortSignal): Promise<Call>;
}

/** Where our account's calls go: its own PDS, once a sign-in has named it. */
export function homeOf(access: Pick<ChannelAccess, "config" | "secret">): string {
  return access.secret.pds || settingsOf(access.config).service;
}

/** Many calls may find a session run out at once: one of them renews it, the others wait for that. */
export function createSessions(clock: Clock): Sessions {
  const renewing = new Map<string, Promise<Secret>>();

  function renewed(access: ChannelAccess, stale: string, budget: RateBudget, signal: AbortSignal): Promise<Secret> {
    const under = renewing.get(access.channelId);
    if (under) return under;
    const made = renew(access, stale, budget, clock, signal).finally(() => renewing.delete(access.channelId));
    renewing.set(access.channelId, made);
    return made;
  }

  return {
    async call(access, spec, budget, signal) {
      const { privateNetwork } = settingsOf(access.config);
      const once = (secret: Secret) =>
        xrpc(
          { ...spec, at: homeOf({ ...access, secret }), token: secret.accessJwt, mayBeInside: privateNetwork },
          budget,
          clock,
          signal,
        );
      try {
        const secret = access.secret.accessJwt ? access.secret : await renewed(access, "", budget, signal);
        const done = await once(secret);
        if (!hasRunOut(done)) return done;
        return await once(await renewed(access, secret.accessJwt ?? "", budget, signal));
      } catch (error) {
        if (error instanceof NetworkFailure) return asCall(error.data);
        throw error;
      }
    },
  };
}

function hasRunOut(done: Call): boolean {
  return done.kind === "answer" && (done.error?.code === "ExpiredToken" || done.error?.code === "InvalidToken");
}

/** The sign-in failed before the call itself was made: nothing of it was sent. */
function asCall(error: ChannelErrorData): Call {
  return { kind: "answer", status: error.class === "transient" ? 0 : 400, body: undefined, error };
}

async function renew(
  access: ChannelAccess,
  stale: string,
  budget: RateBudget,
  clock: Clock,
  signal: AbortSignal,
): Promise<Secret> {
  const now = (await access.secrets?.read()) ?? access.secret;
  // Another node was quicker.
  if (now.accessJwt && now.accessJwt !== stale) return now;
  const { privateNetwork } = settingsOf(access.config);
  const at = homeOf({ ...access, secret: now });
  const spec = { at, bucket: "session", for: "reply", mayBeInside: privateNetwork } as const;
  const keep = async (session: Secret) =>
    // Written down before it is used: the network has forgotten the old one.
    (await access.secrets?.keep(session, { name: "refreshJwt", value: now.refreshJwt ?? "" })) ?? {
      ...now,
      ...session,
    };
  if (now.refreshJwt) {
    const done = await xrpc(
      { ...spec, method: "com.atproto.server.refreshSession", token: now.refreshJwt },
      budget,
      clock,
      signal,
    );
    const failure = failureOf(done);
    if (!failure) return keep(readSession(done, access, privateNetwork));
    if (failure.class !== "auth") throw new NetworkFailure(failure);
  }
  return keep(
    await signIn(
      {
        service: settingsOf(access.config).service,
        identifier: access.externalId,
        password: now.appPassword ?? "",
        privateNetwork,
      },
      budget,
      clock,
      signal,
    ).then(({ session }) => session),
  );
}

export interface SignIn {
  service: string;
  /** A handle or a DID. */
  identifier: string;
  password: string;
  privateNetwork: boolean;
}

/** Makes a session with an app password. Throws `NetworkFailure`; class `auth` when the password is not accepted. */
export async function signIn(
  given: SignIn,
  budget: RateBudget,
  clock: Clock,
  signal: AbortSignal,
): Promise<{ did: string; handle: string; session: Secret }> {
  const done = await xrpc(
    {
      ...{ at: given.service, method: "com.atproto.server.createSession", bucket: "session", for: "reply" },
      body: { identifier: given.identifier, password: given.password },
      mayBeInside: given.privateNetwork,
    },
    budget,
    clock,
    signal,
  );
  const failure = failureOf(done);
  if (failure?.class === "auth")
    throw new NetworkFailure({
      ...failure,
      message: `${given.service} does not accept the app password of ${given.identifier}. Make a new app password there and connect the channel again.`,
    });
  const body = answered(done);
  const did = text(body, "did");
  if (!did.startsWith("did:")) throw unreadable(given.service);
  return {
    did,
    handle: text(body, "handle"),
    session: readSession(done, { config: { service: given.service } }, given.privateNetwork),
  };
}

function readSession(done: Call, access: Pick<ChannelAccess, "config">, privateNetwork: boolean): Secret {
  const body = done.kind === "answer" ? done.body : undefined;
  const [accessJwt, refreshJwt] = [text(body, "accessJwt"), text(body, "refreshJwt")];
  if (accessJwt === "" || refreshJwt === "") throw unreadable(settingsOf(access.config).service);
  const pds = pdsOf(field(body, "didDoc"));
  // The document comes from outside: an entryway names the PDS by it, and that one has to be public unless told otherwise.
  return { accessJwt, refreshJwt, ...(pds && (privateNetwork || pds.startsWith("https://")) && { pds }) };
}

function unreadable(service: string): NetworkFailure {
  return new NetworkFailure({
    class: "unknown",
    retryable: true,
    message: `${service} does not answer as an AT Protocol service. Check the channel's address.`,
  });
}

/** The address of the personal data server in a DID document. */
export function pdsOf(document: unknown): string | undefined {
  for (const service of list(document, "service")) {
    const id = text(service, "id");
    const url = text(service, "serviceEndpoint");
    const fits = id.endsWith("#atproto_pds") && text(service, "type") === "AtprotoPersonalDataServer";
    if (fits && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return new URL(url).origin;
  }
  return undefined;
}
