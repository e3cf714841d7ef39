import { ImapFlow } from "imapflow";
import type { ChannelAccess } from "../../domain/adapter.ts";
import { NetworkFailure } from "../../domain/errors.ts";
import { type EmailSettings, settingsOf } from "../settings.ts";
import { lineFailure } from "../sign-in/failure.ts";
import { reach } from "../sign-in/reach.ts";
import type { Tokens } from "../sign-in/tokens.ts";

/** A mail beyond this is shown as a placeholder (the limit of most mail systems). */
export const MAX_MAIL = 25_000_000;
/** IDLE is said again before a server may drop it (RFC 2177: at the latest after 29 minutes). */
const IDLE_FOR = 29 * 60_000;

export interface LineOptions {
  /** Longest wait for the line, the greeting and between two bytes. */
  timeoutMs?: number;
}

/** A signed-in IMAP line. It closes when `signal` is aborted; the caller closes it otherwise. Throws `NetworkFailure`. */
export async function openLine(
  tokens: Tokens,
  access: ChannelAccess,
  signal: AbortSignal,
  { timeoutMs = 15_000 }: LineOptions = {},
): Promise<ImapFlow> {
  const settings = settingsOf(access.config);
  const host = await reach(settings.imap, settings.privateNetwork);
  const token = settings.oauth ? await tokens.of(access, signal) : undefined;
  try {
    return await signIn(settings, host, access, token, signal, timeoutMs);
  } catch (error) {
    // The server may have forgotten a token before its time: one new one, once.
    const refused = token !== undefined && error instanceof NetworkFailure && error.data.class === "auth";
    if (!refused) throw error;
    return signIn(settings, host, access, await tokens.of(access, signal, token), signal, timeoutMs);
  }
}

async function signIn(
  settings: EmailSettings,
  host: string,
  access: ChannelAccess,
  accessToken: string | undefined,
  signal: AbortSignal,
  timeoutMs: number,
): Promise<ImapFlow> {
  const { imap, user } = settings;
  const client = new ImapFlow({
    ...{ host, servername: imap.host, port: imap.port, secure: imap.security === "tls", logger: false },
    ...(imap.security !== "tls" && { doSTARTTLS: imap.security === "starttls" }),
    auth: accessToken === undefined ? { user, pass: access.secret.password ?? "" } : { user, accessToken },
    ...{ disableAutoIdle: true, maxIdleTime: IDLE_FOR, clientInfo: { name: "Hubbub" } },
    ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: 5 * 60_000 },
    // A server that announces more than it may is hung up on before a byte of it is kept.
    ...{ maxLiteralSize: MAX_MAIL + 1_000_000, maxLineLength: 4_000_000, maxResponseSize: MAX_MAIL + 8_000_000 },
  });
  // Without a listener a broken line would end the process; the command under way says it to its caller.
  client.on("error", () => {});
  const stop = () => client.close();
  signal.addEventListener("abort", stop, { once: true });
  client.once("close", () => signal.removeEventListener("abort", stop));
  try {
    if (signal.aborted) throw new Error("There was no time left.");
    await client.connect();
    return client;
  } catch (error) {
    client.close();
    throw lineFailure(error, "IMAP", imap);
  }
}

/** Says goodbye where that is quick, and hangs up. */
export async function closeLine(client: ImapFlow): Promise<void> {
  const bye = client.logout().catch(() => {});
  await Promise.race([bye, new Promise((resolve) => setTimeout(resolve, 500).unref())]);
  client.close();
}
