import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import type { Json } from "../support/api-client.ts";
import { eventually } from "../support/eventually.ts";
import { axeOn } from "./axe.ts";
import { PHONE, signIn, until } from "./surf.ts";
import { surfedDesk } from "./surfed-desk.ts";

const here = surfedDesk();

async function findings(page: Page): Promise<string[]> {
  const { violations } = await axeOn(page).include("main").analyze();
  return violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.join(" ")}`));
}

it("a voice guide stands beside the text, findings point at the words, and what is held leaves only with a reason", {
  timeout: 240_000,
}, async () => {
  const { desk, surf, story } = here;
  const marek = await desk.as("marek");
  const boss = await surf.window();
  await signIn(boss, desk.url, "marek");
  await boss.goto(`${desk.url}/voice`);
  await boss.getByRole("button", { name: "Write a voice guide" }).click();
  await boss.getByLabel("Who speaks here, and how").fill("We speak like a good neighbour.");
  await boss.getByLabel("Words we do not say").fill("cheerio");
  await boss.getByLabel("playground", { exact: true }).selectOption("first-name-brand");
  await boss.getByLabel("A draft").fill("This will never happen again.");
  await boss.getByText("Nobody can give this guarantee.").waitFor();
  expect(await findings(boss)).toEqual([]);
  await boss.setViewportSize(PHONE);
  const wide = await boss.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide).toBeLessThanOrEqual(0);
  await boss.getByRole("button", { name: "Save the voice" }).click();
  await eventually("the voice is saved", async () => (await marek.get("/api/voices")).brands[0].version === 1 || null);

  const matter = await story.taken();
  const page = await surf.window();
  await signIn(page, desk.url, "priya");
  await page.goto(`${desk.url}/desk/${matter.conversationId}`);
  const answer = page.getByRole("textbox", { name: /^Public reply on / });
  await answer.fill("Calm down. Your order 77120034 is on its way, cheerio");
  const lines = page.getByRole("group", { name: "How it reads" });
  await lines.getByRole("button", { name: "“77120034”" }).waitFor();
  await lines.getByRole("button", { name: "“cheerio”" }).waitFor();
  await lines.getByRole("button", { name: "“Calm down”" }).click();
  await until("the words are chosen in the text", () =>
    answer.evaluate(
      (field: HTMLTextAreaElement) => field.value.slice(field.selectionStart, field.selectionEnd) === "Calm down",
    ),
  );
  await page.keyboard.press("Alt+g");
  await page.getByText("We speak like a good neighbour.").waitFor();
  expect(await findings(page)).toEqual([]);

  await page.getByText("This is held until it is changed.").waitFor();
  // The button says so, too, and sends nothing.
  await page
    .locator('button[aria-disabled="true"]', { hasText: /^(Publish|Send)/ })
    .first()
    .waitFor();
  await answer.press("Control+Enter");
  const replies = async (): Promise<Json[]> =>
    (await (await desk.as("priya")).get(`/api/desk/conversations/${matter.conversationId}`)).timeline.filter(
      (one: Json) => one.type === "reply",
    );
  expect(await replies()).toEqual([]);
  await page.getByRole("button", { name: "Send it anyway …" }).click();
  await page.getByLabel("Why it may leave as it is; this is kept").fill("She posted the number herself");
  await page.keyboard.press("Enter");
  // A reply while it is on its way, a message of ours once the network has it.
  await eventually("the reply is on its way, under her name", async () => {
    const { timeline } = await (await desk.as("priya")).get(`/api/desk/conversations/${matter.conversationId}`);
    return timeline.some(({ text }: Json) => /— Priya at Northwind Mobile$/.test(text ?? ""));
  });
  const { items } = await marek.get("/api/audit?limit=50");
  expect(items.find((one: Json) => one.act === "reply.sent-anyway").detail.reason).toBe(
    "She posted the number herself",
  );
});
