import { phrases } from "../text.ts";

/** Phrases no person says to another: each alone makes a reply read like a script. Folded; English, German, Spanish, French, Italian, Dutch, Portuguese. */
export const strongStock = phrases(`
  (?:any|the|this|for) inconveniences?
  inconveniences? (?:this )?(?:may|might|caused)
  (?:dear|valued|esteemed) (?:valued )?(?:customer|client|sir or madam|guest|user|member)
  (?:your|customer) (?:feedback|opinion|satisfaction|comfort|message|call|concern|experience|safety|trust) (?:is|are) (?:very |really |extremely |so )?(?:important|valuable|our (?:top|highest|number one|first)? ?(?:priority|concern|goal))
  your (?:opinion|feedback|satisfaction) (?:matters|means)
  (?:is|are) our (?:top|highest|number one|utmost) (?:priority|concern)
  (?:we|always) (?:are )?(?:always |constantly |continually |continuously )?(?:striv|work|look|endeavou?r)(?:e|ing) to (?:improve|offer|provide|give|serve|do better|better)
  always striving
  constantly (?:working|striving) to
  we strive
  (?:relevant|responsible|appropriate|concerned|respective) (?:department|team|unit|division|colleagues)
  (?:thank you|thanks) for your (?:patience|understanding|valuable|valued|feedback|review|kind)
  we (?:truly |really |greatly |do )?(?:value|appreciate) (?:you|your) (?:as|feedback|business|patience|loyalty|opinion|input|understanding|comments?)?
  we appreciate your (?:patience|feedback|understanding)
  appreciate your (?:patience|understanding|feedback)
  (?:your )?(?:request|case|message|complaint|ticket|enquiry|inquiry) (?:has been|was) (?:received|forwarded|registered|logged|escalated)
  (?:will|shall) be processed
  in the order (?:in which )?(?:it|they)
  for further (?:assistance|information|help|details)
  (?:please )?do not hesitate to
  (?:please )?don't hesitate to
  feel free to (?:contact|reach)
  at your earliest convenience
  we take (?:this|your|such|these|all) … (?:very )?seriously
  rest assured that (?:we|your)
  (?:bringing|brought) this to our attention
  choosing to (?:fly|travel|shop|stay)
  (?:thank you|thanks) for (?:choosing|flying|shopping|being a) … [a-z]+
  hope to (?:welcome|see|serve) you (?:again|back|on board)
  (?:reviews?|comments?|feedback) helps? us
  help us (?:to )?(?:improve|get better|grow)
  highest (?:possible )?(?:standard|quality|level)s?
  best possible (?:service|experience)
  (?:to|and) improve our services?
  the best possible (?:customer )?(?:service|experience)
  (?:entstandene[nr]? )?unannehmlichkeiten
  (?:zustandige|entsprechende|verantwortliche)[nr]? (?:fach)?(?:abteilung|stelle|kolleg[a-z]*|team)
  vielen dank fur (?:ihre|ihr|deine|dein|eure|euer) (?:nachricht|feedback|verstandnis|anfrage|geduld|mitteilung|ruckmeldung|anliegen|interesse|bewertung|hinweis)
  danke fur (?:ihr|dein|euer) (?:verstandnis|feedback)
  bitten (?:wir )?(?:um|sie um) (?:ihr )?(?:verstandnis|geduld)
  um ihr verstandnis
  zufriedenheit (?:ist|liegt) (?:uns|unser)
  (?:liegt|ist) uns (?:sehr )?(?:am herzen|wichtig)
  nehmen (?:wir )?(?:ihr|dein|ihre) (?:anliegen|beschwerde|feedback|kritik) … ernst
  (?:sehr )?geehrte[r]? (?:kunde|kundin|damen und herren|kundinnen)
  (?:los|las|cualquier) (?:inconvenientes?|molestias)
  (?:agradecemos|gracias por) su (?:comprension|paciencia|mensaje|opinion|comentario|confianza|preferencia)
  estimad[oa] (?:cliente|usuario|señor|senor)
  su (?:opinion|satisfaccion) es (?:muy )?importante
  gene occasionnee
  (?:tout|du|le) desagrement
  (?:excuser|excuses) … (?:la|cette) gene
  (?:votre|vos) (?:comprehension|patience|retour|avis) (?:compte|est|sont)
  merci (?:de|pour) votre (?:comprehension|patience|message|retour|avis|confiance)
  remercions (?:pour|de) (?:votre|vos) [a-z]+
  cher(?:e)? (?:client|cliente)
  gentile cliente
  (?:per|del) (?:il )?disagio
  grazie per (?:averci contattato|la (?:sua )?(?:segnalazione|comprensione|pazienza)|il (?:suo )?(?:messaggio|feedback))
  (?:geachte|beste) klant
  (?:bedankt|dank u|dank je) voor (?:uw|je) (?:bericht|begrip|geduld|feedback|reactie)
  (?:het|dit|voor het) ongemak
  (?:prezado|caro|estimado) cliente
  (?:lamentamos|pedimos desculpas?) (?:pel[oa]s? )?(?:qualquer )?(?:inconvenientes?|transtornos?|incomodo)
  (?:agradecemos|obrigad[oa] por) (?:a )?(?:sua )?(?:compreensao|paciencia|mensagem|feedback)
`);

/** Phrases that are fine beside something of substance, and empty alone. */
export const weakStock = phrases(`
  (?:thank you|thanks)(?: so much| very much)? for (?:reaching out|contacting|getting in touch|your message|writing|letting us know|sharing|the feedback|telling us|raising)
  sorry (?:to hear|about|for) (?:that|this|your|the|about)
  (?:we|i) (?:will|shall) (?:look into|get back|pass|forward|check)
  (?:we'll|i'll) (?:look into|get back|pass|forward|check)
  as soon as possible
  (?:please )?(?:visit|check|see) our (?:website|faq|help cent(?:er|re)|page|site)
  (?:contact|call|reach) our (?:customer (?:service|care|support)|support|team|hotline)
  (?:working|doing) … (?:hard|everything|best)
  have a (?:great|nice|wonderful|lovely|good) (?:day|one|weekend|evening)
  great question
  happy to (?:help|assist)
  keep you (?:posted|updated|informed)
  wir (?:kummern|melden) uns
  so (?:schnell|bald) wie moglich
  lo antes posible
  dans les (?:meilleurs|plus brefs) delais
  il prima possibile
  zo snel mogelijk
  o mais (?:rapido|breve) possivel
`);

/** Fields of a template that nobody filled in. Tried on the text as written. */
export const placeholder =
  /\{\{[^{}\n]{0,60}\}\}|\{[\p{L}_.\s]{2,30}\}|%[A-Z_]{3,30}%|\$\{[^}\n]{1,40}\}|<(?:name|first ?name|last ?name|customer|agent|date|order|link|product|company|insert)[^<>\n]{0,30}>|\[(?:\p{Lu}[\p{Lu}\p{N} _/'-]{1,30}|(?:insert|your|the|customer|first|last|agent|company|product|order|ticket|case|issue|topic|link|date|name|mr|mrs|kunde|vorname|nachname|nombre|prénom|nom|nome|naam)[^\]\n]{0,30})\](?!\()|(?<![\p{L}\p{N}])(?:X{3,}|x{4,}|_{3,}|lorem ipsum|TBD|TBC|TODO)(?![\p{L}\p{N}])/giu;

/** What any reply of any company may be made of. Stems are compared. */
export const emptyWords =
  "sorry hear happy help glad please thank thanks thankyou hello hi hey dear customer sir madam team colleague we issue problem matter case concern request feedback message review opinion contact look into check forward pass passed department service services support assist assistance further information info inform update updated soon possible best great good nice day week kind regards experience situation understand understanding patience patient apologise apologize apology apologies inconvenience frustration frustrating trouble caused dm direct private privately message send write details detail visit website site faq faqs page center centre answer answered question questions reply response back get take took taken come note noted aware know let share shared news latest work working hard solution solve solved resolve resolved improve improvement always every anything everything something time right way see need want like possible improve value valued important importance seriously priority satisfaction try tried trying able still hope wish sure feel free hesitate touch reach reaching out bring bringing attention receive received process processed order arrived happen happened personally welcome find found most being done doing use using call appreciate appreciated long via us matters means help improve danke bitte nachricht anliegen leider tut leid kummern melden freundlich grusse guten tag hallo kunde team hilfe helfen gern gerne moglich schnell bald privat schreiben hinweis gracias hola lamentamos sentimos mensaje equipo ayuda ayudar privado pronto posible consulta merci bonjour desole desoles message equipe aide prive possible bientot grazie ciao messaggio aiuto privato presto possibile dank bericht hulp prive obrigado obrigada ola mensagem equipe ajuda".split(
    " ",
  );
