import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { createCompiledCatalog, getCatalogs } from "@lingui/cli/api";
import { getConfig } from "@lingui/conf";
import { describe, expect, test } from "vitest";
import { languages } from "../frame/words.ts";

const config = getConfig({ configPath: fileURLToPath(new URL("../lingui.config.ts", import.meta.url)) });
const [catalog] = await getCatalogs(config);
const HOW =
  "run: npx lingui extract --clean --config widget/lingui.config.ts && npx lingui compile --config widget/lingui.config.ts";

const holders = (message: string) => [...message.matchAll(/\{(\w+)/g)].map((found) => found[1]).toSorted();

describe("the visitors' languages", () => {
  test("are those that the frame can load", () => {
    expect([...languages]).toEqual(config.locales);
    expect(languages).toHaveLength(8);
  });

  test.each(config.locales.filter((locale) => locale !== "en"))(
    "%s has every string, with what is put into it",
    {
      timeout: 30_000,
    },
    async (locale) => {
      const sources = Object.values((await catalog!.collect()) ?? {}).map((entry) => entry.message ?? "");
      expect(sources.length).toBeGreaterThan(50);
      const kept = Object.values((await catalog!.read(locale)) ?? {}).filter((entry) => !entry.obsolete);
      expect(kept.map((entry) => entry.message).toSorted(), `${locale}.po is stale; ${HOW}`).toEqual(
        sources.toSorted(),
      );
      for (const { message = "", translation = "" } of kept) {
        expect(translation, `"${message}" has no words in ${locale}`).not.toBe("");
        // A plural may say a number in words; a name or an address is never lost.
        const isPlural = message.includes(", plural,");
        if (!isPlural) expect(holders(translation), message).toEqual(holders(message));
        const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
        if (isPlural && locale === "ar") for (const form of forms) expect(translation).toContain(` ${form} {`);
        if (isPlural) expect(translation).toContain(" other {");
      }
    },
  );

  test.each<string>([...config.locales])("%s is compiled as it stands", async (locale) => {
    const { messages } = await catalog!.getTranslations(locale, {
      fallbackLocales: config.fallbackLocales,
      sourceLocale: "en",
    });
    const { source, errors } = createCompiledCatalog(locale, messages, { strict: false, namespace: "ts" });
    expect(errors).toEqual([]);
    const file = `${catalog!.path.replace("{locale}", locale)}.ts`;
    expect(await readFile(file, "utf8"), `${locale}.ts is stale; ${HOW}`).toBe(source);
  });
});
