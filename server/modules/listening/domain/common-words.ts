/**
 * The small words and chat forms that people of a language use all the time, written by hand. They decide between neighbours (Catalan or
 * Spanish, Dutch or English slang) where a post is too short for its letters to tell.
 */
const COMMON: Record<string, string> = {
  en: "the and you that this with have was are for not but what just like your my it's i'm im don't dont can't cant didn't isn't they she him her his their there when who how why all out about from get got going gonna wanna has had been would could should will because really think know people good time one so if we me do does did is it in of to on at be or an as thanks thank please sorry lol lmao omg yeah yes hey today tonight tomorrow never always still more much than then here where some any only now too very love hate u ur r idk tho cause these those up down oh well day night new day's he's she's that's what's let's let's won't wouldn't couldn't ain't y'all happy birthday bday bro watching was were been being girl man guys dude follow following back first last next best better again ever every someone anyone everyone nothing something",
  es: "el la los las un una que qué de del en y es con por para no se lo le me mi te tu su sus al como cómo pero más mas ya muy si sí yo está esta este esto eso ese todo todos hay hoy mañana cuando porque bien gracias hola jaja jajaja jajajaja q x pq tb son fue ser estar tengo tiene quiero nada nunca siempre también tambien sin sobre día dia año vida amor buenos buenas noches días qué quien quién donde dónde eres soy vamos mejor ahora casa hacer ver nos les unos unas desde hasta entre",
  pt: "o os um uma que de do da dos das em no na nos nas e é com por para pra não nao se eu você voce vc meu minha seu sua ele ela mais mas já muito também tambem tb hoje amanhã quando porque bem obrigado obrigada oi kkk kkkk rs são foi ser estar tenho tem quero nada nunca sempre sem dia vida amor bom boa noite tá ta pq isso esse essa aqui agora gente tudo ao pelo pela só até",
  fr: "le la les un une des du de et est c'est je j'ai tu il elle on nous vous ils que qui quoi pas ne plus dans pour sur avec mais ou où si ce cette mon ma mes ton ta tes son sa ses au aux en y a à été être fait faire suis es sont va bien bon bonne merci bonjour bonsoir salut mdr ptdr lol trop très tout tous aussi quand comme parce jamais toujours encore rien demain aujourd'hui hier jour nuit oui non d'un d'une l'a qu'il qu'on t'es j'suis jsuis moi toi lui leur même alors sans chez",
  de: "der die das und ist ich du er sie es wir ihr nicht ein eine einen einem einer mit auf für von zu im in den dem des auch aber oder wenn weil dass daß wie was wer wo warum nur noch schon mal so sehr ja nein bin bist sind war waren habe hab hat haben kann kannst muss wird werden mein meine dein sein bei nach aus an um über vor jetzt heute morgen gestern immer nie gut danke bitte hallo ach halt doch mehr als am zum zur man mich mir dich dir uns euch nix gibt geht macht müde bock echt mega geil soo kein keine keinen endlich wieder tag nacht leute ihr lieben alle alles etwas schön leider ganz",
  nl: "de het een en is ik je jij u hij ze zij we wij jullie niet van in op te met voor dat die dit deze maar of als dan wat wie waar waarom hoe ook nog al wel geen naar aan om er bij uit over door heb hebt heeft hebben ben bent zijn was waren kan kun moet zal wordt mijn m'n jouw zo nu vandaag morgen gisteren altijd nooit goed dank bedankt hoi haha lekker echt even eens weer gewoon nee ja veel meer mee toch omdat iets niets alleen leuk gaat ga gaan doe ff niemand hè fijne dag slapen school thuis werk vandaag avond vanavond morgen jullie dus want zit zit staat",
  it: "il lo la i gli le un uno una di del della dei delle da dal in nel nella con su per tra che chi è e non sono sei siamo ho hai ha hanno mi ti si ci vi ma anche più piu come quando perché perche dove cosa questo questa quello io tu lui lei noi voi loro mio mia tuo tua suo sua bene male grazie ciao oggi domani ieri sempre mai molto tutto tutti già ancora qui poi se al alla ai anni giorno notte buongiorno buonanotte casa fare stare essere così solo",
  ca: "el la els les un una que què de del dels en i és amb per no es em et li als al com però més ja molt si sí jo això aquest aquesta tot tots hi ha avui demà quan perquè bé gràcies hola són fer anys dia vida nit bona bon també sense sobre mai sempre on ets sóc meu meva seva nostre",
  gl: "o a os as un unha que do da dos das en no na e é con por para non se eu ti el ela máis pero xa moi tamén hoxe mañá cando porque ben grazas ola son foi ser estar teño ten quero nada nunca sempre sen día vida bo boa noite iso ese aquí agora xente todo ao pola polo só ata",
  sv: "och att det är en ett jag du han hon vi ni de som på för med inte av till den har hade var vad när hur varför men om så nu idag imorgon igår alltid aldrig bra tack hej kan ska vill måste från mycket mer också bara här där min mitt mina din ditt sig oss er efter eller ju väl nog lite jättebra blir",
  da: "og at det er en et jeg du han hun vi i de som på for med ikke af til den har havde var hvad hvornår hvordan hvorfor men om så nu idag altid aldrig godt tak hej kan skal vil må fra meget mere også bare her der min mit mine din dit sig os jer efter eller jo nok lidt bliver blev noget nogen",
  no: "og at det er en et jeg du han hun vi dere de som på for med ikke av til den har hadde var hva når hvordan hvorfor men om så nå idag alltid aldri bra takk hei kan skal vil må fra mye mer også bare her der min mitt mine din ditt seg oss etter eller jo nok litt blir ble noe noen",
};

/** The languages of each common word. */
const languagesOf = new Map<string, string[]>();
for (const [code, words] of Object.entries(COMMON)) {
  for (const word of new Set(words.split(" "))) {
    const known = languagesOf.get(word);
    if (known) known.push(code);
    else languagesOf.set(word, [code]);
  }
}

/** Which languages a normalised word is common in; mostly none. */
export function commonIn(norm: string): readonly string[] {
  return languagesOf.get(norm) ?? [];
}
