import { defineConfig } from "@lingui/conf";

/** English is the source; en-XA is the stretched pseudo-language that shows what is not translatable and what does not fit. */
export default defineConfig({
  sourceLocale: "en",
  locales: ["en", "es", "de", "ar", "en-XA"],
  pseudoLocale: "en-XA",
  fallbackLocales: { default: "en" },
  catalogs: [
    {
      path: "<rootDir>/locales/{locale}",
      include: ["<rootDir>/app", "<rootDir>/shared", "<rootDir>/features"],
      exclude: ["**/*.test.ts", "**/*.test.tsx"],
    },
  ],
  compileNamespace: "ts",
  orderBy: "message",
});
