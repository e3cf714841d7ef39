/**
 * Turns of phrase in the languages met most. Each list holds patterns of whole words for writing with spaces and patterns that match
 * anywhere for writing without.
 */
function phrases(spaced: readonly string[], anywhere: readonly string[] = []): RegExp {
  const inside = anywhere.length === 0 ? "" : `|${anywhere.join("|")}`;
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${spaced.join("|")})(?![\\p{L}\\p{N}])${inside}`, "iu");
}

/** Speaks of something said before: "still", "any news", "wie gesagt". */
export const FOLLOWS_UP = phrases(
  [
    "still|again|any (?:updates?|news|progress)|following up|follow(?:ing)?[- ]?up|as (?:i|we) (?:said|wrote|mentioned)|as asked|what about|never (?:came|arrived|happened)",
    "(?:days?|weeks?|hours?) (?:later|ago|now)|no (?:reply|answer|response|update)|(?:haven't|have not) heard",
    "immer noch|noch immer|schon wieder|wieder|weiterhin|wie gesagt|gibt es (?:etwas )?neues|was ist mit|tage später",
    "toujours|encore|de nouveau|encore une fois|des nouvelles|jours plus tard",
    "sigo|sigue|siguen|todav[ií]a|a[uú]n|de nuevo|otra vez|d[ií]as despu[eé]s",
    "ancora|di nuovo|nuovamente|giorni dopo|nog (?:steeds|altijd)|alweer|weer|ainda|continua|novamente|de novo",
    "nadal|wci[aą]ż|znowu|ponownie|fortfarande|igen|stadig|fortsatt|edelleen|yhä|vieläkin|po[rř]ád|stále|zase|h[aâ]l[aâ]|yine|masih|lagi|belum|vẫn|mereu|încă|még mindig",
    "вс[её] ещ[её]|до сих пор|снова|опять|так и не|досі|знову|ακόμα|ακόμη|πάλι|עדיין|שוב|ما زالت?|لا يزال|لا تزال|حتى الآن|अब भी|अभी भी|अभी तक|फिर से",
  ],
  ["まだ", "相変わらず", "아직도?", "여전히", "还是", "仍然", "仍旧", "依然", "還是", "ยัง"],
);

/** Says that something was sent privately: "DM'd you". */
export const WENT_PRIVATE = phrases([
  "(?:dm|pm)(?:'?d|ed)|(?:sent|send|sending|dropped|wrote)(?: you)?(?: guys)?(?: an?| the| my)? (?:dm|pm|direct message|private message|message|e-?mail)",
  "check (?:your )?(?:dms?|inbox|messages)|e-?mailed you|in (?:your|the) dms?",
  "(?:nachricht|mail|dm|pn) geschickt|privatnachricht|(?:message priv[ée]|mp|mail|dm) envoy[ée]e?|mensaje privado|(?:os|te|les?) (?:he )?(?:escrib[ií]|mand[ée]) por (?:privado|dm)|scritto in privato|mensagem privada|enviei (?:dm|mensagem)",
]);

/** Begins another matter: "another question". */
export const NEW_MATTER = phrases(
  [
    "(?:another|different|separate|unrelated|second|new|other) (?:thing|question|issue|problem|matter|topic|request|order|enquiry|inquiry)|one more (?:thing|question)|on another note|something (?:else|different)",
    "(?:andere|weitere|neue|zweite)[rns]? (?:frage|sache|bestellung|thema|anliegen)|(?:etwas|was) (?:ganz )?anderes|noch (?:eine|mal eine|ne) (?:kurze )?frage",
    "autre (?:question|chose|sujet|demande)|rien à voir|otra (?:pregunta|cosa|consulta|duda)|otro (?:tema|asunto)|un'altra (?:domanda|cosa|richiesta)|altra (?:domanda|cosa)",
    "outra (?:pergunta|coisa|d[uú]vida|quest[aã]o)|outro assunto|iets anders|andere vraag|nog een vraag|inne pytanie|inna sprawa|z innej beczki",
    "annan (?:fråga|sak)|en fr[aå]ga till|andet spørgsm[aå]l|noget andet|annet spørsm[aå]l|noe annet|toinen kysymys|toinen asia|jin[aá] ot[aá]zka|n[eě]co jin[eé]ho",
    "başka bir (?:soru\\p{L}*|konu)|bir (?:soru\\p{L}*|şey) daha|pertanyaan lain|hal lain|câu hỏi khác|việc khác|altă întrebare|másik kérdés",
    "(?:другой|ещ[её] один|другая) (?:вопрос|тема)|(?:інше|ще одне) питання|άλλη (?:ερώτηση|απορία)|שאלה (?:אחרת|נוספת)|سؤال (?:آخر|ثان[يٍ]?)|(?:एक )?और सवाल|दूसरा सवाल",
  ],
  [
    "^\\s*(?:btw|by the way|p\\.?s\\.?)(?![\\p{L}])",
    "別の(?:質問|件)",
    "別件",
    "もう[一1ひと]+つ質問",
    "다른 (?:질문|문의)",
    "하나 더",
    "(?:另外|还有|另)[^，。]{0,3}(?:问题|个问题|一件事|想问)",
    "另一个问题",
    "คำถามอื่น",
    "อีกเรื่อง",
  ],
);

/** Asks to go on in private: "please DM us". */
export const INVITES_PRIVATE = phrases(
  [
    "(?:dm|pm|message|e-?mail|mail|write(?: to)?|inbox) (?:us|me)|(?:send|drop|shoot|give) (?:us|me) (?:an? |your [\\p{L} ]{0,30}(?:by|via|in|per) )?(?:dm|pm|direct message|private message|message|e-?mail|mail)",
    "(?:by|via|in|per|through) (?:dm|pm|direct message|private message|private|e-?mail|mail|privatnachricht)|let'?s? (?:us )?(?:talk|look|continue) (?:in private|here)",
    "schreib(?:en sie|t|e)? uns|privatnachricht|en (?:message )?priv[ée]|[ée]crivez-nous|envoyez-nous un (?:message|mail|e-mail)",
    "por (?:mensaje )?privado|escr[ií]benos|m[aá]ndanos|in privato|scrivi(?:ci|teci)|ci (?:scriva|mandi)|mande (?:um|uma)|mensagem privada|stuur ons|mail ons|proszę (?:o maila|napisać)|napište n[aá]m|mejla oss|send os|напишите нам|yazar mısınız|bize yazın",
  ],
  ["DMで", "メールを?(?:で|お願い)", "メールで", "메일 부탁", "请发邮件", "私信"],
);

/** Speaks of something of the writer's own: "mine too", "my chair". */
export const OF_OWN = phrases(
  [
    "my|mine|same (?:here|problem|issue|thing)|me too|i(?:'ve| have) (?:the|a|an|also)|happened to me|our",
    "mein(?:e[rnms]?)?|bei mir|mir (?:fehlt|auch)|ich habe|mon|ma|mes|moi aussi|mi|mis|a m[ií] tambi[eé]n|yo tambi[eé]n|me (?:lo|la) cortaron|mio|mia|miei|anch'io|mijn|meu|minha|o meu|m[oó]j|moja|moje|min|mitt|mina|mine|benim|minun",
    "мой|моя|мо[её]|у меня|мій|моя|у мене|μου|שלי|عندي|لي|मेरा|मेरी|मेरे",
  ],
  ["私の", "うちも", "제|저도|내", "我的|我也", "ของฉัน|ของผม", "저희"],
);

/** The second or later piece of a post in parts: "2/3". */
export const LATER_PART = /(?:^|\s|\()(?:([2-9])\s?\/\s?[2-9])(?=\)|\s|$|\.)|^\s*(?:cont(?:inued|'d|\.)|\.\.\.|…)/iu;

/** Speaks of the help that was given: an article, a video, a guide. */
export const CITES_HELP = phrases(
  [
    "(?:the|your|that|this) (?:article|video|guide|link|tutorial|page|instructions?|steps?|help page|faq)",
    "(?:der|das|die|den|dein|euer|ihr) (?:artikel|video|anleitung|link|seite)|(?:la|votre) (?:vid[eé]o|page|notice)|l'article|le (?:lien|guide|tuto)",
    "el (?:art[ií]culo|v[ií]deo|enlace|tutorial)|la gu[ií]a|il (?:video|link)|la guida|l'articolo|o (?:artigo|v[ií]deo|link)|het (?:artikel|filmpje)|de (?:video|handleiding)|artykuł|film(?:ik)?|статья|видео|ссылка|videonuz|videoyu",
  ],
  ["動画", "記事", "リンク", "영상|동영상|링크", "视频|文章|链接"],
);

/** Says that something helped. */
export const WORKED = phrases(
  [
    "(?:that|it|this|which) (?:worked|helped|did it|fixed it|solved it)|worked|fixed it|all good now|solved|works (?:now|again)",
    "hat (?:geholfen|geklappt|funktioniert)|klappt jetzt|geht (?:jetzt|wieder)|läuft wieder|[çc]a (?:a )?march[eé]e?|[çc]a fonctionne|r[eé]gl[eé]|c'[eé]tait [çc]a|me sirvi[oó]|funcion[oó]|ya funciona|solucionado",
    "funziona|ha funzionato|risolto|funcionou|deu certo|resolvido|het werkt|gelukt|zadziałało|pomogło|funkade|det hjalp|получилось|помогло|заработало|işe yaradı|oldu",
  ],
  ["できました", "直りました", "됐어요|해결", "好了|解决了|成功了"],
);

/** Says that something did not help. */
export const FAILED = phrases(
  [
    "(?:did|does|do|has|have|had)(?:n't| not)(?: \\p{L}+)? (?:work|help|fix|solve|change)(?:ed)?(?: \\p{L}+)?|not working|no luck|no use|to no avail|still (?:broken|the same|not)|never (?:worked|helped)",
    "(?:hat|haben|hilft|klappt|geht|funktioniert)(?: \\p{L}+){0,2} nicht(?: (?:geholfen|geklappt|funktioniert))?|nichts (?:gebracht|geholfen)",
    "ne (?:marche|fonctionne|change) (?:toujours )?(?:pas|rien)|n'a (?:pas|rien) (?:march[eé]|fonctionn[eé]|aid[eé]|chang[eé]|r[eé]solu)|toujours pas",
    "no (?:me |nos )?(?:funcion[oóa]|sirvi[oó]|sirve|ayud[oó])|sigue (?:igual|sin)|non (?:funziona|ha funzionato|ha aiutato|è servito)|n[aã]o (?:funcionou|funciona|ajudou|deu certo|resolveu)|(?:werkt|helpt|hielp)(?: nog steeds)? niet|niet geholpen",
    "nie (?:działa|zadziałało|pomogło|pomaga)|fungerar inte|hjälpte inte|virker ikke|hjalp ikke|ei toimi|ei auttanut|nefunguje|nepomohlo|nem (?:működik|segített)|nu (?:merge|funcționează|a ajutat)",
    "не (?:помогло|помог|помогает|работает|получилось|заработало)|не (?:допомогло|працює)|işe yaramadı|olmadı|çalışmıyor|tidak (?:berhasil|membantu)|không (?:được|giúp)",
  ],
  [
    "直りません|できません|ダメでした|動きません",
    "안 ?(?:돼|되|됐)|도움이 안",
    "没用|没有用|不行|没解决|不管用",
    "ใช้ไม่ได้|ไม่ได้ผล",
  ],
);

/** Asks a question. */
export const ASKS = /[?？؟]|(?:か|까|나요|吗|呢)[。.!！]?\s*$/u;

/** Begins like a letter or a first call. */
export const GREETS =
  /^\s*(?:hi|hello|hey|dear|good (?:morning|evening|afternoon|day)|hallo|guten (?:tag|morgen|abend)|moin|servus|bonjour|bonsoir|salut|hola|buen(?:os|as) (?:d[ií]as|tardes|noches)?|ciao|buongiorno|salve|ol[aá]|oi|bom dia|boa tarde|hoi|goedendag|dzie[nń] dobry|cze[sś][cć]|hej|god dag|moi|dobr[yý] den|merhaba|selam|halo|xin chào|chào|привет|здравствуйте|добрый день|доброго дня|γεια|καλημέρα|καλησπέρα|שלום|مرحبا|السلام|नमस्ते)(?![\p{L}])|^\s*(?:こんにちは|お世話になっ|안녕하세요|你好|您好)/iu;

/** Goes on from what was just said: a conjunction at its head, or a word that stands for a thing named before. */
export const GOES_ON =
  /^\s*(?:and|but|so|then|ok(?:ay)?|yes|yeah|no|not yet|und|aber|also|ja|nein|doch|et|mais|alors|oui|non|y|pero|entonces|s[ií]|e|ma|allora|mas|ent[aã]o|sim|n[aã]o|en|maar|nee|i|ale|tak|nie|och|men|nej|ve|ama|evet|hay[ıi]r|а|и|но|да|нет)(?![\p{L}])|(?<![\p{L}])(?:it|they|them|its|that one|this one|he|she|es|ihn|dafür|davon|dazu|damit|il|elle|ils|elles|ça|cela|esto|eso|isso|ele|ela|deze|o zaman|он|она|оно|они|это)(?![\p{L}])/iu;
