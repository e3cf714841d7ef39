import { phrases } from "../text.ts";

/** Takes the customer's part: understanding, something done or to do, a way on. */
export const helping = phrases(`
  (?:i|we)(?:'ll|'ve|'m|'re| will| have| had| am| are| get| see| hear| understand| know| think| hope| checked| asked| passed| found|'d (?:like|love|rather)) (?!no |not |busy|always|never|others?|too)
  (?:i|we) (?:can|could) (?:help|look|check|do|see|find|offer|ask|call|send|give|make|take|try)
  let (?:me|us|'s)|let's|please|thanks|thank you|hello|hi|ugh|oh no|ouch|right|fair|true|mistake|mix-up|honest[a-z]*|unfortunately|afraid|sadly|instead|meanwhile|until then|otherwise|alternative[a-z]*
  you(?:'re right| are right| can| could| may|'ll find| should be able)
  (?:send|drop|write|message|dm|tell|show|bring|open|check|try|press|hold|choose|keep|ask|call|ring|come|meet|stay|leave|unplug|switch|use|look) (?:us|me|it|the|a|an|your|in|at|to|by|here|well|away|off)
  dm|in private|privately|private (?:message|line)
  (?:has|have|had|is|are|was|were) (?:now |already |being |been )+(?:asked|ordered|reported|fixed|passed|told|mended|looked|checked|moved|closed|taken|brought|sent|repaired|replaced|cleared)|being [a-z]+ed
  frustrat[a-z]+|annoy[a-z]+|madden[a-z]+|unnerv[a-z]+|too long|too often|no fun|painful|rough|tough|bad|not good|not ok|not good enough|must not|mustn't|shouldn't|no (?:child|way|excuse|one should|body should)|nobody should|not how
  wir (?:haben|sind|werden|schauen|prufen|kummern|melden|suchen|wissen|bedauern|versteh[a-z]+)|ich (?:habe|bin|werde|schaue|prufe|kummere|melde|frage|suche|versteh[a-z]+|gebe)|bitte|gerne?|danke|leider|schade|schreib[a-z]*|privat|konnen sie|kannst du|stimmt|bis dahin|sie finden
  por favor|gracias|podemos|puede[sn]?|vamos|estamos|hemos|le ayud[a-z]+|te ayud[a-z]+|escrib[a-z]+|mand[a-z]+|privado|entiendo|entendemos|tiene razon|ojala
  s'il vous plait|merci|nous (?:avons|sommes|allons|pouvons|cherchons|verifions)|je (?:transmets|regarde|suis|vais|comprends)|pouvez|ecriv[a-z]+|envoy[a-z]+|malheureusement|en prive|vous avez raison
  per favore|grazie|possiamo|abbiamo|stiamo|scriv[a-z]+|capisco|purtroppo|ha ragione
  alstublieft|bedankt|we (?:hebben|zijn|kunnen|gaan|zoeken)|ik (?:heb|ga|kijk|begrijp)|helaas|stuur|vervelend|wat jammer
  por favor|obrigad[oa]|podemos|estamos|vamos|infelizmente|entendo|envie
`);

/** Words of the counter, not of the matter: a reply made of these fits any post. */
export const counterWords = phrases(`
  (?:your|the|this|every|any|all|for the|for your|thank you for) (?:message|comment|comments|feedback|hint|hints|input|note|notice|remark|review|report|suggestion|request|enquiry|inquiry|concern|concerns|matter|issue|contact|experience|words|time)
  (?:pass|passed|passing|forward|forwarded|hand|handed|handing|relay|relayed|share|shared) (?:this|it|that|on|along|your|internally|the)
  internally|department[a-z]*|our team|colleagues|management|our (?:customers|passengers|guests|travellers|clients|users|members|readers|service|services|quality|standards?)
  has reached us|has been noted|(?:negative|bad|poor) experience|kindly|(?:contact|reach) (?:our|the) (?:support|service|hotline)|(?:thanks|thank you) … for your [a-z]+|(?:at|a) (?:your|votre) dispos[a-z]+|better for you|utmost|will be (?:dealt|handled|looked|treated|taken)|dealt with|taken into account|bear with us|as quickly as|in due course|top of our list
  (?:we|i)(?:'re| are|'ll| will|'m| am)? (?:always )?(?:look|looking|check|checking|work|working) (?:into|on) (?:it|this|that)
  den hinweis|ihren hinweis|intern weiter|weitergegeben|weitergeleitet|geben … weiter|ruckmeldung|ihr feedback|ihre nachricht|anliegen|unsere (?:kunden|fahrgaste|gaste|qualitat)
  su (?:mensaje|comentario|opinion|consulta)|trasladamos|hemos trasladado|departamento
  votre (?:message|remarque|retour|commentaire)|transmis|transmettons|service concerne
  il suo (?:messaggio|commento)|inoltrato|reparto
  uw (?:bericht|reactie|opmerking)|doorgegeven|afdeling
  sua (?:mensagem|opiniao)|encaminhamos|departamento
`);

/** Waves the customer away. */
export const dismissal = phrases(`
  (?<!for )your loss|too bad|tough luck|so what|whatever(?=[.!])|not our (?:department|business|concern|job|thing|call)|none of our business|nothing we can do|can't help (?:you|it|that)|what can (?:we|one) do|that's life|such is life|live with it
  (?<=^)then (?:take|go|use|buy|find|leave|walk|don't|do not|stay|try|get|switch|cycle|drive|fly|shop|cancel)
  (?:exists?|happens?|is life|is free) you know|you know
  (?:must|will|surely|probably|certainly) (?:have )?(?:had|have|meant|mean|be) (?:a|his|her|their|its|it|some|good)
  (?:he|she|they|it) (?:surely|certainly|probably|must have) [a-z]+
  (?:nobody|no one) (?:keeps|holds|forces|stops) you|bigger problems|others (?:wait|have to|manage)|would have saved|patience is|what did you think|(?:questions|things|people) are funny|don't lose|oh please|andere (?:warten|haben|mussen)|if you(?:'d| had)? (?:paid|read|came|ordered|booked) [a-z]+ time
  go (?:to|elsewhere) … if you (?:like|want|prefer)|if you don't like it
  when we have time|if we have time|we have other|we are busy|you are not alone in
  (?:belongs?|belong) (?:on|in|at) (?!the same)\\S+
  [a-z]+ is healthy|good exercise|builds character|be glad|be happy that|be grateful|count yourself lucky|could be worse|others have it worse
  (?:had|did|have|do) you (?:looked|read|asked|listened|tried to read|not)|you(?:'d| would) know
  deal with|get a (?:life|grip|taxi|car)|take it or leave it|nobody (?:forces|makes|asked) you
  selbst schuld|pech|ist halt so|dann (?:nehmen|gehen|kaufen|fahren|lassen|wechseln|suchen)|seinen grund|ihren grund|nicht unser problem|da kann man nichts machen|stellen sie sich
  mala suerte|pues (?:vaya|compre|use)|no es (?:nuestro|asunto)|que le vamos a hacer|asi es la vida
  tant pis|c'est la vie|c'est comme ca|alors (?:prenez|allez|achetez)|pas notre probleme
  pazienza|peccato per|allora (?:prenda|vada)|non e un nostro problema
  jammer dan|dan (?:neem|ga|koop)|niet ons probleem
  azar|entao (?:pegue|va|compre)|nao e problema nosso
`);

/** Small words by which a language is known; what is in none of these is left alone. */
export const known =
  /(?<![\p{L}])(?:the|is|are|you|your|we|it|to|of|and|not|that|der|die|das|ist|sie|nicht|und|wir|schon|el|los|las|es|que|no|por|le|les|est|vous|pas|nous|il|che|non|het|een|niet|voor|nao|uma|auch|andere|sich|ich|haben|aber|muy|pero|mais|avec|sono|maar)(?![\p{L}])/gu;

/** The file knows this of one customer, and others need not. */
export const delicate =
  /(?<![\p{L}])(?:unpaid|unsettled|outstanding|fined|fee of|debts?|owes?|overdue|reminders?|chargebacks?|late payments?|missed payments?|paid (?:late|twice|by|with)|iban|card ending|credit (?:check|score|history)|instal?lments?|overdraft|payments|failed payments?|adult|watched|logged in from|location|loan \d|casino|payslip|decree|transfer of|direct debit|income|salary|job(?:less)?|unemploy\p{L}*|school|employer|landlord|injur\p{L}*|knee|illness|sick|diet|disab\p{L}*|diagnos\p{L}*|pregnan\p{L}*|allerg\p{L}*|medic\p{L}*|doctor|hospital|harass\p{L}*|assault\p{L}*|police|divorc\p{L}*|born|birth\p{L}*|age \d+|aged|religion|hardship|blocked|locked|suspended|banned|twice|(?:two|three|four|five|\d+) times|expired|ordered|bought|purchas\p{L}*|subscri\p{L}*|customer (?:since|number|no)|member|unbezahlt\p{L}*|mahnung\p{L}*|schulden|gesperrt|krank\p{L}*|schwanger\p{L}*|impag\p{L}*|deuda|moros\p{L}*|impaye\p{L}*|dette|malad\p{L}*|insolut\p{L}*|schuld|dividas?|claim of|settled on|insurance|prescription|sauna|heart|conditions?|premium from|deposit|left (?:in|behind|at|under) (?:the|a)|sender|drink\p{L}*|alcohol|gambl\p{L}*)(?![\p{L}])/u;
/** Delicate only where it is said of the one who asks. */
export const ofSome =
  /(?<![\p{L}])(?:twice|(?:two|three|four|five|\d+) times|expired|blocked|locked|suspended|ordered|bought|member|fined|payments|location|claim of|school|insurance|letter)(?![\p{L}])/u;
export const ofAll =
  /(?<![\p{L}])(?:can|may|possible|available|applies|all customers|everybody|everyone|per (?:month|day|week)|a (?:month|week|day)|costs?|price[sd]?|in general|usually|every)(?![\p{L}])/u;
