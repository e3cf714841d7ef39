import { expect, test } from "vitest";
import { kindsOf, loadModels, understand } from "#modules/listening";
import { kindsOfName, saysOf } from "./name-kinds.ts";
import { weighPolicy, weighPost } from "./weigh-policy.ts";

const QUIET = { followers: 10, shares: 0 };

test.each([
  ["own_problem_open", ["problem"]],
  ["unresolved_issue", ["problem"]],
  ["resolved_already", ["solved"]],
  ["problem_of_a_friend", ["hearsay"]],
  ["unhappy_with_competitor", ["rival"]],
  ["praise_and_thanks", ["praise", "thanks"]],
  ["question_about_own_order_or_service", ["question"]],
  ["asksPriceOrStock", ["purchase"]],
  ["first impressions", []],
  ["a task", []],
])("a name in the company's words: %s", (name, kinds) => {
  expect(kindsOfName(name)).toEqual(kinds);
});

test("the text speaks sentence by sentence, of the rest too", () => {
  const says = saysOf("We answer everything else. Jokes and job offers we leave!");
  expect([...says.leaves]).toEqual(["joke", "job"]);
  expect(says.rest).toBe(true);
});

test("a name goes before the text, and the text before the nearest kind", () => {
  const { acts } = weighPolicy({
    policy: "p",
    text: "We leave wishes and outages. We act on praise.",
    act_on: ["problem", "how_to_question"],
    leave: ["praise"],
  });
  expect(acts).toMatchObject({
    problem: true,
    danger: true,
    outage: false,
    wish: false,
    praise: false,
    purchase: false,
  });
  expect(weighPolicy({ policy: "q", act_on: ["question"], leave: [] }).acts.purchase).toBe(true);
  expect(weighPolicy({ policy: "r", act_on: ["everything_else"], leave: ["spam"] }).acts).toMatchObject({
    chat: true,
    noise: false,
  });
});

test("a policy without what it could say acts on nothing and breaks on nothing", () => {
  const weighed = weighPolicy({ policy: "p", text: "\u0000\ud800 __proto__", act_on: ["__proto__", ""], leave: [] });
  expect(weighed.unknown).toEqual(["__proto__", ""]);
  expect(Object.values(weighed.acts).some(Boolean)).toBe(false);
});

const models = await loadModels();
function weigh(text: string, policy: Parameters<typeof weighPolicy>[0], reach = QUIET) {
  const input = { text, network: "x", visibility: "public", kind: "post", author: { handle: "" } } as const;
  const brand = { names: ["Ringbus"], handles: ["ringbus"], terms: [] };
  const u = understand({ ...input, mentions: [], why: [], brand }, models);
  return weighPost(weighPolicy(policy), kindsOf(text, u, brand.names), reach);
}

const DESK = {
  policy: "desk",
  act_on: ["own_problem_open"],
  leave: ["wish", "joke", "hearsay", "solved", "competitor"],
};

test.each([
  ["@ringbus my pass is still blocked and nobody answers", "problem"],
  ["my pass works again, never mind", "solved"],
  ["a friend of mine told me Ringbus charged him twice, poor guy", "hearsay"],
  ["it would be great if Ringbus ran at night", "wish"],
  ["my bus is so late it has grown a beard 😂", "joke"],
  ["CityLine is rubbish, their app never works", "rival"],
])("the kind of a post: %s", (text, kind) => {
  const found = weigh(text, DESK);
  expect(found.kind).toBe(kind);
  expect(found.score >= 0.5).toBe(kind === "problem");
});

test("a bad word that many hear is acted on although the policy leaves its kind", () => {
  const policy = { policy: "p", act_on: ["praise"], leave: ["complaint"], reach: { followers: 5_000 } };
  const text = "@ringbus my pass is still blocked and nobody answers";
  expect(weigh(text, policy).score).toBeLessThan(0.5);
  expect(weigh(text, policy, { followers: 9_000, shares: 0 })).toMatchObject({ loud: true });
  expect(weigh(text, policy, { followers: 9_000, shares: 0 }).score).toBeGreaterThan(0.5);
});

test("shares of kinds are together one, whatever the text is", () => {
  for (const text of ["", "\u0000", "\ud800", "<b>__proto__</b>", "?".repeat(5_000), "😂".repeat(2_000)]) {
    const u = understand(
      {
        text,
        network: "x",
        visibility: "public",
        kind: "post",
        author: { handle: "" },
        mentions: [],
        why: [],
        brand: { names: [], handles: [], terms: [] },
      },
      models,
    );
    const all = Object.values(kindsOf(text, u, [""])).reduce((a, b) => a + b, 0);
    expect(all).toBeCloseTo(1, 6);
  }
});
