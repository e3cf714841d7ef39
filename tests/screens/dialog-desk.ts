import type { Locator, Page, Route } from "playwright-core";
import { uid } from "./desk-town.ts";
import { FAULT, problem } from "./state-screens.ts";

/** What stands behind a press, and what it asks the server for. */
export interface PressedDialog {
  /** What it is called; in `at`, the address it is opened at. */
  name: string;
  at?: string;
  /** Where it stands; a dialog of its name unless said otherwise. */
  box?: (page: Page) => Locator;
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
  /** What the server says when it is done, where more is read of it. */
  answer?: object;
  /** Done, it stays open and asks for the next. */
  leadsOn?: true;
}

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
export interface DialogDesk {
  /** All that a dialog owes in every state of what it reads and sends; empty: nothing. */
  owes(dialog: PressedDialog): Promise<string[]>;
  faults: string[];
  close(): Promise<void>;
}

/** Where dialogs are played: a page that is not loaded yet. */
interface Ground {
  page: Page;
  faults: string[];
  dialogs: readonly PressedDialog[];
  /** What is read, when all is well. */
  reads(path: string): unknown;
  /** Goes to where a dialog is opened. */
  goes(dialog: PressedDialog): Promise<unknown>;
}

/** From now on the page is answered so that each of the dialogs can be played in every state. */
export async function playDialogs(ground: Ground): Promise<DialogDesk> {
  const { page, faults } = ground;
  const gated = ground.dialogs.flatMap(({ reads }) => reads ?? []);
  const reads = new Map<string, Answer>();
  let waiting: { key: string; route: Route }[] = [];
  const commands: { path: string; key: string }[] = [];
  const held: Route[] = [];
  let command: Answer = "done";
  let sends: RegExp | null = null;
  let done: object = {};

  async function answer(route: Route, how: Answer): Promise<unknown> {
    const path = new URL(route.request().url()).pathname;
    if (how === "no line") return route.abort("connectionfailed");
    if (how === "failed") return route.fulfill(problem(500, "internal", FAULT, ""));
    if (how === "refused") return route.fulfill(problem(422, "not-allowed", "It was not done", DETAIL));
    if (how === "changed") return route.fulfill(problem(409, "version-conflict", "It has changed", CHANGED));
    if (route.request().method() !== "GET") return route.fulfill({ json: { ...DONE, ...done } });
    return route.fulfill({ json: ground.reads(path) });
  }
  await page.context().route("http://desk.localhost/api/**", async (route) => {
    const request = route.request();
    const { pathname } = new URL(request.url());
    if (request.method() === "GET") {
      const key = gated.find((one) => one.test(pathname));
      if (!key) return route.fallback();
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
    done = dialog.answer ?? {};
    const typed = Object.entries(dialog.types ?? {});
    for (const [label, words] of typed) await box.getByLabel(label, { exact: true }).fill(words);
    await dialog.chooses?.(box);
    const button = box.getByRole("button", { name: press, exact: typeof press === "string" }).last();
    /** The words that are typed stand there, and the focus is still in the dialog. */
    const keeps = async (state: string) => {
      if (!(await box.isVisible())) throw new Error(`${state}: it is closed`);
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
    await page.context().setOffline(true);
    await button.click();
    await says("offline");
    await page.context().setOffline(false);
    // A form in its place on the page is left by whoever presses elsewhere, with what stands in it.
    if (typed.length > 0 && !dialog.box) {
      await page.mouse.click(4, 600);
      await page.clock.runFor(500);
      await keeps("pressed beside it");
    }
    command = "done";
    await button.click();
    if (dialog.leadsOn) await button.waitFor({ state: "detached" });
    else if (!(await until(async () => !(await box.isVisible())))) return missing("done: it stays open");
    // What may have been done before the line broke is asked for under the same name: it is done once.
    const last = commands.at(-1)?.key ?? "";
    if (!lost || !(last === lost)) missing(`done: asked for as ${last}, not as ${lost}`);
  }

  return {
    faults,
    async owes(dialog) {
      const found: string[] = [];
      const missing = (what: string) => void found.push(`${dialog.name}: ${what}`);
      await ground.goes(dialog);
      await open(dialog);
      const box =
        dialog.box?.(page) ??
        page.getByRole("dialog", { name: dialog.name }).or(page.getByRole("alertdialog", { name: dialog.name }));
      if (!(await until(() => box.isVisible()))) return [`${dialog.name}: does not open`];
      await readsOf(dialog, box, missing);
      // Where it closed there is nothing more to be asked.
      await sendsOf(dialog, box, missing).catch((error: Error) => missing(error.message));
      if (!dialog.leadsOn && (await box.isVisible())) {
        await page.keyboard.press("Escape");
        await box.waitFor({ state: "detached" });
      }
      return found;
    },
    close: () => page.context().close(),
  };
}
