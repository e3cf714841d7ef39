import type { z } from "zod";
import { type BrandVoice, brandVoice, type signatureStyle, type VoiceGuide } from "#contracts/voice";
import { type Brand, defineSetting } from "#modules/company";

export type SignatureStyle = z.infer<typeof signatureStyle>;

/** How a brand speaks: dated and versioned like every setting. */
export const voiceSetting = defineSetting<BrandVoice>({
  key: "desk.voice",
  schema: brandVoice,
  fallback: { guides: [], signatures: {}, places: [], pass: "with-reason" },
  perBrand: true,
  describe:
    "The brand's voice: guide by language, signature by network, customs of places, and what may leave all the same",
});

/** How a public reply of the brand is signed on a network. */
export function signatureOf(brand: Pick<Brand, "disclosure">, voice: BrandVoice, network: string): SignatureStyle {
  return (Object.hasOwn(voice.signatures, network) ? voice.signatures[network] : undefined) ?? brand.disclosure;
}

/** The guide for a language, else the brand's own, else the first. */
export function guideFor(voice: BrandVoice, ...locales: readonly string[]): VoiceGuide | null {
  const base = (locale: string) => locale.toLowerCase().split("-")[0];
  for (const locale of locales) {
    const found =
      voice.guides.find((g) => g.locale === locale) ?? voice.guides.find((g) => base(g.locale) === base(locale));
    if (found) return found;
  }
  return voice.guides[0] ?? null;
}
