import type { PostKind } from "#modules/listening";

/**
 * What the short names of written policies speak of, by the words and stems in them, the more specific first: "solved problem" is
 * no open one, "unhappy with a competitor" no trouble of ours.
 */
const SPEAKS_OF: readonly (readonly [RegExp, readonly PostKind[]])[] = [
  [
    /spam|promo|giveaway|advert|\bads?\b|\bbots?\b|noise|sweepstake|raffle|contest|competition_entr|werbung|publicit/,
    ["noise"],
  ],
  [/\bjobs?\b|job_|recruit|hiring|vacanc|applicant|application|career|employ|intern(ship)?\b|bewerb|candidat/, ["job"]],
  [
    /competitor|rival|other_(brand|compan|provider|shop|operator|airline|bank)|competing|konkurren|concurren/,
    ["rival"],
  ],
  [/unresolved|unsolved|not_(yet_)?(re)?solved|still_open|unanswered/, ["problem"]],
  [
    /solved|fixed|sorted|settled|already_(over|done|answered|helped)|no_longer|closed|works_again|erledigt|resolu/,
    ["solved"],
  ],
  [
    /hearsay|rumou?r|second_?hand|heard|third_?part|other_(people|person|custom|passenger|user|traveller|guest)|somebody_else|someone_else|someone_elses|not_own|others?_(problem|trouble|story|stories|experience|issue|complaint)|(trouble|problem|story|stories|issue)s?_(of|from|about)_(other|friend|a_friend|someone_else|somebody_else)|of_others|about_others|friend_of|friends_(problem|trouble|story)|neighbou?r/,
    ["hearsay"],
  ],
  [/\bpress\b|journalis|reporter|media(?!_post)/, ["press"]],
  [/news|article|headline|link_shar/, ["news"]],
  [/legal|lawyer|lawsuit|court|attorney|regulator|authorit/, ["legal"]],
  [/fraud|scam|phish|security|hack|account_take|data_leak|privacy|breach/, ["security"]],
  [
    /safety|danger|injur|\bhurt|accident|\bhealth|\bharm|hazard|emergenc|\bfire\b|vulnerab|risk_to|life_threat/,
    ["danger"],
  ],
  [/outage|interruption|service_down|system_down|network_down|disruption/, ["outage"]],
  [/thank|gratitude|grateful|appreciat|danke|merci/, ["thanks"]],
  [/unhappy|dissatisf|discontent/, ["problem", "opinion"]],
  [
    /leaving|leaver|churn|cancel|switch|quit|terminat|renew|defect(ing|or)|threat(en)?_to_leave|about_to_leave/,
    ["churn"],
  ],
  [/joke|meme|banter|humou?r|funny|pun\b|laugh|irony|satire|witz|blague/, ["joke"]],
  [
    /praise|compliment|\blov|\bfans?\b|positive|testimonial|happy|delight|recommend|kudos|applause|lob\b|success_stor|nice_word|kind_word/,
    ["praise"],
  ],
  [
    /wish|idea|suggest|improv|propos|feature_request|request_for_(a_)?(feature|line|product|new)|wunsch|souhait|new_(line|feature|product|stop)s?_(request|wanted|wish)/,
    ["wish"],
  ],
  [
    /feedback|remark|bug|usability|design|how_(the_)?product|product_(flaw|defect|detail|experience|review)|review|tester|observation/,
    ["feedback"],
  ],
  [
    /buy|purchas|price|stock|availab|sales_lead|lead\b|leads|prospect|interest(ed)?_in|intent_to|pre_?sales|quote|upgrade|order_intent|shopping|kauf/,
    ["purchase"],
  ],
  [
    /opinion|general_(problem|complain|critic|rant|moan|grumbl|view|discontent)|rant\b|rants|politic|debate|discuss|sweeping|\bviews?\b|critici[sz]|hater|\bangry|\banger|insult|venting/,
    ["opinion"],
  ],
  [
    /question|\bask|how_?to|inform|enquir|inquir|advice|does_not_know|don_?t_know|frage|need_to_know|wants_to_know|request/,
    ["question"],
  ],
  [
    /problem|complain|trouble|issue|fault|broken|delay|refund|lost|wrong|error|grievance|incident|failure|damage|needs?_help|help_needed|stuck|\blate\b|missing|billing|not_work|claim|\bcase\b|difficult|unhelped|negative/,
    ["problem"],
  ],
  [/general|industry/, ["opinion", "chat"]],
  [
    /chat|small_talk|mention|share|passing|off_?topic|everyday|general_talk|talk|unrelated|daily_life|other|anything|everything|rest\b|greeting|lifestyle|selfie|photo/,
    ["chat"],
  ],
];

/** The kinds of posts a short name stands for; none where it says nothing that is known. */
export function kindsOfName(name: string): PostKind[] {
  const parts = plain(name).split(/_(?:and|or|und|oder|et|ou|y|o|e)_/u);
  return [...new Set(parts.flatMap(meantBy))];
}

/** Stems are looked for with words joined by a line, whole words with words apart. */
function meantBy(part: string): readonly PostKind[] {
  const apart = part.replaceAll("_", " ");
  return SPEAKS_OF.find(([pattern]) => pattern.test(part) || pattern.test(apart))?.[1] ?? [];
}

function plain(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/gu, "$1_$2")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, "_");
}

const LEFT =
  /\b(?:leave|left|ignore|skip|not|none|never|no|don'?t|do not|doesn'?t|elsewhere|belongs?|go to|goes? to|other desks?|lassen|nicht|keine?|laissons|dejamos)\b/u;
const REST =
  /\b(?:everything else|anything else|all else|all others?|the rest|whatever else|alles andere|tout le reste|todo lo dem[aá]s)\b/u;

export interface TextSays {
  acts: Set<PostKind>;
  leaves: Set<PostKind>;
  /** What becomes of posts that are not named; false unless the text says otherwise. */
  rest: boolean;
}

/** What the written text of a policy says of kinds, sentence by sentence: one that speaks of leaving leaves what it names. */
export function saysOf(text: string): TextSays {
  const says: TextSays = { acts: new Set(), leaves: new Set(), rest: false };
  for (const sentence of text
    .slice(0, 10_000)
    .toLowerCase()
    .split(/[.;:!?\n]+/u)) {
    const leaves = LEFT.test(
      sentence.replace(/not (?:yet )?(?:re)?solved|not working|does not know|don'?t know|not know/gu, ""),
    );
    if (REST.test(sentence) && !leaves) says.rest = true;
    for (const piece of sentence.split(/,| and | or | und | oder | et | ou | y /u)) {
      for (const kind of kindsOfName(piece.trim())) if (kind !== "chat") (leaves ? says.leaves : says.acts).add(kind);
    }
  }
  return says;
}
