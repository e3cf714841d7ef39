/** Colours that a company chose, made safe to read. All are `#rrggbb`; contrast is WCAG 2.2's (1 to 21). */

export const INK = "#161614";
export const PAPER = "#ffffff";

type Rgb = [number, number, number];

/** What is no colour becomes `fallback`. */
export function colourOf(text: string, fallback: string): string {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(text);
  if (short) return `#${short[1]}${short[1]}${short[2]}${short[2]}${short[3]}${short[3]}`.toLowerCase();
  return /^#[0-9a-f]{6}$/i.test(text) ? text.toLowerCase() : fallback;
}

/** Light or dark text, whichever is read better on this colour: at least 4.5 always. */
export function textOn(colour: string): string {
  const better = contrast(colour, PAPER) >= contrast(colour, INK) ? PAPER : INK;
  // Between them lies a narrow band of greys on which only full black is enough.
  return contrast(colour, better) >= 4.5 ? better : "#000000";
}

/** The colour itself where it stands out from `ground` by `least`, else the nearest mix with black or white that does. */
export function readableOn(colour: string, ground: string, least: number): string {
  const goal = contrast(ground, PAPER) > contrast(ground, "#000000") ? PAPER : "#000000";
  for (let part = 0; part <= 1; part += 0.05) {
    const mixed = mix(colour, goal, part);
    if (contrast(mixed, ground) >= least) return mixed;
  }
  return goal;
}

export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function mix(one: string, other: string, part: number): string {
  const [a, b] = [rgb(one), rgb(other)];
  return `#${a.map((value, i) => hex(value + (b[i]! - value) * part)).join("")}`;
}

const hex = (value: number): string => Math.round(value).toString(16).padStart(2, "0");

function rgb(colour: string): Rgb {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)) as Rgb;
}

function luminance(colour: string): number {
  const [r, g, b] = rgb(colour).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
