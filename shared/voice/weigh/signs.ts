import type { Sentence } from "../text.ts";
import { aside } from "../words/aside.ts";

/**
 * Small words of a kind, by which a reply is weighed: how it speaks, not of what. Folded; English, German, Spanish, French, Italian,
 * Dutch, Portuguese. None is a fault by itself.
 */
const word = (list: string) => new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${list})(?![\p{L}\p{N}])`, "u");

export const signs = {
  I: word("i|i'll|i've|i'm|i'd|me|my|mine|ich|mir|mich|yo|je|j'ai|me lo|io|ik|eu"),
  "I act": word(
    "i'll|i will|i've|i have|i'm|i am|i'd|i would|let me|i (?:ask|asked|pass|passed|check|checked|look|write|can|could|just)|may i|can i|shall i|ich (?:habe|bin|werde|schaue|frage|gebe|suche|kann|schreibe)|je (?:transmets|regarde|suis|vais|demande|cherche)|lo (?:miro|paso)|appena so|ik (?:heb|ga|kijk|vraag)",
  ),
  we: word("we|we'll|we've|we're|we'd|wir|nosotros|nous|noi|wij"),
  our: word("our|ours|us|unser\\p{L}*|uns|nuestr\\p{L}*|notre|nos|nostr\\p{L}*|onze|ons|nosso|nossa"),
  you: word(
    "you|you'll|you've|you're|you'd|yourself|sie|ihnen|du|dir|dich|usted|ustedes|vous|lei|u|je|jij|voce|te|le|tu",
  ),
  your: word("your|yours|ihr\\p{L}*|dein\\p{L}*|su|sus|votre|vos|suo|sua|uw|jouw|seu"),
  sorry: word(
    "sorry|apolog\\p{L}+|forgive|regret|condolences?|leid|entschuldig\\p{L}*|bedaure\\p{L}*|siento|sentimos|perdon|disculp\\p{L}*|desole\\p{L}*|excus\\p{L}*|pardon|dispiace|scus\\p{L}*|spijt|desculp\\p{L}*",
  ),
  feels: word(
    "(?:that|it|this) must (?:have been|be|feel)|a fright|frightening|worrying|rotten|wretched|grim|horribl\\p{L}*|awful|miserable|terribl\\p{L}*|hurts?|frighten\\p{L}*|scary|annoy\\p{L}*|frustrat\\p{L}*|fuming|furious|unacceptable|wrong|mistake|our fault|not (?:how|what|ok|okay|right|good|fun)|should(?:n't| not| never)? (?:not )?(?:have|be|happen)|shouldn't|nobody should|no one should|too (?:long|often|much|many|slow|late)|far too|i (?:get|see|understand|hear|know)|understandabl\\p{L}*|fair|true|right to|you're right|you are right|that's a lot|is long|is bad|is hard|is tough|rough|last thing|argerlich|schlimm|stimmt|verstehe|verstandlich|recht|entiendo|tiene razon|comprends|capisco|ha ragione|vervelend|begrijp",
  ),
  glad: word(
    "thanks|thank you|glad|lovely|wonderful|happy|delight\\p{L}*|enjoy|nice|makes? (?:our|my) day|pass (?:it|this|that) on|danke|freut|gracias|alegria|merci|grazie|bedankt|obrigad[oa]",
  ),
  please: word("please|bitte|por favor|s'il (?:vous|te) plait|per favore|alstublieft|kindly"),
  private: aside,
  open: word(
    "don't know|do not know|not know\\p{L}*|nobody (?:can|knows)|no one (?:can|knows)|no (?:date|time|end|plans?|news|decision|answer|cause|eta|fixed)|not yet|yet|so far|unknown|unclear|open|isn't (?:decided|clear|known|fixed|set)|not (?:decided|clear|fixed|set|sure|confirmed|planned)|can't (?:say|promise|name|tell)|cannot (?:say|promise|tell)|as soon as|once|depends|decided?s?|decision|waiting|waits?|until|still|for now|at present|at the moment|currently|look(?:ing|ed|s)? (?:into|at|for)|being \\p{L}+|under (?:review|way)|tests?|tested|testing|check(?:s|ed|ing)?|talks?|trial|plan(?:s|ned)?|expect(?:s|ed)?|should|hop(?:e|ing)|probably|likely|perhaps|may|might|could|around|about|roughly|noch|unklar|unbekannt|sobald|wissen wir|warten|pruf\\p{L}*|voraussichtlich|etwa|ungefahr|todavia|aun|cuando sepa\\p{L}*|sin fecha|pas encore|des que|en cours|sans date|non ancora|appena|in corso|nog|zodra|geen datum|ainda|sem data",
  ),
  hedge: word(
    "expect(?:s|ed)?|should|hop(?:e|ing)|probably|likely|perhaps|maybe|may|might|could|around|about|roughly|usually|normally|mostly|often|if|unless|when|whether|voraussichtlich|vielleicht|etwa|meist|wenn|falls|quiza|si|peut-etre|forse|misschien|talvez",
  ),
  ahead: word(
    "will|'ll|it'll|we'll|they'll|you'll|he'll|she'll|that'll|won't|shall|going to|gonna|wird|werden|kommt|bekommen|erhalten|va a|van a|sera|seran|vuelve|llega|tendra|va|vont|aurez|arrive|sara|avra|arriva|wordt|zal|krijgt|vai|vamos|sera|tera",
  ),
  absolute: word(
    "all|every|everything|everyone|everybody|never|nobody|no one|nothing|none|always|ever|entire|whole|fully|completely|totally|perfectly|absolutely|full|any|at most|at the latest|for good|not a|no more|any more|anymore|alle\\p{L}*|alles|nie|niemand|nichts|immer|spatestens|todo|toda|todos|nunca|nadie|nada|siempre|tout|tous|jamais|personne|rien|toujours|tutto|mai|nessuno|niente|sempre|altijd|nooit|niemand|tudo|ninguem",
  ),
  sure: word(
    "sure|surely|course|certain\\p{L}*|definite\\p{L}*|guarantee\\p{L}*|promis\\p{L}*|trust|count on|rely|bet|assured?|worry|doubt|safe|harmless|danger\\p{L}*|without fail|garant\\p{L}*|versproch\\p{L}*|versprechen|sicher|bestimmt|klar|seguro|promet\\p{L}*|promes\\p{L}*|sur|certo|sicur\\p{L}*|zeker|beloof\\p{L}*|claro|naturlich|bien sur|por supuesto",
  ),
  gives: word(
    "refund\\p{L}*|compensat\\p{L}*|reimburs\\p{L}*|voucher\\p{L}*|credit\\p{L}*|replac\\p{L}*|free|pay|pays|paying|cover|covers|money|bill|cost|costs|on us|on the house|waive\\p{L}*|upgrade\\p{L}*|new one|yours|erstatt\\p{L}*|gutschein\\p{L}*|ersetz\\p{L}*|kostenlos|geld|reembols\\p{L}*|devolv\\p{L}*|gratis|rembours\\p{L}*|remplac\\p{L}*|rimbors\\p{L}*|terugbetal\\p{L}*|vergoed\\p{L}*",
  ),
  counter: word(
    "feedback|comments?|concerns?|experience|inconvenience|satisfaction|priority|valued?|appreciate|improv\\p{L}*|better|best|serv\\p{L}*|quality|standards?|expectations?|met|customers?|guests?|passengers?|members?|users?|visitors?|clients?|teams?|department|relevant|responsible|experts?|specialists?|colleagues|forward\\p{L}*|pass(?:ed)?|noted|shared?|remark|hint|input|suggestion|opinion|words|honest|happy to|welcome|grateful|assist\\p{L}*|assistance|matter|matters|issue|situation|request|patience|understanding|strive|striving|continual\\p{L}*|constantly|always|working|soon|shortly|hinweis|anliegen|ruckmeldung|zufrieden\\p{L}*|verstandnis|geduld|weiter\\p{L}*|melden|molestias|servicio|mejor\\p{L}*|comentario\\p{L}*|equipo|opinion|votre (?:message|retour|avis)|meilleur\\p{L}*|equipe|disagio|servizio|migliorare|afdeling|ongemak|reactie|begrip|servico|melhor\\p{L}*",
  ),
  shrug: word(
    "well|maybe|perhaps|anyway|after all|just|simply|only|others?|other \\p{L}+s|people|some|everyone|someone|one's|things|life|happens?|normal|usual|then|at least|even|else|instead of|should have|could have|would have|ought|try|buy|learn|read|next time|nobody (?:needs|asked|forces)|not our|isn't our|not the end|sign(?:s|ed)|told you|rules|warned|ausgerechnet|eben|halt|doch|vielleicht|selber|selbst|andere|pues|otros|alors|autres|bah|beh|altri|gewoon|anderen|outros",
  ),
  merry: word(
    "haha+|lol|yay|oops|enjoy|fun|party|congrat\\p{L}*|great|awesome|amazing|fantastic|impressive|admire|bravo|wow|cheers?|lucky|funny|joke",
  ),
  link: /https?:|\.example|www\.|\p{L}\.(?:com|org|net|io)(?![\p{L}])|\/\p{L}{3,}/u,
  danger: word(
    "112|999|911|116|police|doctor|hospital|call|ambulance|notruf|polizei|stay away|keep|stop using|don't use",
  ),
} satisfies Record<string, RegExp>;
export type Sign = keyof typeof signs;

/** What a question wants to know of the one who wrote, as against one that answers itself. */
export function asksThem({ folded, question }: Sentence): boolean {
  return (
    question &&
    /(?<!\p{L})(?:which|what|when|where|how (?:long|many|much|is|are|far|often)|who|whose|would you|could you|can you|will you|may (?:i|we)|shall (?:i|we)|do you (?:have|know|remember|see|still)|does (?:it|he|she|the|that)|did (?:it|the)|is (?:it|the|your|he|she)|was it|are you (?:ok|okay|safe|hurt|all right|sure)|has (?:it|she|he)|are they|is (?:everyone|everybody|anyone|somebody)|have you (?:tried|got|had|still)|welche[rsn]?|was|wann|wo|wie|wer|konnten sie|konnen sie|kannst du|que|cual|cuando|donde|como|puede|podria|quel\p{L}*|quand|ou|comment|pouvez|pourriez|quale|quando|dove|come|puo|potrebbe|welke|wat|wanneer|waar|hoe|kunt u)(?!\p{L})/u.test(
      folded,
    ) &&
    !/^(?:ever|and|or|so|well|oh|what (?:did|do) you (?:expect|think|want)|who (?:cares|knows|told)|how (?:awful|sad|dare))(?!\p{L})|(?:n't (?:he|she|it|they|you)|right|no)\s?\?/u.test(
      folded,
    )
  );
}

/** Of one customer, not of everybody: what is their own stands in the file in such words. */
export const oneself = word(
  "account|order(?:ed)?|booking|booked|reservation|claim|member\\p{L}*|customer|applica\\p{L}+|paid|pays|payments?|card|iban|bill|bills|invoice|unpaid|overdue|owes?|debt|returned|reminders?|declined|fined?|fines|blocked|suspended|lapsed|rejected|refused|logged|watched|bought|used|calls?|called|cancelled by|changed by|wife|husband|son|daughter|mother|father|partner|ex|neighbour|landlord|employer|age|aged|diagnos\\p{L}*|medic\\p{L}*|doctor|operation|injur\\p{L}*|allerg\\p{L}*|pregnan\\p{L}*|insulin|disab\\p{L}*|unemployed|income|salary|school|address|phone|mail|email|tag|notes?|log|letter|room|left with|file|police|konto|kunde|kundin|rechnung|bestell\\p{L}*|mahnung\\p{L}*|gesperrt|cuenta|cliente|pedido|factura|impag\\p{L}*|compte|client|commande|facture|impaye\\p{L}*|conto|ordine|fattura|rekening|klant|bestelling|conta|fatura",
);
