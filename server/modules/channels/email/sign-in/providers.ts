import type { MailServer } from "../mail-server.ts";

/** Where and for what tokens are given out (RFC 6749). */
export interface OAuthSettings {
  tokenUrl: string;
  authorizeUrl: string;
  scope: string;
  clientId: string;
}

export interface Provider {
  imap: MailServer;
  smtp: MailServer;
  oauth: OAuthSettings;
  /** Whatever is sent by its submission server stands in the Sent folder by itself. */
  filesSentMail: boolean;
  plusAddresses: boolean;
  /** As it calls itself in Authentication-Results. */
  authserv: string;
}

/** Large mail services, as their own documentation names their servers (looked up in November 2026; none was tried live). */
const PROVIDERS: Readonly<Record<string, Provider>> = {
  google: {
    imap: { host: "imap.gmail.com", port: 993, security: "tls" },
    smtp: { host: "smtp.gmail.com", port: 465, security: "tls" },
    oauth: {
      authorizeUrl: "https://accounts.google.com/o/oauth2/v2/auth",
      tokenUrl: "https://oauth2.googleapis.com/token",
      scope: "https://mail.google.com/",
      clientId: "",
    },
    filesSentMail: true,
    plusAddresses: true,
    authserv: "mx.google.com",
  },
  microsoft: {
    imap: { host: "outlook.office365.com", port: 993, security: "tls" },
    smtp: { host: "smtp.office365.com", port: 587, security: "starttls" },
    oauth: {
      authorizeUrl: "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
      tokenUrl: "https://login.microsoftonline.com/common/oauth2/v2.0/token",
      scope: "offline_access https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send",
      clientId: "",
    },
    filesSentMail: true,
    plusAddresses: true,
    authserv: "",
  },
};

export const PROVIDER_NAMES: readonly string[] = Object.keys(PROVIDERS);

export function providerOf(name: string): Provider | undefined {
  return Object.hasOwn(PROVIDERS, name) ? PROVIDERS[name] : undefined;
}
