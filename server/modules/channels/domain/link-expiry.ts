import type { Instant } from "#platform/clock";

const number = (text: string | null, base = 10) => {
  const n = text !== null && /^[0-9a-f]{1,12}$/i.test(text) ? Number.parseInt(text, base) : Number.NaN;
  return Number.isFinite(n) && n > 0 ? n : null;
};

/**
 * When a signed link ends, as far as it says so itself: Amazon's `X-Amz-Date` and `X-Amz-Expires` (older: `Expires`), Google's `X-Goog-…`,
 * Azure's `se`, Meta's `oe` (seconds, hexadecimal), and `exp` or `expires` in seconds. Null: it does not say.
 */
export function linkExpiry(address: string): Instant | null {
  const query = URL.parse(address)?.searchParams;
  if (!query) return null;
  const get = (name: string) => [...query].find(([key]) => key.toLowerCase() === name)?.[1] ?? null;
  for (const by of ["x-amz", "x-goog"]) {
    const from = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(get(`${by}-date`) ?? "");
    const lasts = number(get(`${by}-expires`));
    if (from && lasts !== null) {
      const [y, mo, d, h, mi, s] = from.slice(1).map(Number);
      return Date.UTC(y!, mo! - 1, d, h, mi, s) + lasts * 1_000;
    }
  }
  const azure = Date.parse(get("se") ?? "");
  if (Number.isFinite(azure)) return azure;
  const meta = get("oe");
  if (meta !== null && /^[0-9a-f]{8}$/i.test(meta)) return Number.parseInt(meta, 16) * 1_000;
  const seconds = number(get("expires") ?? get("exp"));
  // Seconds of this century; anything else is another thing that goes by that name.
  return seconds !== null && seconds > 946_684_800 && seconds < 4_102_444_800 ? seconds * 1_000 : null;
}
