import type { Mood } from "./mood.ts";
import { has, type Sentence, tellingStems } from "./text.ts";
import { ourPart } from "./weigh/shapes.ts";
import { asksThem, signs } from "./weigh/signs.ts";
import { belittles, bright, chummy, contradicts, formal, presses, runsDown, stiff } from "./words/distress.ts";

const ofUs =
  /(?<!\p{L})(?:i|i'\p{L}+|we|we'\p{L}+|our|ours|us|me|my|ich|wir|uns\p{L}*|mir|yo|nos|nosotros|nuestr\p{L}*|je|j'\p{L}+|nous|notre|io|noi|nostr\p{L}*|ik|wij|onze?|ons|eu|nosso|nossa)(?!\p{L})/u;
const ofThem =
  /(?<!\p{L})(?:you|your|yours|you'\p{L}+|sie|ihr\p{L}*|ihnen|du|dein\p{L}*|dir|dich|usted|le|su|sus|te|tu|vous|votre|vos|lei|suo|sua|u|uw|je|jouw|voce|seu|sua)(?!\p{L})/u;
/** Speaks of what is meant by something said before. */
const pointsBack =
  /^(?:it|it's|they|they're|that|that's|this|he|she|there|es|das|er|eso|c'est|ca|elle|il|dat|het)(?!\p{L})/u;

const takenBack =
  /(?:sorry|leid|siento|desole\p{L}*|dispiace|spijt|muito),? (?:but|aber|pero|mais|ma|maar|mas)(?!\p{L})/u;

/** What each sentence does for somebody to whom something bad happened. */
export interface Fit {
  /** Loss, danger, fear, need or harm stand in the post. */
  heavy: boolean;
  /** They are not pleased, and it is more than a plain question. */
  bad: boolean;
  /** A word for them; a question, a deed or a way on. */
  caring: boolean;
  acting: boolean;
  /** Sayings: nobody is in them, neither us nor them, nor anything that is known. */
  maxims: Sentence[];
  /** Tells them what is with them, and does nothing. */
  lessons: Sentence[];
  /** Take up their word and leave it at that. */
  echoes: Sentence[];
  /** Sees the good side. */
  bright: Sentence[];
  /** Makes it small, contradicts, runs others down, presses. */
  small: Sentence[];
  denies: Sentence[];
  runsDown: Sentence[];
  presses: Sentence[];
  /** Questions that want no answer. */
  turned: Sentence[];
  /** Law, an authority or a formal step speaks from the post. */
  formal: boolean;
  chummy: Sentence[];
  stiff: Sentence[];
  /** Exclamation marks or pictures. */
  merry: boolean;
}

/** How a reply stands to a post in this mood; `post` is folded, `factStems` and `postStems` are the telling ones. */
export function fitOf(
  said: readonly Sentence[],
  mood: Mood,
  around: {
    post: string;
    glad: boolean;
    question: boolean;
    factStems: ReadonlySet<string>;
    postStems: ReadonlySet<string>;
  },
): Fit {
  const heavy = mood.grief || mood.harm || mood.hardship || mood.need;
  const fit: Fit = {
    ...{ heavy, bad: !around.glad && (heavy || mood.anger || !around.question), caring: false, acting: false },
    ...{
      maxims: [],
      lessons: [],
      echoes: [],
      bright: [],
      small: [],
      denies: [],
      runsDown: [],
      presses: [],
      turned: [],
    },
    ...{ formal: formal.test(around.post), chummy: [], stiff: [], merry: false },
  };
  for (const s of said) {
    const stems = [...tellingStems(s.words)];
    const known = stems.some((one) => around.factStems.has(one));
    const theirs = stems.some((one) => around.postStems.has(one));
    const asking = asksThem(s);
    const sorry = signs.sorry.test(s.folded);
    const cares = (sorry && !takenBack.test(s.folded)) || signs.feels.test(s.folded);
    const acts = asking || signs.private.test(s.folded) || signs.link.test(s.folded) || signs["I act"].test(s.folded);
    const serves = acts || sorry || has(s.folded, ourPart) || signs.please.test(s.folded) || signs.open.test(s.folded);
    if (cares) fit.caring = true;
    if (acts) fit.acting = true;
    if (!serves && !known) {
      if (theirs) fit.echoes.push(s);
      if (!ofUs.test(s.folded)) {
        if (ofThem.test(s.folded)) fit.lessons.push(s);
        else if (s.words.length >= 3 && !pointsBack.test(s.folded)) fit.maxims.push(s);
      }
    }
    if (!asking && !sorry && !ofUs.test(s.folded) && bright.test(s.folded)) fit.bright.push(s);
    // "Sorry, but" takes back what it says.
    if (!asking && (!sorry || takenBack.test(s.folded)) && belittles.test(s.folded)) fit.small.push(s);
    if (contradicts.test(s.folded)) fit.denies.push(s);
    if (runsDown.test(s.folded)) fit.runsDown.push(s);
    if (presses.test(s.folded)) fit.presses.push(s);
    if (s.question && !asking) fit.turned.push(s);
    if (chummy.test(s.folded)) fit.chummy.push(s);
    if (stiff.test(s.folded)) fit.stiff.push(s);
    if (/!|\p{Extended_Pictographic}/u.test(s.said)) fit.merry = true;
  }
  return fit;
}
