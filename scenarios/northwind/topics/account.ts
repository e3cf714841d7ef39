import type { Topic } from "./topic.ts";

/** What people write in private from the beginning, and what is urgent. */
export const accountTopics: readonly Topic[] = [
  {
    kind: "direct",
    language: "en",
    course: "direct",
    weight: 7,
    followers: [0, 120],
    cues: /\b(change (the |my )?(name|address)|move (my|the) (number|contract)|contract (for|ends?)|password|log ?in|locked out|account page|name on)\b/i,
    voice: {
      open: [
        "[Hello|Hi|Good morning], I want to change the name on [my account|the contract for {plan}]. What do you need?",
        "[Hi|Hello], can you tell me when my contract for {plan} ends? [The app shows nothing|I moved it in {year}|{kin} asks].",
        "Good [morning|evening], I was charged {money} for a parcel I sent back on {date}.",
        "[Hello|Hi there], I move to {street}, {place} on {date}. Can the line come along?",
        "I am locked out of {app} {since}. The reset mail never arrives.",
        "[Hello|Hi], we are {work} and need [two|three|five] more numbers on {plan}. How do we do that?",
        "Hi, {kin} wants to take over my number ending {last4}. [Which form is it|Do we both have to sign|Is there a charge]?",
      ],
      more: [
        "I have the letter of {date} here.",
        "The number ends {last4}.",
        "It is not urgent, this week would be good.",
        "I would rather not telephone, I hear badly.",
      ],
      ask: ["What do you need from me?", "How long does it take?", "Is there a charge?"],
      private: [
        "The account is in {place}, number ends {last4}.",
        "Name as on the contract, date of the contract {date}.",
        "Here you are: customer since {year}, {plan}, {street}.",
      ],
      notYet: [
        "{app} still shows the old name.",
        "The form you sent asks for a code I do not have.",
        "No mail yet, also not among the spam.",
      ],
      back: [
        "Hello again, it worked for the mobile but not for the line in {place}.",
        "You changed the name, thank you. Now the bill goes to the old address on {street}.",
      ],
    },
    house: {
      answer: [
        "(?name|number|take over) Hello {first}, gladly. {plan} stays as it is; I need the last four digits of the account and the new name as on a passport.",
        "(?move|line) Good that you ask early, {first}. For {place} I book the line over on {date}; you lose it for an hour at most.",
        "(?locked|reset|password) Hello {first}, the reset mail went to an old address. Tell me the first letters of the new one and I change it.",
        "(?ends|contract) {first}, {plan} runs until {date}. Nothing renews by itself, you will hear from us a month before.",
        "Hello {first}, thank you for writing here. I have it open and need only the last four digits of your account.",
      ],
      private: [
        "Thank you, {first}. The change is made and takes effect tonight.",
        "{first}, I have sent the form to your e-mail; a photograph of it is enough.",
        "Done for {last4}, {first}. The new contract lies in the app under Documents.",
      ],
      sorted: [
        "All in place, {first}: name, address and bill. Anything else I can do?",
        "{first}, the move to {street} is booked; the confirmation is in your mail.",
      ],
    },
  },
  {
    kind: "bereavement",
    language: "en",
    course: "direct",
    weight: 0.8,
    followers: [0, 100],
    cues: /\b(has died|passed away|funeral|widow(er)?|late (husband|wife|mother|father)|bereave\w*|deceased)\b/i,
    voice: {
      open: [
        "Hello, {kin} has died and the phone is in their name. Who do I speak to?",
        "[Good morning|Hello]. {kin} passed away on {date}. We would like to keep the number for a while, it has the voice on it.",
        "The funeral is {day} and you still send {kin} bills of {money}. Please stop.",
        "I look after the affairs of {kin}, who has passed away. There is a contract for {plan}. What do you need?",
      ],
      more: ["I have the certificate.", "I have told you this twice already, each time to somebody else."],
      ask: ["Whom can I write to?", "Please do not make me ring the hotline."],
      private: [
        "The number ends {last4}. I am the executor.",
        "Certificate attached. The address is {street}, {place}.",
      ],
      notYet: [
        "Another letter came today, addressed to them.",
        "The number was cut off this morning. The voice is gone.",
      ],
      back: ["A bill for {money} came, three weeks after you said it was closed."],
    },
    house: {
      answer: [
        "I am very sorry for your loss, {first}. You need not ring anybody: I do this with you, and nothing is asked twice.",
        "(?bill|letter|contract) My condolences, {first}. I have stopped all bills and letters now. When you are ready, a photo of the certificate is all we need.",
        "(?number|voice) {first}, I am sorry. The number stays as long as you wish, and the voice message is safe; I have saved it for you.",
      ],
      private: [
        "Thank you, {first}. The contract is closed without any fee, and I have written it so that no letter goes out.",
        "(?cut off|number) {first}, the number is back and will stay. Here is my own address for anything further.",
      ],
      sorted: ["Everything is settled, {first}. If you ever want the number moved to you, write to me."],
    },
  },
  {
    kind: "urgent",
    language: "en",
    course: "trouble",
    weight: 1,
    followers: [10, 400],
    cues: /\b(stolen|took over|hacked|fraud\w*|scam\w*|phish\w*|burned|on fire|smoke|swollen|999|solicitor|ombudsman|ofcom|in my name|somebody could get hurt|block the sim)\b/i,
    voice: {
      open: [
        "{us} the battery of the {device} you sold {kin} got so hot it burned [the table|a hole in the sofa|her hand]. Is it safe?",
        "{us} somebody [took over|got into] my account and is ordering [phones|a {device}] in my name!",
        "{us} my solicitor will write to you about the {money}. Last chance.",
        "{us} 999 calls do not go through in {place} {since}. Somebody could get hurt.",
        "My {device} was stolen in {place} [last night|an hour ago|on the train], please block the SIM {us}!",
        "{us} a man rang as 'Northwind security' and took {money} off {kin}. Was that you?",
        "{us} the {device} smokes at the plug. Unplugged it. [What now|The kitchen smells|{kin} is frightened].",
      ],
      more: [
        "The police reference ends {last4}.",
        "I have photographs.",
        "I changed the password, and it was changed back at {time}.",
      ],
      ask: ["Please act now.", "Ring me.", "What do I do with the {device}?"],
      private: [
        "Number ends {last4}. Please block everything.",
        "It is me with the {device}: serial ends {last4}, bought on {date}.",
        "Account of {kin}, ends {last4}; {money} gone at {time}.",
      ],
      notYet: [
        "Another order in my name just now, {money}.",
        "The SIM still rings. I called it myself.",
        "Nobody has rung about the {device}.",
      ],
      back: ["They are in again. Same account, {time} today."],
      bystander: ["Ring your bank first.", "Unplug it and put it outside!", "They rang {kin} too. Same voice."],
    },
    house: {
      answer: [
        "(?hot|smoke|burn|plug|battery) {first}, please unplug the {device}, do not charge it and put it somewhere it cannot burn anything. I ring you within ten minutes; an exchange is on its way.",
        "(?rang|security|was that you) That was not us, {first}; we never ask for money on the phone. Please tell your bank now. I have put a lock on the account.",
        "(?took over|got into|ordering) {first}, the account is locked as of this minute and the orders are stopped. Nobody gets in or out until we have spoken.",
        "(?stolen|block) The SIM in the {device} is blocked, {first}. It cannot be used any more; a new one with your number comes tomorrow.",
        "(?999|emergency) {first}, emergency calls from {place}: our engineers test it at this moment. Until I write again please use a fixed line or another phone.",
        "(?solicitor|last chance|ombudsman|ofcom) {first}, I take this seriously and have given it to our complaints lead, who writes to you by name {eta}.",
        "{first}, I have seen this and I am on it this minute. If anybody is in danger, please call 999 first.",
      ],
      invite: ["{first}, I act at once, I only need the number. Please send it in a private message, not here."],
      private: [
        "Blocked: {last4}. Everything since {time} is cancelled, {first}, you owe none of it.",
        "(?gone|order|name) Thank you, {first}. {money} is reported as fraud and will not be collected.",
        "(?serial|hot|smoke|battery) A courier fetches the {device} {eta}, {first}. Our safety engineer has your number.",
      ],
      sorted: [
        "(?account|order|gone) {first}, the account has been quiet since the lock, the new password is yours alone. I keep it under watch for a month.",
        "(?hot|smoke|serial|battery) The report on the {device} is with you by mail, {first}; you get the full price back.",
      ],
    },
  },
];
