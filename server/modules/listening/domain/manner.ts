import type { Token } from "./tokens.ts";

/** One way of saying, with the first and last token that shows it. */
export type Manner = { name: string; from: number; to: number };

/** Words that turn what follows, over the languages of most posts; accents as people type them. */
const NOT = new Set(
  (
    "not no never none nothing neither nor without cant cannot wont dont didnt doesnt isnt wasnt arent havent hasnt couldnt wouldnt " +
    "nicht nie kein keine keinen keiner nichts ohne ne pas jamais rien aucun sans nunca nada sin ningun ninguna ni non mai niente senza " +
    "nessun nao não nem sem nenhum niet nooit geen niets zonder nie bez hiç değil"
  ).split(" "),
);
const TURN_ENDS = new Set(
  "but however though although aber jedoch mais pero però mas maar because weil porque perché omdat".split(" "),
);
const YOU = new Set(
  "you your u ur yours yall ihr euch euer eure sie ihnen vous votre vos tu usted ustedes vuestro su vosotros voi vostro vostra você vocês jullie uw u".split(
    " ",
  ),
);
const SELF = new Set(
  "i i'm im i've ive i'd my me we our us mein meine mir mich ich wir je j'ai mon ma mes nous yo mi me mis io mio mia eu meu minha ik mijn wij".split(
    " ",
  ),
);
const SPANS = new Set(
  (
    "sec secs seconds min mins minute minutes hr hrs hour hours day days week weeks month months year years minuten stunde stunden tag tage tagen " +
    "woche wochen monat monate heure heures jour jours semaine semaines mois hora horas dia dias día días semana semanas mes meses ora ore giorno " +
    "giorni settimana settimane mese mesi uur dag dagen weken maanden"
  ).split(" "),
);
const AGES = new Set(
  "an a one two three four five six seven eight several many few ein eine zwei drei une deux un una dos tres due tre een twee".split(
    " ",
  ),
);
const STILL = new Set(
  "still yet again already finally ever immer noch wieder schon toujours encore enfin todavia todavía sigue otra ancora ainda nog weer alweer".split(
    " ",
  ),
);
const DENIED = 3;

/**
 * How a post is said, whatever it is about: shouted, asked, stretched, to whom, after how long; and the three words after a "not".
 * These carry over to trades and brands a model never saw.
 */
export function mannerOf(tokens: readonly Token[], n: number): Manner[] {
  const made: Manner[] = [];
  const say = (name: string, from: number, to = from) => void made.push({ name, from, to });
  let words = 0;
  let shouts = 0;
  let marks = 0;
  let denied = 0;
  for (let i = 0; i < n; i++) {
    const { kind, norm, shout } = tokens[i]!;
    if (kind === "mark") {
      denied = 0;
      if (norm !== "…") say(`<mark ${Math.min(3, ++marks)}>`, i);
      continue;
    }
    if (kind === "emoji" || kind === "sign") say("<emoji>", i);
    if (kind === "number" || AGES.has(norm)) {
      const next = tokens[i + 1];
      if (next && i + 1 < n && SPANS.has(next.norm)) say("<span>", i, i + 1);
    }
    if (kind === "number" && norm === "<money>") say("<money>", i);
    if (kind !== "word") continue;
    words++;
    if (shout) say(`<shouts ${Math.min(4, ++shouts)}>`, i);
    if (YOU.has(norm)) say("<you>", i);
    if (SELF.has(norm)) say("<self>", i);
    if (STILL.has(norm)) say("<still>", i);
    if (/([a-zà-ÿ])\1$/u.test(norm) && !/(?:ll|ss|ee|oo|ff|tt|nn)$/u.test(norm)) say("<stretched>", i);
    if (NOT.has(norm) || norm.endsWith("n't")) {
      denied = DENIED;
      say("<not>", i);
    } else if (TURN_ENDS.has(norm)) {
      denied = 0;
      say("<turn>", i);
    } else if (denied > 0) {
      denied--;
      say(`not ${norm}`, i);
    }
  }
  if (n) say(words <= 4 ? "<terse>" : words <= 12 ? "<short>" : words <= 30 ? "<middling>" : "<long>", 0, n - 1);
  return made;
}
