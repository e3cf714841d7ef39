import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { londonHour } from "../calendar.ts";
import { company } from "../northwind/company.ts";
import type { Line, MessageLine } from "./rows.ts";
import { writePast } from "./write-past.ts";

const until = Date.parse("2026-11-22T10:17:00Z");
const DAY = 86_400_000;
const lines = [...writePast({ seed: "northwind", until })];
const isMessage = (l: Line): l is MessageLine => l.type === "message";
const messages = lines.filter(isMessage);
const texts = messages.map((m) => m.text);
const bytes = (of: Iterable<Line>) => {
  const hash = createHash("sha256");
  for (const line of of) hash.update(JSON.stringify(line));
  return hash.digest("hex");
};
const share = (some: (m: MessageLine) => boolean) => messages.filter(some).length / messages.length;

describe("26 weeks of the town", () => {
  it("are at least 20,000 messages in order of time, on five kinds of network and more, none from beyond the end", () => {
    expect(messages.length).toBeGreaterThanOrEqual(20_000);
    expect(messages.length).toBeLessThan(30_000);
    const at = lines.map((l) => l.at);
    expect(at).toEqual([...at].sort());
    expect(Date.parse(at.at(-1)!)).toBeLessThanOrEqual(until);
    expect(until - Date.parse(at[0]!)).toBeGreaterThan(181 * DAY);
    const networks = new Set(messages.map((m) => m.channel));
    for (const network of ["x", "fb", "ig", "email", "chat", "forum", "review", "phone", "wa", "reddit"])
      expect(networks).toContain(network);
  });

  it("are the same bytes for the same seed and end, and others for another", () => {
    expect(bytes(writePast({ seed: "northwind", until }))).toBe(bytes(lines));
    const week = { until, weeks: 1 };
    expect(bytes(writePast({ ...week, seed: "a" }))).not.toBe(bytes(writePast({ ...week, seed: "b" })));
  });

  it("hardly ever say a thing twice, and never twice among fifty neighbours", () => {
    const long = texts.filter((t) => t.length > 25);
    expect(new Set(long).size / long.length).toBeGreaterThanOrEqual(0.97);
    const twice = texts.flatMap((t, i) => (texts.slice(Math.max(0, i - 50), i).includes(t) ? [t] : []));
    expect(twice).toEqual([]);
  });

  it("leave no slot open and no sentence of punctuation only", () => {
    expect(texts.filter((t) => /[{}[\]|]|undefined|\(\?/.test(t))).toEqual([]);
    expect(texts.filter((t) => !/\p{L}/u.test(t) || /, ?[.?!]/.test(t))).toEqual([]);
  });

  it("have the shape of days: full evenings, quiet nights, quieter weekends", () => {
    const theirs = messages.filter((m) => m.by === "customer");
    const hours = Map.groupBy(theirs, (m) => londonHour(Date.parse(m.at)).hour);
    const of = (...wanted: number[]) => wanted.reduce((n, h) => n + (hours.get(h)?.length ?? 0), 0) / wanted.length;
    expect(of(2, 3, 4)).toBeLessThan(of(10, 11, 12) / 4);
    expect(of(17, 18, 19, 20)).toBeGreaterThan(of(10, 11, 12));
    const days = Map.groupBy(theirs, (m) => londonHour(Date.parse(m.at)).weekday);
    const weekend = (days.get(0)!.length + days.get(6)!.length) / 2;
    const week = [1, 2, 3, 4, 5].reduce((n, d) => n + days.get(d)!.length, 0) / 5;
    expect(weekend).toBeLessThan(week * 0.85);
  });

  it("grow, and have one day on which everything is down", () => {
    const perDay = new Map<string, number>();
    for (const m of messages) perDay.set(m.at.slice(0, 10), (perDay.get(m.at.slice(0, 10)) ?? 0) + 1);
    const counts = [...perDay.values()];
    const mean = (part: number[]) => part.reduce((a, b) => a + b, 0) / part.length;
    expect(mean(counts.slice(-42))).toBeGreaterThan(mean(counts.slice(0, 42)) * 1.2);
    const [most, second] = counts.sort((a, b) => b - a);
    expect(most).toBeGreaterThan(mean(counts) * 3);
    expect(most).toBeGreaterThan(second! * 1.3);
  });

  it("are answered by the company's own people, at night by the partner's", () => {
    const emails = new Set<string>(company.agents.map((a) => a.email));
    expect(emails.size).toBe(company.agents.length);
    const ours = messages.filter((m) => m.by === "company");
    expect(ours.filter((m) => !emails.has(m.agent ?? ""))).toEqual([]);
    expect(new Set(ours.map((m) => m.agent)).size).toBeGreaterThanOrEqual(10);
    const night = ours.filter((m) => [0, 1, 2, 3, 4].includes(londonHour(Date.parse(m.at)).hour));
    expect(night.length).toBeGreaterThan(100);
    for (const m of night) expect(m.agent).toMatch(/@brightwater\.example$/);
  });

  it("speak several languages, public and private, and are often answered", () => {
    for (const lang of ["de", "fr", "es", "pt", "cy"]) expect(share((m) => m.lang === lang)).toBeGreaterThan(0.005);
    expect(share((m) => m.lang === "en")).toBeGreaterThan(0.7);
    expect(share((m) => m.private)).toBeGreaterThan(0.25);
    expect(share((m) => m.by === "company")).toBeGreaterThan(0.3);
  });

  it("answer to and end only what is there", () => {
    const ids = new Set(messages.map((m) => `${m.channel} ${m.id}`));
    expect(ids.size).toBe(messages.length);
    expect(messages.filter((m) => m.reply_to && !ids.has(`${m.channel} ${m.reply_to}`))).toEqual([]);
    const outcomes = lines.filter((l) => l.type === "outcome");
    expect(outcomes.length).toBeGreaterThan(3_000);
    expect(outcomes.filter((o) => !ids.has(`${o.channel} ${o.message}`))).toEqual([]);
  });

  it("have people with several handles, who move between media and come back after days", () => {
    const byName = Map.groupBy(
      messages.filter((m) => m.by === "customer"),
      (m) => m.name,
    );
    const wide = [...byName.values()].filter((of) => new Set(of.map((m) => m.channel)).size >= 3);
    expect(wide.length).toBeGreaterThan(100);
    expect(texts.some((t) => /from (X|Facebook|Instagram) here/.test(t))).toBe(true);
    expect(texts.some((t) => /^(?:.*\n)*.*(a month later|same story|me again)/i.test(t))).toBe(true);
  });
});
