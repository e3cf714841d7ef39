import type { Browser, Page } from "playwright-core";
import { INES, QUEUE, townAnswers } from "./area-town.ts";
import { uid } from "./desk-town.ts";
import { type DialogDesk, type PressedDialog, playDialogs } from "./dialog-desk.ts";
import { leastAnswers } from "./least-answers.ts";
import { openState } from "./state-screens.ts";

const button = (name: string | RegExp) => (page: Page) =>
  page
    .getByRole("button", { name, exact: typeof name === "string" })
    .first()
    .click();
/** A form that opens in its place on the page. */
const formWith = (act: string) => (page: Page) =>
  page.locator("form").filter({ has: page.getByRole("button", { name: act, exact: true }) });

const AGENT = {
  ...{ id: uid(3), name: "Dana Okafor", initials: "DO", email: "dana@northwind.example", locale: "en" },
  ...{ state: "active", teams: [], skills: [], version: 1 },
};
const SUPERVISED = { actId: null, version: 1, done: [uid(1)], refused: [] };
const FOUND = {
  ...{ name: "Holidays", days: [{ date: "2026-12-25", name: "Christmas", hours: [], closed: [] }] },
  ...{ known: [], skipped: [], notTaken: [{ title: "Easter", code: "strange-rule", most: null }] },
};

/** Everybody's rights are one's own, and there is one of each thing. Those of one address stand together. */
export const AREA_DIALOGS: readonly PressedDialog[] = [
  {
    ...{ name: "What was done about it?", at: "/escalations", opens: button(/^Say what was done/) },
    types: { "In a sentence or two": "Masts are restarted" },
    sends: { press: "Say so", to: /\/act$/ },
  },
  {
    ...{ name: "Hand it on", at: "/escalations", opens: button(/^Hand it on/), reads: /^\/api\/agents$/ },
    types: { "What they should know": "Sites 3 and 4" },
    sends: { press: "Hand it on", to: /\/hand-on$/ },
  },
  {
    ...{ name: "Stand down", at: "/escalations", opens: button(/^Stand down/) },
    types: { "Why is it over?": "Power is back" },
    sends: { press: "Stand down", to: /\/stand-down$/ },
  },
  {
    ...{ name: "Note in the log", at: "/escalations?tab=crisis", opens: button("Note") },
    types: { "What happened": "The press called" },
    sends: { press: "Note it", to: /\/log$/ },
  },
  {
    ...{ name: "Stand down", at: "/escalations?tab=crisis", opens: button("Stand down …") },
    types: { "What is to be learned of it?": "Say it earlier" },
    sends: { press: "It is over", to: /\/end$/ },
  },
  {
    ...{ name: "Start the crisis playbook", at: "/escalations?tab=crisis", opens: button("Start another …") },
    ...{ box: formWith("Start it"), types: { Topic: "Recall", "Holding statement": "We are looking into it." } },
    sends: { press: "Start it", to: /^\/api\/crises$/ },
  },
  {
    ...{
      name: "Stand in",
      at: "/escalations?tab=on-call",
      opens: button("Stand in"),
      box: formWith("Let them stand in"),
    },
    ...{ types: { Why: "A wedding" }, sends: { press: "Let them stand in", to: /\/swaps$/ } },
  },
  {
    ...{ name: "Add a webhook", at: "/escalations?tab=reach", opens: button("Add a webhook"), box: formWith("Add it") },
    types: { Name: "Pager", Address: "https://pager.example/in" },
    ...{ sends: { press: "Add it", to: /^\/api\/page-webhooks$/ }, answer: { secret: "s3cret" } },
  },
  {
    ...{ name: "Change the presence of Marek Wójcik", at: "/team", types: { Reason: "Gone home" } },
    opens: button("Change the presence of Marek Wójcik"),
    sends: { press: "Change the presence", to: /^\/api\/presence\// },
  },
  {
    ...{ name: "Add an agent", at: "/team?tab=agents", opens: button("Add an agent"), box: formWith("Add the agent") },
    types: { Name: "Dana Okafor", "E-mail": "dana@northwind.example", "First password": "long enough" },
    ...{ sends: { press: "Add the agent", to: /^\/api\/agents$/ }, answer: AGENT },
  },
  {
    ...{ name: "Suspend Marek Wójcik?", at: "/team?tab=agents" },
    async opens(page) {
      await button("Change Marek Wójcik")(page);
      await button("Suspend…")(page);
    },
    ...{ sends: { press: "Suspend and sign out", to: /^\/api\/agents\// }, answer: AGENT },
  },
  {
    ...{ name: "Add a profile", at: "/team?tab=capacity", opens: button("Add a profile"), box: formWith("Add it") },
    ...{ types: { Name: "Half days" }, sends: { press: "Add it", to: /^\/api\/capacity\/profiles$/ } },
  },
  {
    ...{ name: "Take this right from yourself?", at: "/team?tab=rights", opens: button(/^Take back/) },
    sends: { press: "Take it from me", to: /^\/api\/grants\// },
  },
  {
    ...{ name: "Revoke Nightly export?", at: "/team?tab=keys", opens: button("Revoke Nightly export…") },
    sends: { press: "Revoke now", to: /^\/api\/api-keys\// },
  },
  {
    ...{ name: "Import holidays", at: "/hours", types: { "or its text": "BEGIN:VCALENDAR" } },
    opens: button("Import a calendar file"),
    ...{ sends: { press: "Show the days", to: /\/preview$/ }, answer: FOUND, leadsOn: true },
  },
  {
    ...{
      name: "Import holidays",
      at: "/hours",
      types: { "Name of this file": "Scotland" },
      opens: async () => undefined,
    },
    ...{ sends: { press: "Take 1 day", to: /\/holidays$/ }, answer: { taken: 1, changed: true } },
  },
  {
    ...{ name: "Disconnect Northwind on Bluesky?", at: "/channels" },
    async opens(page) {
      await page.getByText("Each half, and the secret").first().click();
      await button("Disconnect…")(page);
    },
    sends: { press: "Disconnect", to: /^\/api\/channels\/[^/]+$/ },
  },
  {
    ...{ name: "Exchange the secret", at: "/channels", opens: button("Exchange the secret…") },
    box: formWith("Try it and exchange"),
    chooses: (box) => box.locator("input").first().fill("new-token"),
    sends: { press: "Try it and exchange", to: /\/secret$/ },
  },
  {
    ...{ name: "Stop switch", at: "/channels", opens: button("Stop what goes out…"), box: formWith("Stop now") },
    ...{ types: { Reason: "Wrong price" }, sends: { press: "Stop now", to: /stop/ } },
  },
  {
    ...{
      name: "Join with another customer",
      at: `/customers/${INES}`,
      box: (page) => page.getByRole("form", { name: "Join with another customer" }),
    },
    async opens(page) {
      await button("Join with another customer")(page);
      await page.getByLabel("Number of a conversation of theirs").fill("C-20481");
      await button("Show what would change")(page);
    },
    sends: { press: "Join them", to: /\/joins$/ },
  },
  {
    ...{ name: "Why ines@rocha.example belongs here", at: `/customers/${INES}`, reads: /\/part-preview$/ },
    async opens(page) {
      await button("Why ines@rocha.example belongs here")(page);
      await page.getByRole("dialog").getByRole("button", { name: "Somebody else", exact: true }).click();
    },
    sends: { press: "Part this handle", to: /\/partings$/ },
  },
  {
    ...{ name: "Take back what was decided", at: `/customers/${INES}`, reads: /\/undo-preview$/ },
    box: (page) => page.getByRole("group", { name: "Undo", exact: true }),
    async opens(page) {
      await page.getByText(/^What was decided/).click();
      await button("Undo")(page);
    },
    sends: { press: "Take it back", to: /\/undo$/ },
  },
  {
    ...{ name: "Ease Care", at: `/wallboard?queue=${QUEUE}`, opens: button("Ease it for a time…") },
    types: { Reason: "A storm" },
    ...{ sends: { press: "Ease until then", to: /\/easings$/ }, answer: SUPERVISED },
  },
  {
    ...{ name: "Lend Marek Wójcik", at: `/wallboard?queue=${QUEUE}`, opens: button(/^Lend people to it…/) },
    types: { Reason: "A storm" },
    ...{ sends: { press: "Lend until then", to: /\/loans$/ }, answer: SUPERVISED },
  },
  {
    ...{ name: "Give 2 items to", at: `/wallboard?queue=${QUEUE}`, opens: button(/^Give to…/) },
    ...{ sends: { press: /Marek Wójcik/, to: /\/acts$/ }, answer: SUPERVISED },
  },
  {
    ...{ name: "Note on ", at: `/wallboard?items=waiting`, opens: button(/^Note/) },
    types: { "For whoever takes it": "Ask for the site" },
    sends: { press: "Add the note", to: /\/notes$/ },
  },
];

/** The areas of a small company, each dialog played where it stands. */
export async function openAreaDialogs(browser: Browser, web: string): Promise<DialogDesk> {
  const none = leastAnswers();
  const answers = townAnswers(leastAnswers(1), none);
  const { page, faults } = await openState(browser, web, "empty", answers);
  page.setDefaultTimeout(10_000);
  let here = "";
  return playDialogs({
    ...{ page, faults, dialogs: AREA_DIALOGS, reads: answers },
    async goes({ at = "" }) {
      if (at === here) return;
      if (here === "") await page.goto(`http://desk.localhost${at}`);
      else
        await page.evaluate((to) => {
          history.pushState(null, "", to);
          dispatchEvent(new PopStateEvent("popstate"));
        }, at);
      here = at;
    },
  });
}
