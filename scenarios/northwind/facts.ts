import { compose, guardOf, slotsOf } from "../compose.ts";
import type { Random } from "../random.ts";
import { devices, engineers, places, plans, shops, streets, words } from "./words.ts";

/** What an answer may say without having been told: our own knowledge. */
const OURS = new Set([
  ...[
    "first",
    "cause",
    "cause2",
    "reason",
    "reason2",
    "reason3",
    "eta",
    "eta2",
    "credit",
    "engineer",
    "slot2",
    "metres",
    "days",
    "comma_me",
  ],
]);
/** Drawn anew at each use; everything else belongs to the matter and stays. */
const FREE = new Set(["us", "at", "mood", "sigh", "eta", "comma_me", "place2"]);

const MONTHS: Readonly<Record<string, string>> = {
  en: "January February March April May June July August September October November December",
  de: "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
  fr: "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
  es: "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
  pt: "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
  cy: "Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr",
};
const DAY = 86_400_000;

/** What one matter is about: place, sum, order … Drawn when first named, the same ever after. */
export class Facts {
  readonly language: string;
  readonly #random: Random;
  readonly #known = new Map<string, string>();
  readonly #at: number;
  #heard = "";

  /** `at`: when the matter begins (epoch ms); `known`: what is given, such as `first`. */
  constructor(random: Random, language: string, at: number, known: Readonly<Record<string, string>> = {}) {
    this.#random = random;
    this.language = language;
    this.#at = at;
    for (const [name, value] of Object.entries(known)) this.#known.set(name, value);
  }

  knows(name: string): boolean {
    return this.#known.has(name);
  }
  set(name: string, value: string): void {
    this.#known.set(name, value);
  }

  /** What is known now; `back` forgets what was drawn since. */
  mark(): ReadonlyMap<string, string> {
    return new Map(this.#known);
  }
  back(mark: ReadonlyMap<string, string>): void {
    this.#known.clear();
    for (const [name, value] of mark) this.#known.set(name, value);
  }

  /** Fills a template of the customer's. `over` decides slots for this sentence only. */
  say(template: string, over: Readonly<Record<string, string>> = {}): string {
    return compose(template, this.#random, (slot) => over[slot] ?? this.#slot(slot));
  }

  /** What the customer said; guards look at it. */
  hear(text: string): void {
    this.#heard = `${this.#heard}\n${text}`.slice(-6_000);
  }

  /**
   * Those of our templates that only speak of what the customer has named, best first: made for their very words, then naming
   * something of the matter, then what may be said to anybody.
   */
  fitting(templates: readonly string[]): string[][] {
    const able = templates.filter((t) => slotsOf(t).every((slot) => OURS.has(slot) || this.knows(slot)));
    const guarded = able.filter((t) => guardOf(t)?.test(this.#heard));
    const open = able.filter((t) => guardOf(t) === null);
    const names = (t: string) => slotsOf(t).some((slot) => !OURS.has(slot));
    return [guarded, open.filter(names), open.filter((t) => !names(t))].filter((list) => list.length > 0);
  }

  #slot(name: string): string {
    const held = this.#known.get(name);
    if (held !== undefined) return held;
    const value = this.#draw(name);
    if (!FREE.has(name)) this.#known.set(name, value);
    return value;
  }

  #draw(name: string): string {
    const r = this.#random;
    const number = (from: number, to: number) => from + r.int(to - from + 1);
    switch (name) {
      case "place":
      case "place2":
        return r.pick(places);
      case "street":
        return r.pick(streets);
      case "house":
        return String(number(1, 140));
      case "device":
        return r.pick(devices);
      case "plan":
        return r.pick(plans);
      case "shop":
        return r.pick(shops);
      case "engineer":
        return r.pick(engineers);
      case "money":
      case "money2":
      case "credit":
        return this.#sum(name === "credit" ? number(3, 25) : r.chance(0.15) ? number(90, 480) : number(5, 75));
      case "order":
        return `NW-${number(41_000, 89_999)}`;
      case "bill":
        return `${number(1_000, 9_999)}-${number(100, 999)}`;
      case "last4":
        return String(number(1_000, 9_999));
      case "code":
        return Array.from({ length: 5 }, () => r.pick([..."ABCDEFGHJKLMNPRSTUVWXYZ23456789"])).join("");
      case "mbps":
        return `${number(0, 11)}.${number(1, 9)} Mbps`;
      case "speed":
        return `${r.pick([36, 67, 80, 150, 300, 500])} Mbps`;
      case "percent":
        return `${number(40, 95)}%`;
      case "ping":
        return String(number(120, 900));
      case "minutes":
        return String(number(4, 25));
      case "metres":
        return String(number(20, 900));
      case "weeks":
      case "days":
        return String(number(2, 9));
      case "years":
        return String(number(3, 17));
      case "year":
        return String(number(2009, 2024));
      case "date":
        return this.#date(this.#at - number(3, 40) * DAY);
      case "at":
        return "@northwind";
      case "comma_me":
        return "";
      default:
        return r.pick(words[this.language]?.[name] ?? words.en![name] ?? [name]);
    }
  }

  #sum(pounds: number): string {
    const pence = this.#random.chance(0.4) ? "" : `.${String(this.#random.int(20) * 5).padStart(2, "0")}`;
    return pence === "" || this.language === "en" || this.language === "cy"
      ? `£${pounds}${pence}`
      : `£${pounds}${pence.replace(".", ",")}`;
  }
  #date(at: number): string {
    const date = new Date(at);
    const month = (MONTHS[this.language] ?? MONTHS.en!).split(" ")[date.getUTCMonth()]!;
    const day = date.getUTCDate();
    return this.language === "de"
      ? `${day}. ${month}`
      : this.language === "es" || this.language === "pt"
        ? `${day} de ${month}`
        : `${day} ${month}`;
  }
}
