import { expect, it } from "vitest";
import { goodLearning } from "../api/good-learning.ts";
import type { Json } from "../support/api-client.ts";
import { eventually } from "../support/eventually.ts";
import { faultsOf } from "./axe.ts";
import { shoot } from "./shoot.ts";
import { PHONE, signIn, until, WIDE } from "./surf.ts";
import { surfedDesk } from "./surfed-desk.ts";

const here = surfedDesk();
const SAID = [
  "@northwind thank you so much!",
  "@northwind thanks a lot, all good now",
  "@northwind you are the best, lovely lamp",
  "win a free voucher now, click http://win.example/1 and follow us #giveaway",
  "@northwind why is there no news of my sofa, it is three weeks late",
  "@northwind can I change the colour of order 5510 to green?",
  "northwind again... well, what shall I say",
  "@northwind the shelf arrived with a scratch, I am so angry",
];

it("five posts are answered by keys, what was left is measured, and an older version is one press away", {
  timeout: 240_000,
}, async () => {
  const { desk, surf } = here;
  const marek = await desk.as("marek");
  const brand = `/api/set-aside/${desk.company.brandId}`;
  await desk.network.people(SAID.map((_, n) => ({ handle: `voice_${n}`, name: `Voice ${n}`, followers: 9 })));
  for (const [n, text] of SAID.entries()) await desk.network.post(`voice_${n}`, text);
  await desk.quiet();
  await eventually("some of it is set aside", async () => (await marek.get(brand)).items.length >= 3);

  const page = await surf.window();
  await signIn(page, desk.url, "marek");
  await page.goto(`${desk.url}/learning`);
  const five = page.getByRole("region", { name: "Five for today" });
  await five.getByRole("button", { name: "Yes" }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await shoot(page, "learning-today");
  const { posts } = await marek.get("/api/learning/today");
  await page.keyboard.press("y");
  await five.getByText(`1 of ${posts.length} answered`).waitFor();
  await until("the next post is asked", async () => (await five.locator("[aria-current=true]").count()) === 1);
  await page.keyboard.press("s");
  await five.getByText(`2 of ${posts.length} answered`).waitFor();
  const after = await marek.get("/api/learning/today");
  expect(after.posts.map((p: Json) => p.messageId)).toEqual(posts.map((p: Json) => p.messageId));
  expect(
    after.posts
      .filter((p: Json) => p.answer !== null)
      .map((p: Json) => p.answer)
      .toSorted(),
  ).toEqual(["skip", "yes"]);

  await page.getByRole("tab", { name: "Set aside" }).click();
  await page.getByRole("button", { name: "Draw a sample" }).press("Enter");
  await page.getByRole("button", { name: "Mark the sample" }).press("Enter");
  await page.getByText("Did this need an answer from us?").waitFor();
  await page.keyboard.press("n");
  await page
    .getByText(/^1 of \d+$/)
    .first()
    .waitFor();
  for (const viewport of [PHONE, WIDE]) {
    await page.setViewportSize(viewport);
    expect(await faultsOf(page)).toEqual([]);
  }
  await shoot(page, "learning-aside");

  // Marks of ordinary work: a version is learnt at the next full minute.
  const items = (await marek.get(brand)).items.filter((one: Json) => one.conversationId !== null);
  const work = (await marek.get("/api/desk/work?view=all&limit=50")).items;
  const sentiment = (messageId: string, value: string) =>
    marek.do("POST", `/api/desk/messages/${messageId}/mark`, { task: "sentiment", value });
  for (const { conversationId } of work) {
    const { timeline } = await marek.get(`/api/desk/conversations/${conversationId}`);
    for (const entry of timeline)
      if (entry.type === "message" && entry.direction === "in") await sentiment(entry.id, "negative");
  }
  for (const one of items) await sentiment(one.messageId, "positive");
  desk.travel(61_000);
  await eventually("a version is learnt", async () => {
    const { labels } = await marek.get("/api/learning");
    return labels.find((one: Json) => one.task === "sentiment").versions.length > 0;
  });
  await page.goto(`${desk.url}/learning?tab=labels&label=sentiment`);
  const versions = page.getByRole("region", { name: "Versions" });
  await versions.getByText("Version 1").waitFor();
  await versions
    .getByRole("button", { name: "What it changed" })
    .or(versions.getByRole("button", { name: "What would change" }))
    .first()
    .press("Enter");
  await page.getByText(/^Of the last \d+ posts/).waitFor();
  await shoot(page, "learning-labels");
  const back = versions.getByRole("button", { name: "Go back to this" });
  await back.first().press("Enter");
  await page.getByText("Marks go on being learnt from").waitFor();
  for (const viewport of [PHONE, WIDE]) {
    await page.setViewportSize(viewport);
    expect(await faultsOf(page)).toEqual([]);
  }
  await page.getByRole("button", { name: "Release it" }).press("Enter");
  await page.getByText("Marks go on being learnt from").waitFor({ state: "detached" });
  const audit = await marek.get("/api/audit?limit=50");
  expect(audit.items.map((one: Json) => one.act)).toEqual(expect.arrayContaining(["model.pinned", "model.released"]));

  const noor = await desk.as("noor");
  for (const [name, make] of Object.entries(goodLearning(desk, marek))) {
    const { path, body } = await make();
    const method = name.split(" ")[0] as string;
    const refused = method === "GET" ? await noor.ask(path) : await noor.send(method, path, body ?? {});
    expect([403, 404], name).toContain(refused.status);
    const { status, text } = method === "GET" ? await marek.ask(path) : await marek.send(method, path, body ?? {});
    expect([200, 201], `${name}: ${text}`).toContain(status);
  }
});
