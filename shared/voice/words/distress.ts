import { phrases } from "../text.ts";

/**
 * What makes a matter weigh more than its price: fear, crime, frailty, small children, days that do not come back, no money to live on,
 * being treated as less. By what happened to somebody, not by how they put it.
 */
export const distress = phrases(`
  (?:so |really |very )?(?:scared|frightened|terrified|shaking|trembling|panick?[a-z]*|in a panic|desperate|in despair|traumati[sz]ed|heartbroken|devastated|sobbing|crying my|insane|end of my tether|breakdown|can't cope|cannot cope|can't sleep|unsafe)
  (?:he|she|they|kids?|child|children|daughter|son|baby|mum|mother|we|i) (?:is |are |was |were |am )?(?:scared|frightened|screaming|crying|cried|freezing|in tears|terrified)
  scammed|hacked|emptied|burgled|burglary|mugged|robbed|stolen|identity theft|phish[a-z]*|blackmail[a-z]*|stalk[a-z]*|threaten[a-z]*
  (?:a |my |our |the )?(?:new ?born|baby|babies|infant|toddler)s?
  (?:no|without) (?:heat|heating|hot water|water|power|electricity|cash|money|medicines?|medication|food)
  (?:i'm|i am|is|she's|he's|aged|age) (?:[789]\\d|10\\d)
  (?:[789]\\d|10\\d)(?: |-)year(?: |-)?s?(?: |-)?old
  (?:my|our) (?:[5-9]|1[0-3]|four|five|six|seven|eight|nine|ten) (?:year old|yr old|y o)
  walked home alone|alone at night|at night alone|all alone
  disabled|disability|wheelchair|blind|deaf|autis[a-z]+|dyslex[a-z]*|dementia|alzheimer[a-z]*|parkinson[a-z]*|carer|asthma|copd|diabet[a-z]*|epilep[a-z]*|have ms|chemo[a-z]*|cancer|dialysis|pacemaker|miscarriage|stroke|heart attack|panic attack|surgery|operation|icu|hospice
  (?:months?|weeks?) pregnant|pregnant|in labou?r|giving birth|gave birth|birth of (?:my|our)
  (?:my|our|the|her|his) (?:own )?(?:wedding|funeral|graduation)|wedding (?:is|was|dress|day)|buried (?:my|our|him|her)|(?:my|our|the) (?:dog|cat|horse|pet|rabbit)s? (?:is |was )?(?:died|dead|killed|lost)|killed (?:himself|herself|themselves)
  can(?:'t|not) (?:eat|feed|pay|make rent|afford|work|breathe|walk|climb|see|hear|get up)|lost (?:a |one |two |my |her |his )?(?:days?'? |weeks?'? |month's )?(?:job|pay|wages|home|house|savings)|make rent|red letter|no income|evict[a-z]*|homeless|repossess[a-z]*|bailiff[a-z]*|go(?:ing)? hungry
  (?:lost|missed|ruined|destroyed|wiped) (?:all |everything|my (?:whole )?(?:wedding|son's|daughter's|exam|interview|savings|photos|life|home|data|work|flight))|lost (?:a day|two days|three days) 
  because (?:i'm|i am|of my|we are|we're|my name|he's|she's) (?:black|muslim|jewish|gay|trans|foreign|asian|arab|polish|a woman|old|fat|skin|colou?r|accent|name|disabled|deaf|blind)|skin colou?r|my accent|racis[a-z]*|homophob[a-z]*|sexis[a-z]*|discriminat[a-z]*
  (?:called|calling) (?:me|her|him|us) (?:a|an) [a-z]+ ?[a-z]*|(?:laughed|shouted|yelled|spat|swore|stared|rolled (?:her|his|their) eyes) (?:at|in)|(?:laughed|mocked|insulted|humiliated|belittled|bullied)
  slipped|(?:fell|fallen) (?:off|down|over|on|from)|fell|broke (?:my|his|her|their) (?:hip|arm|leg|wrist|ankle|neck|nose|tooth|finger|rib)[a-z]*|(?:collapsed|tipped|fell|broke) (?:with|on|under|onto) (?:my|our|me|him|her)|electric shock|carbon monoxide|gas leak|smells? of gas|smell of gas|(?:on|under) oxygen|fire|flood(?:ed)?|burst pipe|rats?|mould|damp
  angst|verzweifelt|panik|zittere?|weinen?|weint|baby|saugling|neugeborenes|schwanger|behindert|blind|gehorlos|krank|krebs|demenz|gesturzt|gefallen|gestohlen|geklaut|betrogen|gehackt|uberfallen|ausgelacht|beleidigt|beschimpft|obdachlos|pflegestufe|konto leer|geld weg|beerdigung|hochzeit|kein(?:e[nrm]?)? (?:heizung|strom|wasser|warmwasser|geld|licht)|ohne (?:heizung|strom|wasser|geld)
  miedo|asustad[oa]|panico|desesperad[oa]|llorando|llora|bebe|embarazada|discapacidad|discapacitad[oa]|ciega?|sord[oa]|robad[oa]|robaron|estafa[a-z]*|hackead[oa]|entierro|boda|enferm[oa]|cancer|me cai|se cayo|caido|sin (?:luz|agua|calefaccion|dinero|medicinas)|mis medicinas|(?:me|se) (?:insulto|insultaron|rio|rieron)|perdi todo[a-z]*|he perdido todo
  peur|panique|desespere[a-z]*|pleure[a-z]*|bebe|nourrisson|enceinte|accouchement|handicape[a-z]*|aveugle|sourde?|vole[es]?|pirate[es]?|arnaque[es]?|enterrement|mariage|malade|cancer|tombe[es]?|sans (?:chauffage|eau|electricite|lumiere|argent)|(?:plus|rien) (?:rien |d'argent )?pour (?:finir|vivre|manger)|insulte[es]?|humilie[es]?
  paura|panico|disperat[oa]|piange|piangeva|bambin[oa] (?:piange|ferit[oa])|neonat[oa]|incinta|disabil[ei]|ciec[oa]|sord[oa]|rubat[oa]|truffat[oa]|funerale|matrimonio|malat[oa]|cadut[oa]|senza (?:luce|acqua|riscaldamento|soldi)|insultat[oa]|umiliat[oa]
  bang|paniek|wanhopig|huilt|huilen|baby|zwanger|gehandicapt|doof|gestolen|opgelicht|gehackt|begrafenis|bruiloft|ziek|kanker|gevallen|in het donker|zonder (?:stroom|verwarming|water|geld)|uitgelachen|uitgescholden
  medo|panico|desesperad[oa]|chorando|chora|bebe|gravida|deficien[a-z]+|ceg[oa]|surd[oa]|roubad[oa]|roubaram|golpe|enterro|casamento|doente|cancro|cai|caiu|sem (?:luz|agua|gas|dinheiro|aquecimento)|insulina|humilhad[oa]
`);

/** A letter that asks for manners: law, authority, audit, a formal step. */
export const formal =
  /(?<!\p{L})(?:solicitors?|lawyers?|attorneys?|barrister|counsel|legal action|ombudsman|regulator|authority|tribunal|court|auditors?|formal(?:ly)?|pursuant|hereby|herewith|without prejudice|statutory|under the \p{L}+ act|civil aviation|data protection|gdpr|notice period|i (?:shall|require|request|demand|refer|wish to)|we (?:shall|require|request|write as|represent|act for)|dear (?:sirs?|madam|sir)|yours (?:faithfully|sincerely)|anwalt|anwaltin|rechtsanwalt\p{L}*|gericht|aufsicht\p{L}*|hiermit|formlich|fristgerecht|abogad[oa]s?|juzgado|por la presente|avocat\p{L}*|tribunal|mise en demeure|par la presente|avvocat\p{L}*|con la presente|advocaat|rechter|hierbij|advogad[oa]|provedor)(?!\p{L})/u;
/** How friends write to each other. */
export const chummy =
  /(?<!\p{L})(?:hiya|heya|howdy|yo|hey hey|mate|buddy|pal|dude|bro|guys|peeps|folks|thx|tnx|u|ur|ya|gonna|wanna|gotta|kinda|dunno|nope|yep|yup|yeah|haha\p{L}*|hehe|lol|lmao|omg|laters?|ta-?ta|cheers|no (?:worries|stress|probs?|biggie)|chill|cool|sweet|awesome|popped|ping|cook something|drumroll|ouchie|oopsie|moin|na klar|alles klar|locker|kein ding|hallochen|tranqui|tio|guay|vale vale|t'inquiete|coucou|cool|ciao ciao|tranqui\p{L}*|doei|joe|e ai|beleza|relaxa)(?!\p{L})/u;
/** The language of offices and letters. */
export const stiff =
  /(?<!\p{L})(?:hereby|herewith|aforementioned|pursuant|kindly (?:be|note|complete|refer|await|revert|find)|please be (?:advised|informed)|we (?:regret|wish) to inform|in accordance with|in respect of|esteemed|valued (?:customer|guest|member|client)|we remain|yours faithfully|the undersigned|duly|henceforth|notwithstanding|terms and conditions|as per|your correspondence|your communication|hinsichtlich|bezuglich|diesbezuglich|gemaß|gemass|hochachtungsvoll|wir bedauern ihnen mitteilen|le comunicamos|por medio de la presente|conforme a|veuillez agreer|nous avons bien recu|conformement|con la presente|si comunica|ai sensi|hierbij delen|conform|vimos por este meio|nos termos)(?!\p{L})/u;
/** The bright side of a thing, which only those may name whom it befell. */
export const bright =
  /(?<!\p{L})(?:lovely|charm\p{L}*|cos[iy]\p{L}*|wonderful|beautiful\p{L}*|adventure\p{L}*|fun|great|nice|perfect|good (?:for|exercise|things|news|luck)|healthy|lucky|luck|bonus|enjoy\p{L}*|happy|honou?red|impressive|character|romantic|exciting|treat|gift|present|free|bonding|barbecue|spa|holiday|rest|sleep well|better than|could be worse|at least|all's well|no harm|bright side|silver lining|makes? (?:you|us|one) (?:strong\p{L}*|grateful)|schon(?:e[rns]?)? (?:abenteuer|ruhe|zeit|pause)|gemutlich\p{L}*|gezellig\p{L}*|spannend|herrlich|erholsam|gluck|spielecke|encanto|suerte|ligero|aventura|disfrut\p{L}*|tranquil\p{L}*|charme|aventure|chance|courage|ca repart|profite\p{L}*|compagnia|riposo|avventura|fortuna|leuk\p{L}*|avontuur|geluk|fantasie|aventura|sorte|aproveit\p{L}*)(?!\p{L})/u;
/** Makes small what happened, as if it were nothing, in the course of things, or in their head. */
export const belittles =
  /(?<!\p{L})(?:yawn|no harm|nothing happened|can be (?:bought|printed|replaced|made|found|taken|built) again|there (?:are|will be|'ll be) (?:other|others|more|worse)|(?:never|not|nobody) (?:hurt|killed|harmed|died of)|(?:it|that|this)(?:'s| is| was) (?:just|called|how|physics|life|nature|business|what)|(?:only|just) (?:a|an|one|two|\d+|fifty|some)|first world|drama\p{L}*|(?:get|gets|got) over|forget quickly|toughen|bounce|practice makes|third time|as everybody|like everyone|like everybody|one (?:really |simply |just )?(?:has|should|must|ought|needs)|some (?:people|would|husbands|even)|somebody has|people (?:do|always|who)|things (?:happen|break|come)|rules (?:apply|are)|(?:couldn't|can't|can|cannot) be (?:that|planned|helped)|shouldn't come as|what (?:is there|else)|was that|be our guest|(?:plenty|lots) of (?:time|others)|everyone else|in that case|ist eben|ist halt|kommt vor|passiert (?:jedem|halt|eben)|alle anderen|aller guten|man (?:muss|sollte|darf|kann)|wird schon|hay gustos|nadie le|no es para tanto|asi es|son cosas|bueno,|c'est (?:comme|la vie)|que voulez-vous|il y (?:en )?aura|ca arrive|capita|succede|non si preoccupi|tutti gli altri|zo gaat|kan gebeuren|dan (?:heeft|had|heb)|acontece|quem deixa|ninguem (?:nota|o obriga)|calma)(?!\p{L})/u;
/** Says that it was not as they say. */
export const contradicts =
  /^(?:(?:but|well|actually|no)[, ]+)*(?:nobody|no one|somebody did|someone did|(?:he|she|they|we|you|it) (?:did|was|were|had|has|have) (?!not)(?!n't)(?:too|indeed|in fact|come|ring|call|say|ask|tell|warn|been told|been warned)|that (?:is|was|'s) (?:not|n't|hardly)|that's not|that isn't|not (?:true|so)|it (?:wasn't|isn't|didn't)|they (?:weren't|didn't)|das stimmt|niemand|keiner|nadie|personne|nessuno|niemand|ninguem)(?!\p{L})/u;
/** Makes others bad: a colleague, a branch, a driver, a neighbour, other customers. */
export const runsDown =
  /(?<!\p{L})(?:(?:they|those|these|he|she|the \p{L}+|that \p{L}+|our \p{L}+)(?: \p{L}+){0,3}?(?:'re| are| is|'s)? (?:always |just |simply |a bit |really |never )*(?:hopeless|useless|lazy|sloppy|careless|clueless|incompetent|idiots?|chaotic|unreliable|dreadful|a mess|not the (?:brightest|fastest)|no good)|(?:they|he|she|(?:the|those) \p{L}+(?: \p{L}+){0,3}?)(?: just| simply)? (?:don't|doesn't|never|won't|wouldn't|can't) (?:care|learn|listen|bother|think)|keep telling (?:them|him|her)|hear (?:it|that) every (?:day|week)|typical (?:of|for) (?:them|that|the))(?!\p{L})/u;
/** Urges where somebody wants time or an answer. */
export const presses =
  /(?<!\p{L})(?:(?:sign|decide|accept|buy|order|book|act|agree|take)(?: \p{L}+){0,2} (?:today|right now|at once|now so|while)|what is there to|most people would|bite (?:my|your|our) hand|don't (?:wait|miss|hesitate too)|last chance|limited (?:time|offer)|close this chapter|you won't get|better offer|nur (?:noch )?heute|solo hoy|seulement aujourd'hui|solo oggi|alleen vandaag|so hoje)(?!\p{L})/u;
