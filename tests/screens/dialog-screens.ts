import type { Browser, Page } from "playwright-core";
import { ines, ME, NOW, uid } from "./desk-town.ts";
import { type DialogDesk, type PressedDialog, playDialogs } from "./dialog-desk.ts";
import type { LeastAnswers } from "./least-answers.ts";
import { playServer } from "./play-server.ts";

const fromMore = (name: string) => async (page: Page) => {
  await page.getByRole("button", { name: /^More: give back/ }).click();
  await page.getByRole("menuitem", { name }).click();
};
/** A key that means the message that has the focus. */
const fromMessage = (key: string) => async (page: Page) => {
  await page.locator("[data-entry]").filter({ hasText: "Signal is back" }).first().focus();
  await page.keyboard.press(key);
};
const MAREK = /^MW? ?Marek|Marek Wójcik/;

/** The conversation is mine, in work, and Marek was asked in. */
export const DIALOGS: readonly PressedDialog[] = [
  {
    ...{ name: "Assign to", opens: "a", reads: /^\/api\/presence$/, types: { "A note for them": "She has waited." } },
    sends: { press: /Dana Okafor/, to: /\/assign$/ },
  },
  {
    ...{ name: "Snooze until", opens: "Shift+D", types: { "When?": "tomorrow 9" } },
    sends: { press: "Snooze", to: /\/snooze$/ },
  },
  {
    ...{ name: "Remind me of this conversation", opens: "f" },
    types: { "When?": "tomorrow 9", "Of what? Only you read it.": "The loan router" },
    sends: { press: "Remind me", to: /\/reminders$/ },
  },
  {
    ...{ name: "Escalate", opens: "Shift+X", types: { "Why?": "Lost sales" } },
    sends: { press: "Escalate", to: /\/escalations$/ },
  },
  {
    ...{ name: "What came of it?", types: { "Feedback on the product": "The status page lags" } },
    opens: async (page) => {
      await page.getByRole("button", { name: "Choose the outcome" }).click();
      await page.getByRole("menuitem", { name: /^With a reason/ }).click();
    },
    sends: { press: "Resolve", to: /\/resolve$/ },
  },
  {
    ...{ name: "Ask a colleague in", opens: fromMore("Ask a colleague in"), types: { "A note for them": "Tariffs?" } },
    sends: { press: /Tom Reed/, to: /\/guests$/ },
  },
  {
    ...{ name: "Keep a colleague away from it", opens: fromMore("Keep a colleague away from it") },
    types: { Why: "She complains of him" },
    chooses: (box) => box.getByRole("button", { name: MAREK }).click(),
    sends: { press: "Keep Marek Wójcik away", to: /\/barred\/[^/]+$/ },
  },
  {
    ...{ name: "Hand it over to Marek Wójcik", types: { "What they have to know": "Router by the 24th" } },
    opens: (page) => page.getByRole("button", { name: "Hand it over" }).click(),
    sends: { press: "Hand it over", to: /\/hand-over$/ },
  },
  {
    ...{ name: "Something to be done", opens: "Shift+R", reads: /\/colleagues$/ },
    types: { "What is to be done?": "Send the router", "By when?": "tomorrow 9" },
    sends: { press: "Write it down", to: /\/follow-ups$/ },
  },
  {
    ...{ name: "Ask somebody aside", opens: "Shift+Q", reads: /\/together$/ },
    types: { "Their name": "Ana Lima", "Your question": "Is the mast up again?" },
    sends: { press: "Ask", to: /\/questions$/ },
  },
  { name: "Why is it there?", opens: "q", reads: /\/routing$/ },
  { name: "Clocks", opens: (page) => page.getByTitle(/promised here/).click(), reads: /\/clocks$/ },
  { name: "Do something about this message", opens: fromMessage("Shift+H"), reads: /\/moderation$/ },
  { name: "Why is this here?", opens: fromMessage("w"), reads: /\/why$/ },
  { name: "Merge another conversation into this one", opens: "m", reads: /\/joins$/ },
  { name: "To be decided", opens: "Shift+W", reads: /\/asks$/ },
  { name: "Macros", opens: "Alt+m", reads: /^\/api\/macros$/ },
  { name: "What I have put off", opens: "g t", reads: /^\/api\/desk\/later$/ },
  { name: "What can be taken back", opens: "Shift+Z", reads: /^\/api\/desk\/acts$/ },
  // Last: it leaves the focus in the composer, where letters are letters.
  {
    ...{ name: "Send later", types: { "When?": "tomorrow 9" } },
    opens: async (page) => {
      await page.keyboard.press("r");
      await page.getByRole("textbox", { name: /^Public reply/ }).fill("The router is on its way, Ines.");
      await page.keyboard.press("Alt+l");
    },
    sends: { press: "Send it then", to: /\/later$/ },
  },
];

/** An open conversation on which dialogs are played. */
export async function openDialogs(browser: Browser, web: string, least: LeastAnswers): Promise<DialogDesk> {
  const context = await browser.newContext({
    ...{ viewport: { width: 1440, height: 900 }, locale: "en-GB", timezoneId: "Europe/London" },
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(10_000);
  const faults: string[] = [];
  const fake = await playServer(context, web);
  const view = ines();
  const marek = { id: uid(2), name: "Marek Wójcik", kind: "consult" as const };
  fake.views.set(view.id, { ...view, work: { ...view.work!, guests: [marek] as never } });
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(String(error.stack)));
  await page.clock.install({ time: NOW });
  await context.route("http://desk.localhost/api/desk/acts", (route) =>
    route.request().method() === "GET" ? route.fulfill({ json: least("/api/desk/acts") }) : route.fallback(),
  );
  const desk = await playDialogs({
    ...{ page, faults, dialogs: DIALOGS },
    reads(path) {
      if (path === "/api/presence") return { agents: people() };
      if (path.endsWith("/together")) return { ...(least(path) as object), mayAskOutside: true };
      return least(path);
    },
    async goes() {
      // What was done may have led away.
      if (page.url().endsWith(view.id)) return;
      await page.goBack();
      // Keys struck meanwhile are kept for what comes next; now nothing does.
      await page.clock.runFor(5_000);
      await page.getByRole("heading", { name: /No 4G in Leith/ }).waitFor();
    },
  });
  await page.goto(`http://desk.localhost/desk/${view.id}`);
  await page.getByRole("heading", { name: /No 4G in Leith/ }).waitFor();
  return desk;
}

function people() {
  const one = (agentId: string, name: string) => ({
    ...{ agentId, name, initials: "", state: "available", since: new Date(NOW).toISOString(), until: null },
    ...{ reason: null, load: 20, budget: 100, version: 1 },
  });
  return [one(ME.id, ME.name), one(uid(2), "Marek Wójcik"), one(uid(3), "Dana Okafor"), one(uid(4), "Tom Reed")];
}
