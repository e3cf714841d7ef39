import type { Topic } from "./topic.ts";

/** German, French and Spanish. */
export const otherTopics: readonly Topic[] = [
  {
    kind: "outage",
    language: "de",
    course: "trouble",
    weight: 1,
    followers: [5, 300],
    cues: /\b(kein(en)? (netz|empfang|internet)|störung|funkloch|verbindung|ausfall)\b/i,
    voice: {
      open: [
        "{at} [seit gestern|seit {time} Uhr|schon wieder] kein Netz in {place}. Wann geht es wieder?",
        "Störung in {place}, {at}? [Mein {device} zeigt nichts|Das ganze Haus ist offline|{kin} arbeitet von hier].",
        "{at} kein Internet in {street}, {place}, {since}. [Und nun|Weiß das jemand|Bitte um Auskunft]?",
        "Jeden Abend Ausfall ab {time} Uhr in {place}. {at}, {sigh}",
      ],
      more: ["Neu gestartet habe ich {device} und Router.", "Die Nachbarn haben Empfang, nur wir nicht."],
      ask: ["Wann ist es behoben?", "Bitte um eine ehrliche Auskunft."],
      private: [
        "Hallo, wie gewünscht: {house} {street}, {place}, Konto endet auf {last4}.",
        "Hier die Angaben: {device}, {plan}, {place}.",
      ],
      notYet: ["Leider immer noch kein Netz in {place}.", "Es ging eine Stunde, dann war wieder Schluss."],
      back: ["Letzte Woche lief es, seit {day} ist in {place} wieder alles tot."],
    },
    house: {
      answer: [
        "Hallo {first}, ich habe nachgesehen: in {place} {cause}. {eta} sollte es wieder laufen, ich melde mich hier.",
        "{first}, danke für den Hinweis. {cause}, die Technik ist dran; Neues von mir {eta}.",
      ],
      invite: [
        "{first}, dafür muss ich Ihre Leitung messen. Schreiben Sie uns bitte eine private Nachricht mit der Adresse.",
      ],
      private: [
        "Danke, {first}. Die Leitung in {street} ist neu gestartet; bitte den Router einmal vom Strom nehmen.",
        "Danke, {first}. Ich sehe den Fehler, ein Techniker kommt {eta}.",
      ],
      sorted: ["{first}, der Fehler ist behoben. {credit} für die Ausfallzeit stehen auf der nächsten Rechnung."],
    },
  },
  {
    kind: "billing",
    language: "de",
    course: "trouble",
    weight: 1,
    followers: [5, 300],
    cues: /\b(rechnung|abgebucht|gutschrift|zu viel|betrag|erstattung|kündig\w+)\b/i,
    voice: {
      open: [
        "{at} warum stehen auf meiner Rechnung {money} zu viel? [Vertrag ist {plan}|Das ist der zweite Monat|].",
        "{at} Sie haben {money} doppelt abgebucht, am {date} und am Tag danach.",
        "Seit {weeks} Wochen warte ich auf die Erstattung von {money}, {at}.",
        "Gekündigt zum {date}, {at}, und trotzdem {money} abgebucht. {sigh}",
      ],
      more: ["Ich bin seit {year} Kunde.", "Am Telefon hieß es, es erledige sich von selbst."],
      ask: ["Bitte prüfen.", "Wann kommt das Geld zurück?"],
      private: ["Guten Tag, Konto endet auf {last4}, es geht um {money}.", "Rechnung Nummer {bill}, {money}, {plan}."],
      notYet: ["Die {money} sind noch nicht da.", "Neue Rechnung, gleicher Fehler: {money}."],
      back: ["Es geht noch einmal um die {money} vom {date}."],
    },
    house: {
      answer: [
        "Hallo {first}, {money} sind {reason}. Das gehört da nicht hin und geht {eta} zurück.",
        "Sie haben recht, {first}: {reason}. Die berichtigte Rechnung steht {eta} in der App.",
      ],
      invite: [
        "{first}, für die {money} muss ich in Ihr Konto sehen. Bitte schreiben Sie uns privat.",
        "{first}, das klären wir besser nicht öffentlich. Bitte eine private Nachricht mit den letzten vier Ziffern des Kontos.",
      ],
      private: [
        "Danke, {first}. {money} sind zurückgebucht, drei Werktage.",
        "Gefunden, {first}: {reason}. Ist berichtigt.",
      ],
      sorted: [
        "{first}, die {money} sind heute raus. Danke für Ihre Geduld.",
        "Erledigt, {first}. Melden Sie sich gern wieder.",
      ],
    },
  },
  {
    kind: "device",
    language: "de",
    course: "trouble",
    weight: 0.7,
    followers: [5, 300],
    cues: /\b(esim|sim-karte|update|akku|handy|gerät|router)\b/i,
    voice: {
      open: [
        "{at} mein {device} findet nach dem Update kein Netz mehr, was nun?",
        "Die eSIM fürs {device} sei schon benutzt, sagt {app}. Ist sie nicht, {at}.",
        "{at} Akku vom {device} nach {weeks} Wochen hin. Wer repariert das?",
      ],
      private: ["Es geht um das {device}, IMEI endet auf {last4}."],
      notYet: ["Zurückgesetzt, {device} zeigt dasselbe.", "Neuer Code, gleiche Meldung."],
    },
    house: {
      answer: [
        "{first}, am {device} bitte das alte Profil löschen, neu starten und den Code noch einmal scannen; ich habe ihn freigegeben.",
        "Hallo {first}, das ist innerhalb der Garantie. Ich schicke Ihnen {eta} einen Versandschein.",
      ],
      invite: ["{first}, einen neuen Code kann ich nur privat schicken. Schreiben Sie uns bitte eine Nachricht."],
      private: ["Danke, {first}. Der neue Code ist in Ihrer Mail."],
      sorted: ["Ich sehe das {device} wieder im Netz, {first}. Schönen Tag noch!"],
    },
  },
  {
    kind: "outage",
    language: "fr",
    course: "trouble",
    weight: 1,
    followers: [5, 300],
    cues: /\b(réseau|panne|connexion|coupure|débit|plus rien)\b/i,
    voice: {
      open: [
        "{at} plus de réseau à {place} {since}. [C'est connu|Une panne|Quelqu'un s'en occupe] ?",
        "Coupure à {place}, {street}, {at}. [{kin} travaille à la maison|Troisième fois ce mois-ci|Merci de répondre].",
        "{at} mon {device} n'a plus de connexion depuis {time} heures à {place}.",
        "Débit de {mbps} à {place}, {at}. Le contrat dit {speed}.",
      ],
      more: ["J'ai tout redémarré, deux fois.", "Chez le voisin tout marche."],
      ask: ["Quand est-ce réparé ?", "Je voudrais une date."],
      private: [
        "Bonjour, comme demandé : {house} {street}, {place}, compte finissant par {last4}.",
        "Voici : {plan}, {device}, {place}.",
      ],
      notYet: ["Toujours rien à {place}, désolé d'insister.", "C'est revenu une heure, puis plus rien."],
      back: ["Encore moi de {place} : la panne est revenue {day}."],
    },
    house: {
      answer: [
        "Bonjour {first}, j'ai regardé : à {place}, {cause}. Retour prévu {eta}, je vous écris ici.",
        "Merci de nous prévenir, {first}. {cause}, l'équipe y travaille ; des nouvelles {eta}.",
      ],
      invite: [
        "{first}, pour mesurer votre ligne il me faut l'adresse. Écrivez-nous en message privé, s'il vous plaît.",
      ],
      private: [
        "Merci, {first}. J'ai relancé la ligne ; débranchez la box une minute.",
        "Merci, {first}. Un technicien passe {eta}.",
      ],
      sorted: ["C'est réparé, {first}. {credit} seront déduits de la prochaine facture."],
    },
  },
  {
    kind: "billing",
    language: "fr",
    course: "trouble",
    weight: 0.9,
    followers: [5, 300],
    cues: /\b(facture|prélev\w+|rembours\w+|factur\w+|résili\w+)\b/i,
    voice: {
      open: [
        "{at} pourquoi {money} de plus sur ma facture ? [J'ai {plan}|C'est le deuxième mois|].",
        "{at} vous avez prélevé {money} deux fois, le {date}.",
        "J'attends un remboursement de {money} depuis {weeks} semaines, {at}. {sigh}",
        "Contrat résilié le {date}, {at}, et encore {money} de prélevés.",
      ],
      more: ["Je suis client depuis {year}.", "Au téléphone on m'a dit d'attendre."],
      ask: ["Merci de vérifier.", "Quand serai-je remboursé ?"],
      private: ["Bonjour, compte finissant par {last4}, il s'agit de {money}.", "Facture {bill}, {money}, {plan}."],
      notYet: ["Les {money} ne sont pas arrivés.", "Nouvelle facture, même erreur : {money}."],
    },
    house: {
      answer: [
        "Bonjour {first}, ces {money} sont {reason}. Ce n'est pas normal, ils vous reviennent {eta}.",
        "Vous avez raison, {first} : {reason}. La facture corrigée sera dans l'application {eta}.",
      ],
      invite: [
        "{first}, pour voir d'où cela vient j'ai besoin de votre compte. Écrivez-nous en privé, s'il vous plaît.",
      ],
      private: [
        "Merci, {first}. Les {money} sont remboursés, comptez trois jours.",
        "Trouvé, {first} : {reason}. C'est corrigé.",
      ],
      sorted: ["{first}, le remboursement est parti ce matin. Merci de votre patience."],
    },
  },
  {
    kind: "outage",
    language: "es",
    course: "trouble",
    weight: 1.2,
    followers: [5, 300],
    cues: /\b(cobertura|sin (internet|línea|señal)|avería|conexión|caíd[oa])\b/i,
    voice: {
      open: [
        "{at} llevo {hours} sin cobertura en {place}, ¿qué pasa?",
        "{at} sin internet en {street}, {place}, {since}. [¿Es una avería|¿Lo sabéis|¿Cuándo vuelve]?",
        "Otra vez caído en {place}, {at}. {sigh}",
        "{at} mi {device} no tiene señal {since} en {place}.",
      ],
      more: ["He reiniciado todo dos veces.", "A los vecinos les funciona."],
      ask: ["¿Cuándo estará arreglado?", "Necesito una fecha."],
      private: [
        "Hola, me pedisteis los datos: {house} {street}, {place}, cuenta {last4}.",
        "Aquí estoy: {plan}, {device}, {place}.",
      ],
      notYet: ["Sigue igual en {place}.", "Volvió una hora y se fue otra vez."],
      back: ["Soy yo otra vez, de {place}: desde el {day} no hay señal."],
    },
    house: {
      answer: [
        "Hola {first}, lo he revisado: en {place} {cause}. Debería volver {eta}; le aviso por aquí.",
        "Gracias por avisar, {first}. {cause}; el equipo está en ello y le escribo {eta}.",
      ],
      invite: ["{first}, para medir su línea necesito la dirección. Escríbanos por mensaje privado, por favor."],
      private: [
        "Gracias, {first}. He reiniciado la línea; desenchufe el router un minuto, por favor.",
        "Gracias, {first}. El técnico va {eta}.",
      ],
      sorted: ["Ya está reparado, {first}. Le descontamos {credit} en la próxima factura."],
    },
  },
  {
    kind: "billing",
    language: "es",
    course: "trouble",
    weight: 1.2,
    followers: [5, 300],
    cues: /\b(factura|cobrado|cobrar|reembolso|devol\w+|cobro)\b/i,
    voice: {
      open: [
        "{at} me habéis cobrado {money} dos veces este mes, ¿podéis mirarlo?",
        "¿Por qué {money} en mi factura de {plan}, {at}? [El mes pasado eran {money2}|Nadie me lo explica|].",
        "Llevo {weeks} semanas esperando la devolución de {money}, {at}.",
        "{at} ¿cómo activo la eSIM en mi {device}? Me cobrasteis {money} y da error.",
      ],
      more: ["Soy cliente desde {year}.", "Por teléfono me dijeron que se arreglaba solo."],
      ask: ["¿Me lo devolvéis?", "Espero respuesta."],
      private: ["Hola, cuenta terminada en {last4}, son {money}.", "Factura {bill}, {money}, {plan}."],
      notYet: ["Los {money} no han llegado.", "Otra factura con el mismo error: {money}."],
    },
    house: {
      answer: [
        "Hola {first}, esos {money} son {reason}. No deberían estar ahí y vuelven {eta}.",
        "Tiene razón, {first}: {reason}. La factura corregida estará en la aplicación {eta}.",
      ],
      invite: [
        "{first}, para ver de dónde salen los {money} necesito su cuenta. Escríbanos por privado, por favor.",
        "{first}, mejor por privado: mándenos los cuatro últimos dígitos de la cuenta.",
      ],
      private: [
        "Gracias, {first}. Los {money} están devueltos, tarda tres días.",
        "Encontrado, {first}: {reason}. Corregido.",
      ],
      sorted: ["{first}, la devolución salió hoy. Gracias por la paciencia."],
    },
  },
];
