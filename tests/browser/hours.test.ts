import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import type { Json } from "../support/api-client.ts";
import { eventually } from "../support/eventually.ts";
import { axeOn } from "./axe.ts";
import { isFocused, PHONE, signIn, tabTo, until } from "./surf.ts";
import { surfedDesk } from "./surfed-desk.ts";

const here = surfedDesk();
const HOLIDAYS = [
  ...["BEGIN:VCALENDAR", "VERSION:2.0", "X-WR-CALNAME:Bank holidays"],
  ...[
    "BEGIN:VEVENT",
    "UID:1",
    "DTSTART;VALUE=DATE:20201225",
    "RRULE:FREQ=YEARLY",
    "SUMMARY:Christmas Day",
    "END:VEVENT",
  ],
  ...["BEGIN:VEVENT", "UID:2", "DTSTART;VALUE=DATE:20210101", "RRULE:FREQ=HOURLY", "SUMMARY:A clock", "END:VEVENT"],
  "END:VCALENDAR",
].join("\n");

async function findings(page: Page): Promise<string[]> {
  const { violations } = await axeOn(page).analyze();
  return violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.join(" ")}`));
}

it("hours are set by the keyboard, holidays taken from a file, and a promise says what it means before it is saved", {
  timeout: 240_000,
}, async () => {
  const { desk, surf, story } = here;
  const marek = await desk.as("marek");
  const page = await surf.window();
  await signIn(page, desk.url, "marek");
  await page.goto(`${desk.url}/hours`);
  await page.getByRole("heading", { name: "Hours and targets" }).waitFor();
  const calendar = async (): Promise<Json> => (await marek.get("/api/calendars")).calendars[0];

  // Typing "9" is enough for a time; what was added has the focus.
  await tabTo(page, page.getByRole("button", { name: "Add a time, Saturday" }));
  await page.keyboard.press("Enter");
  const from = page.getByLabel("Saturday, from").last();
  await until("the new time has the focus", () => isFocused(from));
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("9");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("1330");
  await tabTo(page, page.getByRole("button", { name: "Save the calendar" }));
  await page.keyboard.press("Enter");
  const saturday = await eventually("Saturday is saved", async () => {
    const { week } = (await calendar()).rules[0];
    return (week["6"] ?? []).some(([, to]: string[]) => to === "13:30") && week["6"];
  });
  expect(saturday.at(-1)).toEqual(["09:00", "13:30"]);

  await page.getByRole("button", { name: "Import a calendar file" }).click();
  await page.getByLabel("or its text").fill(HOLIDAYS);
  await page.getByRole("button", { name: "Show the days" }).click();
  await page.getByRole("list", { name: "Days of the file" }).waitFor();
  expect(await page.getByLabel("Name of this file").inputValue()).toBe("Bank holidays");
  await page.getByText("1 entry is not taken").waitFor();
  expect(await findings(page)).toEqual([]);
  await page.getByRole("list", { name: "Days of the file" }).getByRole("checkbox").first().uncheck();
  await page.getByRole("button", { name: /^Take \d days$/ }).click();
  await page.getByRole("region", { name: "Bank holidays" }).waitFor();
  expect((await calendar()).sources).toMatchObject([{ name: "Bank holidays" }]);
  expect(await findings(page)).toEqual([]);

  await page.getByRole("tab", { name: "Targets" }).click();
  await page.getByText("By the queue's own targets.").waitFor();
  await page.getByRole("button", { name: "Add a promise" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Everything in five hours");
  await page.getByRole("textbox", { name: "First answer" }).fill("5 h");
  await page.getByRole("textbox", { name: "Solved" }).fill("2 d");
  await page.getByLabel("Counted in").selectOption("plain");
  await page.getByText("By “Everything in five hours”.").waitFor();
  // Written at 16:30, five hours of all time later.
  await page.locator("b", { hasText: "21:30" }).first().waitFor();
  expect(await findings(page)).toEqual([]);
  await page.getByRole("radio", { name: /also for what is open/ }).check();
  await page.getByRole("button", { name: "Save the targets" }).click();
  await eventually("the policy is saved", async () => (await marek.get("/api/sla")).policy.rows.length === 1 || null);

  // The clocks of a conversation tell what they are, from the pill in its head.
  const matter = await story.taken();
  const own = await surf.window();
  await signIn(own, desk.url, "dana");
  await own.goto(`${desk.url}/desk/${matter.conversationId}`);
  await own.getByTitle(/^(?:First answer|Solved): /).click();
  await own.getByRole("dialog", { name: "Clocks" }).getByText("First answer").waitFor();
  await own.getByRole("dialog", { name: "Clocks" }).getByText("Solved").waitFor();
  await own.getByRole("button", { name: "We wait for a third party" }).click();
  await own
    .getByText(/stands still since/)
    .first()
    .waitFor();
  await own.keyboard.press("Escape");
  await own.getByRole("dialog", { name: "Clocks" }).waitFor({ state: "detached" });
  expect(await findings(own)).toEqual([]);

  await page.setViewportSize(PHONE);
  expect(await findings(page)).toEqual([]);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide).toBeLessThanOrEqual(0);
});
