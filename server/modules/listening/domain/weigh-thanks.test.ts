import { beforeAll, expect, test } from "vitest";
import { loadModels } from "../models/load-models.ts";
import { readGratitude } from "./gratitude.ts";
import { learnFurther } from "./learn.ts";
import { type LinearModel, readerFor } from "./linear-model.ts";
import { readSentiment } from "./sentiment.ts";
import { readSignals } from "./signals.ts";
import { THANKS_WEIGHTS } from "./thanks-weights.ts";
import { tokenise } from "./tokens.ts";
import { thanksCues } from "./told-by-words/thanks-cues.ts";
import type { UnderstandModels } from "./understand.ts";
import { FACTS, taught, thanksFacts } from "./weigh-thanks.ts";

let models: UnderstandModels;
beforeAll(async () => {
  models = await loadModels();
});
function read(text: string, from = models) {
  const post = tokenise(text);
  const by = (model: LinearModel) => readerFor(model.spec)(post);
  const seen = readGratitude(post, by, from, readSentiment(post, by, from.sentiment));
  const sarcasm = readSignals(post, by, from.signals, seen).find((one) => one.value === "sarcasm");
  return { ...seen, sarcasm };
}

test("each fact has a weight, and is nothing or one but for what the models say", () => {
  const none = { thanks: 0.5, mock: 0.5, glad: 0, sad: 0 };
  const { values } = thanksFacts(tokenise("Thanks again for fixing it, Anna"), none);
  expect(values).toHaveLength(FACTS.length);
  expect(THANKS_WEIGHTS.of).toHaveLength(FACTS.length);
  expect(values.every((value) => value === 0 || value === 1)).toBe(true);
});

test.each([
  "Thanks to your porter who stayed until my father was safely in the taxi",
  "the lady at your counter helped my mother find her ring, what a kind soul",
  "Danke an euren Fahrer, der mir die Tasche nachgetragen hat",
  "merci à votre équipe, colis retrouvé et livré",
  "mil gracias por arreglar la caldera tan rápido",
  "grazie alla vostra operatrice, gentilissima",
  "bedankt, alles is netjes opgelost",
  "dziękuję za szybką wymianę karty",
])("%s: thanks", (text) => {
  const { gratitude, words } = read(text);
  expect(gratitude).toBe(true);
  expect(words.length).toBeGreaterThan(0);
  for (const word of words) expect(text.slice(word.start, word.end)).toBe(word.text);
});

test.each([
  "Thank you ever so much for another cancelled train",
  "I just love paying more for an app that crashes every morning",
  "Bravo, schon wieder das falsche Paket",
  "Quel plaisir d'attendre encore une heure dans le froid",
  "Enhorabuena, otra vez sin luz",
  "Complimenti, ancora un ritardo",
])("%s: mockery", (text) => {
  const { gratitude, sarcasm } = read(text);
  expect(gratitude).toBe(false);
  expect(sarcasm?.words.length).toBeGreaterThan(0);
  for (const word of sarcasm?.words ?? []) expect(text.slice(word.start, word.end)).toBe(word.text);
});

test.each([
  "Could you send the invoice again? Many thanks, Carla",
  "Gott sei Dank war es nur eine Übung",
  "Merci d'avance pour votre retour, cordialement",
  "No, gracias, no me interesa",
  "Resto in attesa, grazie e saluti",
  "where is my parcel?",
  "",
])("%s: neither", (text) => {
  const { gratitude, sarcasm } = read(text);
  expect([gratitude, sarcasm]).toEqual([false, undefined]);
});

test("what marks taught counts in full, and no more than a bounded share", () => {
  expect(taught(0.3, 0.3)).toBe(0);
  expect(taught(0.001, 0.9999)).toBe(6);
  expect(taught(0.9999, 0.001)).toBe(-6);
  const slang = "the crew smashed it, proper belters the lot of them";
  expect(read(slang).gratitude).toBe(false);
  const marks = Array.from({ length: 12 }, () => ({ text: slang, labels: ["gratitude"] }));
  expect(read(slang, { ...models, gratitude: learnFurther(models.gratitude, marks) }).gratitude).toBe(true);
});

test("a long hostile post is read in time that grows with it", () => {
  const { values } = thanksCues(tokenise("thanks woe again ".repeat(7_000)));
  expect(values.length).toBeLessThan(FACTS.length);
});
