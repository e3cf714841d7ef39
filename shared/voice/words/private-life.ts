import { phrases } from "../text.ts";

/**
 * What a person would not have read out in a full room, by field. The field that a customer brings up is no secret; another, told
 * out of the file where everybody reads, is.
 */
export const privateLife: readonly RegExp[] = [
  // Money that is short, owed, refused or fought over.
  phrases(`
    (?:months?|weeks?|\\d+|payments?) behind(?: with)?|behind with (?:the|your)|in the red|overdrawn|overdraft|limit (?:was |is |has been )?(?:reached|exceeded|used up)|(?:failed|didn't pass) (?:the|a|your) (?:credit )?(?:check|scoring)|credit (?:check|score|rating) (?:failed|was)|scor(?:e|ing) (?:of|is|was)|(?:payments?|cheque|check|debit|transfer|deposit|it) (?:has |had )?(?:bounced|came back|been returned)|bounced|missed (?:an? |the |two |three )?instal?lments?|paying … in instal?lments|instal?lments? (?:is|are|was|were)|broken plan|plan (?:was |is )?broken|hasn't been paid|haven't been paid|have not been paid|has not been paid|wasn't paid|weren't paid|not been paid|isn't paid|unpaid|overdue|arrears|debts?|owe[sd]?|bailiffs?|collectors?|repossess[a-z]*|garnish[a-z]*|seized|gambling|betting|casino|payday loan|loan (?:was |is |has been )?(?:refused|declined|turned down)|prepay(?:ment)? after|inheritance|(?:your|their|the) (?:salary|wages?|income|pension)|lapsed|dunning|bankrupt[a-z]*|insolven[a-z]*
    pfandung|lastschrift … (?:geplatzt|zuruck[a-z]*)|geplatzt[a-z]*|zuruckgebucht|rucklastschrift|raten(?:zahlung)?|im ruckstand|mahnung(?:en)?|schulden|dispo|uberzogen|insolvenz|nicht bezahlt|unbezahlt[a-z]*|schufa[a-z]*
    recibos? devueltos?|devuelt[oa]s? por (?:su|el) banco|impagad[oa]s?|impagos?|embarg[a-z]+|deudas?|descubierto|atrasad[oa]s? en el pago|plazos pendientes
    impaye[es]?s?|prelevements? rejetes?|rejete[es]? par (?:votre|la) banque|saisie|dettes?|decouvert|retard de paiement
    insolut[oi]|pignorament[oi]|debit[oi]|addebito respinto|scopert[oa]|rate non pagate
    achterstand|openstaand[e]?|gestorneerd|beslag|schulden?|rood staan
    divida[s]?|em atraso|penhora[a-z]*|debito recusado|sem saldo|inadimplen[a-z]+
  `),
  // Body and mind.
  phrases(`
    dementia|alzheimer[a-z]*|epilep[a-z]*|asthma|autis[a-z]+|adhd|diabet[a-z]*|insulin|oxygen|dialysis|cancer|chemo[a-z]*|hiv|hepatitis|depress[a-z]*|anxiety|bipolar|schizo[a-z]*|psychiatr[a-z]*|therap(?:y|ist)|rehab|addict[a-z]*|alcohol[a-z]*|drunk|intoxicated|too much to drink|overdose|pregnan[a-z]*|miscarriage|ivf|abortion|fertility|disab(?:led|ility)|wheelchair|pacemaker|heart (?:condition|disease|attack)|stroke|surgery|operation|knee|hip replacement|diagnos[a-z]*|(?:your|her|his|their|the|a) (?:medical|medication|prescription|condition|illness|injury)|after (?:your|her|his|the) (?:medical|illness|accident|stay|fall)|sick (?:leave|note)|maternity leave|incontinen[a-z]*|vulnerable (?:list|register|customer)|antidepress[a-z]*|sertraline|allerg(?:y|ies|ic)
    demenz|epilep[a-z]*|asthma|schwanger[a-z]*|krebs|depress[a-z]*|behinder[a-z]*|attest|krankschreibung|betrunken|alkohol[a-z]*|therapie|diagnose|pflegegrad|mutterschutz
    demencia|epilep[a-z]*|asma|embaraz[a-z]*|cancer|depresi[a-z]*|discapacidad|borrach[oa]|baja (?:medica|por)|diagnostico
    demence|epilep[a-z]*|asthme|enceinte|cancer|depress[a-z]*|handicap[a-z]*|ivre|arret maladie|conge maternite|diagnostic
    demenza|epiless[a-z]*|asma|incinta|cancro|depress[a-z]*|disabil[a-z]*|ubriac[oa]|diagnosi
    dementie|epileps[a-z]*|astma|zwanger[a-z]*|kanker|depress[a-z]*|dronken|ziekmelding|diagnose
    demencia|epileps[a-z]*|asma|gravida|cancro|depress[a-z]*|bebad[oa]|deficiencia|diagnostico
  `),
  // The law, the state and the home.
  phrases(`
    court (?:order|case|date)|by (?:the )?court|eviction|evicted|criminal|convict[a-z]*|arrest[a-z]*|probation|prison|police (?:report|record|case)|custody|divorc[a-z]*|separat(?:ed|ion) (?:from|papers)|alimony|asylum|visa|residence permit|immigration|citizenship|benefits?|pension credit|housing list|food bank|carer's allowance|social (?:services|worker)|adoption|paternity|refugee|tax (?:notice|return|debt)|unemploy[a-z]*|lost (?:your|her|his) job|new job|since you (?:work|moved|split|separated|married|retired)
    scheidung|gericht[a-z]*|vorstrafe[a-z]*|aufenthalt[a-z]*|asyl[a-z]*|wohngeld|burgergeld|arbeitslos[a-z]*|jugendamt|steuerbescheid|wieder arbeiten
    divorcio|orden judicial|desahucio|antecedentes|asilo|permiso de residencia|prestacion|desempleo
    divorce|tribunal|expulsion|casier judiciaire|asile|titre de sejour|allocations?|chomage|avis d'imposition
    divorzio|tribunale|sfratto|permesso di soggiorno|sussidio|disoccupa[a-z]*
    scheiding|rechtbank|uitzetting|verblijfsvergunning|uitkering|werkloos
    divorcio|tribunal|despejo|visto|subsidio|desemprego
  `),
  // Whom they live, travel, sleep and deal with; what they buy that tells of it.
  phrases(`
    (?:your|her|his|the) (?:husband|wife|ex|girlfriend|boyfriend|lover|partner|mistress|landlord|employer|boss)|travelling (?:with|together)|shared (?:the )?room with|lingerie|condoms?|pregnancy test|morning after|viagra|sex [a-z]+|adult (?:film|films|content|channel|shop)|dating|wig|hair loss|cot|crib|nappies|engagement ring|divorce-sale|private banking
    (?:ihr|ihre|ihrem|ihren) (?:mann|frau|ex|freundin|freund|vermieter|chef|arbeitgeber)|schwangerschaftstest|verlobungsring
    su (?:marido|mujer|ex|novi[oa]|casero|jefe)|votre (?:mari|femme|ex|proprietaire|employeur|patron)|su[oa] (?:marito|moglie|ex)|uw (?:man|vrouw|ex|huisbaas|werkgever)
  `),
];
/** Said of everybody, or a service that has its name from the field. */
export const ofEverybody =
  /(?<!\p{L})(?:customers|passengers|guests|families|people|patients|members|residents|parents|students|drivers|tenants|anyone|anybody|everyone|everybody|all|who|crews?|staff|drivers?|technicians?|colleagues?|pilots?|kunden|personen|familien|clientes|clients|clienti|klanten|per \p{L}+|each|each way|a (?:year|month|night|week)|(?:hardship|fraud|medical|bereavement|benefits?|priority|disability|pension|debt|insolvency|claims|mobility|special) (?:scheme|fund|team|desk|line|register|service|advice|hotline|centre|center|tariff|rate|help|unit)|0800|hotline|possible|available|apply|applies|on request|needed|may|can)(?!\p{L})/u;

/** What only one person has, as a reply may ask for it. */
export const dataAsked =
  /(?<![\p{L}])(?:(?:order|booking|customer|client|account|policy|contract|claim|ticket|reservation|invoice|reference|membership|tracking|phone|mobile|telephone|cell|card|passport|id|bank|meter|serial|registration|insurance|ni|national insurance|social security|tax|licen[cs]e|vat|house|contact|landline|whatsapp|best) (?:number|no|nr|code|reference|ref|id|details?|data|digits|info)s?|pnr|sort code|iban|bic|last (?:four|4) digits|(?:16|sixteen|last|card) digits|security (?:question|code|answer)|mother's maiden|maiden name|date of birth|birth ?date|birthday|d\.?o\.?b\.?|(?:full|last|first|sur|family|complete) ?names?|surname|(?:your|the|what|which|and|a|an|e-?mail|mail|home|postal|billing|delivery|full|street|registered) (?:\p{L}+ )?(?:e-?mail|address)(?:es)?|e-?mail address|(?:your|best|and|or|,) (?:phone|mobile|cell|telephone|e-?mail)(?! us| team| line)|(?:what|which|under which|whose) (?:\p{L}+ )?(?:name|number|e-?mail|address)|your (?:name|number|street|postcode|age|signature)|name and \p{L}+|postcode|zip(?: ?code)?|street and|username|login|user id|(?:kunden|bestell|auftrags|vertrags|rechnungs|buchungs|telefon|handy|mobil|karten|konto|ausweis|zahler|steuer|haus|vorgangs|mitglieds)-?(?:nummer|nr|code|daten)n?|geburts(?:datum|tag)|postleitzahl|plz|anschrift|adresse|e-?mail-?adresse|(?:vor|nach|ihr|ihren|vollstandige[rn]?) ?name[n]?|name und|numero (?:de|del|di|do|da|d'|de la|van)? ?(?:pedido|cliente|reserva|telefono|contrato|cuenta|tarjeta|factura|client|commande|dossier|telephone|contrat|compte|carte|passeport|pasaporte|ordine|carta|conto|prenotazione|telefone|cartao|conta|contribuinte)|localizador|dni|nie|nif|cpf|rg|apellidos?|correo|e-?mail|telefono|movil|direccion|codigo postal|fecha de nacimiento|nom (?:complet|et prenom|de (?:la|votre) \p{L}+)|prenom|adresse(?: mail| e-?mail)?|telephone|portable|date de naissance|code postal|courriel|codice (?:fiscale|cliente|prenotazione)|nome e|cognome|cellulare|telefono|indirizzo|data di nascita|cap|(?:klant|bestel|telefoon|order|rekening|huis|polis|boekings)nummers?|postcode|geboortedatum|achternaam|e-?mailadres|adres|bsn|nome completo|sobrenome|apelido|telefone|telemovel|celular|morada|endereco|data de nascimento|codigo da reserva|numer (?:zamowienia|klienta|telefonu|konta)|pesel|data urodzenia|adres|nazwisko|(?:order|kund|telefon|person|boknings)nummer|fodelsedatum|adress|siparis numara\p{L}*|telefon numara\p{L}*|dogum tarih\p{L}*|adres\p{L}*|kimlik no\p{L}*)(?![\p{L}])|رقم (?:الطلب|الهاتف|الحساب|الحجز|الهوية|العميل)|تاريخ (?:ال)?ميلاد|عنوانك|注文番号|電話番号|生年月日|住所/u;
/** Asks for something: a verb, a please, a want. */
export const requests =
  /(?<![\p{L}])(?:send|post|reply|comment|give|share|tell|provide|write|leave|drop|pop|type|put|add|confirm|paste|tweet|state|quote|name|respond|answer|need|require|want|please|let (?:me|us) (?:have|know)|(?:may|can|could|might) (?:we|i) (?:please )?(?:have|get|ask|know)|what(?:'s| is| are| was)|which|under which|schick\p{L}*|nenn\p{L}*|send\p{L}*|post\p{L}*|schreib\p{L}*|teil\p{L}*|gib|geben|brauch\p{L}*|benotig\p{L}*|kommentier\p{L}*|bitte|welche[rmns]?|wie lautet|wie ist|envi\p{L}*|mand\p{L}*|dig\p{L}*|dej\p{L}*|dice|di[mn]\p{L}*|pase\p{L}*|pon\p{L}*|pong\p{L}*|indi\p{L}*|escrib\p{L}*|facilit\p{L}*|comparta\p{L}*|necesit\p{L}*|cual|por favor|envoy\p{L}*|donn\p{L}*|communiqu\p{L}*|ecriv\p{L}*|repond\p{L}*|il (?:me|nous) faut|j'ai besoin|s'il (?:vous|te) plait|quel\p{L}*|invi\p{L}*|scriv\p{L}*|lasci\p{L}*|mi dia|ci dia|dia|serve|servono|qual\p{L}*|per favore|stuur|geef|noem|deel|zet|wat is|welk\p{L}*|graag|alstublieft|mande|pass[ae]\p{L}*|inform\p{L}*|diga\p{L}*|preciso|precisamos|podaj|prosze|prosimy|napisz|skicka?|ange|skriv\p{L}*|uppge|yazin|yazar\p{L}*|paylas\p{L}*|gonder\p{L}*|lutfen)(?![\p{L}])|أرسل|ارسل|زودنا|اكتب|من فضلك|يرجى|教えて|お知らせ|送って|お書き/u;
/** A sentence that keeps data out of the open, or says where they are found. */
export const keepsOut =
  /(?<![\p{L}])(?:never|not|don't|do not|no need|without|off this|instead of|rather than|keine?|nicht|ohne|nunca|sin|jamais|ne|sans|mai|senza|non|geen|niet|zonder|nao|sem|nie|inte|(?:find|found|stands?|printed|see|is|it's) (?:it )?(?:on|in|under|at the top of))(?![\p{L}])/u;
