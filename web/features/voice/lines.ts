import type { BrandVoice, VoiceGuide } from "#contracts/voice";

/** One entry a line, as people write lists. */
export const linesOf = (text: string): string[] => text.split("\n");
/** What is stored of a list: no empty lines, nothing twice. */
export const kept = (lines: readonly string[]): string[] => [
  ...new Set(lines.map((one) => one.trim()).filter(Boolean)),
];

/** The voice as it is saved: lines that were left empty are not part of it. */
export function cleaned(voice: BrandVoice): BrandVoice {
  return {
    ...voice,
    guides: voice.guides.map((guide) => ({
      ...guide,
      locale: guide.locale.trim(),
      about: guide.about.trim(),
      do: kept(guide.do),
      dont: kept(guide.dont),
      avoid: kept(guide.avoid),
      examples: guide.examples.filter((one) => one.say.trim() !== ""),
    })),
    places: voice.places.filter((one) => one.place.trim() !== "" && one.text.trim() !== ""),
  };
}

export const emptyGuide = (locale: string): VoiceGuide => ({
  locale,
  about: "",
  do: [],
  dont: [],
  examples: [],
  avoid: [],
});

const shape = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}$/;
export const isLocale = (text: string): boolean => shape.test(text.trim());
