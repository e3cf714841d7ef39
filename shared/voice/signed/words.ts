/** Words by which rules about signatures speak: English, German, Spanish, French, Italian, Portuguese, Dutch. All with the flags iu. */
const word = (list: string) => new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${list})(?![\p{L}\p{N}])`, "iu");

export const initials = word(
  String.raw`initials?|kürzel\p{L}*|kuerzel\p{L}*|namenskürzel|initial(?:e|en|es)|anfangsbuchstaben|iniciales|inicial|inizial[ei]|iniciais|sigles?|sigla|siglas|paraaf|two letters|monogram\p{L}*`,
);
export const firstInitial = word(
  String.raw`(?:first|given) name (?:and|plus|with|,) (?:the )?(?:an? )?(?:last |surname |family )?(?:name )?(?:initial|first letter)[^.;]*|(?:first|given) name and (?:the )?(?:initial|first letter) of[^.;]*|vorname\p{L}* (?:und|mit|plus) (?:dem |der )?(?:ersten? |anfangs)?(?:buchstabe\p{L}*|initiale?) (?:des|vom)[^.;]*|vorname\p{L}* (?:und|mit|plus) (?:dem |der )?(?:anfangsbuchstabe\p{L}*|initiale)|nombre (?:y|con|e) (?:la )?inicial|prénom (?:et|avec) (?:l')?initiale|nome (?:e|con|com) (?:l'|l’|a |la )?ini[cz]iale?|voornaam (?:en|met) (?:de )?(?:eerste letter|initiaal)`,
);
export const full = word(
  String.raw`full names?|complete names?|first (?:name )?and (?:the )?(?:last|family|sur)[ -]?names?|names? and surnames?|first and second names?|vor- und (?:nach|zu|familien)name\p{L}*|vornamen? und (?:nach|zu|familien)namen?|voll(?:e[mnrs]?|ständige[mnrs]?) namen?|ganze[mnr]? namen?|nombres? y (?:el )?apellidos?|nombre completo|nom complet|prénoms? et (?:le |du )?nom(?: de famille|(?! d(?:e|u)(?!\p{L})))|nom et (?:le )?prénom|nome e (?:il )?cognome|nome completo|nome e (?:o )?(?:sobrenome|apelido)|nome per intero|voor- en achternaam|voornaam en achternaam|volledige naam|naam en achternaam`,
);
export const first = word(
  `(?:first|given|christian|fore) ?names?|vornamen?s?|rufnamen?|nombres?(?: de pila)?|prénoms?|primer nombre|primeiro nome|nome próprio|nome(?: di battesimo)?|nomes|voorna(?:am|men)`,
);
export const name = word(
  `names?|(?:the |which )?person(?: who|'s name)|namens?|namen|nom|noms|naam|namentlich|nominativo`,
);
export const nobody =
  /^\s*(?:none|no (?:signature|disclosure)\p{L}*|not (?:needed|required|asked)|kein\p{L}*|keine signatur|ningun[oa]|aucune?|nessun[oa]|nenhum\p{L}*|geen|-|)\s*\.?$/iu;
/** A clause that asks for no signature. */
export const unsigned = word(
  String.raw`no (?:signature|name|initials|mark|sign-?off)|no (?:first|full) names?|needs? (?:none|nothing|no \p{L}+)|(?:nothing|nobody|no one|no agent) (?:needs? (?:signing|to (?:be )?sign(?:ed)?)|has to (?:be )?sign(?:ed)?|is signed|signs)|(?:do|does|need|are|is|be)(?: not|n['’]t) (?:to )?(?:be )?(?:sign|signed|closed)|no need to sign|not (?:signed|needed|required)|unsigned|without (?:a |any )?(?:signature|mark|name|initials)|kein\p{L}* (?:signatur|unterschrift|kürzel|namen?|zeichen)|ohne (?:signatur|unterschrift|kürzel|namen?|zeichen)|niemand (?:unterschreib\p{L}*|unterzeichn\p{L}*)|(?:nicht|nichts|nie) (?:unterschrieben|unterzeichnet|signiert|gezeichnet)|unsigniert|(?:brauch|benötig)\p{L}* (?:das |es )?(?:kein\p{L}*|nicht)|sin (?:firma|iniciales|nombre)|no (?:llevan?|hace falta|necesitan?|se firma\p{L}*)|sin firmar|nadie firma|nada que firmar|sans (?:signature|initiales|nom)|pas (?:besoin )?(?:de )?signature|pas signé(?:e?s?)|ne se signent pas|ne signe(?:nt)? (?:pas|rien)|rien à signer|personne ne signe|senza (?:firma|nome|iniziali)|sem (?:assinatura|nome|iniciais)|zonder (?:ondertekening|handtekening|naam|initialen)|geen (?:ondertekening|handtekening|naam|initialen)`,
);
export const automatic = word(
  String.raw`auto(?!r(?:s|en|in|innen|a|e|es|as)?(?!\p{L}))\p{L}*|bots?|chat-?bots?|machines?|robots?|software|systems? (?:sends?|writes?)|maschin\p{L}*|geautomatiseerd\p{L}*|no (?:agent|person|human|one)|nobody|without (?:an? )?(?:agent|person|human)|ohne (?:\p{L}+ )?(?:mitarbeiter\p{L}*|mensch\p{L}*|person|agent\p{L}*|bearbeiter\p{L}*)|kein\p{L}* (?:mensch|person|mitarbeiter\p{L}*|agent)|niemand\p{L}*|sin (?:un |una )?(?:agente|persona|humano)|nadie|ninguna persona|máquinas?|sans (?:un )?(?:agent|humain|personne)|personne n['’]|senza (?:un )?(?:agente|operatore|persona)|nessuno|nessun operatore|macchin\p{L}*|sem (?:um |uma )?(?:agente|pessoa)|ninguém|zonder (?:een )?(?:medewerker|agent|mens)|niemand`,
);
export const inPublic = word(
  String.raw`public\p{L}*|öffentlich\p{L}*|públic\p{L}*|publi(?:que|quement|ques|cs?)|pubblic\p{L}*|openbar\p{L}*|in the open|posts|timeline`,
);
export const inPrivate = word(
  String.raw`privat\p{L}*|privad\p{L}*|privés?|privées?|privee?s?|privé-?\p{L}*|pn|dms?|direct (?:messages?|replies)|direktnachricht\p{L}*|mensajes? directos?|messages? directs?|messaggi dirett\p{L}*|mensage\p{L}* diret\p{L}*|inbox`,
);
export const every = word(
  String.raw`(?:every|each|any|all|all our) (?:repl\p{L}*|messages?|answers?|responses?)|everything|always|jede[rs]? (?:antwort|nachricht)|alle antworten|alle nachrichten|todas? (?:las? )?(?:respuestas?|mensajes?)|todos los mensajes|cada (?:respuesta|mensaje|resposta|mensagem)|(?:chaque|toutes? (?:les? )?|tous les )\s?(?:réponses?|messages?)|ogni (?:risposta|messaggio)|tutte le risposte|todas as (?:respostas|mensagens)|toda resposta|(?:elk|ieder)e? (?:antwoord|bericht)|alle (?:antwoorden|berichten)`,
);
export const firstMessage = word(
  `(?:very )?first (?:private )?(?:messages?|repl(?:y|ies)|answers?|contact|one)|erste[nrs]? (?:privaten? )?(?:nachricht|antwort|mal)|primer(?:a|o)? (?:mensaje|respuesta|contacto)|premi(?:er|ère) (?:message|réponse)|prim[oa] (?:messaggio|risposta)|primeir[oa] (?:mensagem|resposta)|eerste (?:bericht|antwoord|reactie)`,
);
export const atStart = word(
  String.raw`(?:begin|start|open)(?:s|ning|ing)?|first words?|first thing|up front|headed|vorangestellt|en tête|anteponen?|at the (?:top|front|beginning|start)|leads? with|beginn\p{L}*|fängt|fangen|anfang|eröffne\p{L}*|zu beginn|am beginn|vorne|empie\p{L}*|empez\p{L}*|comien\p{L}*|comenz\p{L}*|al (?:principio|inicio|comienzo)|abren?|encabez\p{L}*|commenc\p{L}*|débuts?|débute\p{L}*|ouvr\p{L}*|inizi(?!al)\p{L}*|apr(?:e|ono)|all['’]inizio|começ\p{L}*|no início|inicia(?!l|i)\p{L}*|abrem?|begint|beginnen|vooraan|opent|openen|starten|startet`,
);
export const atEnd = word(
  String.raw`(?:end|close|finish|sign|conclude)(?:s|es|ed|ing)?|closed|closing|concluded|signatures?|(?:own|last|separate|final) line|line of (?:its|their) own|underneath|eigene[rn]? zeile|letzte[rn]? zeile|darunter|abgeschlossen|abschlie\p{L}*|zeichne[nt]|gezeichnet|beende[nt]|línea (?:propia|aparte|final)|última línea|debajo|rematan?|(?:propre|dernière) ligne|ligne à part|en dessous|clôtur\p{L}*|(?:sign|signed|signs)[ -]?off|last (?:words?|thing|line)|at the (?:very )?(?:end|bottom)|final|enden?|endet|endend|schlie(?:ß|ss)\p{L}*|schluss|am (?:ende|schluss)|ende|unterschr\p{L}*|unterzeich\p{L}*|signier\p{L}*|termin\p{L}*|acab\p{L}*|al final|al fin|cierr\p{L}*|cerr\p{L}*|firm\p{L}*|conclu\p{L}*|fini\p{L}*|à la fin|sign(?:é|er|ée|ent|ature)\p{L}*|finisc\p{L}*|chiu\p{L}*|alla fine|in fondo|fech\p{L}*|assin\p{L}*|no fim|no final|eindig\p{L}*|sluit\p{L}*|afsluit\p{L}*|slot|aan het eind\p{L}*|onderteken\p{L}*`,
);
const companies = String.raw`company(?: name)?|brand(?: name)?|firm|house|shop(?: name)?|studio(?: name)?|team(?: name)?|store(?: name)?|hotel|clinic|agency|bank|library|department|desk|label|organi[sz]ation|verein|hôtel|laden\p{L}*|geschäft|betrieb|haus(?:es)?|abteilung|markenname\p{L}*|teamname\p{L}*|estudio|equipo|tienda|negocio|casa|équipe|boutique|maison|enseigne|société|firma|unternehmen\p{L}*|marke|firmennamen?|empresa|marca|entreprise|marque|azienda|bedrijf\p{L}*|merk|(?:our|own) name|unser\p{L}* namen?|nuestro nombre|notre nom`;
export const company = word(
  String.raw`(?:(?:followed by|then|gefolgt vo[mn]|seguid[oa]s? (?:de|por)|suivie?s? (?:de|par)|and|at|with|plus|und|mit|bei|y|et|e|con|com|en|de|da|van|from|of|vom|von|du|del) |(?<=[/|,+&@–—-]\s?))(?:then )?(?:(?:the|der|die|dem|das|la|le|el|il|o|a|het|de|our|its|unser\p{L}*|su|notre) |l['’])?(?:name (?:of )?(?:the )?|nombre (?:de la |del )|nom (?:de la |du |de l['’]))?(?:${companies})`,
);
/** The company stands before the name: "studio and first name". */
export const companyFirst = word(
  String.raw`(?:${companies})(?:\s*[/|,+&@–—-]\s*|\s+(?:and|plus|then|und|y|et|e)\s+)(?:then )?(?:(?:the|their|der|dem|den|el|le|su|leur) )?(?:agent['’]s )?(?:(?:first|full|given) name|vornamen?|namen?|nombre|prénom|nom|initials|kürzel|iniciales|initiales)`,
);

/** Nothing at all is asked for. */
export const nothing = word("nothing|none|nichts|gar nicht|nada|rien|niente|niets");

/** Marks by their names, the narrower ones first: what stands before, and what stands after. */
export const marks: readonly (readonly [RegExp, string, string])[] = [
  [
    /square bracket|eckige|corchetes|crochets|parentesi quadr|colchetes|parênteses ret|vierkante hak|blokhaken/iu,
    "[",
    "]",
  ],
  [/curly|braces|geschweift|llaves|accolades?(?!\p{L})|graffe|chaves(?!\p{L})/iu, "{", "}"],
  [/angle bracket|spitze[nr]? klammer|angulares|chevrons|punthaken/iu, "<", ">"],
  [/round bracket|parenthes|runde[nr]? klammer|paréntesis|parenthès|parentesi|parêntes|ronde haak/iu, "(", ")"],
  [/(?<!\p{L})(?:in|zwischen|between|tussen) (?:brackets|klammern|haakjes)/iu, "([", ")]"],
  [/(?<!\p{L})(?:vertical bar|pipe|senkrechte[nrs]? strich|barra vertical|barre verticale)/iu, "|", ""],
  [/(?<!\p{L})(?:underscore|unterstrich|guion bajo|tiret bas)/iu, "_", ""],
  [
    /(?<!\p{L})(?:slash(?:es)?|schrägstriche?n?|barra(?: oblicua| inclinada)?|barre oblique|schuine streep)(?!\p{L})/iu,
    "/",
    "",
  ],
  [
    /(?<!\p{L})(?:hash(?:tag)?|pound sign|raute(?:zeichen)?|doppelkreuz|almohadilla|dièse|croisillon|cancelletto|cardinal|hekje)(?!\p{L})/iu,
    "#",
    "",
  ],
  [/(?<!\p{L})(?:tilde|til|virgulilla)(?!\p{L})/iu, "~", ""],
  [
    /(?<!\p{L})(?:caret|circumflex|zirkumflex|dach(?:zeichen)?|circunflejo|circonflexe|circonflesso)(?!\p{L})/iu,
    "^",
    "",
  ],
  [
    /(?<!\p{L})(?:asterisks?|stars?|sternchen|stern|asteriscos?|astérisques?|étoile|asterischi|sterretjes?)(?!\p{L})/iu,
    "*",
    "",
  ],
  [
    /(?<!\p{L})(?:(?:em |en )?dash|hyphen|(?:gedanken|binde)?strich|guion|guión|raya|tiret|trattino|lineetta|travessão|hífen|streepje|koppelteken|liggend streepje)(?!\p{L})/iu,
    "-",
    "",
  ],
];
