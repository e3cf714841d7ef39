import type { BrowserContext, Page } from "playwright-core";
import { expect, it } from "vitest";
import type { Person } from "../support/company.ts";
import { PHONE, until } from "./surf.ts";
import { surfedDesk } from "./surfed-desk.ts";

const here = surfedDesk();

/** A browser in which somebody is signed in already. */
async function browserOf(who: Person, options: Parameters<typeof here.surf.context>[0] = {}): Promise<BrowserContext> {
  const { cookies } = await here.desk.as(who);
  const context = await here.surf.context(options);
  await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url: here.desk.url })));
  return context;
}
/** Whether the page, or what scrolls in it as a whole, can be pushed sideways. */
const isAcross = (page: Page): Promise<boolean> =>
  page.evaluate(() =>
    [document.documentElement, document.querySelector("main")].some((one) => one && one.scrollWidth > one.clientWidth),
  );

it("an agent's language goes where the agent goes, is read from the right and fits a phone", {
  timeout: 120_000,
}, async () => {
  await (await here.desk.as("marek")).do("PUT", "/api/preferences", { language: "ar" });
  const context = await browserOf("marek", { viewport: PHONE });
  const page = await context.newPage();
  for (const path of ["/desk", "/wallboard", "/escalations", "/approvals", "/settings"]) {
    await page.goto(here.desk.url + path);
    await page.locator("html[dir=rtl][lang=ar]").waitFor();
    await page.locator("main :is(h2, h3, p, [role=tab])").first().waitFor();
    expect(await isAcross(page), path).toBe(false);
  }
  // The next page of this machine begins in it, before anybody is asked who they are.
  expect(await page.evaluate(() => JSON.parse(localStorage.getItem("hubbub.look") ?? "{}").locale)).toBe("ar");
  await context.close();
});

it("what matters rings once, however many tabs are open, and names nobody", { timeout: 120_000 }, async () => {
  const { desk, story } = here;
  await desk.presence("marek", "busy");
  await (await desk.as("priya")).do("PUT", "/api/preferences", {
    notices: {
      kinds: { offer: { sound: true, desktop: true } },
      ...{ volume: 50, hideWords: true, quiet: null, hushUntil: null, graveRings: true },
    },
  });
  const context = await browserOf("priya");
  const rang: string[] = [];
  await context.exposeFunction("rang", (what: string) => rang.push(what));
  // A desk that cannot be seen, a system that shows notices and a loudspeaker: all they do is count.
  await context.addInitScript(() => {
    const tell = (globalThis as unknown as { rang: (what: string) => void }).rang;
    Object.defineProperty(document, "hidden", { get: () => true });
    class Shown {
      static permission = "granted";
      constructor(title: string, { body }: { body: string }) {
        tell(`notice: ${title}, ${body}`);
      }
    }
    class Loud {
      resume() {
        tell("sound");
        return new Promise(() => {});
      }
    }
    Object.assign(globalThis, { Notification: Shown, AudioContext: Loud });
  });
  const tabs = [await context.newPage(), await context.newPage()];
  await Promise.all(
    tabs.map(async (tab) => {
      await tab.goto(`${desk.url}/desk`);
      await tab.locator("[data-notices][data-hears~=offers]").waitFor({ state: "attached" });
    }),
  );
  const leading = () => Promise.all(tabs.map((tab) => tab.locator("[data-notices][data-leads=yes]").count()));
  await until("one of them speaks", async () => (await leading()).filter((count) => count === 1).length === 1);
  await story.asked();
  await until("it rang", async () => rang.length >= 2);
  await Promise.all(tabs.map((tab) => tab.locator("[data-offer]").waitFor()));
  expect(rang.toSorted()).toEqual([expect.stringMatching(/^notice: An offer waits for you, \w+, public$/), "sound"]);
  await context.close();
});

it("without the server the desk says so out of its own shell, and comes back; nothing that was answered is kept", {
  timeout: 120_000,
}, async () => {
  const { desk } = here;
  const context = await browserOf("priya", { serviceWorkers: "allow" });
  const page = await context.newPage();
  await page.goto(`${desk.url}/desk`);
  await page.getByRole("navigation", { name: "Work list" }).waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const kept = await page.evaluate(async () => {
    const all = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    return all.flat().map((request) => new URL(request.url).pathname);
  });
  expect(kept).toContain("/");
  expect(kept.filter((path) => !/^\/($|assets\/[\w.-]+$|look\.js$|hubbub\.svg$)/.test(path))).toEqual([]);
  // Where a notice leads, an open desk goes by itself.
  await page.evaluate(() => {
    const said = new MessageEvent("message", { data: { open: "/settings" } });
    navigator.serviceWorker.dispatchEvent(said);
  });
  await page.getByRole("heading", { name: "Your settings" }).waitFor();
  await desk.restart(async () => {
    await page.goto(`${desk.url}/wallboard`);
    await page.getByRole("heading", { name: "Hubbub cannot be reached" }).waitFor();
  });
  // It asks again by itself every ten seconds; the browser's word that the line is back is the same and sooner.
  await page
    .getByRole("button", { name: "Try now" })
    .or(page.getByRole("heading", { name: "Queues" }))
    .first()
    .waitFor();
  await page.evaluate(() => void dispatchEvent(new Event("online")));
  await page.getByRole("heading", { name: "Queues" }).waitFor();
  expect(new URL(page.url()).pathname).toBe("/wallboard");
  await context.close();
});
