import type { Instant } from "#platform/clock";

/** The instant in a UUIDv7. */
export const instantOfId = (id: string): Instant => Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16);

/** The smallest id of an instant. */
export function lowestId(at: Instant): string {
  const hex = Math.max(0, Math.min(at, 2 ** 48 - 1))
    .toString(16)
    .padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
