import { randomBytes } from "node:crypto";
import type { ConnectNeed, Prepared } from "../../domain/connector.ts";
import { settingsOf } from "../settings.ts";
import { PROVIDER_NAMES } from "../sign-in/providers.ts";

type Answers = Readonly<Record<string, string>>;

const SECURITY = ["tls", "starttls", "plain"];

/** What the operator of a mailbox is asked for. With a known provider address and secret are enough. */
export const EMAIL_NEEDS: readonly ConnectNeed[] = [
  { name: "address", kind: "text", required: true },
  { name: "provider", kind: "choice", required: false, choices: ["other", ...PROVIDER_NAMES], fallback: "other" },
  { name: "password", kind: "secret", required: false, sealed: true },
  { name: "imapHost", kind: "text", required: false },
  { name: "imapPort", kind: "number", required: false },
  { name: "imapSecurity", kind: "choice", required: false, choices: SECURITY, fallback: "tls" },
  { name: "smtpHost", kind: "text", required: false },
  { name: "smtpPort", kind: "number", required: false },
  { name: "smtpSecurity", kind: "choice", required: false, choices: SECURITY, fallback: "tls" },
  { name: "user", kind: "text", required: false },
  { name: "smtpUser", kind: "text", required: false },
  { name: "smtpPassword", kind: "secret", required: false, sealed: true },
  { name: "fromName", kind: "text", required: false },
  { name: "signature", kind: "text", required: false },
  { name: "aliases", kind: "list", required: false },
  { name: "folders", kind: "list", required: false },
  { name: "sentFolder", kind: "text", required: false },
  { name: "sentCopy", kind: "choice", required: false, choices: ["append", "server"] },
  { name: "afterReading", kind: "choice", required: false, choices: ["nothing", "seen", "move"], fallback: "nothing" },
  { name: "moveTo", kind: "text", required: false },
  { name: "plusAddresses", kind: "switch", required: false },
  { name: "authserv", kind: "text", required: false },
  { name: "clientId", kind: "text", required: false },
  { name: "clientSecret", kind: "secret", required: false, sealed: true },
  { name: "refreshToken", kind: "secret", required: false, sealed: true },
  { name: "tokenUrl", kind: "url", required: false },
  { name: "scope", kind: "text", required: false },
  { name: "privateNetwork", kind: "switch", required: false },
];

const words = (said = "") =>
  said
    .split(/[\n,]/)
    .map((one) => one.trim())
    .filter((one) => one !== "");

/** The channel that these answers mean, or which of them cannot be. Asks nobody. */
export function readAnswers(given: Answers): { ok: true; made: Prepared } | { ok: false; need: string; says: string } {
  const said = (name: string) => (given[name] ?? "").trim();
  const address = said("address").toLowerCase();
  if (!/^[^\s@<>"(),;:\\]+@[^\s@<>"(),;:\\]+\.[^\s@<>"(),;:\\]+$/.test(address))
    return {
      ok: false,
      need: "address",
      says: `"${address.slice(0, 100)}" is no e-mail address. Write it as name@company.example.`,
    };
  const oauth = said("refreshToken") !== "" || (said("clientId") !== "" && said("password") === "");
  if (!oauth && said("password") === "")
    return {
      ok: false,
      need: "password",
      says: "The mailbox needs a password, or client id and refresh token for OAuth.",
    };
  if (oauth && (said("clientId") === "" || said("refreshToken") === ""))
    return {
      ok: false,
      need: said("clientId") === "" ? "clientId" : "refreshToken",
      says: "OAuth needs client id and refresh token both.",
    };
  for (const name of ["imapPort", "smtpPort"])
    if (said(name) !== "" && !/^[1-9]\d{0,4}$/.test(said(name)))
      return {
        ok: false,
        need: name,
        says: `"${said(name).slice(0, 20)}" is no port. The usual ones are 993 for IMAP and 465 or 587 for SMTP.`,
      };
  const config = {
    ...{ address, fromName: said("fromName"), signature: given.signature ?? "", provider: said("provider") },
    ...{ user: said("user"), smtpUser: said("smtpUser"), sentFolder: said("sentFolder") },
    authserv: said("authserv"),
    imap: server(said, "imap"),
    smtp: server(said, "smtp"),
    plain: said("imapSecurity") === "plain" || said("smtpSecurity") === "plain",
    ...{ folders: words(given.folders), selfIds: words(given.aliases).map((a) => a.toLowerCase()) },
    ...(said("sentCopy") !== "" && { sentCopy: said("sentCopy") }),
    after: { do: said("afterReading") || "nothing", to: said("moveTo") },
    ...(said("plusAddresses") !== "" && { plusAddresses: said("plusAddresses") === "true" }),
    ...(oauth && {
      auth: "oauth2",
      oauth: { clientId: said("clientId"), tokenUrl: said("tokenUrl"), scope: said("scope") },
    }),
    ...(said("privateNetwork") === "true" && { privateNetwork: true }),
  };
  const settings = settingsOf(config);
  if (settings.imap.host === "")
    return { ok: false, need: "imapHost", says: "Say where the mailbox is: the name of its IMAP server." };
  if (settings.smtp.host === "")
    return { ok: false, need: "smtpHost", says: "Say where mail is handed in: the name of the SMTP server." };
  if (oauth && settings.oauth?.tokenUrl === "")
    return {
      ok: false,
      need: "tokenUrl",
      says: "Say where tokens are renewed: the address of the provider's token endpoint.",
    };
  const secret: Record<string, string> = { replyKey: randomBytes(24).toString("base64url") };
  for (const name of ["password", "smtpPassword", "clientSecret", "refreshToken"])
    if (said(name) !== "") secret[name] = given[name]!.trim();
  return { ok: true, made: { externalId: address, handle: address, config, secret } };
}

function server(said: (name: string) => string, what: "imap" | "smtp") {
  const port = said(`${what}Port`);
  return {
    ...(said(`${what}Host`) !== "" && { host: said(`${what}Host`) }),
    ...(port !== "" && { port: Number(port) }),
    ...(said(`${what}Security`) !== "" && { security: said(`${what}Security`) }),
  };
}
