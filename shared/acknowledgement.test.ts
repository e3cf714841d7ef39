import { describe, expect, it } from "vitest";
import {
  type AcknowledgementFault,
  checkAcknowledgement,
  checkRendered,
  isQuiet,
  renderAcknowledgement,
  roundUp,
  saysWhen,
} from "./acknowledgement.ts";

const GOOD = "{company}: this is an automatic reply. We have your message; a person answers by {when}.";

describe("the wording of an automatic acknowledgement", () => {
  it.each<[string, string, AcknowledgementFault[]]>([
    ["names everything", GOOD, []],
    ["names no company", GOOD.replace("{company}", "We"), ["no-company"]],
    ["says no time", GOOD.replace("{when}", "soon"), ["no-time"]],
    ["does not say that it is automatic", GOOD.replace("automatic", "quick"), ["not-automatic"]],
    ["is signed like a person's", `${GOOD}\n— Priya Nair, Northwind`, ["looks-human"]],
    ["carries a person's initials", `${GOOD}\n^PN`, ["looks-human"]],
    ["is too long", GOOD + "x".repeat(280), ["too-long"]],
    ["is empty", "", ["no-company", "no-time", "not-automatic"]],
    ["is German", "{company}: automatische Antwort. Ein Mensch antwortet bis {when}.", []],
    ["is Welsh", "{company}: ateb awtomatig. Bydd person yn ateb erbyn {when}.", []],
    ["is Spanish", "{company}: respuesta automática. Una persona responde antes de {when}.", []],
  ])("that %s", (_, text, faults) => {
    expect(checkAcknowledgement(text)).toEqual(faults);
  });
  it("is looked at once more as it goes out", () => {
    const put = { company: "Northwind", when: () => "Tuesday 08:00" };
    const made = renderAcknowledgement([{ locale: "en", text: GOOD }], { language: "en" }, put)!;
    expect(checkRendered(made.text, { company: "Northwind", when: made.when })).toEqual([]);
    expect(checkRendered(made.text, { company: "Other", when: made.when })).toEqual(["no-company"]);
    expect(checkRendered(made.text, { company: "", when: "" })).toEqual(["no-company", "no-time"]);
  });
});

describe("the text for a customer", () => {
  const texts = [
    { locale: "en", text: "{company} {when} en" },
    { locale: "de", text: "{company} {when} de" },
  ];
  const put = { company: "A$&B {when}", when: (locale: string) => `at ${locale}` };
  it("is in the customer's language where there is one, else the first", () => {
    expect(renderAcknowledgement(texts, { language: "de-AT" }, put)?.text).toBe("A$&B {when} at de de");
    expect(renderAcknowledgement(texts, { language: "fr" }, put)?.text).toBe("A$&B {when} at en en");
    const own = [
      ...texts,
      { locale: "de", medium: "chat", text: "chat" },
      { locale: "en", medium: "email", text: "mail" },
    ];
    const made = (language: string, medium: string) => renderAcknowledgement(own, { language, medium }, put)?.text;
    expect([made("de", "chat"), made("de", "dm"), made("fr", "email")]).toEqual([
      ...["chat", "A$&B {when} at de de", "mail"],
    ]);
    expect(renderAcknowledgement([own[2]!], { language: "de", medium: "dm" }, put)).toBeNull();
    expect(renderAcknowledgement([], { language: "en" }, put)).toBeNull();
  });
});

describe("when a person will come", () => {
  const now = Date.parse("2026-11-16T22:00:00Z");
  it("is said with its day and zone, or with its date when it is far off", () => {
    expect(saysWhen(Date.parse("2026-11-17T08:00:00Z"), now, "en-GB", "Europe/London")).toMatch(/Tuesday.*08:00.*GMT/);
    expect(saysWhen(Date.parse("2026-12-01T08:00:00Z"), now, "en-GB", "Europe/London")).toMatch(/1 December.*08:00/);
  });
  it("is never said too soon", () => {
    expect(roundUp(now + 1)).toBe(now + 15 * 60_000);
    expect(roundUp(now)).toBe(now);
  });
});

describe("quiet hours", () => {
  const night = { from: "22:00", to: "07:00", zone: "Europe/London" };
  it.each([
    ["2026-11-16T21:59:00Z", false],
    ["2026-11-16T22:00:00Z", true],
    ["2026-11-17T06:59:00Z", true],
    ["2026-11-17T07:00:00Z", false],
    // British summer time: an hour earlier in UTC.
    ["2026-07-16T21:00:00Z", true],
  ])("at %s", (at, quiet) => {
    expect(isQuiet(Date.parse(at), night)).toBe(quiet);
  });
  it("may lie inside a day, or not be", () => {
    expect(isQuiet(Date.parse("2026-11-17T12:30:00Z"), { from: "12:00", to: "13:00", zone: "UTC" })).toBe(true);
    expect(isQuiet(Date.parse("2026-11-17T12:30:00Z"), null)).toBe(false);
  });
});
