import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Desk, openDesk } from "../support/server.ts";
import { type Story, storyOf } from "../support/story.ts";
import { axeOn } from "./axe.ts";
import { isFocused, openSurf, PHONE, type Surf, signIn, tabTo, until, WIDE } from "./surf.ts";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
const COLOURS = ["color-contrast", "link-in-text-block"];
const SIZES = { desk: WIDE, phone: PHONE } as const;
const AUDIENCES = ["Public reply", "Private", "Note"] as const;

/** Every area of the menu but the desk, and what is there when it has come. */
const PAGES = (page: Page) =>
  [
    ["wallboard", page.getByRole("heading", { name: "Queues" })],
    ["insights", page.getByRole("heading", { name: "Quantity" })],
    ["channels", page.getByRole("heading", { name: "Playground" })],
    ["team", page.getByRole("main").getByText("Priya Nair")],
    ["policy", page.getByRole("heading", { name: "What needs an answer" })],
    ["queues", page.getByRole("heading", { name: "How work is handed out" })],
    ["start", page.getByRole("main").getByText("Go to the desk")],
  ] as const;

let desk: Desk;
let story: Story;
let surf: Surf;
/** Marek's conversation, which has a private message in it, so that all three audiences are open to him. */
let conversationId: string;
beforeAll(async () => {
  surf = await openSurf();
  desk = await openDesk({ startsAt: Date.now() });
  story = storyOf(desk);
  const marek = await desk.as("marek");
  await marek.do("PUT", "/api/presence/me", { state: "busy" });
  const matter = await story.taken();
  ({ conversationId } = matter);
  await story.reply(conversationId, "Please send us your postcode in a private message.");
  await desk.quiet();
  await desk.network.dm(matter.who, "Here I am. My postcode is LS1 4AP, what happens now?");
  await desk.quiet();
  await (await desk.as("priya")).do("POST", `/api/desk/conversations/${conversationId}/notes`, {
    text: "Line 4 is cut.",
  });
  // Another one waits in Priya's hands, an offer.
  await story.asked("@northwind my router shows a red light and the internet is gone. Can you help?");
  await desk.quiet();
}, 120_000);
afterAll(async () => {
  await surf?.close();
  await desk?.stop();
});

/** What axe finds on the page as it stands, in light and in dark, and whether it can be pushed sideways. */
async function findings(page: Page, where: string): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    // The dark page differs in its colours alone.
    const axe = axeOn(page);
    const { violations } = await (colorScheme === "light" ? axe.withTags(RULES) : axe.withRules(COLOURS)).analyze();
    for (const { id, nodes } of violations)
      for (const node of nodes)
        found.push(`${where}, ${colorScheme}: ${id} at ${node.target.join(" ")} ${node.html.slice(0, 160)}`);
  }
  for (const what of await page.evaluate(sideways)) found.push(`${where}: ${what}`);
  return found;
}

/** Runs in the page: is it wider than its window, or is something that can be pressed cut off at its side? */
function sideways(): string[] {
  const found: string[] = [];
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > innerWidth) found.push(`${scrollWidth} px wide in a window of ${innerWidth}`);
  const scrolls = (element: Element | null): boolean =>
    element !== null &&
    ((/auto|scroll/.test(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth) ||
      scrolls(element.parentElement));
  for (const element of document.querySelectorAll("a[href], button, input, select, textarea, [role=tab]")) {
    const box = element.getBoundingClientRect();
    const isSeen = element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && box.width > 1;
    if (isSeen && box.top >= 0 && (box.right > innerWidth + 1 || (box.left < -1 && box.right > 0)) && !scrolls(element))
      found.push(`cut off at the side: ${element.outerHTML.slice(0, 160)}`);
  }
  return found;
}

it("a faulty page is found faulty", async () => {
  const page = await surf.window({ viewport: PHONE });
  await page.setContent(`<!doctype html><html lang="en"><title>x</title><main><h1>x</h1><img src="data:,">
    <p style="color: light-dark(#000, #222); background: light-dark(#fff, #111)">Words that nobody can read in the dark.</p>
    <p style="width: 500px; color-scheme: light">x</p></main><style>:root { color-scheme: light dark }</style>`);
  const found = (await findings(page, "faulty")).join("\n");
  expect(found).toMatch(/light: image-alt/);
  expect(found).toMatch(/dark: color-contrast/);
  expect(found).not.toMatch(/light: color-contrast/);
  expect(found).toMatch(/px wide in a window of 390/);
  await page.context().close();
});

describe.each(Object.entries(SIZES))("at the size of a %s", (name, viewport) => {
  it("no page has a finding", { timeout: 240_000 }, async () => {
    const found: string[] = [];
    const look = async (page: Page, where: string) => found.push(...(await findings(page, `${where} (${name})`)));
    const page = await surf.window({ viewport });
    await page.goto(desk.url);
    await page.getByLabel("E-mail").waitFor();
    await look(page, "sign-in");

    await page.goto(`${desk.url}/api/docs`);
    await look(page, "API docs");

    await signIn(page, desk.url, "marek");
    await page.getByText("Nothing waits for you").waitFor();
    await look(page, "desk, empty");
    for (const [path, ready] of PAGES(page)) {
      await page.goto(`${desk.url}/${path}`);
      await ready.first().waitFor();
      await look(page, path);
    }
    await page.context().close();

    const agent = await surf.window({ viewport });
    await signIn(agent, desk.url, "priya");
    await agent.locator("[data-offer]").waitFor();
    await agent.locator("[data-conversation]").first().waitFor();
    await look(agent, "desk, list and offer");
    await agent.goto(`${desk.url}/desk/${conversationId}`);
    const composer = agent.getByRole("region", { name: "Write" });
    for (const audience of AUDIENCES) {
      await composer.getByRole("tab", { name: new RegExp(`^${audience}`) }).click();
      await composer.getByRole("tab", { name: new RegExp(`^${audience}`), selected: true }).waitFor();
      await look(agent, `conversation, ${audience}`);
    }
    await agent.context().close();

    const stranger = await surf.window({ viewport });
    await stranger.goto(desk.network.playground.url);
    await look(stranger, "playground");
    await stranger.getByRole("article").last().locator("a.when").click();
    await stranger.getByRole("heading", { name: /repl/i }).first().waitFor();
    await look(stranger, "playground, post");
    await stranger.context().close();

    expect(found).toEqual([]);
    expect(surf.complaints()).toEqual([]);
  });
});

describe("with the keyboard alone", () => {
  it("everything on the desk is reached, seen to have the focus, and the focus returns", {
    timeout: 240_000,
  }, async () => {
    const page = await surf.window();
    await signIn(page, desk.url, "priya");
    // Where the pages before took long, the offer of the beginning has run out, and its agent counts as away.
    if ((await (await desk.as("priya")).get("/api/offers")).offers.length === 0) {
      await desk.presence("priya", "available");
      await story.asked("@northwind the new router hums all night. Is that how it should be?");
    }
    await page.goto(`${desk.url}/desk/${conversationId}`);
    await page.getByRole("region", { name: "Write" }).waitFor();
    await page.locator("[data-offer]").first().waitFor();

    const stops = await tabStops(page);
    const unseen = stops.filter((stop) => !stop.ring);
    expect(unseen).toEqual([]);
    expect(await missed(page)).toEqual([]);
    const names = stops.map((stop) => stop.name);
    for (const wanted of [
      /^Skip to the page/,
      /^Desk/,
      /^Insights/,
      /Mine/,
      /Take it/,
      /Decline/,
      /Resolve/,
      /^Assign/,
      /^Snooze/,
    ])
      expect(
        names.some((name) => wanted.test(name)),
        `${wanted} in ${names.join(" | ")}`,
      ).toBe(true);

    await tabTo(page, page.getByRole("button", { name: /^Assign/ }).first());
    for (const [open, shut] of [
      ["?", "Escape"],
      ["a", "Escape"],
    ] as const) {
      await page.keyboard.press(open);
      const dialog = page.getByRole("dialog");
      await dialog.waitFor();
      if (open === "?") await dialog.getByText("Resolve with the proposed outcome").waitFor();
      await page.keyboard.press(shut);
      await dialog.waitFor({ state: "detached" });
      await until("the focus is back", () => isFocused(page.getByRole("button", { name: /^Assign/ }).first()));
    }
    await page.keyboard.press("r");
    const field = page.getByRole("textbox", { name: /^Public reply on/ });
    await until("the text has the focus", () => isFocused(field));
    await page.keyboard.press("Escape");
    await until("Escape leaves the text", async () => !(await isFocused(field)));
    expect(await page.evaluate(() => document.activeElement !== document.body)).toBe(true);
    await page.context().close();
  });
});

type Stop = { name: string; ring: boolean };

/** Every place where the Tab key stops in one round, and whether the focus can be seen there. Reached elements are marked. */
async function tabStops(page: Page): Promise<Stop[]> {
  const stops: Stop[] = [];
  // From the top of the page: who leaves a field would go on from there, and some browsers end the round at the last stop.
  await page.evaluate(() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
  });
  for (let step = 0; step < 150; step++) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const here = document.activeElement as HTMLElement | null;
      if (!here || here === document.body) return null;
      if (here.dataset.reached !== undefined) return "again" as const;
      here.dataset.reached = "";
      // A text field may show the focus on the box around it, a check box on what is drawn for it.
      const seen: (Element | null)[] = [here, here.nextElementSibling];
      for (let around = here.parentElement; around && seen.length < 8; around = around.parentElement) seen.push(around);
      const ring = seen.some((element) => {
        const style = element && getComputedStyle(element);
        return style !== null && style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 2;
      });
      const name = here.getAttribute("aria-label") ?? here.textContent?.trim() ?? "";
      return { name: name.slice(0, 60) || here.outerHTML.slice(0, 120), ring };
    });
    if (stop === "again") return stops;
    if (stop) stops.push(stop);
    else if (stops.length > 0) return stops;
  }
  throw new Error("the Tab key never comes round");
}

/** What can be pressed or filled, is seen, and was not reached; what lies in a group with one stop is reached by its arrows. */
const missed = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("a[href], button, input, textarea, select, [tabindex='0']")]
      .filter((element) => element.dataset.reached === undefined && element.checkVisibility())
      .filter((element) => element.tabIndex >= 0 && !element.matches(":disabled, [type=hidden], [type=radio]"))
      .map((element) => element.outerHTML.slice(0, 160)),
  );
