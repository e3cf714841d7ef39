/** Words that sentences are filled with, alike in every language. All written for this project. */
const list = (words: string): readonly string[] => words.split(" | ");

export const places = list(
  "Leith | Aberaeron | Totnes | Hexham | Deptford | Stroud | Margate | Oban | Whitby | Ludlow | Brixton | Kendal | Falmouth | Skipton | Hebden Bridge | Armagh | Bangor | Ely | Penarth | Cromer | Berwick | Buxton | Crewe | Dolgellau | Enniskillen | Frome | Galashiels | Hythe | Ilkley | Jarrow | Kelso | Lerwick | Malvern | Newquay | Otley | Paisley | Redruth | Selby | Thirsk | Ullapool | Ventnor | Wigan | Yeovil | Barry | Cardigan | Diss | Evesham | Fishguard | Girvan | Harlech | Inverness | Knutsford | Lampeter | Matlock | Nairn | Oswestry | Pontypridd | Ripon | Saltash | Tenby",
);
export const streets = list(
  "Harbour Road | Mill Lane | Station Parade | Chapel Street | Bridge Road | Castle Terrace | Priory Close | Albert Grove | Quarry Hill | Orchard Way | Tanner's Row | Beacon Street | Lower Green | Ferry Lane | Saddler Street | St Non's Road | Weavers Court | Pump Square | Cobden Avenue | Gasworks Lane | Rope Walk | Fuller's Yard | Abbey View | Lantern Street",
);
export const devices = list(
  "Pixel 9 | iPhone 16 | iPhone 13 mini | Fairphone 5 | Galaxy A35 | Galaxy S24 | Moto G84 | Nokia 3310 | router | mobile hotspot | tablet | smart watch | Xperia 10 | Nothing Phone | mesh box | Chromebook",
);
export const plans = list(
  "Family 4 | Family 6 | SIM only 20 GB | SIM only 60 GB | Business 5 | Business 20 | Unlimited Max | Student 30 | Fibre 150 | Fibre 500 | Home 80 | Pay as you go",
);
export const shops = list(
  "dealz-now | mega-coupons | crypto-lift | win-a-phone | cheap-follows | moonbag | quickloan4u | prize-island | replica-town",
);
export const engineers = list(
  "Alun | Bea | Femi | Gordon | Jas | Keira | Mo | Nuala | Pete | Sorcha | Wiktor | Zeynep",
);

/** Words of one language. Other languages fall back to English where they have none. */
export const words: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  en: {
    since: list(
      "since Sunday | since last night | for three days | since about 7 this morning | since the storm | since lunchtime | for a week now | on and off since Tuesday | since the maintenance text | since 4 am | for two evenings running | since the roadworks began | for most of the day | since the bank holiday | since Friday teatime | for five hours",
    ),
    work: list(
      "my shop | the bakery | my driving school | our surgery | my taxi | the workshop | my deliveries | our bookings | the nursery | my salon | the farm office | our café | the village hall | my studio",
    ),
    kin: list(
      "my mum | my dad | my nan | my daughter | my brother | my flatmate | my neighbour | my husband | my wife | my son | my uncle | my sister-in-law | my grandad | my landlady",
    ),
    country: list(
      "Spain | Portugal | Norway | Turkey | Canada | Morocco | Greece | Iceland | Malta | Croatia | Japan | Ireland | Italy | the Faroes",
    ),
    app: list("the app | your app | the Northwind app | the website | the account page"),
    day: list("Monday | Tuesday | Wednesday | Thursday | Friday | Saturday"),
    hours: list(
      "two hours | forty minutes | an hour and a half | all morning | 55 minutes | three hours | the whole afternoon | an hour and ten | 35 minutes",
    ),
    time: list(
      "six | half past six | seven | eight in the evening | a quarter to nine | half past nine | noon | five | ten past four | three in the afternoon",
    ),
    slot: list(
      "between 8 and 1 | from 12 to 6 | between nine and eleven | all day | from 7 to 10 | between two and four",
    ),
    mood: list(
      "honestly | seriously | to be fair | just so you know | not going to lie | for the record | with respect | right then | tell you what",
    ),
    sigh: list(
      "Again. | Third time this month. | Anyone home? | What is going on? | Please sort it. | I have had enough. | Help? | Not good enough. | Come on. | I am tired of this. | It is getting old. | Any news? | Over to you. | Not impressed. | It cannot be that hard. | Please, just tell me. | I have better things to do. | Happy to wait, but for how long?",
    ),
    thing: list(
      "keyboard | kettle | bicycle bell | garden chair | pair of hiking boots | umbrella | desk lamp | banjo | scarf | teapot",
    ),
    cause: list(
      "a cable was cut during roadworks | a mast lost its power supply | a card in the exchange has failed | the storm turned an antenna | a splice let water in | a cell is overloaded since its neighbour went down | an update of the cabinet went wrong | a lorry took the cabinet with it | a line card is being swapped | rats have been at a duct",
    ),
    cause2: list(
      "a breakdown on the bypass | two visits that took longer than planned | the wrong address in its list | a ladder job before yours that overran | nobody at the wheel, the driver fell ill",
    ),
    reason: list(
      "a setting-up fee that you should never have seen | the last month of the old plan, counted twice | a pass that was booked by mistake | a late fee although you paid in time | a rental for something you sent back | the price without your discount",
    ),
    reason2: list(
      "the credit came a day after the bill ran | two orders carried one number | the old contract had not been closed | a form lay in the wrong tray | a batch stood still over the weekend | our system took the move for a new contract",
    ),
    reason3: list(
      "the label came off | the courier had the old postcode | it was sorted to the wrong round | the van was full | nobody scanned it | the flat number was cut off the label",
    ),
    eta: list(
      "by six tonight | this evening | tomorrow by noon | within two hours | by tomorrow morning | before nine tonight | in the early afternoon | by Thursday | in an hour or so | today, and I check at five",
    ),
    eta2: list("five o'clock | this evening | tomorrow at nine | lunchtime"),
    slot2: list("between eight and ten | between ten and noon | from noon to two | after four"),
    us: list("@northwind | @northwind | @northwind | Northwind | northwind mobile"),
  },
  de: {
    since: list(
      "seit gestern | seit Sonntag | seit drei Tagen | seit heute früh | seit dem Sturm | seit einer Woche | seit dem Update",
    ),
    kin: list("meine Mutter | mein Mann | meine Tochter | mein Nachbar | meine Frau | der Opa"),
    country: list("Norwegen | Spanien | Irland | Island | Griechenland"),
    app: list("die App | die Webseite | das Konto"),
    day: list("Montag | Dienstag | Mittwoch | Donnerstag | Freitag | Samstag"),
    hours: list("zwei Stunden | vierzig Minuten | den ganzen Vormittag"),
    sigh: list("Langsam reicht es. | Bitte kümmern. | Was ist da los? | Schon wieder. | Ich bitte um Antwort."),
    cause: list(
      "wurde bei Bauarbeiten ein Kabel beschädigt | ist an einem Mast der Strom ausgefallen | wird eine Baugruppe getauscht | hat der Sturm eine Antenne verdreht",
    ),
    reason: list(
      "eine Gebühr, die Sie nie hätten sehen sollen | der letzte Monat des alten Tarifs, doppelt gezählt | ein Paket, das aus Versehen gebucht wurde",
    ),
    eta: list("bis heute Abend | morgen bis Mittag | in zwei Stunden | bis morgen früh | heute Nachmittag"),
  },
  fr: {
    since: list(
      "depuis hier | depuis dimanche | depuis trois jours | depuis ce matin | depuis la tempête | depuis une semaine",
    ),
    kin: list("ma mère | mon mari | ma fille | mon voisin | ma femme"),
    country: list("Norvège | Espagne | Irlande | Islande | Grèce"),
    day: list("lundi | mardi | mercredi | jeudi | vendredi | samedi"),
    hours: list("deux heures | quarante minutes | toute la matinée"),
    sigh: list("Ça commence à bien faire. | Merci de répondre. | Encore. | Que se passe-t-il ? | J'attends."),
    cause: list(
      "un câble a été coupé pendant des travaux | une antenne n'a plus de courant | une carte du central est en panne | la tempête a déplacé une antenne",
    ),
    reason: list(
      "des frais que vous n'auriez jamais dû voir | le dernier mois de l'ancien forfait, compté deux fois | une option activée par erreur",
    ),
    eta: list("ce soir | demain avant midi | d'ici deux heures | demain matin | cet après-midi"),
  },
  es: {
    since: list(
      "desde ayer | desde el domingo | desde hace tres días | desde esta mañana | desde la tormenta | desde hace una semana",
    ),
    kin: list("mi madre | mi marido | mi hija | mi vecino | mi mujer"),
    country: list("Noruega | Portugal | Irlanda | Islandia | Grecia"),
    day: list("lunes | martes | miércoles | jueves | viernes | sábado"),
    hours: list("dos horas | tres días | toda la mañana | una semana"),
    sigh: list("Ya está bien. | Contestad, por favor. | Otra vez. | ¿Qué pasa? | Sigo esperando."),
    cause: list(
      "se cortó un cable en unas obras | una antena se quedó sin corriente | falló una tarjeta de la central | la tormenta movió una antena",
    ),
    reason: list(
      "un cargo que nunca debió ver | el último mes de la tarifa antigua, contado dos veces | un bono activado por error",
    ),
    eta: list("esta tarde | mañana antes del mediodía | en dos horas | mañana por la mañana | esta noche"),
  },
  pt: {
    since: list("desde ontem | desde domingo | há três dias | desde esta manhã | desde a tempestade"),
    kin: list("a minha mãe | o meu marido | a minha filha | o vizinho"),
    day: list("segunda | terça | quarta | quinta | sexta"),
    hours: list("duas horas | toda a manhã"),
    sigh: list("Outra vez. | Respondam, por favor. | O que se passa?"),
    cause: list("cortaram um cabo numa obra | uma antena ficou sem energia | avariou uma placa da central"),
    reason: list("uma taxa que não devia ter visto | o último mês do tarifário antigo, contado duas vezes"),
    eta: list("esta tarde | amanhã até ao meio-dia | dentro de duas horas | amanhã de manhã"),
  },
  cy: {
    since: list("ers ddoe | ers dydd Sul | ers tri diwrnod | ers bore 'ma | ers y storm | ers wythnos"),
    kin: list("Mam | Dad | fy merch | fy mrawd | Nain"),
    country: list("Iwerddon | Norwy | Sbaen"),
    day: list("dydd Llun | dydd Mawrth | dydd Mercher | dydd Iau | dydd Gwener"),
    hours: list("dwy awr | trwy'r bore"),
    sigh: list("Eto. | Atebwch, plîs. | Beth sy'n digwydd?"),
    cause: list("torrwyd cebl yn ystod gwaith ffordd | collodd mast ei drydan | mae cerdyn yn y gyfnewidfa wedi methu"),
    reason: list("ffi na ddylech fod wedi'i gweld | mis olaf yr hen gynllun, wedi'i gyfrif ddwywaith"),
    eta: list("erbyn heno | yfory cyn hanner dydd | o fewn dwy awr | bore yfory"),
  },
};

/** Thanks: a beginning and an end, and words between that name the matter. */
export const thanks: Readonly<Record<string, readonly string[]>> = {
  en: [
    "[Thank you|Thanks a lot|Brilliant, thanks|Cheers|Ta very much|Many thanks|Oh perfect, thank you|Thanks so much|Great stuff, thanks|Lovely, thank you|That is kind, thanks|Right, thank you], [that was quick|all working now|that did it|back online|much appreciated|I can get on with my day|the kids are happy again|signal is back in the kitchen too|you have saved my week|have a good evening|sorted at last|I will tell the neighbours|no more from me].",
    "[It works|All good|Sorted], thank you{comma_me}. [{kin} says hello|{place} is smiling again|You turned a bad {day} round|I did not expect that|Please tell your boss].",
    "[Fair play|Credit to you]{comma_me}, [that was {hours} better spent than the last call|nobody else managed that|I take back what I said about {app}].",
    "Thanks{comma_me}[, {money} arrived|, the {device} is happy|, {place} is back|, {kin} can ring me again|]. [Have a good {day}|Take care|That is all|].",
  ],
  de: [
    "[Danke|Vielen Dank|Super, danke|Prima, danke schön]{comma_me}, [jetzt geht es wieder|das hat geholfen|schnell geholfen|alles gut|{place} ist wieder da|ein schönes Wochenende|so muss das sein].",
  ],
  fr: [
    "[Merci|Merci beaucoup|Parfait, merci|Super, merci]{comma_me}, [ça marche|c'est réglé|c'était rapide|bonne soirée|tout est revenu à {place}].",
  ],
  es: [
    "[Muchas gracias|Gracias|Mil gracias|Genial, gracias]{comma_me}, [ya funciona|todo en orden ahora|qué rapidez|buen servicio|en {place} ya va].",
  ],
  pt: [
    "[Muito obrigada|Obrigado|Obrigado pela ajuda]{comma_me}, [já funciona|está resolvido|foi rápido|bom fim de semana].",
  ],
  cy: [
    "[Diolch|Diolch yn fawr|Gwych, diolch]{comma_me}, [mae'n gweithio nawr|cyflym iawn|popeth yn iawn|mae {place} yn ôl].",
  ],
};

export const firstNames = list(
  "Ines | Callum | Hamid | Jo | Owain | Leila | Grace | Beatriz | Piotr | Nia | Samir | Freya | Tobias | Amara | Lewis | Chiara | Dev | Morag | Ivo | Zadie | Hugh | Renata | Kofi | Elin | Bram | Sunita | Colm | Aya | Matteo | Gwen | Oskar | Lina | Fergus | Noor | Hanna | Luca | Efua | Ruth | Anders | Maya | Aled | Bronagh | Cass | Dilys | Emeka | Flora | Gareth | Huda | Isla | Jakub | Keir | Lowri | Milan | Niamh | Olu | Petra | Quentin | Rosa | Sioned | Tariq | Una | Vikram | Wren | Xenia | Yusuf | Zoe | Agnes | Bilal | Catrin | Dougal",
);
export const lastNames = list(
  "Rocha | Reid | Farouq | Baptiste | Pugh | Haddad | Lim | Moura | Zielinski | Evans | Qureshi | Holm | Brandt | Okoye | Fraser | Conti | Menon | MacLeod | Petrov | Clarke | Dunn | Costa | Mensah | Berg | Visser | Rao | Doyle | Tanaka | Ricci | Price | Adeyemi | Blythe | Carver | Dacosta | Eastwood | Fenwick | Gallagher | Hopkin | Iqbal | Jessop | Kerr | Llewelyn | Mistry | Nkosi | Orme | Parry | Quill | Rushton | Sandhu | Thorne | Underhill | Vaughan | Whelan | Yilmaz | Ashby | Bevan | Chowdhury | Drummond | Elliot | Ferreira",
);

/** A further sentence, when the same had been said before. */
export const tails: Readonly<Record<string, { ours: readonly string[]; theirs: readonly string[] }>> = {
  en: {
    ours: list(
      "Write here if anything is left. | I stay with it until it is done. | You have a number to hold me to now. | Sorry again for the bother. | Thank you for your patience. | Tell me if it looks different on your side. | I have noted it, so nobody asks you twice. | My shift ends at ten; a colleague has your case then. | It is on my own list. | You hear from me either way. | If it is quicker for you, reply with one word. | I checked it twice. | Have a good {day} all the same.",
    ),
    theirs: list(
      "Writing this from {place2}. | {sigh} | {kin} says the same. | It is {day}, by the way. | Been like that for {hours}. | Customer since {year}. | Not the first time. | I will wait until {day}. | Just saying. | {place2}, if it matters. | Number ends {last4}. | Now back to {work}. | The {device} is nearly empty, so be quick. | I looked for {minutes} minutes.",
    ),
  },
  de: {
    ours: list(
      "Ich bleibe dran. | Schreiben Sie gern wieder hier. | Danke für Ihre Geduld. | Entschuldigen Sie die Umstände.",
    ),
    theirs: list(
      "{sigh} | Gruß aus {place2}. | Kunde seit {year}. | {kin} sagt dasselbe. | Es geht um {plan}. | Das dauert schon {hours}.",
    ),
  },
  fr: {
    ours: list(
      "Je m'en occupe jusqu'au bout. | Merci de votre patience. | Dites-moi si cela change. | Toutes mes excuses.",
    ),
    theirs: list(
      "{sigh} | J'écris de {place2}. | Client depuis {year}. | C'est pour {plan}. | Cela dure depuis {hours}.",
    ),
  },
  es: {
    ours: list(
      "Sigo con ello hasta el final. | Gracias por su paciencia. | Dígame si cambia algo. | Disculpe las molestias.",
    ),
    theirs: list(
      "{sigh} | Escribo desde {place2}. | Cliente desde {year}. | Es la tarifa {plan}. | Llevo así {hours}.",
    ),
  },
  pt: {
    ours: list("Fico a acompanhar. | Obrigada pela paciência. | Diga-me se mudar alguma coisa."),
    theirs: list("{sigh} | Escrevo de {place2}. | Cliente desde {year}. | É o {plan}."),
  },
  cy: {
    ours: list("Byddaf yn cadw llygad arno. | Diolch am eich amynedd. | Rhowch wybod os oes newid."),
    theirs: list("{sigh} | Yn ysgrifennu o {place2}. | Cwsmer ers {year}. | {plan} sydd gen i."),
  },
};
