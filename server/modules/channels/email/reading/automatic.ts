/** What of a mail's headers says that no person wrote it. Names in lower case, values as they stand. */
export type MailHeaders = ReadonlyMap<string, string>;

/**
 * How we know that a machine wrote a mail, or null. It gets no automatic answer and starts no clock.
 * RFC 3834 (Auto-Submitted), RFC 3464 (delivery reports), RFC 2919/2369 (lists), and the headers that mail systems add by custom.
 */
export function automatedBy(headers: MailHeaders, from: string): "bounce" | "auto-reply" | "bulk" | null {
  const has = (name: string, pattern = /./) => pattern.test(headers.get(name) ?? "");
  if (has("content-type", /^\s*multipart\/report\b/i) || /^(mailer-daemon|postmaster)@/i.test(from)) return "bounce";
  if (has("return-path", /^\s*<\s*>\s*$/) && !has("auto-submitted")) return "bounce";
  if (has("auto-submitted") && !has("auto-submitted", /^\s*no\b/i)) return "auto-reply";
  const customs = [
    "x-autoreply",
    "x-autorespond",
    "x-auto-response-suppress",
    "x-loop",
    "x-ms-exchange-inbox-rules-loop",
  ];
  if (customs.some((name) => has(name)) || has("precedence", /^\s*auto_reply/i)) return "auto-reply";
  if (has("list-id") || has("list-unsubscribe") || has("precedence", /^\s*(bulk|list|junk)\b/i)) return "bulk";
  return null;
}
