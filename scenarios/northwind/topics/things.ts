import type { Topic } from "./topic.ts";

/** Handsets, SIMs, parcels, travel. */
export const thingTopics: readonly Topic[] = [
  {
    kind: "device",
    language: "en",
    course: "trouble",
    weight: 5,
    followers: [5, 300],
    cues: /\b(esim|e-sim|sim card|handset|reboots?|screen|battery|activation|activate|router light|factory reset|new phone)\b/i,
    voice: {
      open: [
        "The eSIM code for my {device} says already used, {us}. It is not. {sigh}",
        "{us} the {device} you sent reboots [every hour|whenever I call {kin}|in my pocket].",
        "How do I move my number to the new {device}? {us} {app} [shows a white page|says try later|wants a code I never got].",
        "{us} my {device} never gets the activation text. Tried for {hours}.",
        "[Screen|Battery] of the {device} from {us} [gave up|went black] after {weeks} weeks. Who repairs it in {place}?",
        "{us} SIM card for the {device} came [cut wrong|broken in two|without the tray pin]. What now?",
        "Since the update on {day} the {device} sees no {us} any more, [only wifi|only other networks].",
      ],
      more: [
        "I have done the factory reset that {app} recommends; it helped for a day.",
        "{kin} has the same {device} with another provider and it works.",
        "It was bought in your {place} shop on {date}.",
        "The message says 'not registered on network'.",
      ],
      ask: [
        "How do I get a new code?",
        "Who repairs it?",
        "Please tell me what to try next, I have no other phone.",
        "Can I swap it in the {place} shop?",
      ],
      private: [
        "Hi, it is the {device}. IMEI ends {last4}, bought {date}.",
        "You asked which eSIM: the one from {date}, number ends {last4}.",
        "Hello, writing from {kin}'s phone. The {device} still does not register.",
      ],
      notYet: [
        "Scanned the new code: 'already used' again. {sigh}",
        "Reset done, the {device} behaves exactly as before.",
        "Your steps stop at a menu that the {device} does not have.",
      ],
      back: [
        "The repaired {device} came back on {day}. Same fault.",
        "The eSIM worked until I changed to the new {device}. Here we go again.",
      ],
      bystander: [
        "On a {device} you have to [switch off wifi first|delete the old profile|wait ten minutes]. Really.",
        "My {device} did that. [Tray|Dust|Software].",
      ],
    },
    house: {
      answer: [
        "(?used|esim|code) {first}, a used code means that the first try reached us and the {device} missed our answer. I have freed it; scan once more with wifi on.",
        "(?update|sees no|register|network) For the {device}, {first}: Settings, Network, SIMs, remove the old profile, then restart. Say here what it shows.",
        "(?reboot|battery|screen|gave up|repair) A {device} should not do that, {first}. It is inside the two years, so repair costs you nothing; I send a label or you take it to a shop.",
        "(?activation|text) The activation text for the {device} was held up: {reason2}. I have sent it again; it should be there in five minutes.",
        "(?move|number) {first}, moving a number to a {device} takes two steps: new eSIM in the app under My line, then restart. I am here if one sticks.",
      ],
      invite: [
        "{first}, I can issue a new code, only not in public. Please write to us privately.",
        "For the repair of the {device} I need the IMEI, {first}. Send it in a private message, please.",
      ],
      private: [
        "Thank you, {first}. The new code went to your e-mail; the one ending {last4} is blocked.",
        "{first}, the {device} is registered for repair. The label is in your mail; it takes {days} working days.",
        "I see the {device} on our side now. It registered at {time} on the far mast, so please step outside once and call 150.",
      ],
      sorted: [
        "The {device} has been on the network since {time}, {first}. Glad it works.",
        "Swapped, {first}: the new {device} waits for you in the shop, bring the old one.",
      ],
    },
  },
  {
    kind: "delivery",
    language: "en",
    course: "trouble",
    weight: 4,
    followers: [5, 250],
    cues: /\b(parcel|courier|deliver(y|ed|ies)|tracking|dispatch(ed)?|porch|nw-\d{5}|van)\b/i,
    voice: {
      open: [
        "Order {order} was due on {day}. {us} where is it?",
        "{us} the courier says delivered, [my porch|my neighbour|the photo of somebody else's door] says otherwise. {order}.",
        "Stayed in {hours} for a parcel that never came. Thanks for nothing {us}.",
        "{us} tracking for {order} has said 'in {place} depot' {since}.",
        "My {device} arrived, {us}. The box did. [Empty|With a brick of paper in it|With somebody else's phone case].",
        "{order}: ordered {date}, 'next day delivery'. {us} which next day?",
      ],
      more: [
        "The driver's photo shows a green door; ours is blue.",
        "I asked at the depot in {place}, they sent me home.",
        "It is a present for {kin} and the day is {day}.",
      ],
      ask: ["Where is it?", "Please send another.", "I would rather collect it in {place}.", "Can I cancel?"],
      private: [
        "Hello, order {order}, {house} {street}, {place}.",
        "Address as asked: {house} {street}. The courier's card has the number {bill}.",
        "It is {order}. No card, no call, nothing at the neighbours'.",
      ],
      notYet: [
        "Tracking still says {place} depot. {sigh}",
        "They tried at {time} while I was in the garden. No bell, no knock.",
        "The second parcel went back to you as well. {order}.",
      ],
      back: [
        "The replacement of {order} is missing too. Same courier.",
        "{order} came on {day}. It is a {device}, only not the one I ordered.",
      ],
      bystander: [
        "The {place} depot again. [Every week|Go there at seven].",
        "Ours was in the bin. Literally.",
        "Same driver, same photo trick.",
      ],
    },
    house: {
      answer: [
        "{first}, {order} stands in a cage in {place} since {time} because {reason3}. It goes out tomorrow, and I watch it.",
        "(?photo|delivered|porch) That photo is not your door, {first}. I have told the courier so; a second {device} leaves our store today.",
        "I have {order} open, {first}: {reason3}. New day is tomorrow, {slot2}, and you can change it by text.",
        "(?stayed in|waited) Sorry about the wasted hours, {first}. {reason3}. I have asked for the driver's route and write {eta}.",
        "(?knock|bell|card|never came) {first}, a card without a knock is not a delivery. {reason3}; I have ordered a second try {eta}.",
      ],
      invite: [
        "{first}, please send us your order number in a private message and I find the van.",
        "To look for it I need your postcode, {first}. Write to us privately, please.",
      ],
      private: [
        "Thank you, {first}. {order} was put into the wrong cage; I have had it moved. Tomorrow, {slot2}.",
        "{first}, I stopped {order} and sent a new one by another courier. Number follows by text.",
        "The courier admits the wrong house at {street}, {first}. They fetch it and bring it {eta}.",
      ],
      sorted: [
        "{order} is signed for, {first}. Enjoy it.",
        "I see {order} as delivered with your signature, {first}. If that is wrong, one word is enough.",
        "The new parcel arrived, {first}, I am glad. {credit} for the lost day is on your account.",
      ],
    },
  },
  {
    kind: "roaming",
    language: "en",
    course: "trouble",
    weight: 4,
    followers: [10, 600],
    cues: /\b(roaming|abroad|landed in|holiday|airport|boarding|data pass)\b/i,
    voice: {
      open: [
        "Landed in {country} and my {device} has no data. {at} does roaming need a switch?",
        "{us} is {country} included in {plan} or will I get a surprise?",
        "{us} roaming worked in {country} until this morning, now nothing. [Boarding in 40 minutes|Taxi is waiting|I cannot find the hotel]!",
        "{money} roaming for [one photo|a map|two hours in transit] in {country}, {us}? {sigh}",
        "Data pass for {country} bought from {us} at {time}, {device} still says none left.",
        "{kin} is in {country} with {plan} and cannot [ring|text] home. {us}?",
      ],
      more: [
        "I sat in the airport of {country} for {hours} with the {device} in flight mode, I promise.",
        "The text on arrival said it was included.",
        "Other people on the coach with {us} are fine.",
      ],
      ask: ["What do I switch on?", "What does it cost per day?", "Please take it off the bill."],
      private: [
        "Hi, number ends {last4}, I am in {country} until {day}.",
        "As asked: {plan}, {device}, network shown is a foreign one with three bars.",
        "It is about the {money} from {country}.",
      ],
      notYet: [
        "Switched it on, restarted, still no data in {country}.",
        "Works in the lobby, not in the street. {country}, same as before.",
        "Another {money} today.",
      ],
      back: ["Home from {country}; the bill has {money} on it all the same."],
      bystander: [
        "Pick the network by hand, worked for me in {country}.",
        "Wifi and patience.",
        "{country} is not in {plan}, I learned that for {money}.",
      ],
    },
    house: {
      answer: [
        "{first}, on the {device}: Settings, Mobile network, data roaming on, then restart once. {country} is open for you, I checked.",
        "(?included|surprise|cost) {country} is included in {plan} up to 12 GB, {first}; after that we stop and ask, so there is no surprise.",
        "(?until|worked|nothing) Our partner network in {country} lost its link at {time}, {first}. Please choose another one by hand until it is back {eta}.",
        "(?£) {money} for {country} is not right, {first}: {reason2}. It comes off.",
        "{first}, in {country} you need data roaming switched on once. If that was not it, tell me the name of the network you see there.",
      ],
      invite: [
        "{first}, I can open roaming for you at once, I only need your number in a private message.",
        "For the charge from {country} please write to us privately, {first}.",
      ],
      private: [
        "Thank you, {first}. The pass hung on the old SIM; it is moved. Flight mode on and off, please.",
        "{last4} is set free for {country} now. Have a good journey, {first}.",
        "(?£) {first}, {money} is taken off and a cap of {credit} is set, so that it cannot happen again.",
      ],
      sorted: [
        "I see data from {country} since {time}, {first}. Safe travels.",
        "The {money} is off the bill, {first}.",
      ],
    },
  },
];
