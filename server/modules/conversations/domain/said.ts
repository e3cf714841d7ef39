import { speaksForOther } from "#shared/speaks-for-other";
import {
  ASKS,
  CITES_HELP,
  FAILED,
  FOLLOWS_UP,
  GOES_ON,
  GREETS,
  INVITES_PRIVATE,
  LATER_PART,
  NEW_MATTER,
  OF_OWN,
  WENT_PRIVATE,
  WORKED,
} from "./phrases.ts";

/** What the text of a message tells a stitcher: words that carry meaning, numbers and addresses, and a few turns of phrase. */
export interface Said {
  /** Words without names, links and the small words of a language; folded. */
  words: ReadonlySet<string>;
  /** Things that name one matter or person: order numbers, codes, mail addresses, telephone numbers ("tel:" and their last nine digits). */
  refs: ReadonlySet<string>;
  /** Speaks of something said before: "still", "any news", "wie gesagt". */
  followsUp: boolean;
  /** Says that something was sent privately: "DM'd you". */
  wentPrivate: boolean;
  /** Begins another matter: "another question". */
  newMatter: boolean;
  /** Asks to go on in private: "please DM us". */
  invitesPrivate: boolean;
  /** Speaks of something of the writer's own: "mine too", "my chair". */
  ofOwn: boolean;
  /** The second or later piece of a post in parts: "2/3". */
  laterPart: boolean;
  /** Speaks for somebody else: "my wife wrote", "I act for". */
  forOther: boolean;
  /** Holds a link. */
  gives: boolean;
  /** The first of them, as they stand there. */
  links: readonly string[];
  /** Speaks of the article or video that was given, or quotes it. */
  citesHelp: boolean;
  /** Says that something helped: "that worked". */
  worked: boolean;
  /** Says that something did not help: "no luck". */
  failed: boolean;
  asks: boolean;
  /** Begins like a letter: "hello". */
  greets: boolean;
  /** Goes on from what was just said: "and …", "it …". */
  goesOn: boolean;
}

const READ_LIMIT = 4_000;
const LINK = /\bhttps?:\/\/\S+/giu;
const GIVES = /\bhttps?:\/\/\S|(?<![\p{L}\p{N}@.])[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,4}\/[\p{L}\p{N}]/iu;
const LINKS =
  /\bhttps?:\/\/\S+|(?<![\p{L}\p{N}@.])[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,4}\/[\p{L}\p{N}]\S*/giu;
const [MOST_LINKS, LONGEST_LINK] = [3, 200];
const PHONE = /(?<![\p{L}\p{N}])\+?\d(?:[ ()/.-]?\d){7,14}(?![\p{L}\p{N}])/gu;
/** Numbers many people call or ride: hotlines, flights, trains, lines, codes of promotions. They name no matter. */
const HOTLINE = /^(?:0?800|0?845|0?900|1800|0180|00800)/u;
const SHARED_THING =
  /(?<![\p{L}\p{N}])(?:ice|ic|re|tgv|ave|train|flight|flug|vol|vuelo|volo|voo|vlucht|zug|tren|treno|line|linie|bus|code|gutschein(?:code)?|promo)\s+\p{L}{0,8}-?\p{N}{2,6}(?![\p{L}\p{N}])/giu;
const MAIL = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,6}/gu;
const HANDLE = /(?<![\p{L}\p{N}_])@[\p{L}\p{N}_.-]+(?:@[\p{L}\p{N}.-]+)?/gu;
const SHARED_FORM = /(?<![\p{L}\p{N}])(?:[A-Z]{2}\p{N}{3,4}|\p{L}{4,}\p{N}{2,4})(?![\p{L}\p{N}])/gu;
const REF =
  /(?<![\p{L}\p{N}])(?=[\p{L}\p{N}-]{0,30}\p{N}{3})[\p{L}]{0,4}-?[\p{N}][\p{L}\p{N}-]{2,30}(?![\p{L}\p{N}])/gu;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const YEAR_OR_TIME = /^(?:19|20)\d\d$|^\d{1,2}00$/;

/** Small words of the languages met most, after folding. What is left tells matters apart. */
const SMALL = new Set(
  (
    "the and for are was were with you your yours our ours this that these those have has had not but from they them their there here what when where which who why how can could would should will " +
    "just get got its im ive dont doesnt didnt cant wont isnt all any out now one too very more some been being than then also about into over only because please thanks thank hello hey hi dear " +
    "guys still again update news later ago day days week weeks hour hours today yesterday tomorrow need want help know see say said tell told let make made time really like even much many " +
    "der die das und ist nicht ein eine einen mit von auf fur dem den des ich sie wir ihr mir mich euch uns bei wie was wann warum noch immer schon aber auch bitte danke hallo kann " +
    "les des une est pas pour que qui dans avec sur vous nous mon ton votre bonjour merci plus mais toujours encore depuis " +
    "los las una por para con que del mas pero como cuando hola gracias todavia sigue esta este " +
    "che non per con del della sono ciao grazie ancora het een van niet voor met dat maar ook nog heb " +
    "nao uma com por mais ainda obrigado " +
    "guten tag morgen abend moin mfg grusse bonsoir salut cordialement buenos buenas dias tardes saludos buongiorno buonasera salve saluti bom dia boa tarde ola " +
    "goedendag groeten dzien dobry czesc pozdrawiam god dag hej moi terve dobry den merhaba selam regards morning evening afternoon"
  ).split(" "),
);

/** Reads a text once; looks at its first 4,000 UTF-16 units only. */
export function readSaid(text: string): Said {
  const read = text.slice(0, READ_LIMIT).normalize("NFKC").replaceAll("’", "'");
  const bare = read.replace(LINK, " ");
  const refs = new Set<string>();
  for (const [mail] of bare.matchAll(MAIL)) refs.add(mail.toLowerCase());
  const spoken = bare.replace(MAIL, " ").replace(HANDLE, " ");
  for (const [number] of spoken.matchAll(PHONE)) {
    const digits = number.replace(/\D/gu, "");
    if (/^\d+$/.test(number) && !number.startsWith("0")) refs.add(digits);
    else if (!HOTLINE.test(digits)) refs.add(telephone(digits));
  }
  for (const [ref] of spoken.replace(PHONE, " ").replace(SHARED_THING, " ").replace(SHARED_FORM, " ").matchAll(REF)) {
    const folded = ref.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
    if (folded.length >= 4 && !YEAR_OR_TIME.test(folded)) refs.add(folded);
  }
  const failed = FAILED.test(spoken);
  return {
    words: wordsOf(spoken),
    refs,
    followsUp: FOLLOWS_UP.test(spoken),
    wentPrivate: WENT_PRIVATE.test(spoken),
    newMatter: NEW_MATTER.test(spoken),
    invitesPrivate: INVITES_PRIVATE.test(spoken),
    ofOwn: OF_OWN.test(spoken),
    laterPart: LATER_PART.test(spoken),
    forOther: speaksForOther(spoken),
    gives: GIVES.test(read),
    links: [...read.matchAll(LINKS)]
      .slice(0, MOST_LINKS)
      .map(([link]) => link.replace(/[.,;:!?)\]}'"»”]+$/u, "").slice(0, LONGEST_LINK)),
    citesHelp: CITES_HELP.test(spoken),
    worked: WORKED.test(spoken) && !failed,
    failed,
    asks: ASKS.test(spoken),
    greets: GREETS.test(spoken),
    goesOn: GOES_ON.test(spoken),
  };
}

/** Whether a text holds a link; far cheaper than to read it. */
export function holdsLink(text: string): boolean {
  return GIVES.test(text.slice(0, READ_LIMIT));
}

/** How a telephone number stands among the references: the same with and without the country's code. */
export function telephone(number: string): string {
  return `tel:${number.replace(/\D/gu, "").slice(-9)}`;
}

/** The mail address or telephone number a handle is, as a text would name it; undefined where it is neither. */
export function addressOf(handle: string): string | undefined {
  const name = handle.slice(0, 300).trim();
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(name)) return name.toLowerCase();
  return /^\+?\d[\d ()/.-]{7,}$/u.test(name) ? telephone(name) : undefined;
}

/** The words of a text that carry meaning, without names and links. */
export function readWords(text: string): Set<string> {
  return wordsOf(text.slice(0, READ_LIMIT).normalize("NFKC").replace(LINK, " ").replace(HANDLE, " "));
}

function wordsOf(text: string): Set<string> {
  const words = new Set<string>();
  for (const [raw] of text.matchAll(WORD)) {
    if (UNSPACED.test(raw)) {
      for (let i = 0; i + 2 <= raw.length; i++) words.add(raw.slice(i, i + 2));
      continue;
    }
    const folded = fold(raw);
    if (folded.length >= 3 && !SMALL.has(folded)) words.add(stem(folded));
    if (words.size >= 400) break;
  }
  return words;
}

function fold(word: string): string {
  return word.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
}

/** The crudest of stems: enough that "parcel" and "parcels", "charge" and "charged" meet. */
function stem(word: string): string {
  if (word.length <= 4) return word.replace(/s$/, "");
  return word.replace(/(?:ing|ed|es|s|en|e)$/, "");
}

/** How many words two texts share, and their share of the shorter one. */
export function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): { shared: string[]; share: number } {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  const shared = [...small].filter((w) => large.has(w));
  return { shared, share: small.size === 0 ? 0 : shared.length / small.size };
}
