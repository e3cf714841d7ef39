/** What the palette asks: the last plain word is looked for as a beginning, because somebody may still be writing it. */
export function typedQuery(text: string): string {
  return text.trim().replace(/(^|\s)([\p{L}\p{N}]{2,})$/u, "$1$2*");
}

/** The letters (not halves of them) that stand in spans: what the palette marks. */
export function placesOf(text: string, spans: readonly { at: number; length: number }[]): number[] {
  const places: number[] = [];
  let unit = 0;
  [...text].forEach((letter, n) => {
    if (spans.some(({ at, length }) => unit >= at && unit < at + length)) places.push(n);
    unit += letter.length;
  });
  return places;
}
