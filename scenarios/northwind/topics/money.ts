import type { Topic } from "./topic.ts";

/** Bills, refunds, prices, contracts. */
export const moneyTopics: readonly Topic[] = [
  {
    kind: "billing",
    language: "en",
    course: "trouble",
    weight: 8,
    followers: [5, 400],
    cues: /\b(bill(s|ed|ing)?|charged?|charges|invoice|direct debit|overcharg\w+|payment|taken (twice|from))\b/i,
    voice: {
      open: [
        "{us} why was I charged {money} [twice this month|on {day}|for nothing]?",
        "Billed {money} after I left {plan} [in the spring|on {date}|weeks ago]. {us}, please explain.",
        "My bill from {us} says {money} for [a call|calls|texts] to {country} I never made. {sigh}",
        "What is this {money} on my {plan} bill, {us}? [The breakdown says 'other'|It was {money2} last month|Nobody can tell me].",
        "{us} direct debit of {money} taken [three days early|on {date}]. {mood}, I had to borrow for the bus.",
        "{plan} costs {money2}. {us} billed {money}. [My calculator and I|{kin} and I] would like a word.",
        "{us} [charged|billed] me {money} for a {device} I sent back on {date}.",
      ],
      more: [
        "I rang on {day}, waited {hours} and was told it would sort itself out.",
        "The bill is dated {date} and does not name what it is for.",
        "I have been with you since {year} and never had this.",
        "My bank says the payment went through on {date}.",
        "{app} does not open the bill at all.",
      ],
      ask: [
        "Please put it right.",
        "I would like the money back this week.",
        "What is it for?",
        "Can somebody send me a bill that a person can read?",
      ],
      private: [
        "Hi, you asked me to write here. The account ends {last4}, it is about {money} on {date}.",
        "Hello, sending this here as you said: the bill shows {money} twice, once on {date}.",
        "Account is in the name of {kin}, does that matter? The sum is {money}.",
        "Here is my bill: {plan}, {money}, bill number {bill}.",
      ],
      notYet: [
        "The {money} has still not come back. {sigh}",
        "New bill today: {money} again, plus a late fee. You could not make it up.",
        "My bank sees nothing of the {money} you promised.",
        "I got a credit, but it is {money2}, not {money}.",
      ],
      back: [
        "A month later and the same {money} is on the new bill.",
        "You refunded {money} in [spring|autumn|the last bill] and charged it again on {date}.",
        "It is about the {money} again. Your colleague said it could not come back. It did.",
      ],
      bystander: [
        "They did the same to {kin}, {money2} that time.",
        "Ring the bank, [works faster|that helped me].",
        "Check whether you are on {plan}, the price went up on {date}.",
      ],
    },
    house: {
      answer: [
        "{first}, I have looked at it: {money} is {reason}. It should not stand there and goes back to you {eta}.",
        "You are right about the {money}, {first}: {reason}. Taken off; the corrected bill is in the app {eta}.",
        "{first}, the {money} on {plan} is {reason}. If that is not what you wanted, I undo it; a word is enough.",
        "(?call|text) The calls to {country} were billed by a partner network that had the wrong number, {first}. {money} goes back {eta}.",
        "(?direct debit|early) Sorry, {first}. We took {money} early because {reason2}. I have asked the bank to send it back today.",
        "{first}, thank you for saying so. I am going through the bill line by line and tell you what I find {eta}.",
      ],
      invite: [
        "{first}, to see where {money} comes from I need your account. Please write to us in a private message.",
        "That belongs in private, {first}: send us a message with the last four digits of your account and I look at the {money} at once.",
        "Let us not talk about your bill in public, {first}. Write to us privately and I have it open before you have finished typing.",
      ],
      private: [
        "Thank you, {first}. Found: {money} is {reason}. I have booked it back, three working days.",
        "Got it, account {last4}. The {money} was entered twice by hand; one is cancelled and you see it {eta}.",
        "{first}, {bill} is corrected. The new total is {money2}, and the old one will not be collected.",
        "I have it open, {first}. {reason2}, so {money} was taken before the credit counted. It goes back today.",
      ],
      sorted: [
        "{first}, {money} left us this morning. Your bank may take a day. I close this here; a word reopens it.",
        "The corrected bill is out, {first}, without the {money}. Sorry for the trouble.",
        "Refund done, {first}. Thank you for your patience with us.",
      ],
    },
  },
  {
    kind: "prices",
    language: "en",
    course: "trouble",
    weight: 4,
    followers: [30, 1200],
    cues: /\b(price (rise|increase|hike)s?|put(ting)? (the )?prices? up|going up|more expensive|loyalty|cancel\w*|leaving|contract ends?|exit fee|switch(ing)? (away|provider)|pac)\b/i,
    voice: {
      open: [
        "{us} putting {plan} up by {money} a month. [In the middle of a contract|After {years} years|Lovely]. {sigh}",
        "So {us} wants {money} more for {plan}. New customers pay {money2}. [Loyalty|Being loyal] costs extra, then.",
        "How do I cancel {plan}, {us}? {app} [sends me in circles|has no such button|says try later].",
        "{us} what is the exit fee if I leave {plan} on {date}?",
        "Got the letter: {money} more from [April|next month|{date}]. {us}, {mood}, why should I stay?",
        "Tried to get my PAC from {us}. {hours}. Still no PAC.",
      ],
      more: [
        "When I signed in {place} nobody mentioned a rise.",
        "Your own website sells the same for {money2}.",
        "I am not angry, I only want to know what I shall pay.",
        "{kin} has the same plan and got no letter.",
      ],
      ask: [
        "What can you offer me?",
        "Please send the PAC.",
        "Tell me the last day on which I may leave for nothing.",
        "Will you match {money2}?",
      ],
      private: [
        "Hi, number ends {last4}. I want to know what it costs to leave {plan}.",
        "As you asked: {plan}, contract until {date}, letter says {money} more.",
        "Please send the PAC for the number ending {last4}.",
      ],
      notYet: [
        "The offer in the app is still {money}, not {money2}.",
        "No PAC yet. It was promised [yesterday|by noon|within the hour].",
        "The chat bot offered me a {device} instead. No thank you.",
      ],
      back: [
        "I stayed as agreed for {money2}. The bill says {money}.",
        "You said I could leave free of charge until {date}. Today somebody asked for {money}.",
      ],
      bystander: [
        "Tell them you leave, then [it gets cheaper|they remember you].",
        "{money2} with the others, just saying.",
        "Mine went up too. {plan}.",
      ],
    },
    house: {
      answer: [
        "(?more|up by|rise|putting) {first}, the rise of {money} is in the contract and I still see why it stings. You may leave free of charge for thirty days; I hope you do not.",
        "(?new customers|loyal) Fair point, {first}: {plan} for new customers is cheaper in the first year only. I can put you on the same; say yes and it counts from the next bill.",
        "(?cancel|pac) The button is well hidden, {first}, we are moving it. Text PAC to 65075 and the code comes within a minute.",
        "(?exit fee|leave) {first}, on {date} your contract is out of its term, so there is no exit fee at all.",
        "Plain answer, {first}: it goes up for everybody, and for {years} years of staying we owe you better. I look at what I may offer and write {eta}.",
      ],
      invite: [
        "{first}, what {plan} costs you depends on your contract. Please send us a private message and I tell you to the penny.",
        "I can look at your term and your offer, {first}; write to us privately, please.",
      ],
      private: [
        "Thank you, {first}. Your contract ends on {date}; until then {credit} a month comes off as a thank-you. Shall I book it?",
        "(?pac) The PAC for {last4} is on its way by text, {first}. It counts for thirty days, and nothing is cancelled before you use it.",
        "{first}, no fee on your account. If you stay I can keep the old price for a year; it is your choice.",
      ],
      sorted: [
        "Booked, {first}: the old price for twelve months, confirmed by e-mail.",
        "The code was used on {date}, {first}. All the best, and thank you for the years.",
      ],
    },
  },
  {
    kind: "refund",
    language: "en",
    course: "trouble",
    weight: 4,
    followers: [5, 300],
    cues: /\b(refund\w*|money back|promised .{0,20}back|compensation|deposit|reimburs\w+|sent (it )?back)\b/i,
    voice: {
      open: [
        "{us} you promised {money} back on {day} and it is not there. {sigh}",
        "Where is my refund of {money}, {us}? Returned the {device} on {date}.",
        "{weeks} weeks for a refund of {money}. {us} took it in [one second|the blink of an eye].",
        "{us} returned order {order}, courier has it signed, still no {money}.",
        "Compensation of {money} agreed with {us} on the phone. [On paper|On my account|In real life]: nothing.",
      ],
      more: [
        "The return label has the number {bill}.",
        "Your own mail of {date} says it was received.",
        "I closed that card, so it may have gone astray.",
      ],
      ask: ["Please pay it back.", "Which day will it be?", "Can you confirm it in writing?"],
      private: [
        "Hello, refund of {money}, order {order}, card ends {last4}.",
        "You asked for the return number: {bill}, sent on {date}.",
        "It is about the {money} for the {device}. Shall I send the courier's receipt?",
      ],
      notYet: [
        "Nothing on the card yet. {money}, remember?",
        "Only {money2} came. Where is the rest?",
        "The bank knows nothing of a refund.",
      ],
      back: [
        "Ten days, the time you gave me, are over. Still {money} short.",
        "It arrived, then it was taken back again on {date}. How?",
      ],
      bystander: ["Took mine {weeks} weeks.", "Card company. Section 75. [Works|Worked for {kin}]."],
    },
    house: {
      answer: [
        "{first}, {money} was released today and had stood still because {reason2}. It is with you {eta}.",
        "(?returned|return|sent) The {device} arrived in the warehouse on {date}, {first}, and nobody pressed the button. I did: {money} is on its way.",
        "You should not have to chase {money}, {first}. I have it on my own list and write here {eta}.",
      ],
      invite: [
        "{first}, I can look for the {money} with your order number. Please send it in a private message.",
        "Write to us privately with the order, {first}, then I can see where it got stuck.",
      ],
      private: [
        "{order} found, {first}: received, checked, not paid. {money} goes to the card ending {last4} today.",
        "Thank you. The refund went to the old card and came back to us; I send {money} to your account instead.",
        "Seen, {first}. {reason2}. {money} is released, and {credit} on top for the wait.",
      ],
      sorted: [
        "{money} was paid on {date}, {first}. Sorry that it took so long.",
        "The bank confirms the payment, {first}. I close this with thanks.",
      ],
    },
  },
];
