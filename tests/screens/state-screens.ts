import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import type { Browser, Page, Route } from "playwright-core";
import { allSettings } from "#modules/company";
import { verbs } from "#modules/people";
import { ME, NOW, uid } from "./desk-town.ts";
import type { LeastAnswers } from "./least-answers.ts";

/** How the reads of a screen go. */
export const STATES = ["hang", "failed", "refused", "offline", "empty"] as const;
export type State = (typeof STATES)[number];

const read = (path: string) => readFileSync(new URL(`../../web/app/${path}`, import.meta.url), "utf8");

/** What makes a screen ask that waits for a question. */
const ASKED: Record<string, string> = { "/search": "?q=router" };

/** Every address behind the sign-in, out of the router and its areas; ids stand for what is opened there. */
export function addresses(): string[] {
  const paths = (text: string) => [...text.matchAll(/\bpath: "(\/[^"]*)"/g)].map(([, path]) => path!);
  const outside = new Set(["/", "/sign-in"]);
  const all = [...paths(read("router.tsx")), ...paths(read("areas.ts")), "/desk/$conversationId"];
  return [...new Set(all)]
    .filter((path) => !outside.has(path))
    .map((path) => path.replace(/\$\w+/g, uid(77)) + (ASKED[path] ?? ""));
}

const TYPES: Record<string, string> = {
  ...{
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
  },
};
export const problem = (status: number, code: string, title: string, detail: string) => ({
  ...{ status, contentType: "application/problem+json" },
  body: JSON.stringify({ type: `urn:hubbub:${code}`, title, status, code, detail, traceId: "4f1c0a9e7d2b" }),
});
const REFUSAL = "You may not look at this. Ask who manages rights.";
const OFFLINE = "There is no connection to the server.";
export const FAULT = "The server broke while it did this.";

/** What is declared stands in the list from the first day. */
const SETTINGS = allSettings().map(({ key, fallback, describe }) => ({ key, value: fallback, describe, version: 0 }));
const SESSION = {
  agent: { ...ME, email: "priya@northwind.example", locale: "en" },
  account: { id: uid(9), name: "Northwind", mission: "" },
  grants: Object.keys(verbs).map((verb) => ({ verb, scope: "account", scopeId: null })),
  ...{ demo: true, csrf: "token", playgroundUrl: null },
};

/** What a screen says of its own state. */
export interface Seen {
  words: string;
  /** Places of what is still to come. */
  waiting: number;
  alerts: { words: string; acts: number }[];
}

/** Runs in the page. */
function seen(): Seen {
  const shown = (what: string) =>
    [...document.querySelectorAll<HTMLElement>(what)].filter((one) => one.checkVisibility());
  return {
    words: document.querySelector<HTMLElement>("main")?.innerText.trim() ?? "",
    waiting: shown("main [role=status][aria-label=Loading]").length,
    alerts: shown("main [role=alert]").map((one) => ({
      words: one.innerText,
      acts: one.querySelectorAll("button, a").length,
    })),
  };
}

const SAID = { failed: FAULT, refused: REFUSAL, offline: OFFLINE };

/** What a screen in this state owes to whoever looks at it and does not show; null: nothing. */
export function missingIn(state: State, { words, waiting, alerts }: Seen): string | null {
  const said = alerts.map((one) => one.words).join(" / ");
  if (state === "hang") {
    if (waiting === 0) return `nothing says that something is still to come: ${words.slice(0, 120)}`;
    return alerts.length > 0 ? `says that something is wrong while it only waits: ${said}` : null;
  }
  if (state === "empty") {
    if (alerts.length > 0) return `empty is no trouble, but it says: ${said}`;
    if (waiting > 0) return "waits for what has come";
    return words.length < 12 ? "no word about what could stand here" : null;
  }
  const notice = alerts.find((one) => one.words.includes(SAID[state]));
  if (!notice)
    return `does not say why nothing is there (${waiting > 0 ? "waits for ever" : "as if all were well"}): ${said}`;
  return notice.acts === 0 ? "leaves no way to try again" : null;
}

/** Of the screen itself: what the composer's tabs hold is written there and not read. */
const TABS = "main [role=tab]:visible:not([aria-label=Write] *)";
const DEADLINE_MS = 30_000;
const STEP_MS = 2_000;

interface StateScreen {
  page: Page;
  /** Goes to an address as a press on a link does, without loading the page anew, and waits until its screen stands. */
  go(address: string): Promise<void>;
  /** Lets time pass until something holds; false when it never does. */
  until(holds: () => Promise<boolean>): Promise<boolean>;
  /** From now on the reads go otherwise. */
  turn(state: State): void;
  /** Looks until the screen says in what state it is; resolves with what is missing, null when nothing is. */
  lacks(): Promise<string | null>;
  /** The names of its tabs but the first, which is chosen. */
  tabs(): Promise<string[]>;
  choose(tab: string): Promise<void>;
  /** What no page may do: errors nobody caught, reads nobody answers. */
  faults: string[];
  close(): Promise<void>;
}

/** A desk whose page and session are there, and whose every other read goes as `state` says. */
export async function openState(
  browser: Browser,
  web: string,
  state: State,
  least: LeastAnswers,
): Promise<StateScreen> {
  const context = await browser.newContext({
    ...{
      viewport: { width: 1440, height: 900 },
      locale: "en-GB",
      timezoneId: "Europe/London",
      reducedMotion: "reduce",
    },
  });
  context.setDefaultTimeout(30_000);
  const faults: string[] = [];
  // Without a shared worker the page opens the stream itself, where it can be answered from here.
  await context.addInitScript(() => Reflect.deleteProperty(globalThis, "SharedWorker"));
  await context.addCookies([{ name: "hubbub_csrf", value: "token", url: "http://desk.localhost" }]);
  await context.route("http://desk.localhost/**", async (route) => {
    const { pathname } = new URL(route.request().url());
    if (!pathname.startsWith("/api/")) return file(route, web, pathname);
    if (pathname === "/api/session") return route.fulfill({ json: SESSION });
    if (pathname === "/api/live" || state === "hang") return;
    if (state === "offline") return route.abort("internetdisconnected");
    if (state === "failed") return route.fulfill(problem(500, "internal", FAULT, "Nothing was changed."));
    if (state === "refused")
      return route.fulfill(problem(403, "not-permitted", "Your rights do not cover this", REFUSAL));
    const answer = pathname === "/api/settings" ? { settings: SETTINGS } : least(pathname);
    if (answer === undefined) {
      faults.push(`no contract of GET ${pathname}`);
      return route.fulfill(problem(404, "not-found", "There is nothing here", ""));
    }
    await route.fulfill({ json: answer });
  });
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(`${page.url()}: ${error.stack}`));
  await page.clock.install({ time: NOW });
  const screen: StateScreen = {
    ...{ page, faults },
    async go(address) {
      if (page.url() === "about:blank") await page.goto(`http://desk.localhost${address}`);
      else
        await page.evaluate((to) => {
          for (const part of document.querySelectorAll<HTMLElement>("main > *")) part.dataset.before = "";
          history.pushState(null, "", to);
          dispatchEvent(new PopStateEvent("popstate"));
        }, address);
      await page.locator("main > :not([data-before], [data-page-waits])").first().waitFor({ state: "attached" });
    },
    async until(holds) {
      const until = performance.now() + DEADLINE_MS;
      do {
        // Reads that are tried again come to their end, and what is shown after a while only is shown.
        await page.clock.runFor(STEP_MS);
        if (await holds()) return true;
        // A script or an answer is still on its way through this very process: let it through.
        await new Promise((resolve) => setImmediate(resolve));
      } while (performance.now() < until);
      return false;
    },
    async lacks() {
      let missing: string | null = null;
      await screen.until(async () => {
        missing = missingIn(state, await page.evaluate(seen));
        return missing === null;
      });
      return missing;
    },
    turn(other) {
      state = other;
    },
    tabs: async () => {
      const names = await page.locator(TABS).allTextContents();
      return names.slice(1);
    },
    choose: (name) => page.locator(TABS).getByText(name, { exact: true }).click(),
    close: () => context.close(),
  };
  return screen;
}

async function file(route: Route, web: string, path: string): Promise<void> {
  const known = extname(path) in TYPES ? path : "/index.html";
  const body = await readFile(join(web, known)).catch(() => null);
  await route.fulfill(body === null ? { status: 404 } : { body, contentType: TYPES[extname(known)] ?? "text/plain" });
}
