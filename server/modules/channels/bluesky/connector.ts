import { type Clock, HOUR, SECOND } from "#platform/clock";
import { InsideAddress, outsideRequest, RequestFailed } from "#platform/outside";
import type { ChannelAccess } from "../domain/adapter.ts";
import { clockHalf, failing, notTried, passed } from "../domain/connect-check.ts";
import type { ConnectCheck, ConnectFault, Connector } from "../domain/connector.ts";
import { type ChannelErrorData, clipped, NetworkFailure } from "../domain/errors.ts";
import type { RateBudget } from "../domain/rate-budget.ts";
import { field, parseJson, text } from "../domain/read-json.ts";
import { POST } from "./at-uri.ts";
import { blueskyChannel } from "./connect.ts";
import { homeOf, type Sessions } from "./session.ts";
import { DEFAULT_SERVICE, settingsOf } from "./settings.ts";
import { jetstreamReader } from "./stream/jetstream.ts";
import type { StreamDeps } from "./stream/reader.ts";
import { repoReader } from "./stream/repos.ts";
import { openLine } from "./stream/socket.ts";
import { wantedBy } from "./stream/wanted.ts";
import { failureOf } from "./xrpc.ts";

/** What the tokens of an app password or of the account itself may do; anything else is a narrower kind (sign-up, take-down). */
const SCOPES = new Set(["com.atproto.access", "com.atproto.appPass", "com.atproto.appPassPrivileged"]);
/** A well-formed CID that is the head of no repository: a write that names it is refused after everything else was right. */
const NO_HEAD = "bafyreifb2ok6ycwqb2dwbjxrhbffbfkaiujbvh2rhsejunfr65fcdbn2yy";
const words = (said: string | undefined) =>
  (said ?? "")
    .split(/[\n,]/)
    .map((one) => one.trim())
    .filter((one) => one !== "");

/** Connects an account by an app password, and looks at each way in and out of it. */
export function blueskyConnector(deps: StreamDeps): Connector {
  const { clock, sessions } = deps;
  return {
    checkEveryMs: 6 * HOUR,
    needs: [
      { name: "handle", kind: "text", required: true },
      { name: "appPassword", kind: "secret", required: true, sealed: true },
      { name: "keywords", kind: "list", required: false },
      { name: "languages", kind: "list", required: false },
      { name: "service", kind: "url", required: false, fallback: DEFAULT_SERVICE },
      { name: "firehose", kind: "url", required: false },
      { name: "privateNetwork", kind: "switch", required: false },
    ],
    async prepare(answers) {
      const handle = (answers.handle ?? "").trim().replace(/^@/, "");
      const made = await blueskyChannel(clock, {
        ...{ brandId: "", name: "", handle, appPassword: (answers.appPassword ?? "").trim() },
        ...(answers.service && { service: answers.service.trim() }),
        ...{
          appView: answers.appView !== "false",
          keywords: words(answers.keywords),
          languages: words(answers.languages),
        },
        ...(answers.firehose && { stream: { kind: "repos" as const, url: answers.firehose.trim() } }),
        ...(answers.plc && { plc: answers.plc }),
        privateNetwork: answers.privateNetwork === "true",
      });
      if (!made.ok) {
        const need = made.fault === "wrong-secret" ? "appPassword" : made.fault === "refused" ? null : "service";
        return { ok: false, need, fault: made.fault, says: made.why };
      }
      const { externalId, handle: shown, config = {}, secret = {} } = made.channel;
      return { ok: true, made: { externalId, handle: shown, config, secret } };
    },

    async check(access, where, budget, signal) {
      const { service } = settingsOf(access.config);
      const seen = await describe(access, signal);
      const clockNow = clockHalf(seen.date, where.now);
      if (seen.fault) return [failing("sign-in", seen.fault, seen.says), clockNow, ...untried()];
      const signIn = await signedIn(sessions, access, service, budget, signal);
      if (signIn.state !== "ok") return [signIn, clockNow, ...untried()];
      return [
        signIn,
        clockNow,
        ...(await Promise.all([
          receives(sessions, access, budget, signal),
          streams(deps, access, budget, signal),
          writes(sessions, access, clock, budget, signal),
        ])),
      ];
    },

    async leave(access, _where, budget, signal) {
      if (!access.secret.refreshJwt) return;
      await outsideRequest(`${homeOf(access)}/xrpc/com.atproto.server.deleteSession`, {
        ...{ method: "POST", headers: { authorization: `Bearer ${access.secret.refreshJwt}` } },
        ...{ signal, mayBeInside: settingsOf(access.config).privateNetwork },
      }).catch((error: unknown) => {
        void budget;
        throw new NetworkFailure({
          class: "transient",
          retryable: true,
          message: clipped(String((error as Error).message)),
        });
      });
    },

    answersOf({ config, handle, externalId }) {
      const s = settingsOf(config);
      return {
        ...{ handle: externalId || handle, service: s.service, plc: s.plc, appView: String(s.appView) },
        ...{ keywords: s.keywords.join("\n"), languages: s.languages.join("\n") },
        ...(s.stream?.kind === "repos" && { firehose: s.stream.url }),
        ...(s.privateNetwork && { privateNetwork: "true" }),
      };
    },
  };
}

const untried = () =>
  ["receive", "subscription", "send"].map((half) => notTried(half, "Looked at once the sign-in works."));

/** Whether an AT Protocol service is there, and what time it has. */
async function describe(
  access: ChannelAccess,
  signal: AbortSignal,
): Promise<{ date: string | undefined; fault?: ConnectFault; says: string }> {
  const { service, privateNetwork } = settingsOf(access.config);
  try {
    const answer = await outsideRequest(`${service}/xrpc/com.atproto.server.describeServer`, {
      ...{ signal, mayBeInside: privateNetwork, headers: { accept: "application/json" } },
    });
    const { date } = answer.headers;
    if (text(parseJson(answer.body), "did").startsWith("did:")) return { date, says: "" };
    const says =
      answer.status >= 500
        ? `${service} answers ${answer.status}: it has trouble of its own. Try again later.`
        : `${service} does not answer as an AT Protocol service. Check the address.`;
    return { date, fault: "unreachable", says };
  } catch (error) {
    if (error instanceof InsideAddress)
      return {
        date: undefined,
        fault: "private-address",
        says: `${service} lies in a private network or speaks plain http.`,
      };
    if (!(error instanceof RequestFailed)) throw error;
    return {
      date: undefined,
      fault: "unreachable",
      says: `${service} cannot be reached: ${clipped(error.message)}. Check the address and this machine's way out.`,
    };
  }
}

async function signedIn(
  sessions: Sessions,
  access: ChannelAccess,
  service: string,
  budget: RateBudget,
  signal: AbortSignal,
): Promise<ConnectCheck> {
  const spec = { method: "com.atproto.server.getSession", bucket: "read", for: "reply" } as const;
  const failure = failureOf(await sessions.call(access, spec, budget, signal));
  if (failure?.code === "AccountTakedown" || failure?.code === "AccountDeactivated")
    return failing(
      "sign-in",
      "refused",
      `${service} has shut the account @${access.handle} (${failure.code}). Ask there; nothing can be read or sent until it is open again.`,
    );
  if (failure?.class === "auth")
    return access.secret.accessJwt
      ? failing(
          "sign-in",
          "expired-token",
          `The sign-in of @${access.handle} has run out, and ${service} does not take its app password any more: it was deleted there. Make a new app password and exchange it here.`,
        )
      : failing(
          "sign-in",
          "wrong-secret",
          `${service} does not take the app password of @${access.handle}. Make a new app password there and give it here.`,
        );
  if (failure) return failing("sign-in", faultOf(failure), `${service} did not let us in: ${failure.message}`);
  const scope = scopeOf(access.secret.accessJwt ?? "");
  if (scope !== null && !SCOPES.has(scope))
    return failing(
      "sign-in",
      "wrong-scope",
      `The sign-in of @${access.handle} may do next to nothing (${scope.slice(0, 60)}). Finish what ${service} asks of the account, then make a new app password.`,
    );
  return passed(
    "sign-in",
    `Signed in as @${access.handle}. The app password has no end; the session is renewed by itself.`,
  );
}

async function receives(
  sessions: Sessions,
  access: ChannelAccess,
  budget: RateBudget,
  signal: AbortSignal,
): Promise<ConnectCheck> {
  const { appView } = settingsOf(access.config);
  const spec = appView
    ? { method: "app.bsky.notification.listNotifications", query: { limit: 1 } }
    : { method: "com.atproto.repo.listRecords", query: { repo: access.externalId, collection: POST, limit: 1 } };
  const done = await sessions.call(access, { ...spec, bucket: "read", for: "reply" }, budget, signal);
  const failure = failureOf(done);
  const listed = field(done.kind === "answer" ? done.body : undefined, appView ? "notifications" : "records");
  if (!failure && Array.isArray(listed))
    return passed(
      "receive",
      appView
        ? "Mentions, replies and quotes can be read."
        : "Our own posts can be read; the service has no notifications.",
    );
  if (failure?.class === "auth" || failure?.class === "permission")
    return failing(
      "receive",
      "wrong-scope",
      "The app password may not read notifications. Make a new one and exchange it here.",
    );
  if (!failure || failure.class === "unknown" || failure.class === "invalid" || failure.class === "not-found")
    return failing(
      "receive",
      "missing-half",
      "The service passes on no notifications: mentions and replies are not heard. Name a service that has them, or a firehose.",
    );
  return failing("receive", faultOf(failure), `Notifications cannot be read: ${failure.message}`);
}

/** Opens the line and closes it again. */
async function streams(
  deps: StreamDeps,
  access: ChannelAccess,
  budget: RateBudget,
  signal: AbortSignal,
): Promise<ConnectCheck> {
  const { stream, privateNetwork } = settingsOf(access.config);
  if (!stream)
    return notTried(
      "subscription",
      "There is no stream here: posts are found by looking, deletions and new names are not heard.",
    );
  try {
    const make = stream.kind === "repos" ? repoReader : jetstreamReader;
    const reader = await make({ ...deps, access, wanted: wantedBy(access), budget, url: stream.url });
    const line = await openLine(
      reader.address(undefined),
      privateNetwork,
      AbortSignal.any([signal, AbortSignal.timeout(8 * SECOND)]),
    );
    try {
      await line.opened;
    } finally {
      line.close();
    }
    return passed("subscription", "The stream of the network is open: posts, deletions and new names come at once.");
  } catch (error) {
    if (!(error instanceof NetworkFailure)) throw error;
    return failing(
      "subscription",
      "missing-half",
      `The stream at ${stream.url} cannot be opened: ${error.data.message} Posts still come by looking, later; deletions and new names do not.`,
    );
  }
}

/** A write that everything is right about but one thing: the network says so and writes nothing. */
async function writes(
  sessions: Sessions,
  access: ChannelAccess,
  clock: Clock,
  budget: RateBudget,
  signal: AbortSignal,
): Promise<ConnectCheck> {
  const record = { $type: POST, text: "", createdAt: new Date(clock.now()).toISOString() };
  const body = { repo: access.externalId, collection: POST, rkey: "2222222222222", record, swapCommit: NO_HEAD };
  const spec = { method: "com.atproto.repo.putRecord", body, bucket: "write", for: "reply" } as const;
  const failure = failureOf(await sessions.call(access, spec, budget, signal));
  if (failure?.code === "InvalidSwap") return passed("send", "Posts can be written (tried without writing one).");
  if (failure?.class === "auth" || failure?.class === "permission")
    return failing(
      "send",
      "wrong-scope",
      `This sign-in may read but not write posts as @${access.handle}. Make a new app password and exchange it here.`,
    );
  if (!failure) {
    // A service that does not know `swapCommit`: the empty post goes at once.
    const back = { repo: access.externalId, collection: POST, rkey: body.rkey };
    await sessions.call(
      access,
      { method: "com.atproto.repo.deleteRecord", body: back, bucket: "write", for: "reply" },
      budget,
      signal,
    );
    return passed("send", "Posts can be written (one was written and taken away).");
  }
  return failing("send", faultOf(failure), `Posts cannot be written: ${failure.message}`);
}

function faultOf(failure: ChannelErrorData): ConnectFault {
  if (failure.code === "private-address") return "private-address";
  return failure.class === "transient" ? "unreachable" : "refused";
}

/** The scope that an access token names; null where it cannot be read (tokens are opaque to clients). */
function scopeOf(token: string): string | null {
  const payload = token.split(".")[1];
  return payload === undefined ? null : text(parseJson(Buffer.from(payload, "base64url")), "scope") || null;
}
