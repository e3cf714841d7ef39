import { finding, type VoiceFinding } from "./finding.ts";
import { foldText, has, type Sentence, spansOf, stem, tellingStems, wordsOf } from "./text.ts";
import { ofEverybody, privateLife } from "./words/private-life.ts";

const perhaps = /^(?:if|when|whenever|should|in case|wenn|falls|si|quand|se|als)(?![\p{L}])/u;
const notTheirs = /(?<!\p{L})(?:crews?|staff|drivers?|technicians?|engineers?|pilots?|colleagues?|teams?)(?!\p{L})/u;

/** A field of private life that the file has of this customer, told where everybody reads, though they did not bring it up. */
export function toldOfPrivateLife(
  sentences: readonly Sentence[],
  facts: readonly string[],
  post: string,
  end: number,
): VoiceFinding[] {
  const single = facts.map(foldText).filter((fact) => !ofEverybody.test(fact));
  if (single.length === 0) return [];
  return privateLife.flatMap((field) => {
    if (has(post, field) || !single.some((fact) => has(fact, field))) return [];
    return sentences
      .filter((s) => s.start < end && !perhaps.test(s.folded) && !s.question && !notTheirs.test(s.folded))
      .flatMap((s) => spansOf(s.folded, field, s.start).slice(0, 1))
      .map((span) => finding("privacy", "account-fact", span));
  });
}

/** What happened to one, or was done with one; and what only one has. */
const happened =
  /(?<!\p{L})(?:refused|declined|rejected|denied|approved|granted|returned|bounced|frozen|locked|blocked|suspended|revoked|moved|linked|changed|left (?:with|in|at|behind)|handed|received|rebooked|booked|cancelled|overdue|unpaid|expired|ended|opened|visited|called|rang|ordered|bought|paid|charged|withdr[ae]wn?|withdrawal|transfer|deposit|refund|premium|mortgage|loan|balance|usage|used|consumption|reached|on hold|joint|cleared|not cleared|missing|missed|left|collected|signed|stayed|travelling|rented|returned|disputed|reported|complaint|note|notes|score|points|seat|room|since|lost in|account of|in the name|name|uploaded|registered|devices?|login|logged|plan|status|eingestellt|gesperrt|abgelehnt|bestellt|bezahlt|gekundigt|verbrauch|abschlag|rechnung|denegad[oa]|devuelt\p{L}*|pagad[oa]|corte|refuse[es]?|rejete[es]?|dossier|facture|commande|rifiutat[oa]|fattura|ordine|geweigerd|terugbetaling|bestelling|recusad[oa]|pedido)(?!\p{L})/u;
const ownMark =
  /(?<!\p{L})(?:\p{L}{1,4}-?\d{3,}[\p{L}\d-]*|\d{2,}-\d{3,}|\d{4,}|\d[\d,]*[.,]\d{2}|iban|visa \d+|ending \d+|seat \d+\p{L}?|room \d+|no\. ?\d+|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}*)(?!\p{L})/u;
const oneName = /(?<![\p{L}.])(?:\p{Lu}\p{Ll}+|\p{Lu}\.)\s\p{Lu}\p{Ll}+/u;

/** The same facts are asked for again at each sentence. */
const read = new Map<string, { weight: number; stems: ReadonlySet<string> }>();
function readFact(fact: string) {
  const known = read.get(fact);
  if (known) return known;
  if (read.size >= 200) read.clear();
  const one = { weight: ofOneFact(fact), stems: tellingStems(wordsOf(foldText(fact))) };
  read.set(fact, one);
  return one;
}

/** How much a fact of the file looks like one customer's own, from 0 (of everybody) to 4. */
function ofOneFact(fact: string): number {
  const folded = foldText(fact);
  if (ofEverybody.test(folded)) return 0;
  return (
    Number(happened.test(folded)) +
    Number(ownMark.test(folded)) +
    Number(oneName.test(fact)) +
    Number(privateLife.some((field) => has(folded, field)))
  );
}

/** How much of facts that are one customer's own stands in what is said and not in the post: the most by one fact, in words. */
export function toldOfOne(words: ReturnType<typeof wordsOf>, facts: readonly string[], postStems: ReadonlySet<string>) {
  const stems = new Set(words.map((w) => stem(w.text)));
  let told = 0;
  let own = 0;
  let share = 0;
  for (const fact of facts.slice(0, 60)) {
    const { weight, stems: all } = readFact(fact);
    if (weight === 0) continue;
    own = Math.max(own, weight);
    const parts = [...all].filter((one) => !postStems.has(one));
    const shared = parts.filter((one) => stems.has(one)).length;
    if (shared === 0) continue;
    told = Math.max(told, Math.min(4, shared) * Math.min(2, weight));
    share = Math.max(share, shared / Math.max(2, parts.length));
  }
  return { own, told, share };
}
