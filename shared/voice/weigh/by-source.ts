import type { VoiceDraft } from "../finding.ts";
import { foldText, type Sentence, tellingStems, wordsOf } from "../text.ts";
import type { Put } from "./by-sentence.ts";
import { conditional } from "./shapes.ts";
import { signs } from "./signs.ts";

const word = (list: string) => new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${list})(?![\p{L}\p{N}])`, "u");

/** Says why something came about. */
const cause = word(
  String.raw`because|cause[ds]?|due to|thanks to|comes? from|came from|reason|it was (?:an?|our)|that's (?:the|from|what)|after (?:the|an?)|lag an|liegt an|wegen|weil|aufgrund|durch|debido|porque|por (?:culpa|un|una)|se debe|fue (?:un|una)|a cause|parce que|vient d\p{L}*|suite a|a causa|perche|dovut\p{L}*|colpa|omdat|vanwege|kwam door|komt door|por causa|deve-se|culpa`,
);
/** Money or goods come to them. */
const comesBack = word(
  String.raw`paid for|pays? for|money (?:back|goes|comes|straight)|(?:goes|comes|on its|straight) (?:way )?back|covered|make (?:it|that|this) (?:up|good|right)|made good|something (?:nice|small|little|extra)|little (?:something|extra|surprise)|thank-?you|on the house|goodwill|sort(?:ed)? (?:you|it) out|look after you|won't (?:pay|lose|cost)|not (?:lose|cost)|no charge|vergoed\p{L}*|bekommen? (?:sie|du)|kriegst|bekommst|zuruck|kleines|recuper\p{L}*|te lo|le (?:llega|abon\p{L}*)|detalle|petit (?:geste|quelque)|geste|rend(?:u|ons|re)|ridiamo|rimbors\p{L}*|omaggio|krijg\p{L}*|terug|devolv\p{L}*|mimo`,
);
/** People at home with somebody. */
const relative =
  /(?<!\p{L})(?:husband|wife|partner|ex|mother|mum|mom|father|dad|son|daughter|child|children|kids?|brother|sister|neighbou?r|flatmate|landlord|boss|employer|colleague|mann|frau|mutter|vater|sohn|tochter|kind|nachbar\p{L}*|vermieter\p{L}*|marido|mujer|esposa|madre|padre|hij[oa]s?|vecin[oa]|mari|femme|mere|pere|fils|fille|voisin\p{L}*|marito|moglie|figli[oa]|vicin[oa]|man|vrouw|moeder|vader|zoon|dochter|buur\p{L}*|mae|pai|filh[oa]|vizinh[oa])(?!\p{L})/gu;
/** What somebody owes, could not pay or had taken from them. */
const owing = word(
  String.raw`arrears|overdue|unpaid|owes?|owed|debts?|reminders?|returned|bounced|declined|refused|blocked|limiter|instalments?|on hold|held|suspended|fined?|rent|mahn\p{L}*|ruckstand|offen\p{L}*|storniert|gesperrt|impag\p{L}*|devuelt\p{L}*|atras\p{L}*|impaye\p{L}*|rejete\p{L}*|insolut\p{L}*|affitto|gestorneerd|teruggeboekt|achterstand|incasso|divida`,
);
const inPrivateSaid = word(
  String.raw`in private|by dm|dms?|privately|privat\p{L}*|en privado|en prive|in privato|prive|em privado|call(?:ed)?|phone|notes?|note|file|told us`,
);
const handle = /(?<![\p{L}\p{N}@])@?\p{L}[\p{L}\p{N}]*[_.]\p{L}?[\p{L}\p{N}_]+/gu;

const hitsOf = (text: string, pattern: RegExp) => new Set([...text.matchAll(pattern)].map((hit) => hit[0]));

/** Where what is said comes from: out of the file, out of the post, or out of the air. */
export function bySource(
  draft: VoiceDraft,
  said: readonly Sentence[],
  body: string,
  factStems: ReadonlySet<string>,
  postStems: ReadonlySet<string>,
  put: Put,
): void {
  const facts = foldText(draft.facts.join("\n"));
  const post = foldText(draft.post);
  let causeNew = 0;
  let sureNew = 0;
  let wordsNew = 0;
  for (const s of said) {
    if (s.question || conditional.test(s.folded) || signs.open.test(s.folded) || signs.hedge.test(s.folded)) continue;
    const stems = [...tellingStems(s.words)];
    if (stems.length < 2) continue;
    const known = stems.filter((one) => factStems.has(one) || postStems.has(one)).length / stems.length;
    if (cause.test(s.folded) && known < 0.4) causeNew++;
    if (stems.length >= 3 && known === 0) wordsNew++;
    if (known < 0.34 && !signs["I act"].test(s.folded) && (signs.ahead.test(s.folded) || signs.absolute.test(s.folded)))
      sureNew++;
  }
  put("cause, new", Math.min(2, causeNew) / 2);
  put("cause, new, no facts", causeNew > 0 && draft.facts.length === 0);
  put("sure, new", Math.min(2, sureNew) / 2);
  put("sentence of its own", Math.min(3, wordsNew) / 3);
  const back = comesBack.test(body) && !comesBack.test(facts);
  put("comes back, not in facts", back);
  put("comes back, not in facts, no question", back && !said.some((s) => s.question));
  if (!draft.public) return;
  const kin = [...hitsOf(facts, relative)].some((one) => !post.includes(one) && hitsOf(body, relative).has(one));
  put("relative of facts", kin);
  put("owing of facts", owing.test(facts) && owing.test(body) && !owing.test(post));
  put("owing told", owing.test(body) && !owing.test(post));
  put(
    "handle of facts",
    [...hitsOf(facts, handle)].some((one) => !post.includes(one) && body.includes(one)),
  );
  const secret = draft.facts.filter((fact) => inPrivateSaid.test(foldText(fact)));
  const own = new Set(
    secret.flatMap((fact) => [...tellingStems(wordsOf(foldText(fact)))]).filter((one) => !postStems.has(one)),
  );
  const told = [...tellingStems(wordsOf(body))].filter((one) => own.has(one)).length;
  put("private said, told", Math.min(3, told) / 3);
  const sums = [...facts.matchAll(/\d+[.,]\d{2}(?!\d)/gu)].map((m) => m[0]);
  put(
    "sum of facts",
    sums.some((one) => body.includes(one) && !post.includes(one)),
  );
}
