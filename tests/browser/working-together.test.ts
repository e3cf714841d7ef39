import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import type { Json } from "../support/api-client.ts";
import { faultsOf } from "./axe.ts";
import { PHONE, signIn, until, WIDE } from "./surf.ts";
import { surfedDesk } from "./surfed-desk.ts";

const here = surfedDesk();

/** Pictures for whoever wants to look at them. */
async function shoot(page: Page, name: string): Promise<void> {
  const shots = process.env.HUBBUB_SHOTS;
  if (!shots) return;
  for (const [size, viewport] of [["wide", WIDE] as const, ["phone", PHONE] as const])
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.screenshot({ path: join(shots, `together-${name}-${size}-${colorScheme}.png`) });
    }
  await page.setViewportSize(WIDE);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
}

it("an agent names a colleague, writes a task, asks somebody outside and finds the answer, by keys alone", {
  timeout: 240_000,
}, async () => {
  const { desk, story, surf } = here;
  const { conversationId } = await story.taken();
  const page = await surf.window();
  await signIn(page, desk.url, "priya");
  const [priya, dana] = [await desk.as("priya"), await desk.as("dana")];
  const keys = page.keyboard;
  const title = page.locator("[data-conversation-title]");
  const board = (of = priya): Promise<Json> => of.get("/api/desk/for-me");
  const together = (): Promise<Json> => priya.get(`/api/desk/conversations/${conversationId}/together`);
  await page.goto(`${desk.url}/desk/${conversationId}`);
  await page
    .getByRole("button", { name: /^Snooze/ })
    .first()
    .waitFor();

  // A colleague is completed behind @@ and told.
  await title.focus();
  await keys.press("n");
  const note = page.getByRole("textbox", { name: /note/i });
  await note.and(page.locator(":focus")).waitFor();
  await keys.type("@@da");
  await page.getByRole("option", { name: "Dana Okafor", selected: true }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await shoot(page, "mention");
  await keys.press("Enter");
  await until("the name stands there", async () => (await note.inputValue()) === "@@Dana Okafor ");
  await keys.type("have a look");
  await keys.press("Control+Enter");
  await page.getByText("Told: Dana Okafor").first().waitFor();
  await until("she is called", async () => (await board(dana)).unread === 1);
  await page.locator("mark", { hasText: "@@Dana Okafor" }).waitFor();

  // A task with a date.
  await title.focus();
  await keys.press("Shift+R");
  await page.getByLabel("What is to be done?").and(page.locator(":focus")).waitFor();
  await keys.type("Ask whether it works");
  await keys.press("Tab");
  await keys.type("tomorrow 9");
  await shoot(page, "task");
  await keys.press("Enter");
  await page.getByText("Ask whether it works").first().waitFor();
  expect((await together()).followUps).toMatchObject([{ state: "open", text: "Ask whether it works" }]);

  // A question to somebody outside, by a link.
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await title.focus();
  await keys.press("Shift+Q");
  const asking = page.getByRole("dialog", { name: "Ask somebody aside" });
  await asking.getByLabel("Your question").waitFor();
  await asking.getByLabel("Their name").fill("Prof. Byron");
  await asking.getByLabel("Your question").fill("Can the mast fail in frost?");
  expect(await faultsOf(page)).toEqual([]);
  await shoot(page, "question");
  await asking.getByRole("button", { name: "Ask", exact: true }).click();
  const link = await asking.getByLabel("Link").inputValue();
  await keys.press("Escape");

  const outside = await surf.window();
  await outside.goto(new URL(new URL(link).pathname, desk.url).href);
  await outside.getByText("Can the mast fail in frost?").waitFor();
  expect(await faultsOf(outside)).toEqual([]);
  await shoot(outside, "outside");
  await outside.getByLabel("Your answer").fill("Below −30 °C, yes.");
  await outside.getByRole("button", { name: "Send the answer" }).click();
  await outside.getByRole("heading", { name: "Thank you" }).waitFor();
  await outside.context().close();

  // It comes back as a note, live; who stands there has seen it.
  await page.getByText("Below −30 °C, yes.").waitFor();
  await shoot(page, "conversation");
  await until("it is seen", async () => (await board()).unread === 0);

  // The list of everything for me, and what is done there.
  await title.focus();
  await keys.press("g");
  await keys.press("m");
  await page.getByRole("link", { name: /Prof. Byron answered your question/ }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await shoot(page, "for-me");
  await page.getByRole("button", { name: "Done" }).click();
  await until("the task is done", async () => (await together()).followUps[0].state === "done");
});
