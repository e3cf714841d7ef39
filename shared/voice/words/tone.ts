import { phrases } from "../text.ts";

/** Puts the blame on the customer. */
export const blame = phrases(`
  you (?:should|could|ought to|might) have (?!received|had|seen (?:a|the|an) (?:mail|message|letter)|got|been)[a-z]+
  (?:had|if) you (?:had |only |just |would have )?(?:read|opened|looked|listened|followed|checked|paid|told|asked|kept|ordered|packed|bothered|done|been)
  as (?:we|i)(?: have|'ve)?(?: already| clearly| previously| repeatedly)+ (?:wrote|written|informed|pointed)
  as (?:we|i)(?: have|'ve)?(?: already| clearly| previously| repeatedly)? (?:told|said|stated|mentioned|explained|informed|pointed)
  as (?:already |clearly |previously |repeatedly )+(?:stated|mentioned|explained|said|announced|pointed out|communicated)
  as everybody knows
  (?:we|i)(?: have|'ve)? already (?:told|said|explained|answered|informed) 
  (?:your|you are|you're|that's your|is your) own (?:fault|doing|mistake|decision|responsibility)
  (?:it's|it is|that's|that is|this is) (?:your|you who)  ?(?:fault|mistake|problem|error|doing)
  not our (?:fault|problem|mistake|responsibility|job)
  your (?:own )?(?:fault|mistake|negligence|carelessness)
  you (?:failed|forgot|neglected|didn't bother|never bothered|refused|insisted|must have|probably|surely|obviously|clearly) (?:to )?[a-z]+
  (?<!(?:if|when|that|what|why|because|where|which) )you (?:didn't|did not|never|hadn't|haven't) (?!get|receive|have|need|hear|see|deserve|know|done|got|had|been|miss)[a-z]+
  not our doing
  (?<!(?:nothing|not|noise|broken|wrong|anything) (?:\\S+ ){0,3})(?:fault|mistake|error|problem|issue|oversight) (?:\\S+ ){0,2}(?:on|from) your (?:side|part|end)
  you must expect
  what (?:did|do) you expect
  read (?:first|the (?:contract|terms|fine print|notice|letter|mail|instructions?|manual|page))
  (?:have|had) to read
  read your (?:contract|mail|letters?|terms|e-?mails?)
  (?:you|customers) (?:just|simply|only) (?:have|need) to (?:read|look|listen|open|use|follow|wait)
  next time (?:please )?(?:use|try|read|open|check|ask|bring|come|pay|order|pack|maybe|just|you)
  (?:maybe|use|try|read|open|check|ask|bring|pay|order|pack|drink) … (?:mail|letters? |water |box |case )?next time
  people like you
  you(?:'re| are) not the only (?:customer|guest|person|passenger|user|one (?:we|here|waiting|with|who (?:has|pays|waits)|on the))[a-z]*
  (?:others|other customers|nobody else|no one else|everyone else|everybody else) (?:manage|complain|have no|had no|has|don't|didn't|can)[a-z]*
  are you sure (?:that )?you
  (?:speak|spoke) (?:loud|up|clearly)
  you were (?:probably|surely|just|simply|the one)
  (?:sie|du|ihr) (?:hatten?|hattest) (?:das |es |sich |vorher |nur |einfach |besser )*(?:lesen|wissen|uberlegen|prufen|sehen|melden|beachten) (?:mussen|sollen|konnen)
  hatten? (?:sie|du|ihr) … (?:gelesen|geoffnet|gepruft|beachtet|zugehort)
  hatten? (?:sie|du|ihr) … (?:mussen|sollen|konnen)
  hatten? (?:sie|du|ihr) (?:sich|das|es) … (?:mussen|sollen|konnen)
  selber? schuld
  wie (?:bereits|schon)(?: mehrfach| mehrmals)? (?:gesagt|erwahnt|mitgeteilt|erklart|geschrieben)
  wer lesen kann
  ihr (?:eigener )?fehler
  (?:haben|hast) (?:sie|du) das so bestellt|sie haben das so bestellt
  si (?:hubiera|hubieras|usted hubiera) (?:leido|mirado|escuchado)[a-z]*
  (?:deberia|debia|deberias|tendria que) haber[a-z]*
  como ya (?:le |te )?(?:dijimos|hemos dicho|indicamos|comentamos|explicamos)
  es (?:culpa suya|su culpa|problema suyo|tu culpa)
  vous (?:auriez|devriez avoir|n'avez qu'a|aviez qu'a)(?: du)?
  comme (?:nous vous l'avons|deja|on vous l'a) (?:deja )?(?:dit|indique|explique|mentionne)
  c'est (?:de )?votre (?:faute|probleme|erreur)
  (?:avrebbe|avresti|doveva|dovevi) (?:dovuto )?(?:leggere|controllare|pensarci)
  come (?:gia|le abbiamo gia) (?:detto|spiegato|comunicato|indicato)
  (?:u had|je had|had u|had je) (?:maar |beter )?(?:moeten|kunnen|gelezen)
  zoals (?:we|wij|al) (?:al |eerder )?(?:zeiden|gezegd|vermeld|uitgelegd)
  (?:deveria|devia) ter [a-z]+
  como ja (?:dissemos|informamos|explicamos|foi dito)
`);

/** Orders about, or waves away. */
export const commands = phrases(`
  calm down|relax|chill(?: out)?|cheer up|grow up|get over it|deal with it|get used to it|shut up|stop (?:crying|asking|complaining|shouting|whining|writing|posting|spamming)|quit (?:asking|complaining)
  (?:do not|don't) (?:keep|start (?:with|that|on|crying|complaining|shouting|again)|be so|make such|overreact|panic|exaggerate|get (?:upset|worked up)|shout|swear|whine|complain)[a-z]*
  no need to (?:panic|shout|worry so|be rude|get|exaggerate|swear)
  (?:just|please) be patient
  first (?:then|and then) complain
  then (?:you can )?complain
  it's (?:really |just )?(?:not |n't )(?:that |so )?(?:hard|difficult|bad|complicated)
  it's that simple|it is that simple|it's not rocket science
  (?:it's|it was|that's|that is) (?:only|just) a (?:few|little|bit|game|small)
  it was only
  (?:watch|mind) your (?:language|tone|manners)
  with (?:that|this|such an?) (?:attitude|tone|language)
  beruhigen sie sich|beruhig dich|regen sie sich|reg dich|entspann[a-z]* (?:sie|dich)|stellen sie sich nicht so an|sehen sie von … ab|bitte sehen sie von
  calmese|calmate|tranquilicese|relajese|no exagere[a-z]*|deje de
  calmez-vous|calme-toi|detendez-vous|n'exagerez pas|arretez de|si ca ne vous plait pas
  si calmi|calmati|stia calmo|non esageri
  rustig aan|doe rustig|kalmeer|stel je niet aan
  acalme-se|tenha calma|nao exagere
`);

export const sarcasm = phrases(`
  lucky you|good for you|poor you|poor thing|boo hoo|cry me a river|how (?:tragic|sad for you|terrible for you|dare)|what a (?:tragedy|drama|surprise)|congratulations on
  wow|well (?:well|next time|that's what|what did|maybe|duh|congratulations)
  maybe (?:you should|try|open|read|learn|buy|use|people|next|if you)[a-z]*
  (?:basically|practically|like) a (?:spa|holiday|vacation|adventure|party)
  isn't it[?]|right[?] (?:lol|haha)
  (?:bonus|extra|free) (?:playtime|holiday|exercise|time off|morning|evening)
  a free (?:morning|evening|day|afternoon)
  family adventures?
  bummer|sorry not sorry|(?:couldn't|can't|aren't|don't|won't|didn't|isn't) (?:you|it|they)[?]|deleted is deleted
  sunshine|sweetie|honey|darling|sweetheart|buddy|pal|mate, you
  obviously|duh|genius|einstein
  the world doesn't|first world problem
  buy candles|drink more water|go elsewhere|leave us then|bye then
  sorry (?:that|if) you feel (?:that way|so|this way)
  we are sorry you feel
  (?:in your|your) (?:little )?(?:imagination|dreams|head)
  klar im vorteil|gluckwunsch auch|na und|pech gehabt|tja
  que pena me da|mala suerte entonces|felicidades por
  tant pis|quel dommage pour vous|bravo a vous
  peggio per (?:lei|te)|complimenti per
  jammer dan|pech gehad
`);

export const defensive = phrases(`
  we (?:doubt|find it hard to believe|don't believe|do not believe|disagree|can't imagine|cannot imagine|refuse)
  (?:surely|certainly|clearly|probably|just|only|simply|obviously) (?:a|your) (?:misunderstanding|mistake|exaggeration)
  misunderstanding (?:on|from|by) (?:your|you)
  (?:our|the) (?:staff|people|crew|crews|team|drivers?|agents?|colleagues|technicians?|employees|shops?|workers?) (?:are|is|would|do|does|have|has|serve|always|never) (?:all |well |very |highly |always )*(?:trained|polite|friendly|professional[a-z]*|careful|correct|right|never|always|serve everybody|follow the rules)
  (?:that's|that is|this is|it's|is) (?:simply |just |plainly )?(?:not true|untrue|nonsense|ridiculous|absurd|a lie)
  you (?:are|were|'re) (?:wrong|mistaken|lying|rude|exaggerating|unreasonable|being rude|being unfair|being unreasonable)
  you (?:lie|lied|exaggerate)
  nobody (?:will help|will answer|believes|forces you|asked you|made you)
  we did nothing wrong|we did everything (?:right|correctly)|nothing (?:we|to do) (?:can do|with us)
  (?:change|switch|find) … provider
  (?:stupid|idiot|moron|fool|dumb|silly|childish|liar|hysterical|crazy)
  our (?:rules|policy|terms) (?:are|is) (?:clear|very clear|our)
  changer de fournisseur|cambie de (?:compania|proveedor)|wechseln sie (?:doch|eben)|zoek een andere
  das (?:stimmt|ist) nicht (?:wahr|richtig)?|das kann nicht sein|unsinn|quatsch
  eso (?:no es cierto|es mentira|es falso|es imposible)
  c'est (?:faux|impossible|n'importe quoi)
  non e vero|impossibile
`);

/** Cheers; wrong beside anger, danger and grief. */
export const cheer = phrases(`
  yay|yippee|woo ?hoo|hooray|hurray|haha+|hehe+|lol|lmao|oops|oopsie|oopsy|whoops|yikes|hey hey|howdy|awesome|fantastic|fab|fabulous|super easy|great news|good news|easy-? ?peasy|easy as pie|no worries|no biggie|cheers|party|fun|adventures?|enjoy|exciting|excited|thrilled|delighted|sparkling
  have an? (?:great|wonderful|lovely|fantastic|nice|fab|fabulous|super|sparkling|awesome|good|happy|amazing) [a-z]+
  (?:thanks|thank you) for (?:sharing|the feedback|your feedback|flying|choosing|shopping|the laugh|your review)
  (?:try|check out|discover) our (?:new|latest)
  discover something new|time to (?:discover|try|celebrate|party)
  see you (?:soon|again)
  let us know if there's anything else
  viel spass|juhu|hurra|super sache|schonen tag noch|tolle?
  que disfrutes?|genial|jaja+|buen dia
  bonne journee|super|chouette|hihi
  buona giornata|evviva|ahah+
  fijne dag|joepie
  bom dia|oba|kkk+
`);
export const merryPicture =
  /[\u{1F600}-\u{1F60E}\u{1F617}-\u{1F61D}\u{1F642}\u{1F643}\u{1F648}-\u{1F64A}\u{1F64C}\u{1F389}\u{1F38A}\u{1F973}\u{1F929}\u{1F923}\u{1F970}\u{1F44D}\u{1F44F}\u{1F4AA}\u{1F680}\u{2708}\u{26A1}\u{1F31E}\u{2600}\u{1F43E}\u{1F601}\u{1F37E}\u{1F942}\u{2728}\u{1F609}\u{1F60A}]|(?<=[\s\p{L}.!])[:;]-?[)DPp](?![\p{L}\p{N}])|\^\^/gu;
