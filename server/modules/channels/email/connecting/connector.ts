import type { ImapFlow } from "imapflow";
import { type Clock, HOUR, type Instant, instantOf, iso } from "#platform/clock";
import type { ChannelAccess } from "../../domain/adapter.ts";
import { clockHalf, failing, notTried, passed } from "../../domain/connect-check.ts";
import type { ConnectCheck, ConnectFault, Connector } from "../../domain/connector.ts";
import { type ChannelErrorData, clipped, NetworkFailure } from "../../domain/errors.ts";
import { foldersOf } from "../mailbox/folders.ts";
import { closeLine, openLine } from "../mailbox/line.ts";
import type { PostLines } from "../sending/post-lines.ts";
import { type EmailSettings, settingsOf } from "../settings.ts";
import type { Tokens } from "../sign-in/tokens.ts";
import { EMAIL_NEEDS, readAnswers } from "./answers.ts";

export interface ConnectDeps {
  clock: Clock;
  tokens: Tokens;
  lines: PostLines;
}

/** Connects a mailbox, and looks at each way in and out of it by signing in for real. */
export function emailConnector(deps: ConnectDeps): Connector {
  return {
    checkEveryMs: 6 * HOUR,
    keeps: ["replyKey"],
    needs: EMAIL_NEEDS,
    async prepare(answers, signal) {
      const read = readAnswers(answers);
      if (!read.ok) return { ...read, fault: "refused" };
      const { made } = read;
      const settings = settingsOf(made.config);
      const access: ChannelAccess = { channelId: `preparing ${made.externalId} ${made.secret.replyKey}`, ...made };
      try {
        // A refresh token is spent by its use with some providers: what came instead goes with the channel.
        const kept: Record<string, string> = { ...made.secret };
        const line = await openLine(deps.tokens, { ...access, secrets: keeping(kept) }, signal);
        await closeLine(line);
        return { ok: true, made: { ...made, secret: kept } };
      } catch (error) {
        if (!(error instanceof NetworkFailure)) throw error;
        const fault = faultOf(error.data, settings);
        return { ok: false, need: needOf(fault, settings), fault, says: sentence(error.data, fault, settings) };
      }
    },
    async check(access, where, _budget, signal) {
      const settings = settingsOf(access.config);
      const [reading, sending] = await Promise.all([
        looksIn(deps, access, settings, signal),
        handsIn(deps, access, signal),
      ]);
      return [...reading.halves, sendHalf(reading, sending, settings), clockOf(sending, reading, where.now)];
    },
    answersOf({ config }) {
      const s = settingsOf(config);
      return {
        ...{ address: s.address, imapHost: s.imap.host, imapPort: String(s.imap.port), imapSecurity: s.imap.security },
        ...{ smtpHost: s.smtp.host, smtpPort: String(s.smtp.port), smtpSecurity: s.smtp.security, user: s.user },
        ...{ fromName: s.fromName, signature: s.signature, folders: s.folders.join("\n") },
        ...(s.oauth && { clientId: s.oauth.clientId, tokenUrl: s.oauth.tokenUrl, scope: s.oauth.scope }),
        ...(s.privateNetwork && { privateNetwork: "true" }),
      };
    },
  };
}

function keeping(secret: Record<string, string>) {
  return {
    read: async () => ({ ...secret }),
    keep: async (change: Readonly<Record<string, string>>) => Object.assign(secret, change),
  };
}

interface Reading {
  halves: ConnectCheck[];
  works: boolean;
  /** When the mailbox took its newest mail, by its own clock. */
  newest: Instant | null;
}

async function looksIn(
  deps: ConnectDeps,
  access: ChannelAccess,
  settings: EmailSettings,
  signal: AbortSignal,
): Promise<Reading> {
  const later = ["receive", "sent-folder"].map((half) => notTried(half, "Looked at once the sign-in works."));
  let line: Awaited<ReturnType<typeof openLine>>;
  try {
    line = await openLine(deps.tokens, access, signal);
  } catch (error) {
    const data = dataOf(error);
    const fault = faultOf(data, settings);
    return {
      halves: [failing("sign-in", fault, sentence(data, fault, settings)), ...later],
      works: false,
      newest: null,
    };
  }
  const signIn = passed("sign-in", `${settings.imap.host} knows ${settings.user}.`);
  try {
    const folders = await foldersOf(line, settings);
    const missing: string[] = [];
    let newest: Instant | null = null;
    for (const { path, role } of folders) {
      try {
        const box = await line.mailboxOpen(path, { readOnly: true });
        if (role === "in" && box.exists > 0) newest = Math.max(newest ?? 0, await newestIn(line, box.uidNext)) || null;
      } catch {
        missing.push(path);
      }
    }
    const idle = line.capabilities.has("IDLE");
    const receive =
      missing.length > 0
        ? failing(
            "receive",
            "missing-half",
            `The mailbox has no folder ${missing.join(" or ")}. Name those that it has.`,
          )
        : passed(
            "receive",
            idle
              ? "New mail is told at once (IDLE)."
              : "The server cannot tell of new mail (no IDLE): it is looked at every ten seconds.",
          );
    const sent = folders.find((f) => f.role === "sent");
    const filed = sent
      ? passed("sent-folder", `Our mail is filed in ${sent.path}; answers written in other programs are seen there.`)
      : failing(
          "sent-folder",
          "missing-half",
          "The mailbox has no folder for sent mail, so answers written in other programs are not seen. Name one.",
        );
    return { halves: [signIn, receive, filed], works: true, newest };
  } catch (error) {
    const data = dataOf(error);
    return {
      halves: [signIn, failing("receive", "unreachable", clipped(data.message)), later[1]!],
      works: true,
      newest: null,
    };
  } finally {
    await closeLine(line);
  }
}

/** INTERNALDATE of the newest mail: `n:*` names it, whether n is there or not. 0 where the server does not say. */
async function newestIn(line: ImapFlow, uidNext: number): Promise<Instant> {
  const found = await line
    .fetchAll(`${Math.max(1, uidNext - 1)}:*`, { uid: true, internalDate: true }, { uid: true })
    .catch(() => []);
  const date = found.at(-1)?.internalDate;
  return date === undefined ? 0 : (instantOf(new Date(date).toISOString()) ?? 0);
}

type Sending = { ok: true; greeting: string } | { ok: false; data: ChannelErrorData };

async function handsIn(deps: ConnectDeps, access: ChannelAccess, signal: AbortSignal): Promise<Sending> {
  try {
    return { ok: true, greeting: await deps.lines.knock(access, signal) };
  } catch (error) {
    return { ok: false, data: dataOf(error) };
  }
}

/** Reading works and sending does not: a channel that looks healthy and answers nobody. */
function sendHalf({ works }: Reading, sending: Sending, settings: EmailSettings): ConnectCheck {
  const { host } = settings.smtp;
  if (sending.ok) return passed("send", `${host} takes mail from ${settings.smtpUser}.`);
  const fault = faultOf(sending.data, settings);
  if (works && (fault === "wrong-secret" || fault === "wrong-scope" || fault === "expired-token"))
    return failing(
      "send",
      "missing-half",
      `Mail is read, but ${host} does not let ${settings.smtpUser} send. ${
        settings.oauth
          ? "Give the application the right to send mail (SMTP), and allow SMTP for the mailbox."
          : "Allow SMTP for the mailbox, or give the password for sending by itself."
      }`,
    );
  return failing("send", fault, sentence(sending.data, fault, { ...settings, imap: settings.smtp }));
}

/** Many servers say in their greeting what time it is; mail from the future says it, too. */
function clockOf(sending: Sending, { newest }: Reading, now: Instant): ConnectCheck {
  const said = sending.ok
    ? /[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}/.exec(sending.greeting)?.[0]
    : undefined;
  if (said !== undefined) return clockHalf(said, now);
  return clockHalf(newest !== null && newest > now ? iso(newest) : undefined, now);
}

function dataOf(error: unknown): ChannelErrorData {
  if (error instanceof NetworkFailure) return error.data;
  return { class: "transient", retryable: true, message: clipped(String((error as Error).message)) };
}

function faultOf(data: ChannelErrorData, { oauth }: EmailSettings): ConnectFault {
  if (data.code === "private-address") return "private-address";
  if (data.code === "certificate" || data.code === "not-encrypted") return "not-encrypted";
  if (data.code === "invalid_scope") return "wrong-scope";
  if (data.code === "invalid_grant" || data.code === "expired") return "expired-token";
  // A fresh token that the mail server turns down was given for something else.
  if (data.class === "auth") return oauth && data.code === "sign-in" ? "wrong-scope" : "wrong-secret";
  return data.class === "transient" && data.code !== "refused" ? "unreachable" : "refused";
}

function needOf(fault: ConnectFault, { oauth }: EmailSettings): string | null {
  if (fault === "wrong-secret") return oauth ? "clientSecret" : "password";
  if (fault === "expired-token") return oauth ? "refreshToken" : "password";
  if (fault === "wrong-scope") return "scope";
  if (fault === "not-encrypted") return "imapSecurity";
  return fault === "unreachable" || fault === "private-address" ? "imapHost" : null;
}

function sentence(data: ChannelErrorData, fault: ConnectFault, { imap, user, oauth }: EmailSettings): string {
  switch (fault) {
    case "private-address":
      return `${imap.host} lies in a private network. If that is meant, allow it with the switch for private networks.`;
    case "wrong-secret":
      return oauth
        ? clipped(data.message)
        : `${imap.host} does not know ${user} with this password. Check both; many services want a password made for programs (an app password).`;
    case "expired-token":
      return oauth
        ? "The consent was withdrawn or has run out. Give it again and put in the new refresh token."
        : `The password of ${user} has run out. Set a new one at the mail service.`;
    case "wrong-scope":
      return `${imap.host} does not take the token that was given: it was made without the right to read and send mail by IMAP and SMTP. Ask for that scope and give consent again.`;
    case "not-encrypted":
      return data.code === "certificate"
        ? clipped(data.message)
        : `${imap.host} does not offer encryption on port ${imap.port}. Use the port for TLS (993, 465), or say "plain" if it is a server of your own.`;
    case "unreachable":
      return `${imap.host} cannot be reached on port ${imap.port}: ${clipped(data.message)}`;
    default:
      return clipped(data.message);
  }
}
