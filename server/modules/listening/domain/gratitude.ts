import {
  ADVANCE,
  ASKS,
  ELSEWHERE,
  FILLERS,
  MOCKERY,
  NAMED,
  OWED,
  PLEASE,
  QUOTED,
  SARCASM,
  THANKS,
  THANKS_UNSPACED,
  TROUBLE,
} from "./gratitude-words.ts";
import { type Label, strongest, type Word } from "./label.ts";
import { type LinearModel, reasons, score } from "./linear-model.ts";
import { mockery } from "./mockery.ts";
import { found } from "./phrases.ts";
import type { Read, Sentiment } from "./sentiment.ts";
import { sureOfThanks } from "./sureness.ts";
import type { Tokens } from "./tokens.ts";
import { wordsAt } from "./told-by-words/tag.ts";
import type { ThanksList } from "./told-by-words/thanks-cues.ts";
import { type Stand, saysOf, taught, weighThanks } from "./weigh-thanks.ts";

export type Gratitude = {
  /** Genuine thanks are in the post. */
  gratitude: boolean;
  /** Nothing but thanks: no question, no trouble, no wish. Such a post opens no work. */
  thanksOnly: boolean;
  /** 0..1: how likely it gives thanks; where it does, as often as that is right. */
  score: number;
  words: Word[];
  /** Why a word of thanks was not taken for thanks: the words that stood against it. */
  against: Word[];
};

/** What is seen of thanks in a post, mock ones included. */
export interface ThanksSeen extends Gratitude {
  /** 0..1, and the words that made it. */
  readonly mock: { readonly score: number; readonly words: Word[] };
  /** What the model of signals says of the post, in the order of its labels. */
  readonly signals: Float32Array;
}

/** `signals`: knows the label "sarcasm". `gratitude`: what ships, or that with what the account's marks taught it. */
interface ThanksModels {
  readonly gratitude: LinearModel;
  readonly shippedGratitude: LinearModel;
  readonly signals: LinearModel;
}

/** As likely as this it is said: chosen on posts held out (`tools/train/weigh-thanks.ts`). */
export const THANKS_AT = 0.4;
export const MOCK_AT = 0.4;

/**
 * Thanks, mockery or neither. Words of eight languages, guards and what the
 * models say are weighed together; in other languages the words of thanks and the guards alone decide.
 */
export function readGratitude(
  post: Tokens,
  read: Read,
  { gratitude: model, shippedGratitude, signals }: ThanksModels,
  sentiment: Label<Sentiment>,
): ThanksSeen {
  const column = model.labels.indexOf("gratitude");
  const mockColumn = signals.labels.indexOf("sarcasm");
  const likely = score(model, read(model))[column]!;
  const before = shippedGratitude === model ? likely : score(shippedGratitude, read(shippedGratitude))[0]!;
  const signalled = score(signals, read(signals));
  const mocks = mockColumn < 0 ? 0 : signalled[mockColumn]!;
  const stand = weighThanks(post, saysOf(before, mocks, sentiment), taught(before, likely));
  const thanks = [...found(post.text, THANKS, 2), ...found(post.text, THANKS_UNSPACED, 2)];
  const said = [...thanks, ...found(post.text, OWED, 2)].sort((a, b) => a.start - b.start);
  const mock = {
    score: stand.mock,
    words: mockWords(post, stand, () => (mockColumn < 0 ? [] : reasons(signals, post, read(signals), mockColumn))),
  };
  // Words of thanks in a language of which no others are known.
  const alone = thanks.length > 0 && !stand.cues.places.has("thank");
  const eyes = said.length === 0 ? [] : found(post.text, MOCKERY);
  const weighed = stand.thanks >= THANKS_AT && stand.thanks > stand.mock && eyes.length === 0;
  const thanked = alone ? guards(post, said, sentiment).length === 0 : weighed;
  if (!thanked) {
    const against =
      said.length === 0
        ? []
        : firstOf(
            guards(post, said, sentiment),
            () => wordsOf(post, stand, AGAINST),
            () => mock.words,
          );
    return { gratitude: false, thanksOnly: false, score: stand.thanks, words: said, against, mock, signals: signalled };
  }
  const words = firstOf(
    said,
    () => wordsOf(post, stand, FOR),
    () => reasons(model, post, read(model), column),
  );
  const more = [...found(post.text, ASKS), ...found(post.text, TROUBLE)];
  const long = post.tokens.filter((t) => t.kind === "word").length > 40;
  const sad = sentiment.value === "negative" && sentiment.score > 0.5;
  const sure = sureOfThanks(alone ? Math.max(stand.thanks, 0.6) : stand.thanks);
  return {
    gratitude: true,
    thanksOnly: !more.length && !long && !sad,
    score: sure,
    words,
    against: more,
    mock,
    signals: signalled,
  };
}

/** The lists whose words speak for thanks, against them, and for mockery. */
const FOR: readonly ThanksList[] = ["thank", "dear", "rescue", "works"];
const AGAINST: readonly ThanksList[] = [
  "advance",
  "refuse",
  "others",
  "said",
  "request",
  "regards",
  "contrary",
  "woe",
  "asked",
];
const MOCKS: readonly ThanksList[] = ["delight", "congrats", "praise", "irony", "woe", "again", "wait", "money"];

const wordsOf = (post: Tokens, { cues }: Stand, lists: readonly ThanksList[]): Word[] =>
  strongest(
    wordsAt(
      post,
      lists.flatMap((list) => cues.places.get(list) ?? []),
      1,
    ),
  );

function mockWords(post: Tokens, stand: Stand, learnt: () => Word[]): Word[] {
  if (stand.mock < MOCK_AT) return [];
  return firstOf(mockThanks(post), () => wordsOf(post, stand, MOCKS), learnt);
}

function firstOf(words: Word[], ...others: (() => Word[])[]): Word[] {
  return others.reduce((have, next) => (have.length > 0 ? have : next()), words);
}

/** What makes words of thanks something else. `elsewhere` and `advance` only count where no further thanks stand. */
function guards(post: Tokens, said: readonly Word[], sentiment: Label<Sentiment>): Word[] {
  const sarcasm = found(post.text, SARCASM);
  if (sarcasm.length) return sarcasm;
  const mock = [...found(post.text, MOCKERY), ...mockery(post.text)];
  if (mock.length) return mock;
  const empty = [
    ...found(post.text, ADVANCE),
    ...found(post.text, ELSEWHERE),
    ...found(post.text, NAMED),
    ...found(post.text, QUOTED),
  ];
  const free = said.filter((w) => !empty.some((e) => w.start < e.end + 3 && e.start < w.end + 3));
  if (empty.length && !free.length) return empty;
  const polite = closingManners(post, said);
  if (polite.length) return polite;
  if (sentiment.value === "negative" && sentiment.score > 0.85) return sentiment.words;
  return [];
}

/** The request before a "thanks" with which the post ends. */
function closingManners(post: Tokens, said: readonly Word[]): Word[] {
  const first = said[0];
  if (!first || said.length > 1 || first.start < 8) return [];
  const rest = post.text.slice(first.end).replace(FILLERS, "");
  if (/[\p{L}\p{N}]/u.test(rest)) return [];
  return [...found(post.text, PLEASE), ...found(post.text, ASKS)].filter((w) => w.start < first.start);
}

/** The words of a mock thanks; empty where there is none. */
function mockThanks(post: Tokens): Word[] {
  const sarcasm = found(post.text, SARCASM);
  if (sarcasm.length) return sarcasm;
  const praise = mockery(post.text);
  if (praise.length) return praise;
  const thanks = found(post.text, THANKS);
  return thanks.length ? found(post.text, MOCKERY) : [];
}
