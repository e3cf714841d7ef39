import { phrases } from "../text.ts";

/** Words with which somebody vouches. Folded. */
export const guarantee = phrases(`
  guarantee[ds]?|guaranteed
  (?:i|we)(?: can| do)? promise|promise[!.]|i promise|promised
  you have (?:our|my) word|our word on it
  (?:take|have|you have) (?:my|our) word|trust (?:me|us)|like clockwork|without question|no question about it|you(?:'ll| will) see|(?:you can )?be sure|mark my words|cross my heart|no ifs|come what may|whatever happens
  (?:everything|all|it)(?:'ll| will) be (?:fine|well|good|ok|okay|alright|all right|perfect)
  not (?:in the least|at all|remotely|the least bit) [a-z]+|nothing (?:to (?:worry|fear)|can happen|will happen)|no (?:reason|need) to worry|(?:is|are|it's) harmless
  no (?:more )?(?:delays?|outages?|problems?|faults?|errors?|cuts|trouble) (?:any ?more|from now on|ever again|in future|after)
  from now on
  (?:you can )?consider it (?:done|cancelled|canceled|gone|settled|fixed)|every (?:cent|penny)
  kann nicht (?:mehr|wieder) (?:passieren|vorkommen|geschehen)
  (?:has|have) been (?:dismissed|fired|sacked|suspended|punished|disciplined)
  for sure|(?:one )?hundred percent sure|100 ?% (?:sure|certain|safe)
  (?:will|shall|can) (?:definitely|certainly|surely|absolutely|never|never ever) [a-z]+
  (?:definitely|certainly|surely) (?:will|be|get|arrive|go|come)
  (?:will|can) never happen
  never (?:[a-z]+ )?again|promise(?= between|$)
  (?:won't|will not|'ll not|can't|cannot) … (?:happen|occur) again
  (?:will be|are|there'll be) no (?:more|further) [a-z]+
  (?:it|this|that) was the last (?:one|time)
  (?:you can )?(?:count|rely|bank) on (?:it|us|that|this)
  (?:rest|be) assured
  (?:perfectly|completely|absolutely|entirely|totally|100 ?%) (?:safe|harmless|secure)
  no (?:danger|risk)(?: at all| whatsoever)?
  without (?:any )?(?:fail|doubt)
  on the (?:minute|dot)
  stay as they are
  (?:nobody|no one) will (?:be|have|lose|wait)
  every [a-z]+ (?:on|will) [a-z]+ (?:goes|runs|leaves|flies)
  garantier(?:en|t)|garantie(?:rt)?|versproche?n|versprechen|mit sicherheit|hundertprozentig|auf jeden fall|wird nie wieder|nie wieder vor|kommt nicht wieder vor|vollkommen sicher|keine(?:rlei)? gefahr|ganz sicher
  garantizad[oa]|garantizamos|lo garantizo|(?:se )?lo prometo|prometemos|prometido|con toda seguridad|sin falta|no volvera a (?:pasar|ocurrir|suceder)|nunca mas|totalmente segur[oa]
  garanti[es]?|garantissons|promis|promet(?:s|tons)|sans faute|n'arrivera plus|ne se reproduira (?:plus|pas)|plus jamais|aucun danger|c'est sur
  garantit[oa]|garantiamo|promess[oa]|prometto|promettiamo|senz'altro|non (?:succedera|accadra) (?:mai )?piu|assolutamente sicur[oa]
  gegarandeerd|garanderen|beloofd|beloof|beloven|zeker weten|gebeurt nooit meer|volkomen veilig
  garantid[oa]|garantimos|prometo|prometemos|com certeza|nao (?:vai|ira) acontecer de novo|nunca mais|totalmente segur[oa]
`);
export const notVouched =
  /(?:can't|cannot|can not|don't want to|do not|don't|won't|no|not|nothing|never|unable to|without|hard to|kann (?:ich|man)? ?(?:nicht|nichts)|nicht|keine?|nichts|no (?:puedo|podemos)|ne (?:peux|pouvons|peut)|non (?:posso|possiamo)|niet|geen|nao)(?:\s+[^\s.!?]+){0,3}\s*$/u;

export const liability = phrases(`
  (?:accept|admit|take|assume|acknowledge) (?:the |full |all |our |any )*(?:liability|legal responsibility|fault|guilt|blame)
  (?:we|i) (?:are|were|'re) (?:fully |legally |solely |clearly |entirely )*(?:liable|negligent|at fault|to blame|guilty)
  (?:negligent|negligence|gross neglect|breach of (?:contract|duty|law)|broke the law|illegal|unlawful|against the law)
  (?:is|was) (?:clearly |entirely |all |fully |solely |our |completely )*(?:our|our driver's|our staff's|our worker's|our technician's|our crew's) (?:own )?(?:fault|liability|negligence)
  (?:our|the) (?:driver|crew|staff|technician|worker|colleague|team|courier|baker|agent)s? (?:did|caused|broke|damaged|made|failed|was wrong|is to blame|was at fault)[a-z]*
  our liability
  our insurance (?:covers|pays|will)[a-z\\s]{0,12}
  that's the law|you are (?:legally )?entitled|every right to|damages|grave error|by law you
  (?:wir )?haften|unsere schuld|fahrlassig|haftung ubernehmen|ubernehmen … haftung|unsere versicherung (?:zahlt|ubernimmt)
  (?:asumimos|aceptamos) … (?:responsabilidad|culpa)|fue culpa nuestra|somos responsables|nuestro seguro
  (?:nous )?(?:assumons|acceptons|reconnaissons) … (?:responsabilite|faute)|c'est (?:de )?notre faute|sommes responsables|notre assurance
  (?:ci )?assumiamo … responsabilita|colpa nostra|siamo responsabili
  (?:wij zijn|we zijn) aansprakelijk|onze schuld|onze verzekering
  (?:assumimos|aceitamos) … (?:responsabilidade|culpa)|culpa nossa|somos responsaveis
`);

/** What somebody would get. Each with the stems that facts may carry it by. */
export const gift =
  /(?<![\p{L}])(?:refund(?:s|ed|ing)?|money back|reimburs\p{L}*|compensat\p{L}*|voucher\p{L}*|goodwill|credit(?: note)?s?|replac(?:e|ed|ement|ing)\p{L}*|free of charge|for free|free (?:phone|month|ticket|flight|loaf|box|upgrade|delivery|night|drink|meal|repair|one)|waive[ds]?|discount\p{L}*|we pay|pay for|money back|back next week|send us the (?:bill|receipt|invoice)|on (?:us|the house)|at our (?:own )?(?:cost|expense)|take care of the (?:costs?|bill)|cover (?:the|all|your|every)|pay (?:you|all|back|the (?:damage|costs?))|new (?:one|phone|tv|floor|bag|cake|device|router|card)|bonus|upgrade[ds]?|erstatt\p{L}*|gutschein\p{L}*|gutschrift|entschadig\p{L}*|ersetz\p{L}*|ersatz|kostenlos\p{L}*|reembols\p{L}*|devolve\p{L}*|compensa\p{L}*|vale|gratis|rembours\p{L}*|dedommag\p{L}*|bon d'achat|gratuit\p{L}*|remplac\p{L}*|rimbors\p{L}*|risarci\p{L}*|buono|gratuit\p{L}*|sostitui\p{L}*|terugbetal\p{L}*|vergoed\p{L}*|tegoedbon|ressarci\p{L}*|estorn\p{L}*|indeniza\p{L}*)(?![\p{L}])/gu;
/** Says that it will be so. */
export const willBe =
  /(?<![\p{L}])(?:we|i|you|it|they|there|our \p{L}+|the \p{L}+)?'?(?:will|'ll|shall|is yours|are yours|going to|have agreed|has agreed|is refunded|are refunded|will be|wird|werden|erhalten|bekommen|bekommst|zahlen|ersetzen|recibira\p{L}*|tendra\p{L}*|vamos a|le (?:devolvemos|pagamos|regalamos)|allons|aurez|recevrez|remboursons|avra|ricevera|rimborsiamo|krijgt|zullen|betalen|vamos|receber\p{L}*)(?![\p{L}])/u;

/** Words with which the file says that something is open. */
export const open =
  /(?<![\p{L}])(?:under (?:review|check|investigation|test)|review(?:ed)?|investigat\p{L}*|not (?:known|yet|decided|traced|released|confirmed|clear|sure)|unknown|no (?:time|date|end|plans?|decision|news|information|eta|known|term|answer|fix|cause|appointment)\p{L}*|open|pending|waits?|waiting|possible|possibly|maybe|being (?:checked|tested)|in (?:progress|queue|test)|checked by|at the lab|talks|until further|unclear|tbd|tbc|offen|unbekannt|kein(?:e)? \p{L}+|noch nicht|in (?:prufung|arbeit)|sin (?:hora|fecha|decidir|confirmar)|pendiente|abierta|inconnue?|sans (?:date|heure)|en cours|non (?:noto|ancora)|senza|in corso|onbekend|nog niet|geen|sem (?:data|hora|previsao)|broken down|defekt|delay(?:ed)?|late|missing|retard)(?![\p{L}])/u;

/** Says yes outright. */
export const flatYes =
  /^(?:yes|yep|yeah|absolutely|of course|certainly|definitely|sure|surely|sure thing|no|nope|never|ja|klar|naturlich|selbstverstandlich|nein|si|claro|por supuesto|desde luego|oui|bien sur|non|certo|certamente|natuurlijk|zeker|sim|com certeza)(?![\p{L}])/u;
/** Holds back. */
export const hedge =
  /(?<![\p{L}])(?:expect(?:ed|s)?|estimat\p{L}*|should|hope\p{L}*|plan(?:s|ned)?|aim\p{L}*|try\p{L}*|looks? like|probably|likely|perhaps|maybe|might|may|could|about|around|roughly|as far as|if|unless|don't know|do not know|not known|no (?:time|date|plans?|end)|can't say|nobody can say|yet|voraussichtlich|wahrscheinlich|vielleicht|hoffentlich|rechnen|soll|sollte|wissen (?:wir )?(?:es )?(?:noch )?nicht|noch nicht|probablemente|quiza\p{L}*|esperamos|previst\p{L}*|aun no|todavia no|sans doute|probablement|peut-etre|esper\p{L}*|prevu\p{L}*|pas encore|forse|probabilmente|previst\p{L}*|non ancora|appena|waarschijnlijk|misschien|hopelijk|nog niet|provavelmente|talvez|ainda nao|as soon as|sobald|en cuanto|des que|zodra|assim que|usually|normally|meist\p{L}*)(?![\p{L}])/u;
