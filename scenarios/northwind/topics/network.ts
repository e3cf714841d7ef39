import type { Topic } from "./topic.ts";

/** No line, a slow line, waiting for somebody to mend it. */
export const networkTopics: readonly Topic[] = [
  {
    kind: "outage",
    language: "en",
    course: "trouble",
    weight: 9,
    followers: [20, 900],
    cues: /\b(no (signal|service|bars|coverage|phone)|zero bars|(is|line|broadband|internet|network|4g|5g|mast|phone) (is |has been |been )?(down|dead|gone|off)|outage|cut(s)? out|keeps? dropping|emergency calls only)\b/i,
    voice: {
      open: [
        "[No signal|Not a single bar|Zero bars|No service at all] in {place} {since} {us}. {sigh}",
        "{us} is [4G|5G|the network|the mast] down in {place}? Nothing {since} and {work} depends on it.",
        "[No phone|Dead line|No service] on {street}, {place} {since}. {us} is this known?",
        "{us} [broadband|internet] dead {since} on {street}. {kin} works from home. {sigh}",
        "Calls keep dropping [in|around|all over] {place} {since}, {us}. {mood}, how long will this take?",
        "Whole of {street} [has lost|is without] [internet|broadband|its line] {since}, {us}. {sigh}",
        "{mood} {us}, {hours} without a signal in {place}. [Is anybody working on it|Does anybody know why|What happened]?",
        "{us} my {device} says emergency calls only {since}. In {place}, [top of the hill|by the station|near {street}].",
        "[Anyone else|Is anyone] in {place} on {us} with no signal? Mine went {since}.",
      ],
      more: [
        "I have [restarted|switched off and on] the {device} [twice|four times|more often than I can count].",
        "[My neighbours|The people upstairs|Next door] with another provider have no trouble at all.",
        "The status page says everything is fine, and it plainly is not.",
        "It comes back for [a minute|ten minutes|as long as it takes to dial] and goes again.",
        "We run {work} from here and cannot take a single card payment.",
        "The lights on the router go [red|amber|red, then green, then red].",
        "I look after {kin} and need to be reachable.",
      ],
      ask: [
        "When will it be back?",
        "Please tell me what you are doing about it.",
        "Is there a mast out, and for how long?",
        "I would like a day by which it works, not another link.",
      ],
      private: [
        "Hi, you asked me to write. The address is {house} {street}, {place}, no line {since}.",
        "Here I am. It is {street} in {place}; the {device} shows nothing at all.",
        "As asked: account ends {last4}, {place}, off {since}.",
        "Hello, about my post on {place}: the line at {house} {street} is still off.",
      ],
      notYet: [
        "Still nothing on {street} I am afraid. {sigh}",
        "It came back for [an hour|twenty minutes|the length of one call] and went again.",
        "{place} is still dark, whatever the map says.",
        "Restarted everything as you said. No difference in {place}.",
        "That time has passed and there is still no signal here.",
      ],
      back: [
        "Me again from {place}: it worked for [three days|the weekend|nearly a week] and is off once more.",
        "You fixed {street} last week. It broke again {day} night.",
        "Same fault as before in {place}, {us}. [I still have your answer here|I hoped I would not need you again].",
      ],
      bystander: [
        "Same here in {place}[, {street}|, since breakfast|, whole road|].",
        "[Following|Watching this], ours near {street} is down too.",
        "Mine came back after [a restart|taking the SIM out|an hour], try that.",
        "Are you on {plan} as well? [I am and it is gone|Mine died too|Works on mine].",
        "We have had it {since}. [Nobody tells you anything|Get a refund|They know].",
      ],
    },
    house: {
      answer: [
        "Hello {first}, I have looked at {place}: {cause}. We expect it back {eta}. I will write here when it is.",
        "{first}, {place} is on our list since this morning: {cause}. Next news from me {eta}, earlier if it mends.",
        "Sorry, {first}. {street} hangs on a cabinet where {cause}. Engineers are there; it should run {eta}.",
        "(?status page|map) You are right, {first}, and the status page was behind: in {place} {cause}. Back {eta} as far as we can see.",
        "(?emergency|phone|signal) {first}, for the {device}: the fault is on our side, not in your hand. {cause}, mended {eta}.",
        "{first}, thank you for telling us. We see the fault: {cause}. It should be back {eta}, and I stay with it.",
      ],
      invite: [
        "{first}, I see nothing wrong in {place} as a whole, so it is your line. Please send us your house number in a private message.",
        "{first}, to measure your line on {street} I need the house number. Not in public: please write to us privately.",
        "I would like to test your line, {first}. Send us a private message with postcode and house number and I start at once.",
      ],
      private: [
        "Thank you, {first}. I have measured the line at {street}: it breaks off {metres} m from the cabinet. An engineer comes {eta}.",
        "Got it, {first}. I restarted your line from here. Please take the {device} off the mains for a minute and tell me what it shows.",
        "Found it, {first}: {cause}, and your house hangs on it. I have put a note on your account, {credit} comes off the next bill.",
      ],
      sorted: [
        "{first}, {place} is back: all masts have answered for half an hour. {credit} for the lost time is on your next bill.",
        "The fault is mended, {first}. Please say so here if your line has not come back within the hour.",
        "Good news, {first}: the splice at {street} is done and your line measures as it should.",
      ],
    },
  },
  {
    kind: "slow",
    language: "en",
    course: "trouble",
    weight: 5,
    followers: [10, 500],
    cues: /\b(slow|mbps|buffer\w*|crawl\w*|laggy|lagging|lag|speed|throttl\w*)\b/i,
    voice: {
      open: [
        "{us} I pay for {speed} and get {mbps} in {place}. [Every evening|Since {day}|All week]. {sigh}",
        "[Buffering|Crawling|Loading] since {time}. {us} {mbps} is not broadband, it is a dripping tap.",
        "Is {us} [throttling|slowing down] {plan}? {mbps} on a {device} at {time} in {place}.",
        "{us} speed test in {place}: {mbps}. Contract says {speed}. [Explain|Which one is true]?",
        "{kin} cannot do homework on {mbps}, {us}. It was fine until {day}.",
        "{us} ping of {ping} ms every night after {time}. {mood}, unplayable.",
      ],
      more: [
        "I measured by cable, not over wifi, at {time} and again an hour later.",
        "Mornings are fine. From {time} on it falls to pieces.",
        "The {device} stands right beside the router.",
        "I attach no screenshot because the upload did not go through.",
      ],
      ask: [
        "Can you look at the line?",
        "What speed am I really paying for?",
        "Please let me go back to {plan}.",
        "I want what the contract says.",
      ],
      private: [
        "Hello, the slow one from {place}. Line number ends {last4}, last test {mbps}.",
        "You asked for details: {house} {street}, {device}, {mbps} at {time}.",
        "Here is the result by cable: {mbps}. Contract {speed}.",
      ],
      notYet: [
        "Changed the channel as you said: {mbps}. So no.",
        "Better in the morning, but at {time} it was {mbps} again.",
        "New cable, same {mbps}.",
      ],
      back: [
        "It was good for a week and tonight it is {mbps} again.",
        "The new profile held until {day}. Back to {mbps} in {place}.",
      ],
      bystander: [
        "{mbps} here, so do not complain. [Sigh|Joking|Not joking].",
        "Change the DNS, helped me in {place}.",
        "Evenings only? Then it is [the cabinet|too many of us|the mast], not you.",
      ],
    },
    house: {
      answer: [
        "{first}, {mbps} is far below what the line should give. I see {cause}; a wider link goes in {eta}.",
        "(?speed test|mbps) You measured well, {first}: between {time} and eleven your cell in {place} is full. More capacity comes {eta}.",
        "(?throttl|slowing) Not throttled, {first}, {plan} has no such limit. In {place} {cause}, which costs everybody speed until it is mended {eta}.",
        "Thank you for the test, {first}. Please try once by cable and tell me the figure; then I know whether it is the line or the wifi.",
        "{first}, that is slower than it should be. {cause}; we expect the usual speed again {eta}.",
      ],
      invite: [
        "{first}, {mbps} needs a look at your own line. Please send us the line number in a private message.",
        "I would like to run a test with you, {first}. Send us a private message when you are at home.",
      ],
      private: [
        "Thanks, {first}. Your line ran on a profile from before the upgrade; I changed it. Measure again in ten minutes, please.",
        "{first}, the {device} speaks to the far mast. I have moved your cell; switch it off and on once.",
        "I see the errors on the line, {first}. An engineer looks at the joint {eta}; you need not be in.",
      ],
      sorted: [
        "{first}, your line has measured above its promise for a whole evening now. I close this and keep an eye on it.",
        "Done, {first}: new profile since {time}. {credit} comes off for the slow weeks.",
      ],
    },
  },
  {
    kind: "engineer",
    language: "en",
    course: "trouble",
    weight: 5,
    followers: [5, 350],
    cues: /\b(engineer|technician|appointment|no[- ]show|install(ation)?|waited in|stayed in|day off)\b/i,
    voice: {
      open: [
        "{us} your engineer was due {slot}. It is {time}. [I took a day off for this|The dog is asleep at the door|Nobody rang]. {sigh}",
        "Waited in {slot} for a {us} engineer. [Nobody came|No show|Not even a text]. {sigh}",
        "Third engineer's appointment for {street}, {us}. Will this one [exist|find the house|have a ladder]?",
        "{us} text says engineer attended at {time}. I stood at the window in {place}. He did not.",
        "{mood}, {us}: installation moved from {day} to [next week|the 19th|'soon']. {work} opens before that.",
      ],
      more: [
        "I had {kin} sit in when I had to leave at {time}.",
        "The message gave no name and no number to call.",
        "This is the [second|third] day off that I have taken.",
        "The box on the wall is there, only nobody has connected it.",
      ],
      ask: [
        "When does somebody really come?",
        "Please give me one time and keep it.",
        "I want the day off paid.",
        "Can I have a number of the van?",
      ],
      private: [
        "Hello, the missed engineer: {house} {street}, {place}, order {order}.",
        "You asked for the order: {order}. Slot was {slot} on {day}.",
        "It is me with the engineer. Best number ends {last4}.",
      ],
      notYet: [
        "It is past {time} and nobody has rung. Same again, then.",
        "He came, looked at the wall in {place} and said it needs another team.",
        "Now the app says [cancelled by customer|appointment completed]. I did neither.",
      ],
      back: [
        "New appointment, same story: {slot} on {day}, nobody.",
        "The engineer came on {day} as promised. The line works on one side only, though.",
      ],
      bystander: [
        "They [came|turned up] to ours [on the wrong day|at nine at night]. At least they came.",
        "Ask for the [van's number|local depot], {place} has one.",
        "Claim for the missed visit, there is a fixed sum.",
      ],
    },
    house: {
      answer: [
        "(?waited|day off|took a day|nobody|no show|due) That is a day of yours gone, {first}, I am sorry. The van had {cause2}. I have booked the first visit tomorrow and ring you myself.",
        "(?attended|completed|text says) {first}, no engineer stood at your door and the note that says so is wrong; I have had it taken out. New visit {eta}.",
        "Sorry, {first}. {slot} was kept free by you and not by us. {credit} for the missed visit is booked, new visit {eta}.",
        "{first}, the team for {place} had {cause2}. I keep the appointment on my own list until somebody has rung your bell.",
      ],
      invite: [
        "{first}, I would like to book the new visit with you. Please send us the order number privately.",
        "Let me find the van, {first}. Send us a private message with your postcode, please.",
      ],
      private: [
        "Thank you, {first}. {order} is first on the round tomorrow, {slot2}. The engineer is called {engineer} and has your number.",
        "Found {order}, {first}: the cabinet needs a second pair of hands, so two come {eta}.",
        "{first}, I spoke to the depot. {engineer} is on the way and rings twenty minutes before.",
      ],
      sorted: [
        "{engineer} writes that the line at {street} is in and measured, {first}. {credit} for the missed visit follows on the bill.",
        "{first}, the visit is done and signed for. Please tell me if anything is left open.",
      ],
    },
  },
];
