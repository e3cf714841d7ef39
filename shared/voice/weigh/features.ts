import type { VoiceDraft } from "../finding.ts";
import { fitOf } from "../fit.ts";
import { foldText, has, type Sentence, stem, tellingStems, wordsOf } from "../text.ts";
import { carried, knownTimes, timesIn } from "../times.ts";
import { toldOfOne } from "../told-of-one.ts";
import { moodOf } from "../tone.ts";
import { withoutMark } from "../who-answers.ts";
import { asksForData } from "../words/account.ts";
import { delicate } from "../words/help.ts";
import { open as openFact } from "../words/promise.ts";
import { emptyWords } from "../words/stock.ts";
import { merryPicture } from "../words/tone.ts";
import { bySentence } from "./by-sentence.ts";
import { bySource } from "./by-source.ts";
import { fitting } from "./fitting.ts";
import { repeats } from "./repeats.ts";
import { aheadAsked, asked, conditional, displeased, person, pleased } from "./shapes.ts";
import { asksThem, oneself, type Sign, signs } from "./signs.ts";

const emptyStems = new Set(emptyWords.map((w) => stem(foldText(w))));

/** What a draft shows, by name; 1 where it is so, or a share or a small number. Pure, linear. */
export function featuresOf(draft: VoiceDraft, sentences: readonly Sentence[]): Map<string, number> {
  const f = new Map<string, number>();
  const put = (name: string, value: number | boolean) => {
    const n = Number(value);
    if (n !== 0) f.set(name, n);
  };
  const end = withoutMark(draft.text).length;
  const said = sentences.filter((s) => s.start < end);
  const body = foldText(draft.text.slice(0, end));
  const post = foldText(draft.post);
  const facts = foldText(draft.facts.join("\n"));
  const words = wordsOf(body);
  const stems = tellingStems(words);
  const factStems = tellingStems(wordsOf(facts));
  const postStems = tellingStems(wordsOf(post));
  const mood = moodOf(draft.post);
  const glad =
    mood.praise || mood.joking || (pleased.test(foldText(draft.post)) && !mood.anger && !displeased.test(post));
  const low = mood.grief || mood.harm || mood.hardship;
  const question = asked.test(draft.post);
  const told = draft.facts.length > 0;
  const open = openFact.test(facts);
  const n = Math.max(1, stems.size);
  let inFacts = 0;
  let inPost = 0;
  let empty = 0;
  let fresh = 0;
  for (const one of stems) {
    const known = factStems.has(one);
    const theirs = postStems.has(one);
    if (known) inFacts++;
    if (theirs) inPost++;
    if (!known && !theirs) {
      if (emptyStems.has(one)) empty++;
      else fresh++;
    }
  }
  put("in facts", inFacts / n);
  put("facts told", told ? Math.min(1, inFacts / Math.max(1, factStems.size)) : 0);
  put("nothing of the facts", told && inFacts === 0);
  put("in post", inPost / n);
  put("nothing of the post", inPost === 0);
  put("empty", empty / n);
  put("fresh", Math.min(fresh, 8) / 8);
  put("fresh share", fresh / n);
  put("short", words.length <= 6);
  put("middle", words.length > 6 && words.length <= 14);
  put("words", Math.min(words.length, 50) / 50);
  put("one sentence", said.length === 1);
  put("told", told);
  put("open facts", open);
  put("private message", !draft.public);
  put("automatic", draft.agent === null);
  put("glad post", glad);
  put("low post", low);
  put("angry post", mood.anger);
  put("question post", question);
  put("asks ahead", aheadAsked.test(post));

  const is = {} as Record<Sign, boolean>;
  for (const name of Object.keys(signs) as Sign[]) {
    is[name] = signs[name].test(body);
    put(name, is[name]);
  }
  // What is said to come only under a condition is said to be open.
  is.open = is.open || said.some((s) => conditional.test(s.folded));
  const asks = said.some(asksThem);
  put("asks them", asks);
  put(
    "asks itself",
    said.some((s) => s.question && !asksThem(s)),
  );
  put("!", Math.min(3, (body.match(/!/gu) ?? []).length) / 3);
  put("picture", has(draft.text.slice(0, end), merryPicture));
  const counters = Math.min(4, (body.match(new RegExp(signs.counter.source, "gu")) ?? []).length);
  put("counters", counters / 4);
  put("counter share", counters / Math.max(4, words.length));

  const caring = is.sorry || is.feels;
  const acting = asks || is.private || is.link || is["I act"];
  const known = knownTimes([...draft.facts, draft.post]);
  const times = timesIn(body);
  const newTime = times.some((t) => t.ahead && !carried(t, known));
  put("new time", newTime);
  put("new time told", newTime && told);
  const figures = [...body.matchAll(/\d+/gu)].map((m) => m[0]);
  const source = `${facts} ${post}`;
  put(
    "new figure",
    figures.some((d) => !source.includes(d)),
  );
  put(
    "figure of facts",
    figures.some((d) => facts.includes(d)),
  );
  const bad = !glad;
  // What helps nobody: no fact, no question, no way on, no word for them.
  put("no way on", bad && !acting);
  put("no care", bad && !caring);
  put("neither", bad && !acting && !caring);
  put("neither, no fact", bad && !acting && !caring && inFacts === 0);
  put("neither, no fact, no open", bad && !acting && !caring && inFacts === 0 && !is.open);
  put("no fact, no way on", bad && !acting && inFacts === 0);
  put("low, no care", low && !caring);
  put(
    "cheer to bad",
    (low || mood.anger) && (is.merry || has(draft.text.slice(0, end), merryPicture) || /!/u.test(body)),
  );
  put("complaint, neither", bad && !question && !acting && !caring);
  // An answer beyond what is known.
  put("open, not said", open && !is.open);
  put("open, not said, no way on", open && !is.open && !asks && !is.private);
  put("open and sure", open && !is.open && (is.ahead || is.sure || is.absolute || newTime));
  put("open, few facts", open && inFacts / Math.max(1, factStems.size) < 0.5 && !asks && !is.private);
  put("untold answer", !told && question && bad && !asks && !is.private && !is.link && !is.hedge);
  put("untold ahead", !told && bad && is.ahead && !is["I act"] && !asks);
  put("ahead asked, untold", !told && aheadAsked.test(post) && !asks && !is.private && bad);
  put("ahead, new words", is.ahead && fresh > inFacts && !is.open && !is["I act"]);
  put("gives, not in facts", is.gives && !signs.gives.test(facts) && !is.private && !asks);
  put("gives, open", is.gives && open);
  put("sure or absolute ahead", (is.sure || is.absolute) && (is.ahead || is.gives) && !is.hedge);
  // What is theirs alone, told to all.
  const single = toldOfOne(words, draft.facts, postStems);
  put("own facts", draft.public ? single.own / 4 : 0);
  put("own facts told", draft.public ? single.told / 8 : 0);
  put("own facts told share", draft.public ? single.share : 0);
  put("own facts kept", draft.public && single.own > 0 && single.told === 0);
  put("fact of one, any told", draft.public && single.told > 0);
  const ofOne = oneself.test(facts);
  const secret = delicate.test(facts);
  const newStems = [...stems].filter((one) => factStems.has(one) && !postStems.has(one)).length;
  put("of one", ofOne);
  put("of one, told", draft.public && ofOne && newStems > 0);
  put("of one, told to them", draft.public && ofOne && newStems > 0 && (is.your || is.you));
  put("secret told", draft.public && secret && newStems > 0);
  put("secret told to them", draft.public && secret && newStems > 1 && (is.your || is.you));
  const names = [...draft.facts.join("\n").matchAll(person)].map((m) => foldText(m[0]).split(" ")[0] as string);
  const name = names.some((one) => !post.includes(one) && words.some((w) => w.text === one));
  put("name of facts", draft.public && name);
  put("name of facts, of one", draft.public && name && ofOne);
  put("figure of facts, of one", draft.public && ofOne && figures.some((d) => facts.includes(d) && !post.includes(d)));
  put("asks for data", draft.public && has(body, asksForData));
  put("asks for data openly", draft.public && has(body, asksForData) && !is.private);
  bySentence(said, { facts, post, factStems, postStems, public: draft.public, glad, aside: is.private }, put);
  bySource(draft, said, body, factStems, postStems, put);
  const fit = fitOf(said, mood, { post, factStems, postStems, glad, question });
  fitting(fit, said.length, question, mood.need, put);
  repeats(words, draft, put);
  return f;
}
