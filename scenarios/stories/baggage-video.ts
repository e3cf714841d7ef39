import { People } from "../past/people.ts";
import { seeded } from "../random.ts";
import { inOrder, person, type Step, type Story, sayings } from "./story.ts";

const CROWD = 170;
const below = [
  "[That is|This is] a cello, {mood}. [A cello|Not a sack of cement|With wood and feelings].",
  "The sound at second nine. [I heard it in {place}|{kin} heard it from the next room|Cannot unhear it].",
  "@northwind [any comment|say something|are you seeing this|we are {minutes} thousand people waiting]?",
  "I flew from there [on {day}|last week|with {kin}]: same crew, same jackets, same manners.",
  "To be fair the cabinet was behind the belt. To be fairer: [ask first|there is a door|it is a CELLO].",
  "Has anybody offered to pay? [Bows alone cost {money2}|Mine was {money} to repair|].",
  "Sharing from {place}. [Everybody should see this|Sound on|].",
  "Never trusted [that lot|orange jackets|vans that park on {street}].",
  "I play in {place}. If you need an instrument for the concert, write to me.",
  "My phone is with them since {year}. [Thinking about it|Not for long|So far so good, but this].",
  "[Somebody|The man on the left] laughs at second {minutes}. Watch it again.",
  "Three views from me alone. [The bounce|The second bounce|The silence after it].",
  "They once [dropped my router on the step|fixed {street} in an hour and swept the floor], so who knows.",
  "Is this {place} airport? [Looks like belt two|The carpet says yes|].",
  "Waiting for the song about it.",
];
const elsewhere = [
  "So @northwind throws [cellos|baggage|other people's work] now. [Remind me to carry my {device} by hand|Film in the next post|].",
  "Everybody in {place} talks of the @northwind cello. [Have they answered|Poor woman|I would have fainted].",
  "@northwind I am a customer since {year} and I want to know what you do about that video.",
  "The @northwind film [is on the local news|reached my nan|has a remix].",
];

/** A film of our crew and somebody's cello goes round; one author, many voices, few of them work. */
export const baggageVideo: Story = {
  name: "baggage-video",
  summary: "our crew throws a cellist's baggage off a belt; her film goes viral within the hour",
  minutes: 150,
  patience: 35,
  steps(random) {
    const author = person("livia_cello", "Livia Marchetti", 41_300);
    const press = person("west_herald", "West Herald", 18_900);
    const people = new People(seeded(`baggage ${random.int(1e6)}`));
    const under = sayings(random, below);
    const beside = sayings(random, elsewhere);
    const steps: Step[] = [
      {
        at: 0,
        who: author,
        do: "post",
        thread: "film",
        text: "Belt two, half an hour ago. @northwind engineers want to get at their cabinet, so they throw our baggage off the belt. The long case is my cello. I have a concert on Saturday. Sound on. ▶ film.example/belt-two",
      },
      {
        at: 9,
        who: author,
        do: "reply",
        thread: "film",
        text: "The neck is broken. I asked them for a name. One of them said 'we only do the network, love'. @northwind",
      },
      {
        at: 31,
        who: press,
        do: "post",
        thread: "press",
        text: "@northwind we are writing about the film from belt two and would like a sentence from you by five. Who is responsible, and will you pay?",
      },
      {
        at: 40,
        who: author,
        do: "dm",
        thread: "film",
        afterAnswer: true,
        text: "You asked me to write here. Livia Marchetti, the cello is by a maker in Totnes, repair estimate £2,850, concert on Saturday at seven. I have the names of two witnesses.",
      },
      {
        at: 70,
        who: author,
        do: "reply",
        thread: "film",
        text: "For everybody who asks: I am all right, the cello is not. And no, I do not want a voucher.",
      },
      {
        at: 120,
        who: author,
        do: "reply",
        thread: "film",
        afterAnswer: true,
        text: "Update: @northwind rang. A named person, an apology without a 'but', the repair paid, and a cello on loan for Saturday. That is how it should have begun. Thank you.",
      },
    ];
    for (let i = 0; i < CROWD; i++) {
      const chance = random.next();
      // It swells for an hour and ebbs: the square root leans to the middle, the rest trails off.
      const at = 3 + (chance < 0.75 ? 60 * Math.sqrt(random.next()) : 60 + 85 * random.next() ** 1.5);
      const citizen = people.someone("en", random.chance(0.04) ? [2_000, 12_000] : [10, 600]);
      const who = person(citizen.handleOn("playground"), citizen.name, citizen.followers);
      if (random.chance(0.8)) steps.push({ at, who, do: "reply", thread: "film", text: under() });
      else steps.push({ at, who, do: "post", thread: `beside ${i}`, text: beside() });
    }
    return inOrder(steps);
  },
};
