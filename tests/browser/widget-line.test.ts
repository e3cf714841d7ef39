import { expect, it } from "vitest";
import { town, useTown } from "./widget-town.ts";
import { until, type Visit, visitOn } from "./widget-visit.ts";

useTown();

const said = () => [...town.chat.visitors.values()].flatMap((visitor) => visitor.lines.map((line) => line.text));
const shows = (visit: Visit, ...lines: string[]) =>
  until(`${lines.join(" | ")} stand there`, async () => (await visit.bubbles()).join("|") === lines.join("|"));

it("a line that drops comes back by itself, with what was said meanwhile, once", async () => {
  const { chat } = town;
  const visit = await town.visit();
  await visit.open();
  await visit.write("one");
  await shows(visit, "one");
  for (const text of ["two", "three"]) {
    chat.sockets = "refused";
    chat.drop();
    await visit.frame.locator(".trouble").getByText("Connecting …").waitFor();
    chat.says(text);
    chat.sockets = "open";
    await shows(visit, ...["one", "two", "three"].slice(0, text === "two" ? 2 : 3));
  }
  await until("the trouble is over", async () => !(await visit.frame.locator(".trouble").isVisible()));
});

it("an answer that is lost on its way makes no second message", async () => {
  const { chat } = town;
  const visit = await town.visit();
  await visit.open();
  chat.faults.push({ path: "messages", how: "swallow", times: 3 });
  await visit.write("only once");
  await until("it is sent", async () => (await visit.frame.locator(".under").last().innerText()).includes("Sent"));
  await visit.write("and this");
  await shows(visit, "only once", "and this");
  await until("both are there", async () => said().length === 2);
  expect(said()).toEqual(["only once", "and this"]);
});

it("what is written without a line outlives a reload and is sent once, in its order", async () => {
  const { chat } = town;
  const visit = await town.visit();
  await visit.open();
  await visit.write("before");
  await shows(visit, "before");
  await until("it is there", async () => said().length === 1);
  chat.faults.push({ path: "messages", how: 503, times: 1_000 });
  await visit.page.context().setOffline(true);
  await visit.frame.getByText("You are offline.").waitFor();
  for (const text of ["first", "second", "third"]) await visit.write(text);
  await shows(visit, "before", "first", "second", "third");
  expect(await visit.frame.locator(".under").last().innerText()).toContain("Waits for the connection");
  await visit.text.fill("half a sentence");
  expect(said()).toEqual(["before"]);

  await visit.page.context().setOffline(false);
  await visit.page.reload();
  const again = await visitOn(visit.page);
  await shows(again, "before", "first", "second", "third");
  expect(await again.text.inputValue()).toBe("half a sentence");
  expect(said()).toEqual(["before"]);
  chat.faults.splice(0);
  await until("all are there", async () => said().length === 4);
  expect(said()).toEqual(["before", "first", "second", "third"]);
  expect(await again.bubbles()).toEqual(["before", "first", "second", "third"]);
});

it("who goes to another page of the site finds the chat open, with the focus left to the page", async () => {
  town.host.pages["/other"] = town.host.pages["/"]!;
  const visit = await town.visit();
  await visit.open();
  await visit.write("I look around meanwhile");
  await until("it is there", async () => said().length === 1);
  await visit.page.goto(`${town.host.url}/other`);
  const there = await visitOn(visit.page);
  await shows(there, "I look around meanwhile");
  expect((await there.launcher())?.expanded).toBe(true);
  expect(await there.page.evaluate(() => document.activeElement === document.body)).toBe(true);
  await there.press();
  await until("it is closed", async () => (await there.launcher())?.expanded === false);
  // The launcher is closed at once, the frame is told it by a message: who leaves before that was heard finds it open again.
  await until("the chat knows it", () => there.frame.evaluate(() => sessionStorage.length === 0));
  await visit.page.goto(town.host.url);
  const back = await visitOn(visit.page);
  await until("the launcher is there", () => back.launcher());
  expect((await back.launcher())?.expanded).toBe(false);
});

it("two tabs are one visitor: what one says stands in both, and nothing is sent twice", async () => {
  const { chat } = town;
  const context = await town.context();
  const [one, two] = await Promise.all([town.visit(context), town.visit(context)]);
  await one!.open();
  await two!.open();
  await one!.write("from the first tab");
  await shows(two!, "from the first tab");
  await until("it is there", async () => said().length === 1);
  chat.says("an answer");
  await two!.write("from the second tab");
  for (const tab of [one!, two!]) await shows(tab, "from the first tab", "an answer", "from the second tab");
  // Both have it before them when the line comes back, and one of them is gone.
  chat.faults.push({ path: "messages", how: 503, times: 2 });
  await one!.write("from a tab that goes");
  await shows(two!, "from the first tab", "an answer", "from the second tab", "from a tab that goes");
  await one!.page.close();
  await two!.write("and the last");
  await until("all are there", async () => said().length === 5);
  expect(said().slice(3)).toEqual(["from a tab that goes", "and the last"]);
  expect([...chat.visitors.values()].filter((v) => v.lines.length > 0)).toHaveLength(1);
});

it("where no socket gets through it goes on by long polls", async () => {
  const { chat } = town;
  chat.sockets = "refused";
  const visit = await town.visit();
  await visit.open();
  await visit.write("hello");
  await until("it polls", async () => chat.asked.some((what) => what.startsWith("GET events")));
  await until("the line stands", async () => !(await visit.frame.locator(".trouble").isVisible()));
  await until("it is there", async () => said().length === 1);
  chat.says("by a poll");
  await shows(visit, "hello", "by a poll");
  chat.says("by another");
  await shows(visit, "hello", "by a poll", "by another");
  expect(chat.connected()).toBe(0);
});

it("a refused message stands with its reason, and holds up no other", async () => {
  const { chat } = town;
  const visit = await town.visit();
  await visit.open();
  chat.faults.push({ path: "messages", how: 400, times: 1 });
  await visit.write("not this");
  const refused = visit.frame.locator(".refused");
  await refused.getByText("Not sent. This message was not taken.").waitFor();
  await visit.write("but this");
  await until("it is there", async () => said().join() === "but this");
  await refused.getByRole("button", { name: "Try again" }).click();
  await until("both are there", async () => said().join() === "but this,not this");
  expect(await refused.count()).toBe(0);
});

it("a visitor the server does not know any more begins anew, and a chat that does not exist shows nothing", async () => {
  const { chat } = town;
  const visit = await town.visit();
  await visit.open();
  await visit.write("hello");
  await shows(visit, "hello");
  // The server forgot everybody: tokens are refused from now on.
  chat.visitors.clear();
  chat.drop();
  await until("a new session", async () => chat.visitors.size === 1);
  await visit.write("hello again");
  await until("it is there", async () => said().length === 1);
  await visit.page.context().close();

  chat.faults.push({ path: "session", how: 404, times: 9 });
  const nobody = await town.visit();
  await until("it was asked", async () => chat.faults[0]!.times < 9);
  await until("nothing of ours is left", () =>
    nobody.page.evaluate(() => document.documentElement.lastElementChild === document.body),
  );
  await nobody.page.context().close();
});
