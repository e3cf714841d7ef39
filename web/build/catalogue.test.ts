import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { createCompiledCatalog, getCatalogs } from "@lingui/cli/api";
import { getConfig } from "@lingui/conf";
import { describe, expect, test } from "vitest";

const config = getConfig({ configPath: fileURLToPath(new URL("../lingui.config.ts", import.meta.url)) });
const catalogs = await getCatalogs(config);
const HOW =
  "run: npx lingui extract --clean --config web/lingui.config.ts && npx lingui compile --config web/lingui.config.ts";

/** id → English words, as the sources say it now. */
async function wordsInSources(): Promise<Map<string, string>> {
  const words = new Map<string, string>();
  for (const catalog of catalogs) {
    const found = await catalog.collect();
    expect(found, "A source file could not be read for its words; `lingui extract` names it.").toBeDefined();
    for (const [id, entry] of Object.entries(found ?? {})) words.set(id, entry.message ?? id);
  }
  return words;
}

async function wordsInCatalogue(locale: string): Promise<Map<string, string>> {
  const words = new Map<string, string>();
  for (const catalog of catalogs) {
    for (const [id, entry] of Object.entries((await catalog.read(locale)) ?? {})) {
      if (!entry.obsolete) words.set(id, entry.message ?? id);
    }
  }
  return words;
}

/** What a compiled sentence says itself: not the names of what is put in. */
function said(part: unknown): string {
  if (typeof part === "string") return part;
  if (!Array.isArray(part)) return "";
  return part
    .map((one) =>
      Array.isArray(one)
        ? Object.values(one[2] ?? {})
            .map(said)
            .join(" ")
        : said(one),
    )
    .join(" ");
}

describe("the catalogue", () => {
  test("holds every string of the sources and no other", { timeout: 60_000 }, async () => {
    const inSources = await wordsInSources();
    expect(inSources.size).toBeGreaterThan(50);
    for (const locale of config.locales) {
      const kept = await wordsInCatalogue(locale);
      const missing = [...inSources].filter(([id]) => !kept.has(id)).map(([, message]) => message);
      const gone = [...kept].filter(([id]) => !inSources.has(id)).map(([, message]) => message);
      expect({ missing, gone }, `${locale}.po is stale; ${HOW}`).toEqual({ missing: [], gone: [] });
    }
  });

  test.each<string>([...config.locales])("is compiled as it stands: %s", async (locale: string) => {
    for (const catalog of catalogs) {
      const { messages } = await catalog.getTranslations(locale, {
        fallbackLocales: config.fallbackLocales,
        sourceLocale: config.sourceLocale ?? "en",
      });
      const pseudo = config.pseudoLocale.find((one) => one.locale === locale);
      const { source, errors } = createCompiledCatalog(locale, messages, {
        strict: false,
        namespace: "ts",
        ...(pseudo ? { pseudoLocale: pseudo.locale } : {}),
      });
      expect(errors).toEqual([]);
      const file = `${catalog.path.replace("{locale}", locale)}.ts`;
      expect(await readFile(file, "utf8"), `${locale}.ts is stale; ${HOW}`).toBe(source);
    }
  });

  test("the pseudo-language differs from English in every sentence with words", async () => {
    const [english, stretched] = await Promise.all(
      ["en", "en-XA"].map(
        async (locale) => (await import(`../locales/${locale}.ts`)).messages as Record<string, unknown>,
      ),
    );
    const same = Object.keys(english ?? {}).filter(
      (id) =>
        /[a-z]{3}/i.test(said(english?.[id])) && JSON.stringify(english?.[id]) === JSON.stringify(stretched?.[id]),
    );
    expect(same).toEqual([]);
  });
});
