import { phrases } from "../text.ts";

/** Somebody died, or an animal did. */
export const grief = phrases(`
  (?<!(?:phone|battery|line|car|laptop|app|router|screen|tablet|internet|wifi|signal|it|card|bike|engine|motor|machine|fridge|freezer) )(?<!has )died
  (?:is|are|he's|she's|was) dead
  passed away
  (?:her|his|their|my|the) (?:death|funeral)
  funeral
  late (?:father|mother|husband|wife|mum|mom|dad|son|daughter|brother|sister)
  lost (?:my|our|his|her) (?:father|mother|husband|wife|mum|mom|dad|son|daughter|brother|sister|baby|child|dog|cat|gran[a-z]*|nan|partner)
  bereave[a-z]*
  widow(?:er|ed)?
  (?:verstorben|gestorben|beerdigung|todesfall|trauerfall|ist tot)
  (?:fallecio|fallecido|fallecida|murio|funeral|luto)
  (?:decede|decedee|mort de|est mort|est morte|enterrement|deces)
  (?:morto|morta|mancato|funerale|lutto|deceduto)
  (?:overleden|begrafenis|uitvaart)
  (?:faleceu|morreu|falecimento|velorio)
`);

/** Somebody is or could be hurt, ill, in danger or treated as less than a person. */
export const harm = phrases(`
  (?:got |was |were |been )?(?:hurt|injured|burn(?:t|ed|s)?|electrocuted|poisoned|scalded|choked|choking|bleeding|unconscious|assaulted|attacked|trapped|stranded)
  (?:cut|broke|burn[a-z]*|hurt|bruised) … (?:hand|lip|finger|arm|leg|foot|tooth|teeth|face|mouth|skin|eye|head|back)
  (?:metal|glass|plastic|needle|mou?ld|worm|maggots?) in (?:my|the|our|her|his)
  pieces? of (?:metal|glass|plastic)
  blood
  hospital
  ambulance
  a ?& ?e
  emergency
  epipen
  insulin
  oxygen
  allerg(?:y|ic|ies)
  anaphyla[a-z]*
  food poisoning
  (?:violently|really|very|so|all|are|is|been|got|was) (?:ill|sick)
  throwing up
  passed out
  fainted
  collapsed
  seizure
  (?:electric )?shock
  sparks?(?:ing)?
  smoke|smoking
  on fire|caught fire|fire
  smells? (?:of )?(?:burnt|burning|gas|like gas)
  gas leak
  explod[a-z]+
  overheat[a-z]*
  humiliat[a-z]+
  racis[a-z]+
  harass[a-z]*
  grop[a-z]+
  (?:cried|crying)(?! (?:with |from )?(?:laugh|joy))|in tears|made me cry
  (?:suicid|kill myself|end it all)[a-z]*
  verletzt|verbrannt|krankenhaus|notarzt|notaufnahme|stromschlag|riecht … gas|vergiftet|allergisch|blut|brennt|feuer|rollstuhl
  herid[oa]|quemad[oa]|hospital|alergic[oa]|sangre|incendio|intoxicad[oa]|silla de ruedas
  bless[a-z]+|brul[a-z]+|hopital|allergique|sang|incendie|fauteuil roulant|odeur de gaz
  ferit[oa]|ustionat[oa]|ospedale|allergic[oa]|sangue|incendio|sedia a rotelle
  gewond|verbrand|ziekenhuis|allergisch|bloed|brand|rolstoel
  ferid[oa]|queimad[oa]|alergic[oa]|sangue|cadeira de rodas
`);

/** In need: money, work, children, illness at home. */
export const hardship = phrases(`
  (?:lost|losing) my job
  can(?:'t|not) (?:pay|afford|buy food|feed)
  (?:desperate|desperately|homeless|evict[a-z]*|bankrupt[a-z]*)
  feel (?:so )?(?:stupid|helpless|alone|ashamed)
  (?:i'm|i am|is|she's|he's) (?:7|8|9)d
  (?:cancer|chemo|dementia|depress[a-z]+|anxiety)
  arbeitslos|kann … nicht (?:be)?zahlen
  no puedo pagar|ne peux pas payer|non posso pagare|kan … niet betalen|nao posso pagar
`);

/** Angry, let down, tired of waiting. */
export const anger = phrases(`
  useless|worst|furious|livid|angry|mad|ridiculous|disgust[a-z]*|pathetic|shame(?:ful|less)?|disgrace[a-z]*|unacceptable|appalling|terrible|horrible|awful|joke|scam[a-z]*|thie(?:f|ves)|liars?|lied|lying|rude|incompetent|hate|stupid|idiots?|garbage|rubbish|crap|wtf|fed up|sick of|enough|never again|nightmare|ruined|robbed|rip ?off
  (?:third|fourth|fifth|sixth|3rd|4th|5th|second|2nd) (?:time|day|week|month|call|mail|outage)
  again|still (?:no|nothing|not|dark|waiting|in)|for (?:a|one|two|three|d+) (?:whole )?(?:days?|weeks?|months?|hours?)
  (?:waited|waiting|on hold|been) … (?:hours?|days?|weeks?|months?|minutes?)
  d+ (?:hours?|hrs|days?|weeks?|months?)
  nobody|no one|ignored|never (?:came|answer[a-z]*|arrived|again)
  lost (?:all|my|our|everything|years)|gone|expensive|hung up|spoil[a-z]*|wtf|fraud|betrug|stolen
  (?:you|your [a-z]+) (?:broke|ruined|lost|lied|killed|destroyed|damaged|cancelled|closed|dug|drove|refused|took|stole)
  (?:broken|broke|missing|wrong|late|lost|cancelled|denied|stranded|scratched|damaged|crashed)
  schon wieder|unverschamt|frech|frechheit|unfassbar|schlecht|nie wieder|saftladen|warum dauert|sauerei|verschlampt|falsche?s?
  verguenza|verg?uenza|vergonzoso|inaceptable|pesimo|otra vez|ladrones|estafa|fatal
  honte|scandaleux|inadmissible|nul|encore une fois|voleurs|arnaque
  vergogna|scandaloso|inaccettabile|pessimo|ladri|truffa|di nuovo
  schandalig|belachelijk|waardeloos|alweer|oplichters
  vergonha|absurdo|inaceitavel|pessimo|ladroes
`);

/** Treated as less than others are: no injury, and no matter for cheer either. */
export const slight = phrases(`
  wheelchair|stutter|autis[a-z]+|crutches|deaf|blind|accent|skin colou?r|headscarf|pregnan[a-z]+
`);
export const gladPicture =
  /[\u{1F60D}\u{1F970}\u{2764}\u{1F44F}\u{1F64C}\u{1F389}\u{1F64F}\u{1F495}\u{1F499}\u{1F49A}\u{1F49B}\u{1F49C}\u{1F929}]/u;

/** Praise and thanks: a short, merry answer is right. */
export const praise = phrases(`
  thanks|thank you|thx|love|loved|lovely|great|best|amazing|awesome|kind|nice|friendly|respect|fixed it|happy|perfect|excellent|brilliant|well done|not complaining|hilarious|laughing|favou?rite|the only (?:one|ones) (?:that|who)|like people|pretty good|respect|hero
  danke|super|toll|klasse|nett|gracias|genial|merci|bravo|grazie|bravi|bedankt|obrigad[oa]
`);

export const joking = /(?<![a-z])(?:lol|lmao|haha+|hehe+|rofl|jk)(?![a-z])|😂|🤣|😅/u;

/** A word for the one it happened to, or what to do so that nothing worse comes. */
export const care = phrases(`
  sorry|nobody should|body should|condolences?|sympathy|apolog[a-z]+|forgive|regret
  (?:how|are|is) (?:are|is|your|you|the|he|she|they|everybody|everyone) … (?:ok|okay|all right|alright|doing|feeling|better|hurt|safe|well|lip|hand|arm)
  are you (?:and everybody|all right|ok|okay|safe|hurt)
  hope (?:he|she|you|they|everyone|everybody|your)
  (?:see|call|ring) (?:a|your|the) (?:doctor|gp|ambulance)
  (?:call|dial|ring) (?:999|911|112|000|15|the emergency)
  112|999|911|notruf
  unplug|switch it off|stay (?:well )?away|keep (?:it )?(?:off|others|away|well)|get out|leave (?:the|that|it)|eat no more|stop (?:using|eating)|(?:don't|do not) (?:touch|use|eat|wait|switch)
  (?:has|have) to be looked at|looked into
  (?:shouldn't|should not|must not|mustn't) (?:have )?(?:happen|be)[a-z]*
  (?:isn't|is not|not) (?:easy|how|right|ok|okay)
  (?:hard|awful|terrible|horrible|frightening|shock|worrying|scary)
  understand|thank you for telling
  leid|beileid|mitgefuhl|entschuldig[a-z]+|bedaure[a-z]*|hoffe|nicht beruhren|bitte keinen
  siento|sentimos|lamento|lamentamos|pesame|disculp[a-z]+|perdon
  desole[a-z]*|condoleances|navre[a-z]*|excus[a-z]+|pardon
  dispiace|spiacenti|condoglianze|scus[a-z]+
  spijt|spijtig|gecondoleerd|medeleven|erg voor|excuses|sorry
  lamento|lamentamos|sinto muito|sentimos|pesames|desculp[a-z]+
`);
