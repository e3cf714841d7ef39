import type { Clock } from "#platform/clock";
import type { Adapter } from "../domain/adapter.ts";
import { emailCapabilities } from "./capabilities.ts";
import { emailConnector } from "./connecting/connector.ts";
import { mailboxPuller } from "./mailbox/backfill.ts";
import { mailboxStreamer } from "./mailbox/stream.ts";
import { parseEmail } from "./parse.ts";
import { redactEmail } from "./redact.ts";
import { createFiling } from "./sending/filing.ts";
import { createPostLines } from "./sending/post-lines.ts";
import { emailSender } from "./sending/sender.ts";
import { createTokens } from "./sign-in/tokens.ts";

/** A mailbox: IMAP in, SMTP out. Config as in `settings.ts`; secret: `password`, or `refreshToken` and what it is renewed to; `replyKey`. */
export function emailAdapter(clock: Clock, options: { pollMs?: number } = {}): Adapter {
  const tokens = createTokens(clock);
  const lines = createPostLines(tokens);
  return {
    network: "email",
    capabilities: emailCapabilities,
    // Dovecot and Exim have been spoken with for real; no hosted mail service has.
    neverTestedLive: false,
    parse: parseEmail,
    redactRaw: redactEmail,
    connect: emailConnector({ clock, tokens, lines }),
    pull: mailboxPuller(tokens),
    stream: mailboxStreamer({ clock, tokens, ...options }),
    send: emailSender({ clock, lines, filing: createFiling(tokens) }),
  };
}
