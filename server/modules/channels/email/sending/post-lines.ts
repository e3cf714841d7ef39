import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import type { ChannelAccess } from "../../domain/adapter.ts";
import { NetworkFailure } from "../../domain/errors.ts";
import { domainOf, type EmailSettings, settingsOf } from "../settings.ts";
import { lineFailure } from "../sign-in/failure.ts";
import { reach } from "../sign-in/reach.ts";
import type { Tokens } from "../sign-in/tokens.ts";
import type { Posted } from "./outcome.ts";

export interface Envelope {
  from: string;
  /** The first is whom it answers. */
  to: readonly string[];
}

/** Signed-in SMTP lines, kept open for a while: most of the time of a small mail is the sign-in. */
export interface PostLines {
  /** Throws `NetworkFailure` for what happened before any mail: unreachable, certificate, sign-in. */
  post(access: ChannelAccess, envelope: Envelope, raw: Uint8Array, signal: AbortSignal): Promise<Posted>;
  /** Signs in and hangs up; gives the server's greeting. Throws `NetworkFailure`. */
  knock(access: ChannelAccess, signal: AbortSignal): Promise<string>;
  close(): void;
}

const KEPT_FOR = 20_000;
const KEPT_PER_CHANNEL = 4;

interface SmtpError {
  code?: string;
  command?: string;
  message?: string;
  responseCode?: number;
  response?: string;
}

export function createPostLines(tokens: Tokens): PostLines {
  const kept = new Map<string, { line: SMTPConnection; timer: NodeJS.Timeout; drop: () => void }[]>();

  function keep(name: string, line: SMTPConnection): void {
    const here = kept.get(name) ?? [];
    if (here.length >= KEPT_PER_CHANNEL || line.destroyed) {
      line.quit();
      return;
    }
    const drop = () => {
      const list = kept.get(name);
      const at = list?.findIndex((k) => k.line === line) ?? -1;
      if (at >= 0) clearTimeout(list!.splice(at, 1)[0]!.timer);
      if (list?.length === 0) kept.delete(name);
    };
    const timer = setTimeout(() => {
      drop();
      line.quit();
    }, KEPT_FOR);
    timer.unref();
    line.once("end", drop);
    here.push({ line, timer, drop });
    kept.set(name, here);
  }

  function taken(name: string): SMTPConnection | undefined {
    const found = kept.get(name)?.shift();
    if (found) {
      clearTimeout(found.timer);
      found.line.off("end", found.drop);
    }
    return found?.line.destroyed ? undefined : found?.line;
  }

  async function open(
    access: ChannelAccess,
    signal: AbortSignal,
    hear: (line: string) => void = () => {},
  ): Promise<SMTPConnection> {
    const settings = settingsOf(access.config);
    const host = await reach(settings.smtp, settings.privateNetwork);
    if (!settings.oauth) return signIn(settings, host, { password: passwordOf(access.secret) }, signal, hear);
    const token = await tokens.of(access, signal);
    try {
      return await signIn(settings, host, { token }, signal, hear);
    } catch (error) {
      if (!(error instanceof NetworkFailure) || error.data.class !== "auth") throw error;
      return signIn(settings, host, { token: await tokens.of(access, signal, token) }, signal, hear);
    }
  }

  return {
    async post(access, envelope, raw, signal) {
      const name = nameOf(access);
      const old = taken(name);
      if (old) {
        const posted = await hand(old, envelope, raw, signal, (line) => keep(name, line));
        // It had been hung up on since: nothing of the mail was on its way.
        if (posted.state !== "broken" || posted.began || signal.aborted) return posted;
      }
      return hand(await open(access, signal), envelope, raw, signal, (line) => keep(name, line));
    },
    async knock(access, signal) {
      const heard: string[] = [];
      (await open(access, signal, (line) => heard.push(line))).quit();
      return heard.find((line) => line.startsWith("220")) ?? "";
    },
    close() {
      for (const list of kept.values())
        for (const { line, timer } of list) {
          clearTimeout(timer);
          line.close();
        }
      kept.clear();
    },
  };
}

const passwordOf = (secret: ChannelAccess["secret"]): string => secret.smtpPassword ?? secret.password ?? "";

/** Another password is another line. */
function nameOf({ channelId, config, secret }: ChannelAccess): string {
  const told = JSON.stringify([config.smtp, config.smtpUser, config.user, config.provider, passwordOf(secret)]);
  return `${channelId} ${createHash("sha256").update(told).digest("hex")}`;
}

async function signIn(
  settings: EmailSettings,
  host: string,
  by: { password: string } | { token: string },
  signal: AbortSignal,
  hear: (line: string) => void,
): Promise<SMTPConnection> {
  const { smtp, smtpUser: user } = settings;
  const line = new SMTPConnection({
    ...{
      host,
      port: smtp.port,
      secure: smtp.security === "tls",
      logger: listening(hear),
      debug: true,
      name: domainOf(settings.address),
    },
    ...(smtp.security === "starttls" ? { requireTLS: true } : {}),
    ...(smtp.security === "plain" ? { ignoreTLS: true } : {}),
    tls: { servername: smtp.host },
    ...{ connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 60_000 },
  });
  line.on("error", () => {});
  try {
    await step(line, signal, (done) => line.connect(done));
    await step(line, signal, (done) =>
      line.login(
        "token" in by
          ? ({ oauth2: staticToken(user, by.token) } as never)
          : { credentials: { user, pass: by.password } },
        done,
      ),
    );
    return line;
  } catch (error) {
    line.close();
    throw signInFailure(error as SmtpError, settings);
  }
}

/** Of all that the library logs only what the server says. */
function listening(hear: (line: string) => void) {
  const log = (entry: unknown, ...words: unknown[]) => {
    if ((entry as { tnx?: string } | null)?.tnx === "server") hear(String(words[0] ?? "").slice(0, 1_000));
  };
  return { level: () => {}, trace: log, debug: log, info: log, warn: log, error: log, fatal: log };
}

/** The library asks an object for its token; ours are renewed elsewhere. */
function staticToken(user: string, token: string) {
  return {
    getToken: (_renew: boolean, done: (error: Error | null, token: string) => void) => done(null, token),
    buildXOAuth2Token: (given: string) =>
      Buffer.from(`user=${user}\u0001auth=Bearer ${given}\u0001\u0001`).toString("base64"),
  };
}

/** One step of the session; it ends with its answer, with the line, or with the time given. */
function step(
  line: SMTPConnection,
  signal: AbortSignal,
  run: (done: (error?: Error | null) => void) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => settle(Object.assign(new Error("There was no time left."), { code: "ETIMEDOUT" }));
    const settle = (error?: Error | null) => {
      signal.removeEventListener("abort", stop);
      line.off("error", settle);
      if (error) reject(error);
      else resolve();
    };
    if (signal.aborted) return stop();
    signal.addEventListener("abort", stop, { once: true });
    line.once("error", settle);
    run(settle);
  });
}

function signInFailure(error: SmtpError, { smtp }: EmailSettings): NetworkFailure {
  if (error instanceof NetworkFailure) return error;
  const code = error.responseCode ?? 0;
  const busy = code >= 400 && code < 500;
  return lineFailure(
    {
      ...error,
      message: error.message,
      ...((error.code === "EAUTH" || code === 530 || code === 535) && !busy && { authenticationFailed: true }),
      ...(busy && { serverResponseCode: "UNAVAILABLE" }),
      responseText: error.response ?? error.message,
    },
    "SMTP",
    smtp,
  );
}

/** One mail over one line. The text is on its way as soon as the server has said 354 and asks for the first bytes. */
function hand(
  line: SMTPConnection,
  envelope: Envelope,
  raw: Uint8Array,
  signal: AbortSignal,
  keep: (line: SMTPConnection) => void,
): Promise<Posted> {
  return new Promise((resolve) => {
    let began = false;
    let ended = false;
    const message = new Readable({
      read() {
        began = true;
        this.push(raw);
        this.push(null);
      },
    });
    const end = (posted: Posted, whole: boolean) => {
      if (ended) return;
      ended = true;
      signal.removeEventListener("abort", stop);
      line.off("error", broke);
      if (whole) keep(line);
      else line.close();
      resolve(posted);
    };
    const stop = () => end({ state: "broken", began, timedOut: true, said: "it took too long" }, false);
    const broke = (error: SmtpError) => end(badOf(error, began), false);
    if (signal.aborted) return stop();
    signal.addEventListener("abort", stop, { once: true });
    line.once("error", broke);
    line.send({ from: envelope.from, to: [...envelope.to] }, message, (error, info) => {
      if (!error) return end({ state: "accepted", refused: info?.rejected ?? [] }, true);
      // A refusal leaves the envelope open: the next mail gets a line of its own.
      end(badOf(error as SmtpError, began), false);
    });
  });
}

function badOf(error: SmtpError, began: boolean): Exclude<Posted, { state: "accepted" }> {
  const said = error.response ?? error.message ?? "no reason given";
  if (error.responseCode === undefined || error.responseCode < 400)
    return { state: "broken", began, timedOut: error.code === "ETIMEDOUT", said };
  const command = error.command ?? "";
  const at = /MAIL/.test(command) ? "from" : /RCPT/.test(command) ? "to" : /AUTH/.test(command) ? "auth" : "data";
  return { state: "refused", code: error.responseCode, said, at };
}
