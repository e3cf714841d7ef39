import { inOrder, person, type Story } from "./story.ts";

/** One long day of one customer. */
export const waitingForTheEngineer: Story = {
  name: "waiting-for-the-engineer",
  summary: "one customer, one day, one van that does not come: public, private, public again",
  minutes: 620,
  patience: 60,
  steps() {
    const meg = person("meg_of_mill_lane", "Meg Ashworth", 212);
    const neighbour = person("no9_mill_lane", "Derek Pool", 48);
    const kin = person("joss_ashworth", "Joss Ashworth", 130);
    const thread = "engineer";
    return inOrder([
      {
        at: 0,
        who: meg,
        do: "post",
        thread,
        text: "Day off taken, kettle on, hall cleared. @northwind engineer comes between 8 and 1 to Mill Lane. I am told he exists.",
      },
      {
        at: 185,
        who: meg,
        do: "reply",
        thread,
        text: "It is five past eleven, @northwind. The hall is still cleared.",
      },
      {
        at: 200,
        who: neighbour,
        do: "reply",
        thread,
        text: "There was a van of theirs outside number 90 at nine. You are number 9. Just saying.",
      },
      {
        at: 300,
        who: meg,
        do: "post",
        thread: "late",
        text: "One o'clock. No engineer, no call, no text. @northwind order NW-58213, what happened to my morning?",
      },
      {
        at: 318,
        who: meg,
        do: "dm",
        thread: "late",
        afterAnswer: true,
        text: "Hello, you asked me to write here. Meg Ashworth, 9 Mill Lane, Ludlow, order NW-58213. The text at 12:41 says 'engineer attended'. He attended somebody else.",
      },
      {
        at: 350,
        who: kin,
        do: "reply",
        thread: "late",
        text: "She is my mum and she has not left the hall since breakfast. Please ring her, @northwind.",
      },
      {
        at: 420,
        who: meg,
        do: "dm",
        thread: "late",
        afterAnswer: true,
        text: "Thank you. After four is fine. The bell is broken, so please knock. Loudly.",
      },
      {
        at: 540,
        who: meg,
        do: "dm",
        thread: "late",
        text: "He is here! His list said 90. He has a ladder and manners.",
      },
      {
        at: 615,
        who: meg,
        do: "reply",
        thread: "late",
        afterAnswer: true,
        text: "For the record: it works since ten to five, 71 Mbps in the kitchen. Thank you @northwind, and put a space between the 9 and the 0.",
      },
    ]);
  },
};

/** One matter over five media. */
export const wandering: Story = {
  name: "wandering",
  summary: "one matter from a public post to a DM, a call, a letter and thanks in public",
  minutes: 300,
  patience: 45,
  missing: "the call and the letters come in by import, as history, until telephone and mail are connected",
  steps() {
    const tom = person("tomos_beekeeper", "Tomos Rhydderch", 640);
    const thread = "hives";
    const order = "NW-71906";
    return inOrder([
      {
        at: 0,
        who: tom,
        do: "post",
        thread,
        text: "@northwind the scales under my hives in Lampeter send nothing since the SIM change on Monday. Forty hives, no weight, and it is swarm time.",
      },
      {
        at: 20,
        who: tom,
        do: "dm",
        thread,
        afterAnswer: true,
        text: `Hello, about the hives. Business 20, order ${order}, the numbers end 3310 to 3349. My number is +44 29 2018 0771 if somebody would rather ring.`,
      },
      {
        at: 75,
        who: tom,
        do: "call",
        thread,
        text: `Hello, Tomos Rhydderch here, I wrote to you on the playground as @tomos_beekeeper. It is order ${order}. No, none of the forty. The light on the box is red.`,
      },
      {
        at: 76,
        who: tom,
        do: "call",
        thread,
        ours: true,
        text: `Thank you, Mr Rhydderch. I see all forty of ${order}: they were switched on with the wrong profile, voice instead of data. I change them now; please send me the list of the boxes by e-mail so that I can check each.`,
      },
      {
        at: 110,
        who: tom,
        do: "mail",
        thread,
        text: `Dear Northwind,\n\nas agreed on the phone, here is the list of the boxes of order ${order} (I am @tomos_beekeeper, you rang +44 29 2018 0771). Nineteen are awake again, twenty-one are not.\n\nKind regards,\nTomos Rhydderch`,
      },
      {
        at: 170,
        who: tom,
        do: "mail",
        thread,
        ours: true,
        text: `Dear Mr Rhydderch,\n\nthank you for the list. The twenty-one of ${order} had to be woken one by one; that is done, and all forty have sent a weight within the last ten minutes.\n\nKind regards,\nRhys Morgan\nNorthwind Mobile`,
      },
      {
        at: 240,
        who: tom,
        do: "reply",
        thread,
        text: "All forty hives speak again, and hive 12 is about to swarm, which I know only because @northwind sat down with a list. Diolch o galon.",
      },
    ]);
  },
};
