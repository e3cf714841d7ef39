import type { Span } from "./finding.ts";
import { foldText } from "./text.ts";

/** A time that is named, in a form that compares equal however it is written. */
export interface NamedTime extends Span {
  key: string;
  /** A moment in which something is to happen, not one that may be past or a length. */
  ahead: boolean;
}

const small =
  "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|sixty|ein|eine|einer|zwei|drei|vier|funf|sechs|acht|zehn|zwanzig|una?|dos|tres|cuatro|cinco|diez|veinte|une?|deux|trois|quatre|cinq|dix|vingt|due|tre|quattro|cinque|dieci|venti|een|twee|drie|vijf|tien|twintig|um|uma|dois|duas|dez|vinte|an?|the|few|a few|a couple of|half an";
const values: Record<string, string> = Object.fromEntries(
  "one:1 two:2 three:3 four:4 five:5 six:6 seven:7 eight:8 nine:9 ten:10 eleven:11 twelve:12 fifteen:15 twenty:20 thirty:30 forty:40 sixty:60 ein:1 eine:1 einer:1 zwei:2 drei:3 vier:4 funf:5 sechs:6 acht:8 zehn:10 zwanzig:20 un:1 una:1 une:1 dos:2 tres:3 cuatro:4 cinco:5 diez:10 veinte:20 deux:2 trois:3 quatre:4 cinq:5 dix:10 vingt:20 due:2 tre:3 quattro:4 cinque:5 dieci:10 venti:20 een:1 twee:2 drie:3 vijf:5 tien:10 twintig:20 um:1 uma:1 dois:2 duas:2 dez:10 vinte:20 a:1 an:1 the:1"
    .split(" ")
    .map((pair) => pair.split(":") as [string, string]),
);
const unit =
  "minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|minuten?|stunden?|tage?n?|wochen?|monate?n?|minutos?|horas?|dias?|semanas?|mes(?:es)?|heures?|jours?|semaines?|mois|minut[oi]|or[ae]|giorn[oi]|settiman[ae]|mes[ei]|uur|uren|dag(?:en)?|weken|maand(?:en)?|working days?|werktage?n?|business days?";
const kinds: readonly [RegExp, string][] = [
  [/^min/u, "min"],
  [/^(?:h|stund|hora|heure|or[ae]|uur|uren)/u, "hour"],
  [/^(?:d|tag|jour|giorn|dag|werk|work|busi)/u, "day"],
  [/^(?:w|sem|sett|weken)/u, "week"],
  [/^(?:m)/u, "month"],
];
const weekdays: readonly string[] = [
  "mondays?|mon|montags?|lunes|lundi|lunedi|maandag|segunda-feira",
  "tuesdays?|tues?|dienstags?|martes|mardi|martedi|dinsdag|terca-feira",
  "wednesdays?|wed|mittwochs?|miercoles|mercredi|mercoledi|woensdag|quarta-feira",
  "thursdays?|thur?s?|donnerstags?|jueves|jeudi|giovedi|donderdag|quinta-feira",
  "fridays?|fri|freitags?|viernes|vendredi|venerdi|vrijdag|sexta-feira",
  "saturdays?|sat(?= |-|$)|samstags?|sabado|samedi|sabato|zaterdag",
  "sundays?|sun(?= |-|$)|sonntags?|domingo|dimanche|domenica|zondag",
];
const months: readonly string[] = [
  "january|januar|enero|janvier|gennaio|januari|janeiro",
  "february|februar|febrero|fevrier|febbraio|februari|fevereiro",
  "march(?! (?:on|to|in))|marz|marzo|mars|maart|marco",
  "april|abril|avril|aprile",
  "mai|mayo|maggio|mei|maio|(?<=(?:in|by|from|until|since|\\d) )may",
  "june|juni|junio|juin|giugno|junho",
  "july|juli|julio|juillet|luglio|julho",
  "august|agosto|aout|augustus",
  "september|septiembre|septembre|settembre|setembro",
  "october|oktober|octubre|octobre|ottobre|outubro",
  "november|noviembre|novembre|novembro",
  "december|dezember|diciembre|decembre|dicembre|dezembro",
];
const seasons =
  "spring|summer|autumn|winter|fruhling|fruhjahr|sommer|herbst|primavera|verano|otono|printemps|ete|automne|hiver|estate|autunno|inverno|voorjaar|zomer|najaar";

const edge = String.raw`(?<![\p{L}\p{N}])`;
const close = String.raw`(?![\p{L}\p{N}])`;
const clock = new RegExp(
  String.raw`${edge}(?:(\d{1,2})[:.h](\d{2})(?:\s?([ap]\.?m)\.?)?(?:\s?(?:uhr|h))?|(\d{1,2})\s?([ap]\.?m\b|uhr|o'clock|h(?![\p{L}\p{N}])|uur)|(?:at|by|until|till|before|from|around|um|bis|ab|a las|vers|alle|om|as)\s(\d{1,2})(?!\s?(?:%|€|£|\$|[.,:]\d|\p{L}{2,}))|(noon|midnight|midday|mittags?|mediodia|midi|mezzogiorno|meio-dia))${close}`,
  "gu",
);
const within = new RegExp(
  String.raw`${edge}(?:in|within|inside|after|binnen|innerhalb von|innerhalb|en|dans|sous|tra|fra|entro|over|em|dentro de|in the next|within the|en menos de|d'ici)\s(?:the\s|about\s|around\s|next\s|less than\s|den nachsten\s)*(\d{1,3}(?:\s?(?:-|–|to)\s?\d{1,3})?|${small})\s(${unit})${close}`,
  "gu",
);
const named = new RegExp(
  String.raw`${edge}(tomorrow|tonight|today|this (?:afternoon|evening|morning|week|weekend)|next (?:week|month|year)|(?:by|before) the end of (?:the )?(?:day|week|month)|end of (?:the )?(?:day|week)|later today|shortly after|before lunch|by the weekend|over the weekend|until the weekend|in no time|any minute(?: now)?|heute|morgen(?! (?:grus|fruh))|ubermorgen|nachste woche|heute abend|hoy|manana|esta (?:tarde|noche)|la semana que viene|aujourd'hui|demain|ce soir|la semaine prochaine|oggi|domani|stasera|vandaag|vanavond|hoje|amanha|${weekdays.join("|")}|(?:in|by|from|until|since|this|next|im|bis|ab|en|a partir de|desde|hasta|des|d'ici|a|da|entro|vanaf|tot|em)\s(?:the\s|el\s|la\s|l')?(?:early |late |mid-?)?(?:${[...months, seasons].join("|")})|\d{1,2}(?:st|nd|rd|th|\.)?\s(?:of |de )?(?:${months.join("|")})|(?:until|by|in|before|bis|hasta|jusqu'en) (?:20\d\d))${close}`,
  "gu",
);

function keyOfClock(h: string, m: string, half: string | undefined): string {
  let hour = Number(h);
  if (half?.startsWith("p") && hour < 12) hour += 12;
  if (half?.startsWith("a") && hour === 12) hour = 0;
  return `at ${hour}:${m.padStart(2, "0")}`;
}

function keyOfNamed(words: string): string {
  const bare = words.replaceAll(/\s+/gu, " ");
  const day = weekdays.findIndex((list) => new RegExp(`(?:${list})$`, "u").test(bare));
  if (day >= 0) return `weekday ${day}`;
  const month = months.findIndex((list) => new RegExp(`(?:^| )(?:${list})$`, "u").test(bare));
  if (month >= 0) return `month ${month}`;
  if (/20\d\d$/u.test(bare)) return bare.slice(-4);
  if (/^(?:tomorrow|morgen|manana|demain|domani|amanha)$/u.test(bare)) return "tomorrow";
  if (
    /^(?:today|heute|hoy|aujourd'hui|oggi|vandaag|hoje|later today|end of (?:the )?day|by the end of (?:the )?day|this (?:afternoon|morning|evening)|tonight|heute abend|esta (?:tarde|noche)|ce soir|stasera|vanavond)$/u.test(
      bare,
    )
  )
    return "today";
  return bare.replace(/^(?:in|by|from|until|since|im|this)\s(?:the\s)?/u, "");
}

/** Every time a text names, folded. */
export function timesIn(folded: string, base = 0): NamedTime[] {
  const found: NamedTime[] = [];
  const add = (hit: RegExpMatchArray & { index?: number }, key: string, ahead = true) =>
    found.push({ key, ahead, start: base + (hit.index as number), end: base + (hit.index as number) + hit[0].length });
  for (const hit of folded.matchAll(clock)) {
    const [, h1, m1, half1, h2, half2, h3, noon] = hit;
    if (noon) add(hit, noon === "midnight" ? "at 0:00" : "at 12:00");
    else if (h1) add(hit, keyOfClock(h1, m1 as string, half1));
    else if (h2) add(hit, keyOfClock(h2, "00", half2));
    else if (h3) add(hit, keyOfClock(h3, "00", undefined));
  }
  for (const hit of folded.matchAll(within)) {
    const count = values[hit[1] as string] ?? (hit[1] as string).replaceAll(/\s/gu, "");
    const kind = kinds.find(([shape]) => shape.test(hit[2] as string))?.[1] ?? "day";
    add(hit, `within ${count} ${kind}`);
  }
  for (const hit of folded.matchAll(named))
    add(
      hit,
      keyOfNamed(hit[0]),
      !/^(?:since|seit|desde|depuis)|(?:day|tag|woch)s$/u.test(hit[0]) &&
        !/(?:every|each|any|jede[nr]?|cada|todos los|tous les|chaque|ogni|elke)\s$/u.test(
          folded.slice(Math.max(0, hit.index - 12), hit.index),
        ),
    );
  return found;
}

/** The times and figures that facts and post carry. */
export function knownTimes(texts: readonly string[]): { times: Set<string>; figures: Set<string> } {
  const folded = foldText(texts.join("\n"));
  const times = new Set(timesIn(folded).map((t) => t.key));
  const figures = new Set<string>();
  for (const hit of folded.matchAll(/\d+/gu)) figures.add(String(Number(hit[0])));
  for (const hit of folded.matchAll(/\p{L}+/gu))
    if (values[hit[0]] && hit[0].length > 2) figures.add(values[hit[0]] as string);
  return { times, figures };
}

/** Is a named time carried by what is known? A clock or a length also by its bare figure. */
export function carried(time: NamedTime, known: ReturnType<typeof knownTimes>): boolean {
  if (known.times.has(time.key)) return true;
  const clocked = /^at (\d+):(\d+)$/u.exec(time.key);
  if (clocked) {
    const hour = Number(clocked[1]);
    if (clocked[2] !== "00") return [hour, hour - 12, hour + 12].some((h) => known.times.has(`at ${h}:${clocked[2]}`));
    return [hour, hour - 12, hour + 12].some(
      (h) => known.times.has(`at ${h}:00`) || (h > 0 && known.figures.has(String(h))),
    );
  }
  const length = /^within (\d+)/u.exec(time.key);
  return length !== null && Number(length[1]) > 1 && known.figures.has(String(Number(length[1])));
}
