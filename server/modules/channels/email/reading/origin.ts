import { networkOf } from "#platform/http/client-network";
import { isInside } from "#platform/outside";

const MOST_HOPS = 12;

/**
 * Where a mail came from, by the addresses in its Received lines, topmost first (RFC 5321 §4.4): our own server wrote the top one, and
 * whatever stands below may be made up, but whoever forges cannot leave his own address out of what our server wrote. Null: nothing is told.
 */
export function originOf(lines: readonly string[]): string | null {
  const hops = lines.slice(0, MOST_HOPS).flatMap((line) => {
    const from = line.slice(0, 2_000).replace(/\bby\s.*$/is, "");
    const address = /\[(?:IPv6:)?([0-9a-f.:]{3,45})\]/i.exec(from)?.[1];
    return address !== undefined && !isInside(address) ? [networkOf(address)] : [];
  });
  return hops.length === 0 ? null : [...new Set(hops)].join(" ");
}
