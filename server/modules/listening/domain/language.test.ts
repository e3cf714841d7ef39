import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { loadLanguageTable } from "../models/load-models.ts";
import { readLanguage } from "./language.ts";
import { type LanguageTable, parseLanguageTable } from "./language-table.ts";
import { tokenise } from "./tokens.ts";

let table: LanguageTable;
beforeAll(async () => {
  table = await loadLanguageTable();
});
const code = (text: string, hint?: string) => readLanguage(tokenise(text), table, hint).code;

test.each([
  ["en", "where is my parcel? it was due on Tuesday"],
  ["de", "seit drei Wochen warte ich auf die Rückzahlung"],
  ["fr", "ça fait une heure que j'attends au téléphone"],
  ["es", "llevo una hora esperando y nadie contesta"],
  ["it", "un'ora al telefono e poi è caduta la linea"],
  ["pt", "uma hora na linha e ninguém resolve nada"],
  ["nl", "ik wacht al een uur op een medewerker"],
  ["pl", "czekam na paczkę od tygodnia i nic"],
  ["tr", "bir saattir hatta bekliyorum kimse yok"],
  ["ru", "где мой заказ, уже неделю жду"],
  ["uk", "де моє замовлення, чекаю вже тиждень"],
  ["ja", "荷物がまだ届きません"],
  ["zh", "我的包裹在哪里，等了一个星期"],
  ["ko", "택배가 아직 안 왔어요"],
  ["ar", "أين طلبي لم يصل بعد"],
  ["he", "איפה החבילה שלי"],
  ["th", "พัสดุของฉันอยู่ที่ไหน"],
  ["el", "πού είναι το δέμα μου"],
  ["en", "@ringbus_hilfe #wirsindspät https://beispiel.example/seite where is the bus today"],
  ["en", "happy bday bro!!"],
  ["es", "ya no aguanto mas"],
  ["ca", "avui no tinc classe"],
  ["de", "bin soo müde"],
  ["fr", "pff encore lundi"],
  ["nl", "geen zin in school"],
  ["pt", "to com sono kkkk"],
  ["und", "ok lol"],
  ["und", "👍👍👍 #danke @merci https://x.example"],
  ["und", "123 456 789"],
  ["und", ""],
])("%s: %s", (expected, text) => {
  expect(code(text)).toBe(expected);
});

test("what the network claims only tips the scales", () => {
  expect(code("hallo ihr", "de")).toBe("de");
  expect(code("hallo ihr")).toBe("und");
  expect(code("where is my parcel, it was due on Tuesday", "de")).toBe("en");
});

test.each([
  ["أين طلبي لم يصل بعد", "rtl"],
  ["איפה החבילה @ringbus", "rtl"],
  ["where is it", "ltr"],
  ["", "ltr"],
])("%j runs %s", (text, direction) => {
  expect(readLanguage(tokenise(text), table).direction).toBe(direction);
});

test("the words that told it stand in the text", () => {
  const text = "seit drei Wochen warte ich auf die Rückzahlung";
  const found = readLanguage(tokenise(text), table);
  expect(found.words.length).toBeGreaterThan(0);
  for (const w of found.words) expect(text.slice(w.start, w.end)).toBe(w.text);
  expect(found.confidence).toBeGreaterThan(0.9);
});

test("any text has an answer", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const { code: found, confidence } = readLanguage(tokenise(text), table);
      expect(found).toMatch(/^([a-z]{2}|und)$/);
      expect(confidence).toBeGreaterThanOrEqual(0);
      expect(confidence).toBeLessThanOrEqual(1);
    }),
  );
});

test("a table of an unknown shape is refused with what to do", () => {
  expect(() => parseLanguageTable("export const x = {}", [])).toThrow(/install the locked version/);
});

test("our reading of eld's table agrees with eld", async () => {
  const { eld } = await import("eld/extrasmall");
  const texts = [
    "the parcel was never delivered to our door",
    "die Lieferung kam leider viel zu spät an",
    "je voudrais savoir où est mon colis",
    "el tren de las nueve no ha salido todavía",
  ];
  for (const text of texts) expect(code(text)).toBe(eld.detect(text).language);
});
