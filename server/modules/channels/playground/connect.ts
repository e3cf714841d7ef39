import { type Clock, instantOf, iso, MINUTE } from "#platform/clock";
import type { ChannelAccess } from "../domain/adapter.ts";
import { clockHalf, failing, notTried, passed } from "../domain/connect-check.ts";
import type { ConnectCheck, ConnectFault, Connector, ConnectWhere, PrepareResult } from "../domain/connector.ts";
import { NetworkFailure } from "../domain/errors.ts";
import { createRateBudget, type RateBudget } from "../domain/rate-budget.ts";
import { field, list, text } from "../domain/read-json.ts";
import { type Call, call } from "./call.ts";

/** The playground is a program beside the desk: it is called on this machine only, as it calls subscribers only there. */
const HERE = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Connects a company's page on the playground: its address, the token for calls and the secret that signs pushes. */
export function playgroundConnector(clock: Clock): Connector {
  type Ask = Omit<Parameters<typeof call>[1], "for">;
  const ask = (access: ChannelAccess, spec: Ask, budget: RateBudget, signal: AbortSignal) =>
    call(access, { ...spec, for: "reply" }, budget, () => clock.now(), signal);

  async function subscriptionsOf(access: ChannelAccess, budget: RateBudget, signal: AbortSignal): Promise<Call> {
    return ask(access, { method: "GET", path: "/api/v1/webhooks" }, budget, signal);
  }

  return {
    checkEveryMs: 3 * MINUTE,
    needs: [
      { name: "baseUrl", kind: "url", required: true, fallback: "http://127.0.0.1:3900" },
      { name: "token", kind: "secret", required: true, sealed: true },
      { name: "appSecret", kind: "secret", required: true, sealed: true },
    ],
    async prepare(answers, signal): Promise<PrepareResult> {
      const baseUrl = (answers.baseUrl ?? "").replace(/\/+$/, "");
      const { token = "", appSecret = "" } = answers;
      if (!URL.canParse(baseUrl) || !/^https?:$/.test(new URL(baseUrl).protocol))
        return no(
          "baseUrl",
          "unreachable",
          `"${baseUrl.slice(0, 200)}" is no address. It begins with http:// or https://.`,
        );
      if (!HERE.test(new URL(baseUrl).hostname))
        return no(
          "baseUrl",
          "private-address",
          "A playground runs on this machine: its address is localhost or 127.0.0.1.",
        );
      const access = {
        channelId: "new",
        externalId: "",
        handle: "",
        config: { baseUrl },
        secret: { token, appSecret },
      };
      const done = await ask(access, { method: "GET", path: "/api/v1/me" }, createRateBudget(), signal);
      const fault = faultOf(done, baseUrl);
      if (fault) return no(fault.fault === "unreachable" ? "baseUrl" : "token", fault.fault, fault.says);
      const body = done.kind === "answer" ? done.body : undefined;
      const profile = field(body, "profile");
      const [id, handle] = [text(profile, "id"), text(profile, "handle")];
      if (id === "" || handle === "") return no("baseUrl", "unreachable", notAPlayground(baseUrl));
      return {
        ok: true,
        made: {
          externalId: id,
          handle,
          config: { baseUrl, network: text(body, "network") },
          secret: { token, appSecret },
        },
      };
    },

    async check(access, where, budget, signal): Promise<readonly ConnectCheck[]> {
      const at = String(access.config.baseUrl ?? "");
      const me = await ask(access, { method: "GET", path: "/api/v1/me" }, budget, signal);
      const refused = faultOf(me, at);
      const date = me.kind === "answer" ? me.headers?.date : undefined;
      if (refused && refused.fault !== "wrong-scope")
        return [
          failing("sign-in", refused.fault, refused.says),
          ...(me.kind === "answer" ? [clockHalf(date, where.now)] : []),
          ...["receive", "subscription", "send"].map((half) => notTried(half, "Looked at once the sign-in works.")),
        ];
      const rights = field(me.kind === "answer" ? me.body : undefined, "token");
      const end = instantOf(text(rights, "expiresAt")) ?? undefined;
      const scopes = list(rights, "scopes");
      const feed = await ask(access, { method: "GET", path: "/api/v1/events?limit=1" }, budget, signal);
      const unread = faultOf(feed, at);
      return [
        passed("sign-in", `Signed in as @${access.handle}${end === undefined ? "" : `, until ${iso(end)}`}.`, end),
        clockHalf(date, where.now),
        unread ? failing("receive", unread.fault, unread.says) : passed("receive", "Posts and messages can be read."),
        await pushes(where, () => subscriptionsOf(access, budget, signal), at),
        refused || (scopes.length > 0 && !scopes.includes("write"))
          ? failing("send", "wrong-scope", noScope("write"))
          : passed("send", "Posts and messages can be written."),
      ];
    },

    async subscribe(access, { hookUrl }, budget, signal) {
      const done = await ask(
        access,
        { method: "POST", path: "/api/v1/webhooks", body: { url: hookUrl } },
        budget,
        signal,
      );
      const fault = faultOf(done, String(access.config.baseUrl ?? ""));
      if (fault) throw new NetworkFailure({ class: "invalid", retryable: false, message: fault.says });
    },

    async leave(access, { hookUrl }, budget, signal) {
      const found = await subscriptionsOf(access, budget, signal);
      const ours = list(found.kind === "answer" ? found.body : undefined, "webhooks").filter(
        (w) => text(w, "url") === hookUrl,
      );
      for (const one of ours)
        await ask(access, { method: "DELETE", path: `/api/v1/webhooks/${text(one, "id")}` }, budget, signal);
    },

    answersOf: ({ config }) => ({ baseUrl: String(config.baseUrl ?? "") }),
  };
}

async function pushes(where: ConnectWhere, ask: () => Promise<Call>, at: string): Promise<ConnectCheck> {
  if (where.hookUrl === "") return notTried("subscription", "The network is told where to push to when you connect.");
  const done = await ask();
  const fault = faultOf(done, at);
  if (fault) return failing("subscription", fault.fault, fault.says);
  const ours = list(done.kind === "answer" ? done.body : undefined, "webhooks").find(
    (w) => text(w, "url") === where.hookUrl,
  );
  if (!ours)
    return failing(
      "subscription",
      "missing-half",
      "The network pushes nothing here: its subscription to this channel is gone. Set it up again; until then posts come by looking, later.",
    );
  const error = text(ours, "lastError");
  // Its own word for how our door answered the last push.
  if (error === "HTTP 401")
    return failing(
      "subscription",
      "wrong-secret",
      "The network's pushes are refused here: they are signed with another app secret. Exchange the app secret for the one that the network shows.",
    );
  if (error !== "")
    return failing(
      "subscription",
      "missing-half",
      `The network cannot push to this desk: ${error}. Check that it reaches ${new URL(where.hookUrl).origin}.`,
    );
  return passed("subscription", "The network pushes what is new at once.");
}

function faultOf(done: Call, at: string): { fault: ConnectFault; says: string } | null {
  if (done.kind === "wait")
    return {
      fault: "refused",
      says: `The network's budget of calls is used up. Try again in ${Math.ceil(done.ms / 1_000)} seconds.`,
    };
  if (done.kind === "none")
    return {
      fault: "unreachable",
      says: `${at} cannot be reached: ${done.message}. Check the address, and that the playground runs.`,
    };
  if (!done.error) return null;
  switch (done.error.code) {
    case "unauthorized":
      return {
        fault: "wrong-secret",
        says: "The network does not know this token. Copy the company's token from the playground and give it here.",
      };
    case "token-expired":
      return {
        fault: "expired-token",
        says: "The token has run out. Make a new one on the playground and give it here.",
      };
    case "scope-missing":
      return { fault: "wrong-scope", says: noScope(text(done.body, "scope") || "read") };
    case "404":
      return { fault: "unreachable", says: notAPlayground(at) };
    case "rate-limited":
      return { fault: "refused", says: "The network has seen too many calls from us. Try again in a minute." };
    default:
      return { fault: "refused", says: `The network refused: ${done.error.message}` };
  }
}

const no = (need: string, fault: ConnectFault, says: string): PrepareResult => ({ ok: false, need, fault, says });
const noScope = (scope: string) =>
  `The token may not ${scope}. Make one with the scopes read and write on the playground and give it here.`;
const notAPlayground = (at: string) => `${at} answers, but not as a playground. Check the address.`;
