import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type LanguageTable, parseLanguageTable } from "../domain/language-table.ts";
import type { LinearModel } from "../domain/linear-model.ts";
import type { UnderstandModels } from "../domain/understand.ts";
import { unpackModel } from "./model-file.ts";

/** The models that ship with the product, by the name of their file. */
export const SHIPPED = ["noise", "sentiment", "intent", "gratitude", "urgency", "signals"] as const;
export type ShippedModel = (typeof SHIPPED)[number];

let loaded: Promise<UnderstandModels> | undefined;

/** All models that ship, read once per process (about 0.4 s and 20 MB). An account's own models replace single fields. */
export function loadModels(): Promise<UnderstandModels> {
  loaded ??= readAll();
  return loaded;
}

async function readAll(): Promise<UnderstandModels> {
  const hash = createHash("sha256");
  const models = {} as Record<ShippedModel, LinearModel>;
  for (const name of SHIPPED) {
    const text = readFileSync(new URL(`./${name}.model.json`, import.meta.url), "utf8");
    hash.update(text);
    models[name] = unpackModel(text);
  }
  const version = `shipped-${hash.digest("hex").slice(0, 12)}`;
  return {
    ...models,
    shippedGratitude: models.gratitude,
    shipped: models,
    language: await loadLanguageTable(),
    version,
  };
}

/** eld's largest table, read as text from the installed package: its own module would take half a gigabyte to evaluate. */
export async function loadLanguageTable(): Promise<LanguageTable> {
  const entry = import.meta.resolve("eld/large");
  const { dictionary } = (await import(new URL("../dictionary.js", entry).href)) as { dictionary: string[] };
  return parseLanguageTable(readFileSync(fileURLToPath(new URL("../ngrams/large.js", entry)), "utf8"), dictionary);
}
