import { defineConfig } from "@lingui/conf";

/** The visitors' languages. English is the source; the others are written by hand and a test wants every string of them. */
export default defineConfig({
  sourceLocale: "en",
  locales: ["en", "de", "fr", "es", "it", "pt", "nl", "ar"],
  fallbackLocales: { default: "en" },
  catalogs: [{ path: "<rootDir>/locales/{locale}", include: ["<rootDir>/frame"], exclude: ["**/*.test.ts"] }],
  compileNamespace: "ts",
  orderBy: "message",
});
