import type { Browser, Locator, Page, Route } from "playwright-core";
import { ines, ME, NOW, uid } from "./desk-town.ts";
import type { LeastAnswers } from "./least-answers.ts";
import { playServer } from "./play-server.ts";
import { FAULT, problem } from "./state-screens.ts";

/** What stands behind a press on an open conversation, and what it asks the server for. */
interface PressedDialog {
  name: string;
  /** The key that opens it, or a way through menus. */
  opens: string | ((page: Page) => Promise<unknown>);
  /** What it reads for itself. */
  reads?: RegExp;
  /** What is typed into it: by label. */
  types?: Record<string, string>;
  /** Chosen before it is sent. */
  chooses?: (box: Locator) => Promise<unknown>;
  /** The button that sends it, and the end of the address it is sent to. */
  sends?: { press: string | RegExp; to: RegExp };
}

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

type Answer = "hang" | "failed" | "refused" | "changed" | "no line" | "done";
const DETAIL = "The rules of the account do not allow it. Ask whoever manages them.";
const CHANGED = "Somebody was first. Look at what changed, then do it again.";
/** The sentence that a dialog owes in each. */
const SAYS = {
  refused: DETAIL,
  changed: CHANGED,
  failed: FAULT,
  unknown: "The server has not said whether it took it.",
  offline: "Not sent: there is no connection to the server.",
};
/** What any of them reads of its answer. */
const DONE = {
  ok: true,
  id: uid(9_001),
  paged: [],
  link: null,
  to: { kind: "outside", name: "Ana Lima", email: null },
};
const DEADLINE_MS = 10_000;

/** An open desk on which dialogs are played. */
interface DialogDesk {
  /** All that a dialog owes in every state of what it reads and sends; empty: nothing. */
  owes(dialog: PressedDialog): Promise<string[]>;
  faults: string[];
  close(): Promise<void>;
}

export async function openDialogs(browser: Browser, web: string, least: LeastAnswers): Promise<DialogDesk> {
  const context = await browser.newContext({
    ...{ viewport: { width: 1440, height: 900 }, locale: "en-GB", timezoneId: "Europe/London" },
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(DEADLINE_MS);
  const faults: string[] = [];
  const fake = await playServer(context, web);
  const view = ines();
  const marek = { id: uid(2), name: "Marek Wójcik", kind: "consult" as const };
  fake.views.set(view.id, { ...view, work: { ...view.work!, guests: [marek] as never } });
  const gated = DIALOGS.flatMap(({ reads }) => reads ?? []);
  const reads = new Map<string, Answer>();
  let waiting: { key: string; route: Route }[] = [];
  const commands: { path: string; key: string }[] = [];
  const held: Route[] = [];
  let command: Answer = "done";
  let sends: RegExp | null = null;

  async function answer(route: Route, how: Answer): Promise<unknown> {
    const path = new URL(route.request().url()).pathname;
    if (how === "no line") return route.abort("connectionfailed");
    if (how === "failed") return route.fulfill(problem(500, "internal", FAULT, ""));
    if (how === "refused") return route.fulfill(problem(422, "not-allowed", "It was not done", DETAIL));
    if (how === "changed") return route.fulfill(problem(409, "version-conflict", "It has changed", CHANGED));
    if (route.request().method() !== "GET") return route.fulfill({ json: DONE });
    if (path === "/api/presence") return route.fulfill({ json: { agents: people() } });
    if (path.endsWith("/together")) return route.fulfill({ json: { ...(least(path) as object), mayAskOutside: true } });
    return route.fulfill({ json: least(path) });
  }
  await context.route("http://desk.localhost/api/**", async (route) => {
    const request = route.request();
    const { pathname } = new URL(request.url());
    if (request.method() === "GET") {
      const key = gated.find((one) => one.test(pathname));
      if (!key) return pathname === "/api/desk/acts" ? answer(route, "done") : route.fallback();
      const how = reads.get(key.source) ?? "hang";
      if (how === "hang") waiting.push({ key: key.source, route });
      else await answer(route, how);
      return;
    }
    if (!sends?.test(pathname)) return route.fallback();
    commands.push({ path: pathname, key: request.headers()["idempotency-key"] ?? "" });
    if (command === "hang") held.push(route);
    else await answer(route, command);
  });
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(String(error.stack)));
  await page.clock.install({ time: NOW });
  await page.goto(`http://desk.localhost/desk/${view.id}`);
  await page.getByRole("heading", { name: /No 4G in Leith/ }).waitFor();

  async function until(holds: () => Promise<boolean>): Promise<boolean> {
    const end = performance.now() + DEADLINE_MS;
    do {
      if (await holds()) return true;
      await page.clock.runFor(500);
    } while (performance.now() < end);
    return false;
  }
  async function turn(key: RegExp, how: Answer): Promise<void> {
    reads.set(key.source, how);
    const now = waiting.filter((one) => one.key === key.source);
    waiting = waiting.filter((one) => one.key !== key.source);
    for (const { route } of now) await answer(route, how);
  }
  const focusIn = (box: Locator) => box.evaluate((one) => one.contains(document.activeElement));
  const open = async ({ opens }: PressedDialog) => {
    if (typeof opens === "function") await opens(page);
    else for (const key of opens.split(" ")) await page.keyboard.press(key);
  };

  async function readsOf(dialog: PressedDialog, box: Locator, missing: (what: string) => void): Promise<void> {
    const { reads: key } = dialog;
    if (!key) return;
    const alert = box.getByRole("alert").filter({ hasText: FAULT });
    // What stands in a field of choice beside others has no place of its own while it comes.
    const waits = () => box.getByRole("status", { name: "Loading" }).first().isVisible();
    if (!(await until(async () => (await waits()) || (await box.getByRole("textbox").count()) > 0)))
      missing("nothing says that it is still to come");
    await turn(key, "failed");
    if (!(await until(() => alert.first().isVisible()))) return missing("does not say that it could not be read");
    if (await waits()) missing("says that it failed and that it comes");
    const again = alert.first().getByRole("button", { name: "Try again" });
    if (!(await again.isVisible())) return missing("leaves no way to try again");
    await turn(key, "done");
    await again.click();
    if (!(await until(async () => !(await alert.first().isVisible())))) missing("tried again, it still says it failed");
    // The button that had it went with the notice.
    if (!(await until(() => focusIn(box)))) missing("tried again: the focus is lost");
  }

  async function sendsOf(dialog: PressedDialog, box: Locator, missing: (what: string) => void): Promise<void> {
    if (!dialog.sends) return;
    const { press, to } = dialog.sends;
    sends = to;
    const typed = Object.entries(dialog.types ?? {});
    for (const [label, words] of typed) await box.getByLabel(label, { exact: true }).fill(words);
    await dialog.chooses?.(box);
    const button = box.getByRole("button", { name: press, exact: typeof press === "string" }).last();
    /** The words that are typed stand there, and the focus is still in the dialog. */
    const keeps = async (state: string) => {
      if (!(await box.isVisible())) return missing(`${state}: it is closed`);
      for (const [label, words] of typed)
        if ((await box.getByLabel(label, { exact: true }).inputValue()) !== words)
          missing(`${state}: ${label} is lost`);
      if (!(await focusIn(box))) missing(`${state}: the focus is lost`);
    };
    const says = async (state: keyof typeof SAYS) => {
      const told = box.getByRole("alert").filter({ hasText: SAYS[state] });
      if (!(await until(() => told.isVisible()))) missing(`${state}: it does not say so`);
      await keeps(state);
    };

    command = "hang";
    const before = commands.length;
    await button.click();
    const busy = box.locator("[aria-busy=true]").first();
    if (!(await until(async () => (await busy.count()) > 0))) missing("sending: nothing is busy");
    await button.press("Enter");
    await page.clock.runFor(1_000);
    if (commands.length !== before + 1) missing(`sending: it went ${commands.length - before} times`);
    for (const route of held.splice(0)) await answer(route, "refused");
    await says("refused");
    for (const [state, how] of [
      ["changed", "changed"],
      ["failed", "failed"],
      ["unknown", "no line"],
    ] as const) {
      command = how;
      await button.click();
      await says(state);
    }
    const lost = commands.at(-1)?.key;
    await context.setOffline(true);
    await button.click();
    await says("offline");
    await context.setOffline(false);
    if (typed.length > 0) {
      await page.mouse.click(4, 600);
      await page.clock.runFor(500);
      await keeps("pressed beside it");
    }
    command = "done";
    await button.click();
    if (!(await until(async () => !(await box.isVisible())))) return missing("done: it stays open");
    // What may have been done before the line broke is asked for under the same name: it is done once.
    const last = commands.at(-1)?.key ?? "";
    if (!lost || !(last === lost)) missing(`done: asked for as ${last}, not as ${lost}`);
  }

  return {
    faults,
    async owes(dialog) {
      const found: string[] = [];
      const missing = (what: string) => void found.push(`${dialog.name}: ${what}`);
      await open(dialog);
      const box = page.getByRole("dialog", { name: dialog.name });
      if (!(await until(() => box.isVisible()))) return [`${dialog.name}: does not open`];
      await readsOf(dialog, box, missing);
      await sendsOf(dialog, box, missing);
      if (await box.isVisible()) {
        await page.keyboard.press("Escape");
        await box.waitFor({ state: "detached" });
      }
      // What was done may have led away.
      if (!page.url().endsWith(view.id)) {
        await page.goBack();
        // Keys struck meanwhile are kept for what comes next; now nothing does.
        await page.clock.runFor(5_000);
        await page.getByRole("heading", { name: /No 4G in Leith/ }).waitFor();
      }
      return found;
    },
    close: () => context.close(),
  };
}

function people() {
  const one = (agentId: string, name: string) => ({
    ...{ agentId, name, initials: "", state: "available", since: new Date(NOW).toISOString(), until: null },
    ...{ reason: null, load: 20, budget: 100, version: 1 },
  });
  return [one(ME.id, ME.name), one(uid(2), "Marek Wójcik"), one(uid(3), "Dana Okafor"), one(uid(4), "Tom Reed")];
}
