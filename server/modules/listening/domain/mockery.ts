import type { Word } from "./label.ts";
import { found, phrases } from "./phrases.ts";

/** Praise that a post begins with; a comma, stop or mark after it, or it stands alone. */
const OPENS =
  /^(?:\s*[@#][\p{L}\p{N}_.]+[,:]?)*\s*(?:(?:oh|wow|well|ah|yay|so|ach|tja|ah oui|vaya|ma)[,!.…\s]+)?(?:how )?(?:great|brilliant|fantastic|awesome|amazing|lovely|wonderful|perfect|superb?|excellent|good|nice|marvell?ous|fabulous|splendid|well played|(?:klasse|tolle|super|starke) leistung|terrific|joy|delightful|charming|well done|(?:great|good|nice|top|fine|stellar) (?:job|work|one|stuff|going|service)|congrat(?:s|ulations)|bravo|kudos|thanks|cheers|toll|klasse|prima|spitze|wunderbar|na toll|herrlich|genial|g[ée]nial|parfait|formidable|magnifique|estupendo|fant[áa]stico|perfecto|ottimo(?: lavoro)?|complimenti|perfetto|bene|[óo]timo|parab[ée]ns|maravilha|geweldig|fijn|lekker|mooi)(?: (?:as (?:always|ever|usual)|again|guys|team))?\s*[,.!…:]+\s+(?<rest>.+)/isu;
/** Praise with "oh" before it wants no more than a comma. */
const OH =
  /^(?:\s*[@#][\p{L}\p{N}_.]+)*\s*oh (?:good|great|joy|lovely|wonderful|fantastic|brilliant|perfect|look)\b[,!.…]+\s+(?!thank|that works|got it)/iu;
/** What nobody praises. "again", "no" and "never" alone tell nothing: "great, works again". */
const WOE = phrases(
  "(?:another|yet another|one more|third|fourth|fifth) (?:\\S+ )?(?:delay*|cancel*|outage|crash*|fee|charge|increase|queue|bug|wait|no[- ]show|excuse)",
  "(?:is|are) out(?: of order)?|delayed|cancell?ed|overbooked|stuck|stranded|on hold|hold music|hung up|hangs up|hanging up|cut off|ignored|closed|down|broken|broke|cracked|soaked|smashed|lost|losing|missing|wrong|late|overcharged|double charged|charged (?:me )?twice|crashed|crashes|frozen|offline|useless|rude",
  "(?:nobody|no one|no-one) (?:is|was|picks?|answers?|knows?|came|there|cares?|at)",
  "(?:still|yet) (?:no|not|nothing|waiting)",
  "(?:doesn't|don't|didn't|won't|can't|cannot|isn't|never) (?:work|works|load|loads|open|opens|arrive|arrived|answer|answers|reply|show|shows|turn up|come)*",
  "(?:\\d+|two|three|four|five|six|several) (?:hours?|hrs?|days?|weeks?|months?) (?:late|waiting|on hold|wait|and)",
  "waiting|waited|queue",
  "no (?:lift|staff|signal|seats?|food|water|heating|power|wifi|internet|answer|reply|refund|bags?|luggage|driver|engineer|show)",
  "gesperrt",
  "versp[äa]t*|ausgefallen|f[äa]llt aus|kaputt*|verloren|weg|warteschleife|(?:keiner|niemand) (?:da|erreichbar|erreicht|geht|meldet)|immer noch (?:nicht|kein*)|geschlossen|gestrichen|st[öo]rung",
  "retard|supprim[ée]*|annul[ée]*|perdu*|cass[ée]*|en panne|personne (?:ne|au)|toujours (?:pas|rien)|attente|ferm[ée]*",
  "retraso|cancelad[oa]*|perdid[oa]*|rot[oa]|sin (?:internet|luz|agua|servicio|respuesta|l[íi]nea)|nadie (?:contesta|responde|atiende)|cerrad[oa]|averiad[oa]",
  "ritardo|cancellat[oa]|pers[oa]|rott[oa]|guast[oa]|nessuno (?:risponde|arriva)|non (?:si presenta|funziona|arriva|risponde)*|chius[oa]",
  "atraso|atrasad[oa]|quebrad[oa]|ningu[ée]m (?:atende|responde)|fora do ar|sem (?:internet|luz|[áa]gua)|n[ãa]o (?:funciona|chegou|chega)",
  "vertraging|uitgevallen|valt uit|kapot|kwijt|te laat|niemand (?:neemt|bereikbaar|reageert)|nog steeds (?:niet|geen)|storing|gesloten",
);
/** A woe that is denied is none. */
const SPARED = phrases(
  "(?:no|not|never|without|zero|nothing|keine?|pas de|sin|senza|sem|geen) (?:\\S+ ){0,2}(?:late|delay*|wait*|queue|broken|wrong|lost|missing|cancel*|rude|problem*|issue*)",
  "(?:no longer|not) (?:down|late|lost|broken|stuck|closed)",
  "worth the wait",
  "(?:found|returned|replaced|refunded|fixed|sorted|solved|recovered)",
);
/** Delight in what nobody likes. */
const DELIGHT = phrases(
  "(?:love|adore|enjoy|loving|enjoying|nothing like|nothing beats|so fun|what a (?:joy|treat|pleasure|delight)) (?:to be |to )?(?:waiting|wait|explain*|paying|pay (?:for|double|extra|more)|being (?:ignored|charged|stuck|put|told|lied|hung)|charged|ignored|sitting (?:on|in|here)|standing (?:in|on|here)|repeating|queue?ing|wast*|hold music|a (?:cold shower|dead|delayed|cancelled|broken|lost|late|\\S+ delay|\\S+ outage|\\S+ wait)|when (?:my|your|the) \\S+ (?:is|are|doesn't|don't|won't|crash*|drops?|fails?))",
  "(?:amazing|impressive|incredible|funny|fascinating|wonderful|remarkable) how (?:you|your|they|their|the) (?:.{1,40} )?(?:closed|down|never|always late|doesn't|don't|can't|won't|lose|lost|broken|nobody)",
  "(?:so|very|how) (?:kind|nice|thoughtful|generous|sweet|considerate) of (?:you|your \\S+|them) to (?:lose|charge|cancel|ignore|hang|break|leave|throw|keep|take|forget|laugh|make me wait|let me|send (?:me |us )?(?:someone|somebody|the wrong))",
  "outd(?:id|one) yoursel(?:f|ves)",
  "said no one ever",
  "genau mein (?:humor|geschmack)",
  "just what i (?:always )?wanted,? (?:a|another) (?:broken|late|delayed|cold|wrong|\\S+ delay)",
  "(?:my|our) (?:luggage|suitcase|bag|parcel|package) (?:has|is) (?:now )?(?:seen|travell?*|visit*|touring|on holiday|having)",
);

/** The words by which praise means the contrary: praise at the start with a woe behind it, delight in what nobody likes. */
export function mockery(text: string): Word[] {
  const start = text.slice(0, 600);
  const delight = found(start, DELIGHT);
  if (delight.length) return delight;
  const opens = OPENS.exec(start);
  const rest = opens?.groups?.rest;
  if (!opens || !rest) return OH.test(start) && found(start, WOE).length ? found(start, WOE) : [];
  if (found(rest, SPARED).length) return [];
  const from = opens[0].length - rest.length;
  return found(rest, WOE).map((w) => ({ ...w, start: w.start + from, end: w.end + from }));
}
