import { z } from "zod";

/** An origin as browsers say it: scheme, host, port, nothing behind. */
export function exactOrigin(text: string): string | null {
  const given = text.trim().replace(/\/+$/, "");
  if (!/^https?:\/\/[^\s/?#@\\;,'"*]+$/i.test(given) || !URL.canParse(given)) return null;
  const { origin, username, password } = new URL(given);
  return username === "" && password === "" && origin !== "null" ? origin : null;
}

/** Languages that the window speaks beside the words given without one. */
export const chatLanguages = ["en", "de", "fr", "es", "it", "pt", "nl", "ar"] as const;
const inLanguages = (most: number) =>
  z.record(z.string().regex(/^(?:en|de|fr|es|it|pt|nl|ar)$/), z.string().min(1).max(most)).default({});

/** The words in the visitor's language ("de-AT" is "de"), else those given without one. */
export function wordsIn(locale: string, text: string, texts: Readonly<Record<string, string>>): string {
  return texts[locale.toLowerCase().split(/[-_]/)[0] ?? ""] ?? text;
}

const colour = z.string().regex(/^#[0-9a-fA-F]{6}$/);
const origin = z.string().refine((text) => exactOrigin(text) === text, "is no origin");

/** What a channel of web chat is set to; each field that does not fit falls back by itself, so a chat never goes dark for one of them. */
const schema = z.object({
  /** Sites that may embed the window. */
  origins: z.array(origin).max(50).catch([]),
  primary: colour.catch("#0a655f"),
  accent: colour.catch("#e8a33d"),
  position: z.enum(["left", "right"]).catch("right"),
  greeting: z
    .array(
      z.object({
        id: z.string().min(1).max(40),
        text: z.string().min(1).max(300),
        texts: inLanguages(300),
        afterMs: z.int().min(0).max(3_600_000),
        onPath: z.string().max(200),
        onlyWhenOpen: z.boolean(),
      }),
    )
    .max(20)
    .catch([]),
  consent: z
    .object({
      ...{ required: z.boolean(), version: z.string().max(40), text: z.string().max(2_000) },
      texts: inLanguages(2_000),
    })
    .catch({ required: false, version: "", text: "", texts: {} }),
  files: z
    .object({
      mime: z.array(z.string().max(100)).max(40),
      maxBytes: z.int().min(0).max(10_000_000),
      maxCount: z.int().min(0).max(5),
    })
    .catch({
      mime: ["image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/plain"],
      maxBytes: 10_000_000,
      maxCount: 5,
    }),
  /** Hours of the chat; null: always open. */
  calendarId: z.uuid().nullable().catch(null),
  /** The mailbox by which answers go on and transcripts go out; null: the brand's first. */
  mailChannelId: z.uuid().nullable().catch(null),
  emailContinuation: z.boolean().catch(true),
  /** So long nobody may have been at the window before an answer goes on by mail. */
  continueAfterMs: z.int().min(10_000).max(86_400_000).catch(120_000),
  transcript: z.boolean().catch(true),
  /** Whether agents see on which page the visitor is; with what stands behind its question mark or without. */
  visit: z.object({ show: z.boolean(), query: z.boolean() }).catch({ show: true, query: false }),
});
export type ChatSettings = z.infer<typeof schema>;

export function chatSettings(config: Readonly<Record<string, unknown>>): ChatSettings {
  return schema.parse({ ...config });
}
