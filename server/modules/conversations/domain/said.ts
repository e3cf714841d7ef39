/** What the text of a message tells a stitcher: words that carry meaning, numbers and addresses, and a few turns of phrase. */
export interface Said {
  /** Words without names, links and the small words of a language; folded. */
  words: ReadonlySet<string>;
  /** Things that name one matter or person: order numbers, codes, mail addresses. */
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
}

const READ_LIMIT = 4_000;
const LINK = /\bhttps?:\/\/\S+/giu;
const MAIL = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,6}/gu;
const HANDLE = /(?<![\p{L}\p{N}_])@[\p{L}\p{N}_.-]+(?:@[\p{L}\p{N}.-]+)?/gu;
const REF =
  /(?<![\p{L}\p{N}])(?=[\p{L}\p{N}-]{0,30}\p{N}{3})[\p{L}]{0,4}-?[\p{N}][\p{L}\p{N}-]{2,30}(?![\p{L}\p{N}])/gu;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const YEAR_OR_TIME = /^(?:19|20)\d\d$|^\d{1,2}00$/;

const FOLLOWS_UP =
  /\b(?:still|again|any (?:updates?|news|progress)|following up|follow(?:ing)?[- ]?up|as (?:i|we) (?:said|wrote|mentioned)|(?:days?|weeks?|hours?) (?:later|ago|now)|no (?:reply|answer|response|update)|(?:haven't|have not) heard|immer noch|noch immer|schon wieder|wie gesagt|gibt es (?:etwas )?neues|toujours|encore une fois|des nouvelles|sigo|todav[ií]a|de nuevo|ancora|di nuovo|nog (?:steeds|altijd)|ainda|novamente)\b/iu;
const WENT_PRIVATE =
  /\b(?:(?:dm|pm)(?:'?d|ed)|(?:sent|send|sending|dropped|wrote)(?: you)?(?: guys)?(?: an?| the| my)? (?:dm|pm|direct message|private message|message|e-?mail)|check (?:your )?(?:dms?|inbox|messages)|e-?mailed you|in (?:your|the) dms?|(?:nachricht|mail) geschickt|privatnachricht|message priv[ée] envoy[ée]|mensaje privado)\b/iu;
const NEW_MATTER =
  /\b(?:(?:another|different|separate|unrelated|second|new|other) (?:thing|question|issue|problem|matter|topic|request|order)|one more (?:thing|question)|on another note|something else|(?:andere|weitere|neue) (?:frage|sache|bestellung)|etwas anderes|autre (?:question|chose)|otra (?:pregunta|cosa)|un'altra (?:domanda|cosa))\b|^\s*(?:btw|by the way|p\.?s\.?)\b/iu;
const INVITES_PRIVATE =
  /\b(?:(?:dm|pm|message|e-?mail|mail|write(?: to)?|inbox) (?:us|me)\b|(?:send|drop|shoot|give) (?:us|me) (?:an? |your [\p{L} ]{0,30}(?:by|via|in|per) )?(?:dm|pm|direct message|private message|message|e-?mail|mail)|(?:by|via|in|per|through) (?:dm|pm|direct message|private message|private|e-?mail|mail|privatnachricht)|schreib(?:en sie|t|e)? uns|privatnachricht|en (?:message )?priv[ée]|por (?:mensaje )?privado|in privato)/iu;
const OF_OWN =
  /\b(?:my|mine|same (?:here|problem|issue|thing)|me too|i(?:'ve| have) (?:the|a|an|also)|happened to me|mein(?:e[rnms]?)?|bei mir|ich habe|mon|ma|mes|moi aussi|mi|mis|yo tambi[eé]n|mio|mia|anch'io|mijn|meu|minha)\b/iu;
const LATER_PART = /(?:^|\s|\()(?:([2-9])\s?\/\s?[2-9])(?=\)|\s|$|\.)|^\s*(?:cont(?:inued|'d|\.)|\.\.\.|…)/iu;

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
    "nao uma com por mais ainda obrigado"
  ).split(" "),
);

/** Reads a text once; looks at its first 4,000 UTF-16 units only. */
export function readSaid(text: string): Said {
  const read = text.slice(0, READ_LIMIT).normalize("NFKC").replaceAll("’", "'");
  const bare = read.replace(LINK, " ");
  const refs = new Set<string>();
  for (const [mail] of bare.matchAll(MAIL)) refs.add(mail.toLowerCase());
  const spoken = bare.replace(MAIL, " ").replace(HANDLE, " ");
  for (const [ref] of spoken.matchAll(REF)) {
    const folded = ref.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
    if (folded.length >= 4 && !YEAR_OR_TIME.test(folded)) refs.add(folded);
  }
  return {
    words: wordsOf(spoken),
    refs,
    followsUp: FOLLOWS_UP.test(spoken),
    wentPrivate: WENT_PRIVATE.test(spoken),
    newMatter: NEW_MATTER.test(spoken),
    invitesPrivate: INVITES_PRIVATE.test(spoken),
    ofOwn: OF_OWN.test(spoken),
    laterPart: LATER_PART.test(spoken),
  };
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
