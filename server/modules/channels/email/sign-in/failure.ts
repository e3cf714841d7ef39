import { type ChannelErrorData, clipped, NetworkFailure } from "../../domain/errors.ts";
import type { MailServer } from "../mail-server.ts";

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|^ERR_SSL/;

interface Broken {
  tlsFailed?: boolean;
  code?: string;
  message?: string;
  authenticationFailed?: boolean;
  serverResponseCode?: string;
  responseStatus?: string;
  responseText?: string;
  oauthError?: unknown;
}

/** What a line to a mail server that broke means for the channel, told by codes and never by words. */
export function lineFailure(error: unknown, what: "IMAP" | "SMTP", server: MailServer): NetworkFailure {
  if (error instanceof NetworkFailure) return error;
  return new NetworkFailure(dataOf(error as Broken, what, server));
}

function dataOf(error: Broken, what: string, { host, port }: MailServer): ChannelErrorData {
  const code = error.code ?? "";
  const said = clipped(error.responseText ?? error.message ?? "no reason given");
  // RFC 5530: the account is fine and the server is not, or too many sign in at once.
  const busy = /^(UNAVAILABLE|INUSE|LIMIT|SERVERBUG)$/.test(error.serverResponseCode ?? "") || code === "ETHROTTLE";
  if (busy) return { class: "transient", retryable: true, code: "busy", message: `${host} is busy: ${said}` };
  if (error.authenticationFailed)
    return {
      class: "auth",
      retryable: false,
      code: error.serverResponseCode === "EXPIRED" ? "expired" : "sign-in",
      message: `${host} does not accept the sign-in (${what}): ${said}`,
    };
  // What was to be encrypted cannot be: nothing secret was said.
  if (code === "ETLS" || code === "MissingServerExtension" || (error.tlsFailed && code === ""))
    return {
      ...{ class: "transient", retryable: true, code: "not-encrypted" },
      message: `${host} does not offer encryption on port ${port}, and nothing is sent in the clear.`,
    };
  if (CERTIFICATE.test(code))
    return {
      class: "transient",
      retryable: true,
      code: "certificate",
      message: `The certificate of ${host} cannot be trusted (${code}). Use the name that it is made out to, or have it renewed.`,
    };
  if (error.responseStatus === "NO" || error.responseStatus === "BAD")
    return { class: "transient", retryable: true, code: "refused", message: `${host} refused a command: ${said}` };
  return {
    class: "transient",
    retryable: true,
    code: "unreachable",
    message: `The ${what} line to ${host}, port ${port}, does not hold: ${said}`,
  };
}
