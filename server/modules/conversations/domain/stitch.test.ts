import { describe, expect, test } from "vitest";
import { DAY, HOUR, MINUTE } from "#platform/clock";
import { type Line, MONDAY, parcel, town } from "../../../../tests/support/stitch-lines.ts";
import { emptyWorld } from "./stitch-world.ts";

describe("the same matter", () => {
  test.each<[string, Line[], string]>([
    [
      "the same person in the same thread, days later",
      [parcel, { id: "x", thread: "public/a1", text: "@northwind hello?", after: 9 * DAY }],
      "thread",
    ],
    [
      "an answer to our reply",
      [
        parcel,
        { id: "u1", from: "us", to: "a1", text: "Sorry! Which address?" },
        { id: "x", to: "u1", thread: "elsewhere", text: "12 High Street", after: HOUR },
      ],
      "reply",
    ],
    [
      "a fresh post about the same order",
      [parcel, { id: "x", text: "@northwind A55102 is now lost, is it", after: 9 * DAY }],
      "reference",
    ],
    [
      "a fresh post that follows up within a day",
      [parcel, { id: "x", text: "@northwind still no parcel", after: 5 * HOUR }],
      "follow-up",
    ],
    [
      "a DM after an open public post",
      [parcel, { id: "x", audience: "private", text: "Hi, it is 12 High Street", after: 3 * HOUR }],
      "media-shift",
    ],
    [
      "'DM'd you' below nobody",
      [
        { ...parcel, audience: "private" },
        { id: "x", text: "@northwind DM'd you", after: HOUR },
      ],
      "went-private",
    ],
    [
      "two parts of one post",
      [
        { ...parcel, text: "1/2 @northwind the driver" },
        { id: "x", text: "and then he left 2/2", after: MINUTE },
      ],
      "part",
    ],
    [
      "a mail from the address that was given",
      [
        { ...parcel, audience: "private", text: "my mail is ann@post.example, the parcel is lost" },
        {
          id: "x",
          audience: "private",
          thread: "mail/ann",
          address: "ann@post.example",
          text: "here is the photo",
          after: 5 * HOUR,
        },
      ],
      "address",
    ],
    [
      "a call from the number that was given",
      [
        { ...parcel, audience: "private", text: "call me on 020 7946 0018" },
        {
          id: "x",
          audience: "private",
          thread: "call/ann",
          address: "tel:079460018",
          text: "asks when somebody comes",
          after: 5 * HOUR,
        },
      ],
      "address",
    ],
    [
      "word of the help we linked",
      [
        parcel,
        { id: "u1", from: "us", to: "a1", text: "See northwind.example/help/depot", after: MINUTE },
        { id: "x", text: "@northwind the article helped", intent: "praise", after: 3 * DAY },
      ],
      "help",
    ],
    [
      "thanks nine days later",
      [parcel, { id: "x", text: "@northwind thank you", thanksOnly: true, intent: "praise", after: 9 * DAY }],
      "thanks",
    ],
  ])("%s", (_, lines, code) => {
    const decided = town(lines);
    const x = decided.get("x")!;
    expect(x.place).toBe("attach");
    expect(x.conversationId).toBe(decided.get("a1")!.conversationId);
    expect(x.role).toBe("customer");
    expect(x.evidence.map((e) => e.code)).toContain(code);
  });
});

describe("another matter", () => {
  test.each<[string, Line[]]>([
    [
      "a second trouble on the same day",
      [
        parcel,
        { id: "x", text: "@northwind is the shop in Leeds open on Sunday", intent: "question", after: 3 * HOUR },
      ],
    ],
    [
      "a DM four days later",
      [parcel, { id: "x", audience: "private", text: "I want to change my password", after: 4 * DAY }],
    ],
    [
      "'another thing' in the same private thread",
      [
        { ...parcel, audience: "private" },
        { id: "x", audience: "private", text: "Another thing: can my dog come in?", after: HOUR },
      ],
    ],
    [
      "a private thread after two months",
      [
        { ...parcel, audience: "private" },
        { id: "x", audience: "private", text: "do you sell lamps", after: 60 * DAY },
      ],
    ],
    [
      "the same words from somebody else",
      [parcel, { id: "x", from: "bob", text: "@northwind my parcel has not come", after: HOUR }],
    ],
    [
      "a DM after public praise",
      [
        { ...parcel, intent: "praise" },
        { id: "x", audience: "private", text: "can I return the lamp", after: HOUR },
      ],
    ],
  ])("%s", (_, lines) => {
    const decided = town(lines);
    expect(decided.get("x")!.place).toBe("new");
    expect(decided.get("x")!.conversationId).not.toBe(decided.get("a1")!.conversationId);
  });

  test("the earlier matter of the same day is offered as an alternative", () => {
    const decided = town([
      parcel,
      { id: "x", text: "@northwind is the shop open on Sunday", intent: "question", after: HOUR },
    ]);
    expect(decided.get("x")!.alternatives.map((a) => a.conversationId)).toEqual([decided.get("a1")!.conversationId]);
  });
});

describe("bystanders", () => {
  const reply: Line = { id: "u1", from: "us", to: "a1", text: "Sorry! Which order?" };

  test("advice belongs to the conversation and keeps an own customer", () => {
    const decided = town([
      parcel,
      {
        id: "x",
        from: "bob",
        to: "a1",
        addressed: "bystander",
        intent: "other",
        text: "@alice try the depot",
        after: HOUR,
      },
    ]);
    expect(decided.get("x")).toMatchObject({
      place: "attach",
      role: "bystander",
      conversationId: decided.get("a1")!.conversationId,
    });
  });

  test("an own trouble below our answer is an own conversation, linked", () => {
    const decided = town([
      parcel,
      reply,
      { id: "x", from: "bob", to: "u1", text: "same here, mine is lost as well", after: HOUR },
    ]);
    expect(decided.get("x")).toMatchObject({
      place: "new",
      role: "customer",
      linkedTo: decided.get("a1")!.conversationId,
    });
  });

  test("a word to us that speaks of his own is a trouble, a mere jest is not", () => {
    const mine = { from: "bob", to: "u1", intent: "other", after: HOUR };
    expect(town([parcel, reply, { ...mine, id: "x", text: "my chair wobbles" }]).get("x")!.role).toBe("customer");
    expect(town([parcel, reply, { ...mine, id: "x", text: "pigeons are faster" }]).get("x")!.role).toBe("bystander");
  });

  test("what the bystander with an own trouble says next stays in his", () => {
    const decided = town([
      parcel,
      reply,
      { id: "b1", from: "bob", to: "u1", thread: "t", text: "same here", after: HOUR },
      {
        id: "x",
        from: "bob",
        to: "a1",
        thread: "t",
        text: "@alice good luck",
        addressed: "bystander",
        after: 2 * HOUR,
      },
    ]);
    expect(decided.get("x")!.conversationId).toBe(decided.get("b1")!.conversationId);
  });

  test("a notice of ours stands alone and each commenter gets his own", () => {
    const decided = town([
      { id: "n", from: "us", text: "Line 7 is closed on Sunday" },
      { id: "b1", from: "bob", to: "n", text: "why?", intent: "question", after: HOUR },
      { id: "c1", from: "carla", to: "n", text: "how do I get home", intent: "question", after: HOUR },
    ]);
    expect(decided.get("n")).toMatchObject({ place: "outside", outside: "own-post" });
    expect(decided.get("b1")!.place).toBe("new");
    expect(decided.get("c1")!.place).toBe("new");
  });
});

describe("outside, with the reason", () => {
  test.each<[string, Line, string]>([
    ["noise", { id: "x", text: "WIN A PHONE", noise: true }, "noise"],
    ["spoken, not to us", { id: "x", text: "northwind were late again", addressed: "named" }, "not-addressed"],
    ["an automatic answer", { id: "x", text: "I am on holiday", by: "bot" }, "automatic"],
    [
      "our answer to what we never got",
      { id: "x", from: "us", to: "gone", text: "Sorry!" },
      "own-answer-to-nothing-known",
    ],
  ])("%s", (_, line, why) => {
    expect(town([line]).get("x")).toMatchObject({ place: "outside", conversationId: null, outside: why });
  });

  test("what the policy asks for is never left outside", () => {
    expect(
      town([{ id: "x", text: "northwind's lamp burned my hand", addressed: "named", workAlone: true }]).get("x")!.place,
    ).toBe("new");
  });
  test("noise in the customer's own thread stays with him", () => {
    expect(
      town([parcel, { id: "x", thread: "public/a1", text: "lol", noise: true, after: HOUR }]).get("x")!.place,
    ).toBe("attach");
  });
});

test("a report on our private answer is seen where the answer stands, and one in public stays outside", () => {
  const lines = (audience: "private" | "public"): Line[] => [
    { id: "q", text: "Where is my parcel?", audience },
    { id: "u", from: "us", to: "q", text: "On its way.", audience, after: HOUR },
    { id: "r", from: "daemon", to: "u", text: "Undelivered", by: "bot", audience, thread: "mail/r", after: HOUR },
  ];
  const decided = town(lines("private"));
  expect(decided.get("r")).toMatchObject({
    ...{ place: "attach", role: "bot", conversationId: decided.get("q")!.conversationId },
  });
  expect(town(lines("public")).get("r")).toMatchObject({ place: "outside", outside: "automatic" });
});

test("our own reply goes where its delivery was written for", () => {
  const world = emptyWorld();
  const first = town([parcel], world).get("a1")!;
  const decided = town(
    [{ id: "u9", from: "us", text: "Hello Alice", deliveredFor: first.conversationId, after: HOUR }],
    world,
  );
  expect(decided.get("u9")).toMatchObject({ place: "attach", role: "us", conversationId: first.conversationId });
});

test("two tweets of a conversation a person finished do not drag a new complaint in", () => {
  const world = emptyWorld();
  const first = town([parcel], world).get("a1")!;
  world.matters.get(first.conversationId!)!.doneAt = MONDAY + HOUR;
  expect(
    town([{ id: "x", audience: "private", text: "my lamp flickers", after: 2 * HOUR }], world).get("x")!.place,
  ).toBe("new");
});

describe("a close call is asked about", () => {
  const codes = (d: { evidence: { code: string }[] } | undefined) => d?.evidence.map((e) => e.code);

  test("just enough joins and asks; plenty does not ask", () => {
    const near = town([parcel, { id: "x", text: "@northwind still no parcel", after: 5 * HOUR }]).get("x")!;
    expect(near.place).toBe("attach");
    const sure = town([parcel, { id: "x", text: "@northwind A55102 is now lost, is it", after: 9 * DAY }]).get("x")!;
    expect(codes(sure)).not.toContain("ask");
  });

  test("not quite enough begins anew, asks, and names the other one first", () => {
    const decided = town([
      parcel,
      { id: "x", text: "@northwind parcel shop hours?", intent: "question", after: 2 * HOUR },
    ]);
    const x = decided.get("x")!;
    expect(x.place).toBe("new");
    expect(codes(x)).toContain("ask");
    expect(x.alternatives[0]!.conversationId).toBe(decided.get("a1")!.conversationId);
  });
});
