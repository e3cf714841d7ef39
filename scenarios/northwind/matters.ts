/** What people of the town come with. A matter is a course of steps: who speaks where, and what they wait for before. */
export type Speech = "post" | "reply" | "dm" | "edit" | "delete";
export interface Step {
  do: Speech;
  /** Alternatives; one is chosen. Slots in braces. */
  says: readonly string[];
  /** When: a mean delay after the step before, or after our answer (then it is only played if we answered). */
  after: "previous" | "answer";
  meanMinutes: number;
  /** Share of the people who take this step at all. */
  share?: number;
  /** Another person speaks (a bystander). */
  by?: "bystander";
}
export interface Matter {
  kind: string;
  /** How often it comes, relative to the others. */
  weight: number;
  language?: string;
  followers?: [number, number];
  steps: readonly Step[];
}

const thanks: Step = {
  do: "reply",
  after: "answer",
  meanMinutes: 25,
  share: 0.35,
  says: ["{ta} {tail}"],
};
const notYet: Step = {
  do: "reply",
  after: "answer",
  meanMinutes: 190,
  share: 0.22,
  says: ["{still} {sigh}"],
};
const goesPrivate: Step = {
  do: "dm",
  after: "answer",
  meanMinutes: 18,
  share: 0.4,
  says: [
    "Hi, you asked me to write here. My order is {order}.",
    "Here I am, as asked. Account is in the name of my partner, does that matter?",
    "Sending this here as you said: the bill shows {money} twice.",
    "Hello, it is about the thing I posted. My postcode is near {place}.",
  ],
};

const open = (says: readonly string[]): Step => ({ do: "post", after: "previous", meanMinutes: 0, says });

export const matters: readonly Matter[] = [
  {
    kind: "outage",
    weight: 9,
    followers: [20, 900],
    steps: [
      open([
        "No signal in {place} {since} {us}. {sigh}",
        "{us} is 4G down in {place}? Nothing {since} and {work} depends on it.",
        "Zero bars on {street}, {place} {since}. {us} is this known?",
        "{us} broadband dead {since}. {kin} works from home. {sigh}",
        "Calls keep dropping in {place} {since}, {us}. {mood}, how long will this take?",
      ]),
      {
        do: "reply",
        by: "bystander",
        after: "previous",
        meanMinutes: 12,
        share: 0.3,
        says: [
          "Same here in {place}.",
          "Following, ours is down too.",
          "Mine came back after a restart, try that.",
          "Are you on {plan} as well?",
        ],
      },
      goesPrivate,
      notYet,
      thanks,
    ],
  },
  {
    kind: "billing",
    weight: 8,
    followers: [5, 400],
    steps: [
      open([
        "{us} why was I charged {money} twice this month?",
        "Billed {money} after I left {plan} in the spring. {us}, please explain.",
        "My bill from {us} says {money} for a call to {country} I never made. {sigh}",
        "{us} you promised {money} back on {day} and it is not there.",
        "What is this {money} on my {plan} bill, {us}?",
      ]),
      goesPrivate,
      notYet,
      thanks,
    ],
  },
  {
    kind: "roaming",
    weight: 4,
    followers: [10, 600],
    steps: [
      open([
        "Landed in {country} and my {device} has no data. {at} does roaming need a switch?",
        "{us} is {country} included in {plan} or will I get a surprise?",
        "{us} roaming worked in {country} until this morning, now nothing. Boarding in 40 minutes!",
      ]),
      goesPrivate,
      thanks,
    ],
  },
  {
    kind: "device",
    weight: 5,
    followers: [5, 300],
    steps: [
      open([
        "The eSIM code for my {device} says already used, {us}. It is not.",
        "{us} the {device} you sent reboots every hour. {sigh}",
        "How do I move my number to the new {device}? {us}",
        "{us} my {device} never gets the activation text. Tried {hours}.",
      ]),
      {
        do: "edit",
        after: "previous",
        meanMinutes: 3,
        share: 0.15,
        says: ["(edited) I should say the {device} is new. {us} the code says already used."],
      },
      goesPrivate,
      thanks,
    ],
  },
  {
    kind: "delivery",
    weight: 4,
    followers: [5, 250],
    steps: [
      open([
        "Order {order} was due on {day}. {us} where is it?",
        "{us} the courier says delivered, my porch says otherwise. {order}.",
        "Stayed in {hours} for a parcel that never came. Thanks for nothing {us}.",
      ]),
      goesPrivate,
      notYet,
      thanks,
    ],
  },
  {
    kind: "direct",
    weight: 5,
    followers: [0, 120],
    steps: [
      {
        do: "dm",
        after: "previous",
        meanMinutes: 0,
        says: [
          "Hello, I want to change the name on my account. What do you need?",
          "Hi, can you tell me when my contract for {plan} ends?",
          "My {device} was stolen in {place} last night, please block the SIM!",
          "Good morning, I was charged {money} for a parcel I sent back.",
          "Hello, {kin} has died and the phone is in their name. Who do I speak to?",
        ],
      },
      {
        do: "dm",
        after: "answer",
        meanMinutes: 12,
        share: 0.55,
        says: ["{yes} {more}"],
      },
      {
        do: "dm",
        after: "answer",
        meanMinutes: 20,
        share: 0.4,
        says: ["{ta} {tail}"],
      },
    ],
  },
  {
    kind: "question",
    weight: 6,
    followers: [5, 500],
    steps: [
      open([
        "{us} do you sell {plan} without a contract?",
        "Does {us} have 5G around {place} yet?",
        "{us} can I keep my number if I move to {plan}?",
        "Thinking of leaving my provider. Is {us} any good in {place}?",
        "{at} where do I find my PUK? {app} hides it well.",
      ]),
      thanks,
    ],
  },
  {
    kind: "praise",
    weight: 4,
    followers: [5, 700],
    steps: [
      open([
        "Big thanks to {us} for getting {kin} back online on a {day} evening.",
        "Credit where due: {us} answered in ten minutes and it works.",
        "{us} your person in the {place} shop was wonderful today.",
        "Signal on the ferry to {country}! Well done {us}.",
      ]),
    ],
  },
  {
    kind: "sarcasm",
    weight: 3,
    followers: [50, 1500],
    steps: [
      open([
        "Oh great, another hour of hold music from {us}. Living the dream.",
        "Love how {us} charges {money} for a signal I can only find on the roof.",
        "Well done {us}, {hours} in the queue and then you hung up. Ten out of ten.",
        "Thanks so much {us}, who needs a phone on a {day} anyway.",
      ]),
      goesPrivate,
      notYet,
    ],
  },
  {
    kind: "spoken-about",
    weight: 5,
    followers: [100, 2500],
    steps: [
      open([
        "My provider northwind just put prices up, that is me off.",
        "Anyone else on northwind paying {money} for {plan}? Feels like a lot.",
        "Northwind coverage map says {place} is fine. The map has never been here.",
        "Switched to northwind a year ago, no regrets so far.",
      ]),
    ],
  },
  {
    kind: "urgent",
    weight: 1,
    followers: [10, 400],
    steps: [
      open([
        "{us} the battery of the {device} you sold {kin} got so hot it burned the table. Is it safe?",
        "{us} somebody took over my account and is ordering phones in my name!",
        "{us} my solicitor will write to you about the {money}. Last chance.",
        "{us} 999 calls do not go through in {place}. Somebody could get hurt.",
      ]),
      goesPrivate,
      thanks,
    ],
  },
  {
    kind: "viral",
    weight: 0.4,
    followers: [20_000, 90_000],
    steps: [
      open([
        "I have asked {us} four times about {money}. Four. Let us see if they read this one.",
        "Story time: how {us} left {place} without a line {since} and called it maintenance.",
      ]),
      {
        do: "reply",
        by: "bystander",
        after: "previous",
        meanMinutes: 6,
        share: 0.9,
        says: ["Unbelievable.", "They did the same to {kin}.", "Popcorn ready."],
      },
      {
        do: "reply",
        by: "bystander",
        after: "previous",
        meanMinutes: 9,
        share: 0.7,
        says: ["Same story in {place}. {us} please look at mine too, {order}.", "Shared. This needs to be seen."],
      },
      goesPrivate,
      thanks,
    ],
  },
  {
    kind: "spam",
    weight: 4,
    followers: [0, 60],
    steps: [
      open([
        "WIN a new {device}!!! follow and click www.{shop}.example/free #northwind #giveaway",
        "Earn {money} a day from home, ask me how >> {shop}.example #northwind",
        "Followers cheap cheap, {shop}.example, promo code NORTH10",
        "{shop}.example best {thing} deals, 80% off today only! @northwind @everyone",
        "Crypto is going to the moon, join {shop}.example now #northwind #4G",
      ]),
    ],
  },
  {
    kind: "coincidence",
    weight: 3,
    followers: [10, 300],
    steps: [
      open([
        "The north wind off the sea in {place} today took my hat and my {thing}.",
        "Reading a lovely old poem about the north wind and the sun.",
        "Our choir in {place} sings on {day}, come along.",
        "New {thing} arrived. Small joys.",
      ]),
    ],
  },
  {
    kind: "spanish",
    weight: 1.5,
    language: "es",
    followers: [5, 300],
    steps: [
      open([
        "{at} llevo tres días sin cobertura en {place}, ¿qué pasa?",
        "{at} me habéis cobrado {money} dos veces este mes, ¿podéis mirarlo?",
        "{at} ¿cómo activo la eSIM en mi {device}? La aplicación me da error.",
      ]),
      { ...thanks, says: ["{gracias} {cola}"] },
    ],
  },
  {
    kind: "german",
    weight: 1.2,
    language: "de",
    followers: [5, 300],
    steps: [
      open([
        "{at} seit gestern kein Netz in {place}. Wann geht es wieder?",
        "{at} warum stehen auf meiner Rechnung {money} zu viel?",
        "{at} mein {device} findet nach dem Update kein Netz mehr, was nun?",
      ]),
      {
        ...thanks,
        says: ["{danke} {ende}"],
      },
    ],
  },
  {
    kind: "portuguese",
    weight: 0.8,
    language: "pt",
    followers: [5, 300],
    steps: [
      open([
        "{at} estou sem internet em {place} desde ontem, quando volta?",
        "{at} a fatura deste mês veio com {money} a mais, podem ver?",
      ]),
      { ...thanks, says: ["Muito obrigada, já funciona!", "Obrigado pela ajuda."] },
    ],
  },
];
