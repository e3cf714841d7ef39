import type { Label, Word } from "./label.ts";
import { type LinearModel, reasons, score } from "./linear-model.ts";
import { found, phrases } from "./phrases.ts";
import type { Read, Sentiment } from "./sentiment.ts";
import type { Tokens } from "./tokens.ts";

export type Gratitude = {
  /** Genuine thanks are in the post. */
  gratitude: boolean;
  /** Nothing but thanks: no question, no trouble, no wish. Such a post opens no work. */
  thanksOnly: boolean;
  /** 0..1, before the guards. */
  score: number;
  words: Word[];
  /** Why a word of thanks was not taken for thanks: the words that stood against it. */
  against: Word[];
};

const THANKS = phrases(
  "thank*",
  "thx",
  "tysm",
  "tyvm",
  "ty",
  "thnx",
  "cheers",
  "much appreciated",
  "appreciate(?:d|s)? (?:it|you|that|the|your)",
  "grateful",
  "kudos",
  "danke*",
  "vielen dank",
  "besten dank",
  "dankesch[öo]n",
  "merci",
  "remerci*",
  "gracias",
  "agradec*",
  "obrigad[oa]*",
  "valeu",
  "grazie*",
  "ringrazi*",
  "bedankt",
  "dank ?je(?: wel)?",
  "dank u",
  "dzi[ęe]k*",
  "tack",
  "takk",
  "kiitos",
  "te[şs]ekk[üu]r*",
  "sa[ğg] ?ol*",
  "спасибо",
  "благодар*",
  "дякую",
  "ευχαριστώ",
  "hvala",
  "d[ěe]kuj[iu]",
  "köszönöm",
  "mul[țt]umesc",
);
const THANKS_UNSPACED =
  /ありがと(?:う(?:ございま(?:す|した))?)?|感謝|谢谢|謝謝|感谢|감사(?:합니다|해요)?|고마워요?|ขอบคุณ|شكرا|شكراً|תודה|متشکرم|ممنون|धन्यवाद|शुक्रिया/gu;
/** Thanks that wait for the deed, and the stiff ends of letters. */
const ADVANCE = phrases(
  "(?:thanks?|thank you|thx|cheers|many thanks)(?: so much| very much)? (?:in advance|in anticipation|beforehand)",
  "in advance",
  "(?:im|schon mal im|schonmal im) voraus",
  "(?:schon(?: ?mal)?|vorab) (?:vielen )?dank",
  "d'avance",
  "por adelantado",
  "de antemano",
  "por anticipado",
  "in anticipo",
  "antecipadamente",
  "desde j[áa]",
  "(?:bij voorbaat|alvast)(?: hartelijk)?(?: dank| bedankt)?",
  "z g[óo]ry",
  "(?:thanks|thank you) (?:for|if you)(?: could| can| would)",
  "would (?:be grateful|appreciate)(?: it)?(?: if)?",
  "i'd appreciate",
  "please (?:and )?(?:thanks|thank you)",
  "no,? (?:thanks|thank you|danke|merci|gracias|grazie|obrigad[oa])",
  "nein danke",
);
/** Thanks for a harm. */
const SARCASM = phrases(
  "(?:thanks?|thank you|thx|cheers)(?: so much| very much| a lot| a bunch| again)?,? (?:for|to) (?:nothing|absolutely nothing|wasting|ruining|ruin|killing|breaking|losing|making me|making us|ignoring|leaving|lying|charging|overcharging|cancell?ing|hanging up|stealing|destroying|the (?:wait|delay|headache|stress|trouble|ruined|broken|lack|non[- ]?existent|useless|terrible|awful|worst|rude|free (?:indoor )?(?:rain|shower|sauna)))",
  "thanks obama",
  "thanks a (?:bunch|million) for (?:nothing|the \\d)",
  "no thanks to",
  "can't thank you (?:less)",
  "danke f[üu]r (?:nichts|gar nichts|die (?:versp[äa]tung|warteschleife)|das (?:warten|chaos)|euer(?:en)? versagen)",
  "(?:merci|gracias|grazie|obrigad[oa]|bedankt) (?:pour rien|de rien du tout|por nada|per niente|de nada por|voor niets|(?:pour|por|per|voor) (?:le|la|el|il|les|de|het|o|a)? ?(?:retard|retraso|ritardo|atraso|vertraging|attente|espera|attesa|wachttijd))",
  "dzięki za nic",
  "tack för ingenting",
  "hiçbir şey için",
  "(?:great|nice|good|top|stellar|fantastic|wonderful) (?:job|work|service) (?:as (?:always|usual)|again) (?:not|🙄|👏)",
  "slow clap",
);
/** Thanks that go to somebody else. */
const ELSEWHERE = phrases(
  "thank(?:s| you)? (?:god|goodness|heavens?|the lord|fuck|christ)",
  "thankfully",
  "gott sei dank",
  "grâce [àa] dieu",
  "gracias a dios",
  "grazie a dio",
  "graças a deus",
  "thanksgiving",
  "thanks to (?:my|a|the) (?:mum|mom|dad|wife|husband|friend|neighbou?r|sister|brother)",
  "thank you (?:note|card|letter)s?",
);
const MOCKERY = /🙄|👏|🤡|😒|🖕|😤|😡|🤬|🙃|#sarcasm|\/s\b/gu;
const ASKS = /[?？¿]/gu;
const TROUBLE = phrases(
  "late",
  "lost",
  "missed",
  "missing",
  "wrong",
  "delay*",
  "waiting",
  "waited",
  "hours",
  "never",
  "still",
  "cancel*",
  "overcharged",
  "charged",
  "cold",
  "rude",
  "ruin*",
  "useless",
  "damaged",
  "unfortunately",
  "no thanks",
  "versp[äa]t*",
  "kaputt",
  "falsch",
  "verloren",
  "verpasst",
  "gewartet",
  "retard",
  "perdu*",
  "cass[ée]*",
  "retraso",
  "roto",
  "rota",
  "perdido",
  "ritardo",
  "rotto",
  "perso",
  "atraso",
  "quebrad[oa]",
  "kwijt",
  "te laat",
  "kapot",
  "but",
  "however",
  "still (?:no|not|waiting|hasn't|haven't|isn't|doesn't|nothing)",
  "(?:doesn't|does not|didn't|isn't|won't|can't|cannot) (?:work|load|open|help|connect|start)*",
  "not working",
  "broken",
  "refund",
  "please (?:help|fix|check|call|send|tell|look|advise|reply|respond)",
  "can you",
  "could you",
  "when (?:will|is|do)",
  "how (?:do|can|long)",
  "aber",
  "leider",
  "immer noch (?:nicht|kein*)",
  "mais",
  "toujours (?:pas|rien)",
  "pero",
  "todav[íi]a no",
  "sigue sin",
  "però",
  "ma (?:ancora|non)",
  "mas (?:ainda|n[ãa]o)",
  "maar",
  "nog steeds (?:niet|geen)",
  "one more (?:thing|question)",
  "another (?:thing|question|issue|problem)",
  "also,? (?:i|my|can|the)",
);

/** Words of asking: thanks that close a request are mere manners. */
const PLEASE = phrases(
  "please",
  "pls",
  "plz",
  "kindly",
  "could you",
  "can you",
  "would you",
  "can i",
  "could i",
  "need",
  "bitte",
  "k[öo]nnt ihr",
  "k[öo]nnen sie",
  "s'il (?:vous|te) pla[iî]t",
  "svp",
  "pouvez-vous",
  "por favor",
  "pod[ée]is",
  "pueden?",
  "per favore",
  "potete",
  "poderiam?",
  "alsjeblieft",
  "alstublieft",
  "graag",
  "kunnen jullie",
  "prosz[ęe]",
);

/** Thanks or not. The model knows English; the words of many languages stand beside it; the guards know that words alone lie. */
export function readGratitude(post: Tokens, read: Read, model: LinearModel, sentiment: Label<Sentiment>): Gratitude {
  const features = read(model);
  const column = model.labels.indexOf("gratitude");
  const p = score(model, features)[column]!;
  const said = [...found(post.text, THANKS, 2), ...found(post.text, THANKS_UNSPACED, 2)];
  const learnt = p >= model.thresholds[column]!;
  const sure = Math.max(p, said.length ? 0.6 : 0);
  if (!learnt && !said.length) return { gratitude: false, thanksOnly: false, score: p, words: [], against: [] };
  const against = guards(post, said, sentiment);
  if (against.length) return { gratitude: false, thanksOnly: false, score: sure, words: said, against };
  const words = said.length ? said : reasons(model, post, features, column);
  const more = [...found(post.text, ASKS), ...found(post.text, TROUBLE)];
  const long = post.tokens.filter((t) => t.kind === "word").length > 40;
  const sad = sentiment.value === "negative" && sentiment.score > 0.5;
  return { gratitude: true, thanksOnly: !more.length && !long && !sad, score: sure, words, against: more };
}

/** What makes words of thanks something else. `elsewhere` and `advance` only count where no further thanks stand. */
function guards(post: Tokens, said: readonly Word[], sentiment: Label<Sentiment>): Word[] {
  const sarcasm = found(post.text, SARCASM);
  if (sarcasm.length) return sarcasm;
  const mock = found(post.text, MOCKERY);
  if (mock.length) return mock;
  const empty = [...found(post.text, ADVANCE), ...found(post.text, ELSEWHERE)];
  const free = said.filter((w) => !empty.some((e) => w.start < e.end + 3 && e.start < w.end + 3));
  if (empty.length && !free.length) return empty;
  const polite = closingManners(post, said);
  if (polite.length) return polite;
  if (sentiment.value === "negative" && sentiment.score > 0.85) return sentiment.words;
  return [];
}

/** The request before a "thanks" that is the last word of the post. */
function closingManners(post: Tokens, said: readonly Word[]): Word[] {
  const last = post.tokens.filter((t) => t.kind === "word").at(-1);
  const first = said[0];
  if (!first || !last || said.length > 1 || first.end < last.start || first.start < 8) return [];
  return [...found(post.text, PLEASE), ...found(post.text, ASKS)].filter((w) => w.start < first.start);
}

/** The words of a mock thanks; empty where there is none. */
export function mockThanks(post: Tokens): Word[] {
  const sarcasm = found(post.text, SARCASM);
  if (sarcasm.length) return sarcasm;
  const thanks = found(post.text, THANKS);
  return thanks.length ? found(post.text, MOCKERY) : [];
}
