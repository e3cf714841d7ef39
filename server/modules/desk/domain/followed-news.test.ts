import { describe, expect, it } from "vitest";
import { followedNews } from "./followed-news.ts";

const episode = (openedAt: number, doneAt: number | null = null, doneBy: string | null = null) => ({
  openedAt,
  doneAt,
  doneBy,
});
const theirs = (at: number) => ({ at, ours: false, agentId: null });
const ours = (at: number, agentId: string | null = "ada") => ({ at, ours: true, agentId });

describe("what is told of a conversation that is followed", () => {
  it.each([
    ["nothing yet", null, [], null],
    ["a message that opened work", theirs(10), [episode(10)], ["wrote", 10]],
    ["work opened by hand after it", theirs(10), [episode(20)], ["opened", 20]],
    ["an answer", ours(30), [episode(10)], ["answered", 30]],
    ["the end", ours(30), [episode(10, 40, "ada")], ["done", 40]],
    ["the end with the answer", ours(40), [episode(10, 40, "ada")], ["done", 40]],
    ["one's own answer is none", ours(30, "me"), [episode(10)], ["opened", 10]],
    ["one's own end is none", ours(30), [episode(10, 40, "me")], ["answered", 30]],
    ["they came back", theirs(60), [episode(10, 40, "me"), episode(60)], ["wrote", 60]],
    ["an answer of nobody by name", ours(30, null), [], ["answered", 30]],
  ] as const)("%s", (_name, last, episodes, expected) => {
    const news = followedNews("me", { last, episodes });
    expect(news && [news.what, news.at]).toEqual(expected);
  });
});
