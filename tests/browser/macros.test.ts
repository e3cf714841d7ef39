import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import type { Json } from "../support/api-client.ts";
import { eventually } from "../support/eventually.ts";
import { axeOn } from "./axe.ts";
import { PHONE, signIn, until } from "./surf.ts";
import { surfedDesk } from "./surfed-desk.ts";

const here = surfedDesk();

async function findings(page: Page): Promise<string[]> {
  const { violations } = await axeOn(page).analyze();
  return violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.join(" ")}`));
}

it("a macro is written, found by key, grows out of its name, and does its act when the words leave", {
  timeout: 240_000,
}, async () => {
  const { desk, surf, story } = here;
  const priya = await desk.as("priya");
  const page = await surf.window();
  await signIn(page, desk.url, "priya");
  await page.goto(`${desk.url}/voice`);
  await page.getByRole("button", { name: "New macro" }).click();
  await page.getByLabel("Name", { exact: true }).fill("line-back");
  const words = "Hi {{customer.first_name}}, {{agent.first_name}} here: your line {{conversation.number}} is up again.";
  await page.getByLabel("Text", { exact: true }).fill(words);
  await page.getByLabel("Once the words are away").selectOption({ label: "Resolve: Solved" });
  expect(await findings(page)).toEqual([]);
  await page.setViewportSize(PHONE);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide).toBeLessThanOrEqual(0);
  await page.getByRole("button", { name: "Save the macro" }).click();
  await eventually("it is saved", async () => (await priya.get("/api/macros")).macros[0]?.version === 1 || null);
  const mine = { scope: { kind: "own" }, brandId: null, audience: "any" };
  await priya.do("POST", "/api/macros", { ...mine, name: "park-it", texts: [], act: { kind: "snooze", minutes: 60 } });

  const matter = await story.taken();
  const view = () => story.view(matter.conversationId);
  const { number } = await view();
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`${desk.url}/desk/${matter.conversationId}`);
  const answer = page.getByRole("textbox", { name: /^Public reply on / });
  await answer.click();
  await page.getByRole("button", { name: "Macros" }).waitFor();
  await page.keyboard.press("Alt+m");
  const find = page.getByLabel("Find a macro");
  await find.fill("park");
  await page.getByRole("option", { name: /::park-it/ }).waitFor();
  expect(await findings(page)).toEqual([]);
  await find.press("Enter");
  await eventually("it sleeps", async () => (await view()).work.state === "parked" || null);
  await page.getByRole("button", { name: "Undo" }).first().click();
  await eventually("it is awake again", async () => (await view()).work.state === "active" || null);

  await page.goto(`${desk.url}/desk/${matter.conversationId}`);
  await answer.click();
  await page.getByRole("button", { name: "Macros" }).waitFor();
  await answer.pressSequentially("::line-ba");
  await page.getByRole("button", { name: "::line-back" }).waitFor();
  await answer.pressSequentially("ck ");
  const grown = `Hi Carla, Priya here: your line ${number} is up again.`;
  await until("the name has grown", () =>
    answer.evaluate((field: HTMLTextAreaElement, text) => field.value === text, grown),
  );
  await page.getByText("Resolve it: Solved").waitFor();
  await answer.press("Control+Enter");
  const sent = await eventually("it is resolved with the reply", async () => {
    const now = await view();
    return now.episodes.some((one: Json) => one.state === "done") ? now : null;
  });
  expect(sent.timeline.find((one: Json) => one.type === "reply" || one.direction === "out").text).toContain(grown);
});
