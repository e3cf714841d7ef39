/** Shapes of words that features look for in a post, a fact or a sentence; all on folded text but `person`. */
export const asked =
  /[?]\s*$|[?](?=\s)|^(?:@\S+ )?(?:can|could|may|do|does|did|is|are|how|what|where|when|who|which|will|why|any|has|have|wann|wie|wo|kann|kommt|ist|gibt|cuando|donde|hay|quand|ou|est-ce|quando|dove|wanneer|kan)\s/iu;
export const aheadAsked =
  /(?<!\p{L})(?:will|when|tomorrow|tonight|next|back|refund\p{L}*|compensat\p{L}*|money|safe|dangerous|harmful|risk|again|soon|still|stay|lose|get|pay|promise|true|wann|wieder|noch|geld|cuando|vuelve|quand|rembours\p{L}*|quando|wanneer|volta)(?!\p{L})/u;
/** Names of people in what is known, as written. */
export const person =
  /(?<![\p{L}.])(?:\p{Lu}\p{Ll}+|\p{Lu}\.)\s\p{Lu}\p{Ll}+|(?<=(?:by|from|for|son|daughter|wife|husband|partner|neighbour|driver|guest|mrs?|ms|dr|of|customer:?) )\p{Lu}\p{Ll}{2,}/gu;
/** Somebody who is pleased, beyond plain words of praise. */
export const pleased =
  /(?<!\p{L})(?:ty|thx|tysm|cheers|banger|saved my|saved our|saved the|hero|helped|wonderful|beautiful|obsessed|delicious|fun|better than|kind|sweet|heaven|lovely|great|loved?|glad|happy|chuffed|recommend|fantastic|hilarious|haha+|lol|5 stars|five stars|babies|en fin|enfin|endlich|por fin)(?!\p{L})|[\u{1F525}\u{1F60D}\u{2764}\u{1F602}\u{1F923}\u{1F970}\u{1F389}\u{1F44F}\u{1F64C}\u{1F604}\u{1F60A}]/u;
export const displeased =
  /(?<!\p{L})(?:not|no|never|nobody|n't|but|refused|rude|broken|still|nothing|waited|wrong|lost|hate|ugly)(?!\p{L})|n't(?!\p{L})/u;
export const ahead =
  /(?<!\p{L})(?:will|shall|won't|going to|gonna|is yours|on us|wird|werden|bekommen|erhalten|kommt|vuelve|tendra\p{L}*|recibira\p{L}*|aurez|recevrez|sera|avra|ricevera|krijgt|zal)(?!\p{L})|'ll(?!\p{L})/u;
/** What is always allowed to be said of oneself: looking, asking, passing on, writing. Taken out before the future is looked for. */
export const ourPart =
  /(?<!\p{L})(?:i|we|i\p{L}*|the team|somebody|someone|ich|wir)(?:'ll| will|'m| am|'re| are|'ve| have|'d)? (?:also |now |just |gladly |personally |then |both )*(?:look\p{L}*|ask\p{L}*|pass\p{L}*|check\p{L}*|read\p{L}*|tell\p{L}*|told|writ\p{L}*|wrote|see|try|trying|find out|find|let you|let \p{L}+ know|note\p{L}*|speak|talk\p{L}*|chas\p{L}*|stay\p{L}*|keep\p{L}*|hand\p{L}*|forward\p{L}*|send (?:you|it|them|word|her|him|this|your)|sent|follow\p{L}*|ring|call|take (?:it|this|that)|dig|go through|gone|opened|say|answer|update|post|come back|get back|do (?:it|that|my)|make sure|add|share|help|explain|apolog\p{L}*|schau\p{L}*|frag\p{L}*|geb\p{L}*|meld\p{L}*|pruf\p{L}*)(?!\p{L})/gu;
export const soothing =
  /(?<!\p{L})(?:don't worry|no worries|rest (?:easy|assured)|relax|you can be (?:sure|certain)|be (?:sure|certain)|count on|rely on|confident|trust (?:us|me)|always turns? up|nearly always|no doubt|nothing to (?:worry|fear)|nothing dangerous|it's not lost|all (?:good|fine|well)|will be (?:fine|ready|ok|okay|good|there|back)|you can sleep|in safe hands|of course|sure,|keine sorge|no se preocupe|ne vous inquietez pas|stia tranquill\p{L}|geen zorgen|fique tranquil\p{L})/u;
export const blames =
  /(?<!\p{L})(?:you (?:could|should|might|must|ought)(?:'ve| have)?|you (?:didn't|did not|never|evidently|obviously|clearly|forgot|signed|chose|agreed|booked)|if (?:you|one) (?:had|only|carr\p{L}+|don't|doesn't|want)|one (?:should|doesn't|has|keeps|could)|most (?:people|guests|customers|others|of)|other (?:people|guests|customers|visitors|members|passengers)|others (?:wait|have|manage|do|find|can)|people (?:like|who|should|always)|they're (?:hopeless|useless)|don't care|won't learn|not that hard|once more|slowly|it says so|as (?:we )?(?:told|said)|nothing to do with us|not our|between you and|calm|shouting|funny (?:how|that)|what (?:were|did|do|is there|are) (?:you|to)|were expecting|get over|grow up|next time|ever heard|somebody did|nobody threw|it was announced|can't listen|had you|hatten sie|deberia|auriez|avrebbe|had u)(?!\p{L})/u;
export const tag =
  /(?:(?:n't|does|did|do|is|are|was|were|will|would|can|has|have) (?:it|he|she|they|you|one|we)|right|no|huh|eh)\s?[?.]\s*$/u;
export const wants =
  /(?<!\p{L})(?:what(?:'s| is| are| was)|which|tell|send|give|post|tweet|reply|write|share|drop|may (?:i|we) have|can (?:i|we) have|could (?:you|i|we)|need|let us know|under which|schicken|nennen|posten|wie lautet|digan?os|envienos|donnez|indiquez|scriva|mandi|stuur|geef)(?!\p{L})[^.!]{0,60}(?<!\p{L})(?:(?:policy|claim|order|booking|customer|tracking|account|phone|mobile|house|reference|member\p{L}*|card|contract|ticket) (?:and |or )?(?:number|no|code)|number|numbers|postcode|zip|address|date of birth|birth\p{L}*|full name|surname|last name|your name|e-?mail\p{L}*|phone|mobile|iban|kundennummer|\p{L}*nummer|telefon|adresse|geburts\p{L}*|numero|correo|direccion|dni|telephone|adresse|indirizzo|telefoon|adres)(?!\p{L})/u;
export const ownThing =
  /(?<!\p{L})(?:your|yours?|ihre?\p{L}?|su|votre|la sua|uw) (?:\p{L}+ )?(husband|wife|son|daughter|partner|ex|heart|condition|conditions|illness|operation|anniversary|divorce|account|card|payment|payments|bill|bills|policy|premium|claim|deposit|salary|income|loan|debt|insurance|employer|landlord|side door|neighbour|garden shed|iban|visa|mastercard|membership|medication|prescription|diagnosis|doctor|pregnancy|age|konto|rechnung|vertrag|cuenta|tarjeta|factura|compte|carte|facture|conto|fattura|rekening|factuur)(?!\p{L})/u;
/** A file of one: a reference, a card, a sum beside a name, a relative, a place where something lies. */
export const ownFile =
  /(?<!\p{L})(?:\p{L}{1,4}-?\d{3,}[\p{L}\d-]*|\d{2,}-\d{3,}|\d{4,}-\p{L}|ending|sender|guest|mrs?|booking|claim|policy of|premium|deposit|invoice|application|left (?:in|with|at|behind)|room \d+|condition|declined|order|parcel of|signed by|other driver|driver|stayed|owes?|unpaid|paid|card|iban|account|customer|member)(?!\p{L})/u;
/** A sentence of what would be. */
export const conditional =
  /^(?:if|when|once|should|as soon as|until|wenn|falls|sobald|si|quand|se|als|zodra)(?!\p{L})|(?<!\p{L})(?:if|unless|whether)(?!\p{L})/u;
