/**
 * Segments of a text message by GSM 03.38: septets where the whole text is in its alphabet (160, or 153 in a chain),
 * else UCS-2 (70, or 67 in a chain). Nothing that belongs together is cut across two segments.
 */
export interface SmsCount {
  encoding: "GSM-7" | "UCS-2";
  segments: number;
  /** Septets or 16-bit units used. */
  units: number;
  /** Characters that force UCS-2, each once; offer the plain form of these. */
  costly: string[];
}

const basic = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
/** Sent as an escape and a second septet. */
const extended = new Set("\f^{}\\[~]|€");

function pack(sizes: readonly number[], single: number, chained: number): number {
  const units = sizes.reduce((a, b) => a + b, 0);
  if (units <= single) return units === 0 ? 0 : 1;
  let segments = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > chained) {
      segments++;
      used = 0;
    }
    used += size;
  }
  return segments;
}

export function countSms(text: string): SmsCount {
  const characters = Array.from(text);
  const costly = [...new Set(characters.filter((c) => !basic.has(c) && !extended.has(c)))];
  const gsm = costly.length === 0;
  const sizes = characters.map((c) => (gsm ? (extended.has(c) ? 2 : 1) : c.length));
  return {
    encoding: gsm ? "GSM-7" : "UCS-2",
    segments: gsm ? pack(sizes, 160, 153) : pack(sizes, 70, 67),
    units: sizes.reduce((a, b) => a + b, 0),
    costly,
  };
}
