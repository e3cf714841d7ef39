import { field, list, text } from "../domain/read-json.ts";
import type { MailServer, Security } from "./mail-server.ts";
import { type OAuthSettings, providerOf } from "./sign-in/providers.ts";

/** What becomes of a mail in the mailbox once it is stored here. */
export type AfterReading = { do: "nothing" } | { do: "seen" } | { do: "move"; to: string };

/** A channel's `config` in typed words. Secret: `password` or the tokens of `sign-in/tokens.ts`, and `replyKey` for reply addresses. */
export interface EmailSettings {
  /** The address that customers write to, in lower case. */
  address: string;
  /** Shown before it in what we send. */
  fromName: string;
  imap: MailServer;
  smtp: MailServer;
  user: string;
  smtpUser: string;
  oauth: OAuthSettings | null;
  /** Folders whose mail is for us; INBOX unless given. */
  folders: readonly string[];
  /** Where our own mail is filed; the server's own word unless given. */
  sentFolder: string | null;
  after: AfterReading;
  /** `server`: the submission server files a copy by itself (Gmail, Microsoft 365); `append`: we do, after sending. */
  sentCopy: "server" | "append";
  /** The server delivers `name+anything@` to `name@`: then a reply address of its own goes with every mail. */
  plusAddresses: boolean;
  /** Name of the server whose Authentication-Results are believed; none unless given. */
  authserv: string;
  /** Stands under what this channel sends. */
  signature: string;
  /** Its addresses may lie in a private network. */
  privateNetwork: boolean;
}

export function settingsOf(config: Readonly<Record<string, unknown>>): EmailSettings {
  const provider = providerOf(text(config, "provider"));
  const address = text(config, "address").trim().toLowerCase();
  const plain = field(config, "plain") === true;
  const user = text(config, "user") || address;
  const folders = list(config, "folders").filter((f): f is string => typeof f === "string" && f.trim() !== "");
  return {
    address,
    fromName: text(config, "fromName"),
    imap: serverOf(field(config, "imap"), provider?.imap, plain, { tls: 993, other: 143 }),
    smtp: serverOf(field(config, "smtp"), provider?.smtp, plain, { tls: 465, other: 587 }),
    user,
    smtpUser: text(config, "smtpUser") || user,
    oauth: oauthOf(config, provider?.oauth),
    folders: folders.length > 0 ? [...new Set(folders)].slice(0, 20) : ["INBOX"],
    sentFolder: text(config, "sentFolder") || null,
    after: afterOf(config),
    sentCopy:
      text(config, "sentCopy") === "server" || (provider?.filesSentMail && !text(config, "sentCopy"))
        ? "server"
        : "append",
    plusAddresses: (field(config, "plusAddresses") ?? provider?.plusAddresses) === true,
    authserv: (text(config, "authserv") || provider?.authserv || "").trim().toLowerCase(),
    signature: text(config, "signature").slice(0, 5_000),
    privateNetwork: field(config, "privateNetwork") === true,
  };
}

function serverOf(
  given: unknown,
  fallback: MailServer | undefined,
  plain: boolean,
  ports: { tls: number; other: number },
): MailServer {
  const said = text(given, "security");
  const security: Security =
    said === "starttls" || said === "tls" ? said : said === "plain" && plain ? "plain" : (fallback?.security ?? "tls");
  const port = Number(field(given, "port"));
  const usual = security === "tls" ? ports.tls : ports.other;
  return {
    host: text(given, "host").trim().toLowerCase() || fallback?.host || "",
    port: Number.isInteger(port) && port > 0 && port < 65_536 ? port : (fallback?.port ?? usual),
    security,
  };
}

function oauthOf(config: Readonly<Record<string, unknown>>, of: OAuthSettings | undefined): OAuthSettings | null {
  if (text(config, "auth") !== "oauth2") return null;
  const given = field(config, "oauth");
  return {
    tokenUrl: text(given, "tokenUrl") || of?.tokenUrl || "",
    authorizeUrl: text(given, "authorizeUrl") || of?.authorizeUrl || "",
    scope: text(given, "scope") || of?.scope || "",
    clientId: text(given, "clientId"),
  };
}

function afterOf(config: Readonly<Record<string, unknown>>): AfterReading {
  const given = field(config, "after");
  const what = text(given, "do");
  const to = text(given, "to");
  if (what === "move" && to !== "") return { do: "move", to };
  return what === "seen" ? { do: "seen" } : { do: "nothing" };
}

export const domainOf = (address: string): string => address.slice(address.lastIndexOf("@") + 1) || "localhost";
