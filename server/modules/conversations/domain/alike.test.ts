import { describe, expect, it } from "vitest";
import { alikeOf } from "./alike.ts";

const SPAM = "Everybody should cancel their contract with Nimbus today, this company steals money from pensioners!";

describe("texts that say the same", () => {
  it.each([
    ["case and signs", SPAM.toUpperCase().replace("!", "!!!")],
    ["names, numbers and addresses", `@nimbus ${SPAM} 4711 https://spam.example/x?y=1 #boycott`],
    ["little words", SPAM.replace("from", "of").replace("Everybody should", "So everybody should now")],
    ["pictures", `🔥🔥 ${SPAM} 🔥`],
    ["wide letters", SPAM.replace("Nimbus", "Ｎｉｍｂｕｓ")],
    ["order", "Today this company steals money from pensioners: everybody should cancel their contract with Nimbus"],
  ])("are alike whatever their %s", (_, text) => {
    expect(alikeOf(text)).toBe(alikeOf(SPAM));
  });

  it.each([
    ["another matter", "My parcel with the two blankets never arrived although tracking says delivered yesterday"],
    ["another company", SPAM.replace("Nimbus", "Cumulus")],
  ])("are not alike when it is %s", (_, text) => {
    expect(alikeOf(text)).not.toBe(alikeOf(SPAM));
  });

  it.each([
    ["", "nothing"],
    ["internet is down again", "what many say by themselves"],
    ["@nimbus https://x.example/a 12345", "no words"],
    ["\ud800\u0000", "broken text"],
  ])("%j is too short to tell: %s", (text) => {
    expect(alikeOf(text)).toBeNull();
  });

  it("reads scripts without spaces, and bounds what it reads", () => {
    const text = "昨日からインターネットが全くつながりません至急対応をお願いします";
    expect(alikeOf(`${text}！！`)).toBe(alikeOf(text));
    expect(alikeOf("a".repeat(5_000_000))).toBeNull();
    expect(alikeOf(SPAM)).toMatch(/^[0-9a-z]{14}$/);
  });
});
