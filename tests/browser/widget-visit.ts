import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, BrowserContext, BrowserContextOptions, Frame, Locator, Page } from "playwright-core";
import { launchBrowser } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { CHAT_KEY, openHostSite, openScriptedChat, type ScriptedChat, usualConfig } from "../support/scripted-chat.ts";

export const WIDE = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

/** A visitor's window on a host's page with our chat on it. The shadow root is closed: the launcher is met as a visitor meets it. */
export interface Visit {
  page: Page;
  frame: Frame;
  /** Presses the launcher, by the mouse, where it stands. */
  press(): Promise<void>;
  open(): Promise<void>;
  /** What a screen reader is told of the launcher: its name and whether it is open; null when there is none. */
  launcher(): Promise<{ name: string; expanded: boolean } | null>;
  text: Locator;
  write(words: string): Promise<void>;
  bubbles(): Promise<string[]>;
}

export interface Town {
  chat: ScriptedChat;
  host: { url: string; pages: Record<string, { html: string; headers?: Record<string, string> }> };
  /** Breaches of a content policy, and errors nobody caught, in the frame. */
  complaints: string[];
  context(options?: BrowserContextOptions): Promise<BrowserContext>;
  visit(where?: BrowserContext | BrowserContextOptions, path?: string): Promise<Visit>;
  /** A server that knows nobody, and no window open: between tests. */
  sweep(): Promise<void>;
  close(): Promise<void>;
}

/** A host page like many: its words, and our one line. */
export function hostPage(
  chat: ScriptedChat,
  more: { attributes?: string; body?: string; head?: string; lang?: string } = {},
) {
  const { attributes = "", body = "", head = "", lang = "en" } = more;
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>A shop</title>${head}</head><body><main><h1>A shop</h1><p>Words of the shop.</p><button id="own">Buy</button>${body}</main>
<script src="${chat.url}/widget/widget.js" data-chat="${CHAT_KEY}" ${attributes} async></script></body></html>`;
}

export async function openTown(): Promise<Town> {
  const browser: Browser = await launchBrowser();
  const chat = await openScriptedChat();
  const pages: Town["host"]["pages"] = {};
  const site = await openHostSite(pages);
  chat.origins.push(site.url);
  pages["/"] = { html: hostPage(chat) };
  const complaints: string[] = [];
  const town: Town = {
    ...{ chat, complaints, host: { url: site.url, pages } },
    async context(options = {}) {
      const context = await browser.newContext({
        ...{ viewport: WIDE, locale: "en-GB", timezoneId: "Europe/London", reducedMotion: "reduce" },
        ...options,
      });
      context.setDefaultTimeout(45_000);
      context.on("weberror", (error) => complaints.push(`${error.page()?.url()}: ${error.error()}`));
      context.on("console", (message) => {
        if (/content.security.policy/i.test(message.text())) complaints.push(message.text());
      });
      return context;
    },
    async visit(where, path = "/") {
      const context = where && "newPage" in where ? where : await town.context(where);
      const page = await context.newPage();
      await page.goto(site.url + path);
      return visitOn(page);
    },
    async sweep() {
      await Promise.all(browser.contexts().map((context) => context.close()));
      chat.visitors.clear();
      Object.assign(chat, { config: usualConfig(), faults: [], asked: [], told: [], sockets: "open" });
    },
    async close() {
      await browser.close();
      await chat.close();
      await site.close();
    },
  };
  return town;
}

/** The visit on a page that is there already (again, after a reload). */
export async function visitOn(page: Page): Promise<Visit> {
  const frame = await eventually("the chat's frame", () =>
    page.frames().find((one) => one.url().includes("/widget/frame")),
  );
  const text = frame.getByLabel("Your message", { exact: true }).or(frame.locator(".composer textarea")).first();
  const visit: Visit = {
    ...{ page, frame, text },
    async press() {
      const { width, height } = page.viewportSize()!;
      await page.mouse.click(width - 48, height - 48);
    },
    async open() {
      await eventually("the launcher", () => visit.launcher());
      await visit.press();
      await text.waitFor();
    },
    async launcher() {
      const session = await page.context().newCDPSession(page);
      const { nodes } = await session.send("Accessibility.getFullAXTree");
      await session.detach();
      const found = nodes.find(
        (node) =>
          node.role?.value === "button" &&
          node.properties?.some((p) => p.name === "hasPopup" && p.value.value === "dialog"),
      );
      if (!found || found.ignored) return null;
      const expanded = found.properties?.find((p) => p.name === "expanded")?.value.value === true;
      return { name: String(found.name?.value), expanded };
    },
    async write(words) {
      await text.fill(words);
      await text.press("Enter");
    },
    bubbles: () => frame.locator(".bubble:visible").allInnerTexts(),
  };
  return visit;
}

const needs = createRequire(createRequire(import.meta.url).resolve("@axe-core/playwright"));
const AXE = readFileSync(needs.resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe finds in the frame as it stands. */
export async function findings(frame: Frame, where: string): Promise<string[]> {
  await frame.evaluate(AXE);
  const violations = await frame.evaluate(async (rules) => {
    type Axe = { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    const { axe } = window as unknown as { axe: Axe };
    // A frame has no landmarks of a page's own; the host's page has the main one.
    return (await axe.run({ runOnly: rules, rules: { region: { enabled: false } } })).violations;
  }, RULES);
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${where}: ${id} at ${html.slice(0, 160)}`),
  );
  const wide = await frame.evaluate(() => {
    const { scrollWidth } = document.documentElement;
    return scrollWidth > innerWidth ? `${scrollWidth} px wide in ${innerWidth}` : "";
  });
  return wide ? [...found, `${where}: ${wide}`] : found;
}

export const until = (what: string, look: () => Promise<unknown>) =>
  eventually(what, look as () => Promise<boolean>, 15_000);
