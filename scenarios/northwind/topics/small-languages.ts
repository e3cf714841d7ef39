import type { Topic } from "./topic.ts";

/** Portuguese and Welsh, and kind words in every language. */
export const smallTopics: readonly Topic[] = [
  {
    kind: "outage",
    language: "pt",
    course: "trouble",
    weight: 0.5,
    followers: [5, 300],
    cues: /\b(sem (rede|internet|sinal)|avaria|cobertura|ligação)\b/i,
    voice: {
      open: [
        "{at} estou sem internet em {place} {since}, quando volta?",
        "Sem rede em {place}, {at}. [O meu {device} não mostra nada|É avaria|Outra vez].",
        "{at} a ligação em {street}, {place} cai todas as noites às {time}.",
      ],
      private: ["Olá, aqui vai: {house} {street}, {place}, conta {last4}."],
      notYet: ["Continua sem sinal em {place}.", "Voltou uma hora e foi-se outra vez."],
    },
    house: {
      answer: [
        "Olá {first}, já vi: em {place} {cause}. Deve voltar {eta}; aviso por aqui.",
        "Obrigada por avisar, {first}. {cause}; escrevo {eta}.",
      ],
      invite: ["{first}, preciso de ver a sua linha. Escreva-nos por mensagem privada, por favor."],
      private: ["Obrigada, {first}. Reiniciei a linha; desligue o router um minuto."],
      sorted: ["Está reparado, {first}. Descontamos {credit} na próxima fatura."],
    },
  },
  {
    kind: "billing",
    language: "pt",
    course: "trouble",
    weight: 0.5,
    followers: [5, 300],
    cues: /\b(fatura|cobrar\w*|devolu\w+|a mais|reembolso)\b/i,
    voice: {
      open: [
        "{at} a fatura deste mês veio com {money} a mais, podem ver?",
        "{at} cobraram {money} duas vezes, no dia {date}.",
        "Espero {weeks} semanas pela devolução de {money}, {at}.",
      ],
      private: ["Olá, conta a terminar em {last4}, são {money}."],
      notYet: ["Os {money} ainda não chegaram."],
    },
    house: {
      answer: [
        "Olá {first}, esses {money} são {reason}. Voltam para si {eta}.",
        "Tem razão, {first}: {reason}. A fatura corrigida estará na aplicação {eta}.",
      ],
      invite: ["{first}, para ver os {money} preciso da sua conta. Escreva-nos por mensagem privada, por favor."],
      private: ["Obrigada, {first}. Os {money} foram devolvidos, três dias úteis."],
      sorted: ["{first}, a devolução saiu hoje. Obrigada pela paciência."],
    },
  },
  {
    kind: "outage",
    language: "cy",
    course: "trouble",
    weight: 0.7,
    followers: [5, 300],
    cues: /\b(dim (signal|rhyngrwyd|band eang)|wedi torri|i lawr|araf)\b/i,
    voice: {
      open: [
        "{at} does dim signal yn {place} {since}. Pryd fydd yn ôl?",
        "Dim rhyngrwyd ar {street}, {place}, {at}. [Oes rhywun yn gwybod pam|Eto|Mae {kin} yn gweithio o gartref].",
        "{at} mae'r band eang yn {place} yn araf iawn ar ôl {time}: {mbps}.",
        "{at} mae fy {device} wedi torri'r cysylltiad yn {place} {since}.",
      ],
      private: ["Helo, dyma'r cyfeiriad: {house} {street}, {place}, cyfrif {last4}."],
      notYet: ["Dal dim signal yn {place}.", "Daeth yn ôl am awr ac wedyn dim byd."],
    },
    house: {
      answer: [
        "Helo {first}, rwyf wedi edrych: yn {place} {cause}. Dylai ddod yn ôl {eta}; byddaf yn ysgrifennu yma.",
        "Diolch am ddweud, {first}. {cause}; cewch wybod mwy {eta}.",
      ],
      invite: ["{first}, mae angen eich cyfeiriad i brofi'r llinell. Anfonwch neges breifat atom, os gwelwch yn dda."],
      private: ["Diolch, {first}. Rwyf wedi ailgychwyn y llinell; tynnwch y plwg am funud."],
      sorted: ["Mae'r llinell wedi'i thrwsio, {first}. Diolch am eich amynedd."],
    },
  },
  {
    kind: "billing",
    language: "cy",
    course: "trouble",
    weight: 0.5,
    followers: [5, 300],
    cues: /\b(bil|codi tâl|ad-?daliad|arian)\b/i,
    voice: {
      open: [
        "{at} pam mae {money} yn ormod ar fy mil?",
        "{at} mae'r bil am {plan} yn dweud {money}. Pam?",
        "Rwy'n aros {weeks} wythnos am ad-daliad o {money}, {at}.",
      ],
      private: ["Helo, cyfrif yn gorffen â {last4}, {money}."],
      notYet: ["Dydy'r {money} ddim wedi cyrraedd eto."],
    },
    house: {
      answer: [
        "Helo {first}, {money} yw {reason}. Daw'r arian yn ôl {eta}.",
        "Rydych chi'n iawn, {first}: {reason}. Bydd y bil cywir yn yr ap {eta}.",
      ],
      invite: ["{first}, i weld y {money} mae angen eich cyfrif. Ysgrifennwch atom yn breifat, os gwelwch yn dda."],
      private: ["Diolch, {first}. Mae'r {money} ar ei ffordd yn ôl."],
      sorted: ["{first}, anfonwyd yr arian heddiw. Diolch yn fawr."],
    },
  },
  ...(
    [
      [
        "de",
        "Danke {at}, {kin} ist nach {minutes} Minuten wieder online. Super gemacht.",
        "Netz auf der Fähre nach {country}, {at}! Danke.",
        "Toller Mensch im Laden in {place}, danke {at}.",
        "Das freut uns sehr, {first}. Ich gebe es weiter.",
      ],
      [
        "fr",
        "Merci {at}, réponse en {minutes} minutes et tout marche à {place}.",
        "Bravo {at}, du réseau jusqu'en {country} !",
        "La personne de la boutique de {place} était formidable, {at}.",
        "Merci beaucoup, {first}, cela nous fait plaisir.",
      ],
      [
        "es",
        "Gracias {at}, en {minutes} minutos arreglado en {place}.",
        "Muy buen trato en la tienda de {place}, {at}.",
        "¡Cobertura en el ferry a {country}! Bien hecho {at}.",
        "¡Muchas gracias, {first}! Se lo digo al equipo.",
      ],
      [
        "cy",
        "Diolch o galon {at}, ateb mewn {minutes} munud yn {place}.",
        "Gwasanaeth gwych yn siop {place} heddiw, diolch {at}.",
        "Signal ar y fferi i {country}! Da iawn {at}.",
        "Diolch yn fawr i chi, {first}!",
      ],
    ] as const
  ).map(
    ([language, a, b, c, answer]): Topic => ({
      kind: "praise",
      language,
      course: "praise",
      weight: 0.4,
      followers: [5, 300],
      cues: /\b(danke|merci|bravo|gracias|diolch)\b/i,
      voice: { open: [a, b, c] },
      house: { answer: [answer] },
    }),
  ),
];
