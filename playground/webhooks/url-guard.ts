import { isIPv4 } from "node:net";
import { type Refusal, refuse } from "../domain/refusal.ts";

/** May a subscriber live here? Loopback only, and hosts that the one who runs the network has named. */
export function checkSubscriberUrl(
  input: string,
  allowedHosts: readonly string[],
): { ok: true; url: string } | Refusal {
  const url = URL.canParse(input) ? new URL(input) : null;
  if (!url || (url.protocol !== "http:" && url.protocol !== "https:")) {
    return refuse("webhook-url-refused", "The subscriber URL must be an http or https address.");
  }
  if (url.username || url.password || url.hash) {
    return refuse("webhook-url-refused", "The subscriber URL may have no user name, password or fragment.");
  }
  const host = url.hostname;
  // The URL parser has already turned 0x7f.1, 2130706433 and the like into dotted form.
  const loopback = host === "localhost" || host === "[::1]" || (isIPv4(host) && host.startsWith("127."));
  if (!loopback && !allowedHosts.includes(host)) {
    return refuse("webhook-url-refused", "Only loopback addresses may subscribe: name further hosts when you start.");
  }
  return { ok: true, url: url.href };
}
