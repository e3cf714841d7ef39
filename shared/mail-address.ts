/** Of one mail: more people than this are told by other means. */
export const MOST_COPIES = 50;

/** An address as it can stand in a mail's envelope (the usual part of RFC 5321; no quoted local parts, nothing that ends a header line). */
export function isAddress(text: string): boolean {
  return text.length <= 320 && /^[^\s@<>"(),;:\\\p{Cc}]{1,64}@[^\s@<>"(),;:\\[\]\p{Cc}]{1,255}$/u.test(text);
}
