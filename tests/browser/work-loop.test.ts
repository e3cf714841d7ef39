import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { faultsOf } from "./axe.ts";
import { isFocused, PHONE, signIn, until, WIDE } from "./surf.ts";
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
      await page.screenshot({ path: join(shots, `loop-${name}-${size}-${colorScheme}.png`) });
    }
  await page.setViewportSize(WIDE);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
}

it("an agent finds, puts off, narrows, checks and takes back by keys alone, and has their own keys everywhere", {
  timeout: 240_000,
}, async () => {
  const { desk, story, surf } = here;
  const first = await story.taken();
  const second = await story.taken();
  const page = await surf.window();
  await signIn(page, desk.url, "priya");
  const priya = await desk.as("priya");
  const keys = page.keyboard;
  const dialog = (name: string | RegExp) => page.getByRole("dialog", { name });
  const field = page.getByRole("combobox", { name: "What do you want to do, or where to go?" });
  const palette = async (words: string) => {
    await keys.press("Control+k");
    await field.and(page.locator(":focus")).waitFor();
    await keys.type(words);
  };

  // A number, by its own key.
  const { number } = await story.view(first.conversationId);
  await keys.press("g");
  await keys.press("g");
  await field.and(page.locator(":focus")).waitFor();
  await keys.type(number.slice(2));
  await page.getByRole("option", { name: new RegExp(`^${number}: `), selected: true }).waitFor();
  await keys.press("Enter");
  await page.waitForURL(`**/desk/${first.conversationId}`);
  await page
    .getByRole("button", { name: /^Snooze/ })
    .first()
    .waitFor();

  // Any act of the screen: its letters marked, its key beside it, or why it cannot be done.
  await palette("assi");
  await page
    .getByRole("option", { name: /^Assign/, selected: true })
    .locator("b", { hasText: "Assi" })
    .waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await shoot(page, "palette");
  await keys.press("Enter");
  await dialog("Assign to").waitFor();
  await keys.press("Escape");
  await dialog("Assign to").waitFor({ state: "hidden" });
  await palette("");
  await page
    .getByRole("group", { name: "Lately" })
    .getByRole("option", { name: /^Assign/ })
    .waitFor();
  await shoot(page, "palette-all");
  await keys.press("Escape");
  await field.waitFor({ state: "hidden" });

  // A reminder in words.
  await keys.press("f");
  await dialog("Remind me of this conversation").getByLabel("When?").and(page.locator(":focus")).waitFor();
  await keys.type("in 2 hours");
  await shoot(page, "remind");
  // The answer of the server is on its way: the next key waits for the screen behind the dialog.
  let letGo = () => {};
  const answered = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route("**/reminders", async (route) => {
    const answer = await route.fetch();
    await answered;
    await route.fulfill({ response: answer });
  });
  await keys.press("Enter");
  await until("it is kept", async () => (await priya.get("/api/desk/later")).reminders.length === 1);

  // A reply for tomorrow, and back.
  await keys.press("r");
  expect(await dialog("Remind me of this conversation").getByLabel("When?").inputValue()).toBe("in 2 hours");
  letGo();
  await page.getByRole("textbox", { name: "Public reply on Playground" }).and(page.locator(":focus")).waitFor();
  await keys.type("Good morning, it works again.");
  await page.getByRole("button", { name: /^Publish/ }).waitFor();
  await keys.press("Alt+l");
  await dialog("Send later").getByLabel("When?").and(page.locator(":focus")).waitFor();
  await keys.type("tomorrow 9");
  await keys.press("Enter");
  await page.getByText("A reply of yours goes out").first().waitFor();
  await shoot(page, "later");
  await page.getByRole("button", { name: "Take it back" }).click();
  await until(
    "the words are back",
    async () =>
      (await page.getByRole("textbox", { name: /^Public reply/ }).inputValue()) === "Good morning, it works again.",
  );

  // Put away until a time, and taken back by Z.
  await page.locator("[data-conversation-title]").focus();
  await keys.press("Shift+D");
  await dialog("Snooze until").getByLabel("When?").and(page.locator(":focus")).waitFor();
  await keys.type("fri 14:30");
  await keys.press("Enter");
  await page
    .getByText(/^Snoozed until/)
    .first()
    .waitFor();
  const state = async () => (await story.view(first.conversationId)).work?.state;
  await until("it is put away", async () => (await state()) === "parked");
  await page.getByRole("button", { name: "Undo" }).last().waitFor();
  await keys.press("z");
  await until("it is back", async () => (await state()) === "active");

  // Narrowed by words, saved under a name.
  await keys.press("Shift+F");
  await page.getByLabel("Filter in words").and(page.locator(":focus")).waitFor();
  await keys.type("is:public nowhere:x");
  await page.getByText("There is no operator nowhere:x.").waitFor();
  for (const _ of "nowhere:x") await keys.press("Backspace");
  await keys.press("Enter");
  await page.getByRole("button", { name: "Take out: is:public" }).waitFor();
  await page.getByRole("button", { name: "Lists" }).click();
  await page.getByRole("menuitem", { name: "Save this list …" }).click();
  await dialog("Save this list").getByLabel("Name").fill("In public");
  await keys.press("Enter");
  await until("it is saved", async () => (await priya.get("/api/desk/views")).views[0]?.count === 2);
  await shoot(page, "filter");
  expect(await faultsOf(page)).toEqual([]);

  // Two checked, one act, one undo.
  const row = (id: string) => page.locator(`[data-conversation="${id}"]`);
  await row(first.conversationId).focus();
  await keys.press("Shift+A");
  await page.getByText("2 checked").waitFor();
  await shoot(page, "checked");
  await keys.press("e");
  await page.getByRole("menuitem", { name: "Solved" }).press("Enter");
  await page.getByText("2 done.").first().waitFor();
  const open = async () => {
    const views = await Promise.all([first, second].map((one) => story.view(one.conversationId)));
    return views.filter((view) => view.episodes.some((one: { state: string }) => one.state === "open")).length;
  };
  await until("both are done", async () => (await open()) === 0);
  await keys.press("Shift+Z");
  await dialog("What can be taken back").getByText("Resolved: Solved").first().waitFor();
  await shoot(page, "undo");
  await keys.press("Escape");
  await dialog("What can be taken back").waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "Undo" }).last().waitFor();
  await keys.press("z");
  await until("both are work again", async () => (await open()) === 2);

  // Keys of one's own, told where they clash, on every machine.
  await page.goto(`${desk.url}/keys`);
  await page.getByLabel("Find an act").fill("most urgent");
  await page.getByRole("button", { name: /^Take the offer, or the most urgent: T\. Change/ }).click();
  await keys.press("r");
  await page.getByText("also: Public reply").waitFor();
  await page.getByRole("button", { name: /^Take the offer, or the most urgent: R\. Change/ }).click();
  await keys.press("Shift+T");
  await page.getByText("also: Decline the offer").waitFor();
  await page.getByRole("button", { name: /^Take the offer, or the most urgent: .*Change$/ }).click();
  await keys.press("9");
  await page.getByRole("button", { name: /^Take the offer, or the most urgent: 9\. Change/ }).waitFor();
  await shoot(page, "keys");
  expect(await faultsOf(page)).toEqual([]);
  await until(
    "the server has it",
    async () => (await priya.get("/api/session")).preferences.keys?.changed["work.take"] === "9",
  );
  const other = await surf.window();
  await signIn(other, desk.url, "priya");
  await other.keyboard.press("?");
  await other.getByRole("dialog", { name: "Keys of this screen" }).getByText("9", { exact: true }).waitFor();
  expect(await isFocused(other.locator("body"))).toBe(false);
});
