import { z } from "zod";
import { id } from "./common.ts";

/** How a public reply says who wrote it; `profile`: the profile does, and the reply needs nothing. */
export const signatureStyle = z.enum(["full-name", "initials", "first-name", "first-name-brand", "profile"]);

const words = z.string().trim().min(1).max(200);
/** How a brand speaks, in one language. */
export const voiceGuide = z.object({
  locale: z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}$/),
  /** In two or three sentences: who speaks here, and how. */
  about: z.string().max(2_000),
  do: z.array(words).max(20),
  dont: z.array(words).max(20),
  examples: z.array(z.object({ instead: z.string().trim().max(500), say: z.string().trim().min(1).max(500) })).max(20),
  /** Words that are pointed at in a draft. */
  avoid: z.array(z.string().trim().min(2).max(60)).max(200),
});
/** What is custom at one place of a network: a subreddit, a board, a group. */
export const placeCard = z.object({
  network: z.string().trim().min(1).max(40),
  /** A part of the place's address or name, like `r/perth`. */
  place: z.string().trim().min(1).max(120),
  text: z.string().trim().min(1).max(2_000),
});
export const brandVoice = z.object({
  guides: z.array(voiceGuide).max(20),
  /** Signature by network, where it is another than the brand's own. */
  signatures: z.record(z.string().max(40), signatureStyle),
  places: z.array(placeCard).max(200),
  /** May a reply leave that tells something of the customer in public or has an open field? */
  pass: z.enum(["with-reason", "never"]),
});
export type BrandVoice = z.infer<typeof brandVoice>;
export type VoiceGuide = z.infer<typeof voiceGuide>;

/** What the checks of the composer need besides the draft. */
export const voiceOfConversation = z.object({
  guide: voiceGuide.nullable(),
  pass: brandVoice.shape.pass,
  place: z.object({ network: z.string(), name: z.string(), text: z.string().nullable() }).nullable(),
  /** What the customer wrote in public here. */
  post: z.string(),
  /** What is known of the case: notes, and what was said in private. */
  facts: z.array(z.string()),
  /** The brand's latest public replies, newest last. */
  recent: z.array(z.string()),
});
export type VoiceOfConversation = z.infer<typeof voiceOfConversation>;

export const brandVoiceView = z.object({
  brand: z.object({
    id,
    name: z.string(),
    locale: z.string(),
    disclosure: z.enum(["full-name", "initials", "profile"]),
  }),
  voice: brandVoice,
  version: z.int(),
});
export const brandVoices = z.object({ brands: z.array(brandVoiceView), networks: z.array(z.string()) });
export type BrandVoices = z.infer<typeof brandVoices>;
/** `base`: the version that was changed; 0 while nothing was saved yet. */
export const saveBrandVoice = z.object({ voice: brandVoice, base: z.int().min(0).max(2_147_483_647) });
