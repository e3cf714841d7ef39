import { type Clock, MINUTE, SECOND } from "#platform/clock";
import { InsideAddress, outsideRequest, RequestFailed } from "#platform/outside";
import type { ChannelAccess } from "../../domain/adapter.ts";
import { classOfStatus, clipped, NetworkFailure, retryAfterMs } from "../../domain/errors.ts";
import { field, text } from "../../domain/read-json.ts";
import { type EmailSettings, settingsOf } from "../settings.ts";

type Secret = Readonly<Record<string, string>>;

/** Access tokens of mailboxes, renewed before they run out (RFC 6749 §6). */
export interface Tokens {
  /** `refused`: a token that the mail server has just turned down; it is not given again. */
  of(access: ChannelAccess, signal: AbortSignal, refused?: string): Promise<string>;
}

/** A token is renewed while it is still good for this long. */
const MARGIN = 2 * MINUTE;

/**
 * One renewal at a time per channel in this process; what the network gave is stored by compare-and-set, so that of two processes that
 * renewed at once both use what is stored. A refresh token that rotates is stored before the access token is used.
 */
export function createTokens(clock: Clock): Tokens {
  const under = new Map<string, Promise<string>>();
  const latest = new Map<string, Secret>();

  async function renew(access: ChannelAccess, refused: string | undefined, signal: AbortSignal): Promise<string> {
    const stored = (await access.secrets?.read()) ?? { ...access.secret, ...latest.get(access.channelId) };
    if (isGood(stored, refused)) return remember(access, stored);
    let given: Secret;
    try {
      given = await ask(access, stored, clock, signal);
    } catch (error) {
      // Another process was quicker, and our refresh token is spent: what it stored counts.
      const now = await access.secrets?.read();
      if (now && isGood(now, refused)) return remember(access, now);
      throw error;
    }
    const kept = await access.secrets?.keep(given, { name: "accessToken", value: stored.accessToken ?? "" });
    return remember(access, kept ?? { ...stored, ...given });
  }

  function isGood(secret: Secret, refused: string | undefined): boolean {
    return (
      (secret.accessToken ?? "") !== "" &&
      secret.accessToken !== refused &&
      Number(secret.accessTokenUntil ?? 0) > clock.now() + MARGIN
    );
  }

  function remember(access: ChannelAccess, secret: Secret): string {
    latest.set(access.channelId, secret);
    return secret.accessToken ?? "";
  }

  return {
    async of(access, signal, refused) {
      const known = latest.get(access.channelId) ?? access.secret;
      if (isGood(known, refused)) return known.accessToken!;
      const running = under.get(access.channelId);
      if (running) return running;
      const renewal = renew(access, refused, signal).finally(() => under.delete(access.channelId));
      under.set(access.channelId, renewal);
      return renewal;
    },
  };
}

async function ask(access: ChannelAccess, stored: Secret, clock: Clock, signal: AbortSignal): Promise<Secret> {
  const settings = settingsOf(access.config);
  const { oauth } = settings;
  if (!oauth || (stored.refreshToken ?? "") === "")
    throw new NetworkFailure({
      ...{ class: "auth", retryable: false, code: "no-token" },
      message: "The channel has no token to sign in with. Connect it again.",
    });
  return requestToken(
    settings,
    { grant_type: "refresh_token", refresh_token: stored.refreshToken!, scope: oauth.scope },
    stored.clientSecret ?? "",
    clock,
    signal,
  );
}

/** One request to the token endpoint; `accessTokenUntil` in epoch milliseconds. Throws `NetworkFailure`. */
export async function requestToken(
  settings: Pick<EmailSettings, "oauth" | "privateNetwork">,
  fields: Readonly<Record<string, string>>,
  clientSecret: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<Secret> {
  const { tokenUrl, clientId } = settings.oauth!;
  const form = new URLSearchParams({ ...fields, client_id: clientId });
  if (clientSecret !== "") form.set("client_secret", clientSecret);
  let answer: Awaited<ReturnType<typeof outsideRequest>>;
  try {
    answer = await outsideRequest(tokenUrl, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
      body: form.toString(),
      signal,
      mayBeInside: settings.privateNetwork,
      maxBytes: 100_000,
    });
  } catch (error) {
    if (error instanceof InsideAddress)
      throw new NetworkFailure({
        class: "invalid",
        retryable: false,
        code: "private-address",
        message: error.message,
      });
    if (error instanceof RequestFailed)
      throw new NetworkFailure({
        ...{ class: "transient", retryable: true, code: "unreachable" },
        message: `${hostOf(tokenUrl)} gives no token: ${clipped(error.message)}`,
      });
    throw error;
  }
  const body = json(answer.body);
  const error = text(body, "error");
  if (answer.status === 200 && text(body, "access_token") !== "") {
    const seconds = Number(field(body, "expires_in"));
    const lasts = Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 86_400) * SECOND : 10 * MINUTE;
    const refreshToken = text(body, "refresh_token");
    return {
      accessToken: text(body, "access_token"),
      accessTokenUntil: String(clock.now() + lasts),
      ...(refreshToken !== "" && { refreshToken }),
      ...(text(body, "scope") !== "" && { scope: text(body, "scope") }),
    };
  }
  throw new NetworkFailure(tokenFailure(tokenUrl, answer, error, text(body, "error_description"), clock.now()));
}

function tokenFailure(
  tokenUrl: string,
  { status, headers }: { status: number; headers: Readonly<Record<string, string>> },
  error: string,
  said: string,
  now: number,
) {
  const host = hostOf(tokenUrl);
  if (error === "invalid_grant")
    return {
      ...{ class: "auth" as const, retryable: false, code: "invalid_grant" },
      message: `${host} gives no token any more: the consent was withdrawn or has run out. Connect the mailbox again.`,
    };
  if (error === "invalid_scope")
    return {
      ...{ class: "auth" as const, retryable: false, code: "invalid_scope" },
      message: `${host} does not give what is asked for (${clipped(said) || "scope"}). Give the application the right to read and send mail.`,
    };
  if (error === "invalid_client" || error === "unauthorized_client")
    return {
      ...{ class: "auth" as const, retryable: false, code: error },
      message: `${host} does not know the application, or its secret is wrong. Check client id and client secret.`,
    };
  const wait = retryAfterMs(headers["retry-after"], now);
  return {
    ...classOfStatus(status),
    ...(status < 400 && { class: "transient" as const, retryable: true }),
    ...(wait !== undefined && { retryAfterMs: wait }),
    code: error || String(status),
    message: `${host} gives no token (HTTP ${status}${error === "" ? "" : `, ${clipped(error)}`}).`,
  };
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : "The token endpoint";
}

function json(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString("utf8"));
  } catch {
    return undefined;
  }
}
