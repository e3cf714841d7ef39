import { phrases } from "../text.ts";

/** A word after which a number belongs to one customer. */
export const numberWord =
  /(?:order|booking|reservation|customer|client|account|acct|claim|ticket|case|invoice|bill|reference|ref|policy|contract|member(?:ship)?|parcel|tracking|bag|tag|card|passport|patient|meter|ticket|bestell\p{L}*|auftrag\p{L}*|kunden\p{L}*|vertrag\p{L}*|rechnung\p{L}*|buchung\p{L}*|vorgang\p{L}*|pedido|reserva|cliente|factura|reclamacion|expediente|contrato|commande|reservation|dossier|facture|contrat|ordine|prenotazione|pratica|fattura|bestelling|boeking|klant\p{L}*|factuur|fatura|encomenda)(?:\s+(?:with|for|number|no|nr|id|code|reference|nummer|num|numero|n))*[\s.:#°º-]*$/u;

/** What tells of somebody's money, health or life. Each group is a line of its own: a group the post names itself is no secret. */
export const accountGroups: readonly RegExp[] = [
  phrases(`
    owe[sd]?|owing|unpaid|overdue|debts?|arrears|collectors?|collection agency|debt collection|chargebacks?|reminders? for|(?:two|three|second|third|last|final|several|\\d+) reminders|late payments?|missed payments?|payments? (?:was |were |has been |have been |have |has )?(?:failed|missed|late|declined|refused|returned|bounced)|(?:card|debit|payment) … (?:declined|returned|rejected|bounced|refused)|outstanding (?:balance|amount|bill|bills|payment|invoice|invoices)|(?:bills?|invoices?|balance|amount) (?:is|are|of \\S+ is|still)? ?(?:still )?(?:open|outstanding|unpaid|due)|(?:haven't|have not|not|never) (?:yet )?paid|you (?:must |have to |need to |still )*pay (?:us |your |the |first)|credit (?:score|rating|check|limit)|dunning|bailiff
    offene[nr]? (?:rechnung|betrag|forderung)[a-z]*|schulden|schuldet|unbezahlt[a-z]*|mahnung(?:en)?|ruckstand|zahlungsverzug|inkasso|nicht bezahlt|rucklastschrift
    debe[ns]? (?:aun|todavia|\\d+)|deudas?|impag[a-z]+|moros[a-z]+|recibo devuelto
    impaye[a-z]*|dettes?|vous (?:nous )?devez|retard de paiement|huissier
    insolut[oi]|debit[oi]|morosit[a-z]+|non (?:ha|hai) pagato
    schulden|uw schuld|openstaande?|achterstand|wanbetal[a-z]+|niet betaald|incasso
    dividas?|em atraso|inadimpl[a-z]+|nao (?:foi )?pag[oa]
  `),
  phrases(`
    kidney|diabet[a-z]+|insulin|pregnan[a-z]*|diagnos[a-z]+|medication|medicines?|prescription|therapy|therapist|surgery|illness|disab(?:led|ility)|hiv|cancer|chemo[a-z]*|dialysis|depress[a-z]+|allerg[a-z]+|incontinence|psychiatr[a-z]+|rehab|sick (?:note|leave)|your (?:diet|condition|treatment|doctor|operation)
    schwanger[a-z]*|diagnose|krankheit|behinderung|medikament[a-z]*|krank(?:schreibung|geschrieben)
    embaraz[a-z]+|enfermedad|diagnostico|discapacidad|enceinte|maladie|handicap|incinta|malattia|zwanger[a-z]*|ziekte|gravid[a-z]+|doenca
  `),
  phrases(`
    hardship|lost your job|unemploy[a-z]+|job ?loss|benefits? (?:office|claim)|divorc[a-z]+|separation|prepayment|social (?:tariff|rate)|insolven[a-z]+|bankrupt[a-z]*|low income|your (?:income|salary|wage|age|birthday|religion|husband|wife|partner|ex|children|employer|landlord|employer)
    sozialtarif|arbeitslos[a-z]*|insolvenz|scheidung|tarifa social|desempleo|tarif social|chomage|divorce
  `),
  phrases(`
    (?:your|the) (?:card|account|iban|bank account)[a-z\\s]{0,20}ending (?:in |with )?\\d*|card ending|account ending|ending in \\d+|your (?:bank|iban|account number|card number|password|pin|passport|id card|date of birth|dni|national id|phone number|mobile number|e-?mail address|home address|postcode)|returned by (?:your|the) bank
    (?:ihr|ihre|ihrem|ihren|ihres) (?:konto|bank|iban|geburtsdatum|passwort|ausweis)[a-z]*|su (?:cuenta|dni|iban|tarjeta|contrasena)|votre (?:compte bancaire|iban|carte|rib|mot de passe)|(?:il|la) (?:suo|sua) (?:iban|carta|conto corrente|codice fiscale)|uw (?:rekening|iban|bsn|wachtwoord)|sua (?:conta|senha)|seu (?:cpf|iban)
  `),
  phrases(`
    (?:blocked|locked|suspended|closed|flagged|banned|restricted) (?:because|for|due|after|since)
    (?:suspected|suspicion of) fraud|fraud (?:check|flag|alert|team)
    (?:you|your household) (?:have )?(?:ordered|bought|purchased|used|consumed|watched|viewed|called|visited|rented|borrowed|downloaded) (?:\\d+|\\S+ \\S+ \\d+|\\d[\\d.,]* ?\\S+)
    (?:as|you are|you're) (?:an? )?(?:silver|gold|platinum|premium|basic|prepaid) (?:member|customer)
  `),
];

/** Speaks to the customer of what is theirs. */
export const toThem =
  /(?<![\p{L}])(?:you|your|yours|you've|you're|you'll|sie|ihr|ihre[mnrs]?|du|dein\p{L}*|euer|eure\p{L}*|usted|su|sus|tu|tus|te|le|vous|votre|vos|lei|suo|sua|tuo|tua|u|uw|je|jouw|voce|seu|sua)(?![\p{L}])/u;

const dataThing =
  "(?:(?:order|booking|customer|client|account|policy|contract|claim|ticket|reservation|case|invoice|reference|member(?:ship)?|tracking|phone|mobile|telephone|card|passport|id|contact|bank|personal|meter|iban|serial)[ -]?(?:(?:number|no|nr|code|reference|ref|details?|data|id)s?)|(?:your|e-?mail|mail|home|postal|delivery|full|street|billing) address(?:es)?|(?:your|and|or) (?:e-?mail|phone|mobile|cell)(?!['’]?s? (?:model|version|type|maker|make|brand|os|app|screen)\\b)|date of birth|birth ?date|birthday|d\\.?o\\.?b\\.?|full name|your name|a number|birthdays?|surname|last name|name and (?:address|order|number|surname|date)|postcode|zip ?code|password|pin|cvv|iban|bestellnummer|kundennummer|kundennr|auftragsnummer|vertragsnummer|rechnungsnummer|buchungscode|buchungsnummer|geburtsdatum|telefonnummer|handynummer|adresse|anschrift|e-?mail-adresse|zahlernummer|numero de (?:pedido|cliente|reserva|telefono|contrato|cuenta|factura)|direccion|correo|telefono|fecha de nacimiento|dni|numero de (?:commande|client|dossier|telephone|contrat|reservation)|adresse(?: mail)?|date de naissance|courriel|numero (?:d')?(?:ordine|cliente|di telefono|di prenotazione)|codice (?:cliente|fiscale|prenotazione)|indirizzo|data di nascita|bestelnummer|klantnummer|telefoonnummer|adres|geboortedatum|numero (?:do|de) (?:pedido|cliente|telefone)|cpf|endereco|data de nascimento)";
const asking =
  "(?:send|post|reply|comment|give|share|tell|provide|write|leave|drop|type|confirm|(?:we|i|we'll|i'll)(?: would| will| do|'d)? (?:also |just |only )?(?:need|require)|(?:may|can|could|might) (?:we|i) (?:please )?(?:have|get|ask|know)|let us (?:have|know)|what(?:'s| is| are| was)|which is|respond|answer|put|nennen|schicken|senden|posten|schreiben|mitteilen|teilen|geben|brauchen|benotigen|kommentieren|wie lautet|enviar?|envie(?:nos)?|mandar?|mande(?:nos)?|diga(?:nos|me)?|indique(?:nos)?|escriba|cual es|facilite(?:nos)?|envoy[a-z]+|donn[a-z]+|indiqu[a-z]+|communiqu[a-z]+|ecriv[a-z]+|quel(?:le)? est|invi[a-z]+|mand[a-z]+|indic[a-z]+|scriv[a-z]+|qual e|stuur|geef|noem|deel|wat is|envie|mande|informe|diga|qual)";
/** Asks for what only one person has, in one sentence; linear: three words at most lie between things. */
export const asksForData = new RegExp(
  String.raw`(?<![\p{L}])${asking}(?![\p{L}])[^.!?:;\n]{0,60}?(?<![\p{L}])${dataThing}(?![\p{L}])`,
  "gu",
);
export const inPrivate =
  /(?<![\p{L}])(?:dm(?:s|'s)?|pm|private(?:ly)?|direct(?:ly)? (?:message|to us)|direct message|inbox|message us|messenger|privat\p{L}*|pn|direktnachricht|persönlich|personlich|en prive|mp|messagerie|privado|mensaje directo|mensagem (?:direta|privada)|messaggio privato|in privato|prive|prive-?bericht|secure form|our form|by e-?mail|in the chat|over the phone)(?![\p{L}])|privé/u;
export const inPublic =
  /(?<![\p{L}])(?:here|below|in (?:a|the|your) (?:reply|comment|comments|thread)|publicly|in public|under this post|reply (?:here|with)|comment your|hier|unten|offentlich|aqui|abajo|ici|ci-dessous|qui|sotto|onder)(?![\p{L}])/u;
/** Asks that are wrong in private as well. */
export const neverAsk = new RegExp(
  String.raw`(?<![\p{L}])${asking}(?![\p{L}])[^.!?\n]{0,50}?(?<![\p{L}])(?:your |the |ihr(?:e|en)? |su |votre |uw )?(?:password|passwort|pin|cvv|cvc|security code|(?:full |credit |debit )?card number|contrasena|mot de passe|wachtwoord|senha)(?![\p{L}])`,
  "gu",
);

/** Our own line or desk stands behind this address or number. */
export const oursBefore =
  /(?<![\p{L}])(?:call|ring|phone|dial|reach|contact|mail|e-?mail|write to|helpline|hotline|switchboard|reception|put you through|support|service|desk|us (?:at|on|under)|our (?:\p{L}+ )?(?:number|line|team|desk|office)|unter|anrufen|erreichen|llame|llamar|appelez|joindre|chiami|bel|ligue)(?![\p{L}])/u;
export const theirsBefore =
  /(?<![\p{L}])(?:you (?:at|on|under)|your|call you|ring you|reach you|phoned you|rufen (?:wir )?sie|ihre|le llam\p{L}*|vous (?:appel\p{L}*|rappel\p{L}*)|to you|have answered to|answered|wrote to|mailed|account)(?![\p{L}])/u;
export const deskMail =
  /^(?:help|hello|hi|info|support|care|service|services|customer\p{L}*|contact|kontakt|kundenservice|hilfe|privacy|claims|press|jobs|complaints|office|team|ayuda|atencion|aide|assistenza|klantenservice|ajuda|manager|reception|rooms?|tickets?|sales|billing|feedback|bookings?|orders?|returns)(?:[.\d_-][\p{L}\d.-]*)?@/u;
export const streetWord =
  /(?:street|st|road|rd|lane|ln|avenue|ave|way|drive|close|court|square|place|terrace|crescent|row|walk|braes?|gardens?|park|hill|boulevard|flat|apartment|apt|room|hotel|strasse|straße|str|weg|gasse|platz|allee|ring|ufer|calle|avenida|plaza|paseo|rue|quai|impasse|via|viale|piazza|corso|straat|laan|plein|rua|travessa)$/u;
export const ourPlace =
  /(?<![\p{L}])(?:shop|store|branch|office|desk|counter|showroom|our|filiale|laden|geschaft|tienda|magasin|boutique|negozio|winkel|loja|mast|outage|hydrant|lamp post|pole|gate|desk)(?![\p{L}])/u;
