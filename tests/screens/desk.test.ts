import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { axeOn } from "../browser/axe.ts";
import { at, ines, ME, mark, NOW, offer, uid } from "./desk-town.ts";
import { type Fake, playServer } from "./play-server.ts";
import { openScreens } from "./screens.ts";

const INES = `http://desk.localhost/desk/${uid(2_003)}`;
const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

let web = "";
let browser: Browser;
let context: BrowserContext | undefined;
const faults: string[] = [];

beforeAll(async () => {
  ({ web, browser } = await openScreens());
}, 120_000);
afterEach(async () => {
  await context?.close();
  context = undefined;
  expect(faults.splice(0)).toEqual([]);
});
afterAll(async () => {
  await browser?.close();
});

type Look = { viewport?: { width: number; height: number }; colorScheme?: "light" | "dark" };

async function openDesk(
  address: string,
  prepare?: (fake: Fake) => void,
  look: Look = {},
): Promise<{ page: Page; fake: Fake }> {
  context = await browser.newContext({
    viewport: DESK,
    locale: "en-GB",
    timezoneId: "Europe/London",
    reducedMotion: "reduce",
    ...look,
  });
  context.setDefaultTimeout(30_000);
  const fake = await playServer(context, web);
  prepare?.(fake);
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (said) => said.text().includes("Content Security Policy") && faults.push(said.text()));
  await page.clock.install({ time: NOW });
  await page.goto(address);
  return { page, fake };
}
const field = (page: Page) => page.getByRole("textbox");
const sent = (fake: Fake, part: string) => fake.calls.filter((call) => call.path.endsWith(part));

test("four keys beside the words: take, reply, publish, resolve, and the next is there", async () => {
  const { page, fake } = await openDesk("http://desk.localhost/desk");
  await page.getByRole("link", { name: "Hamid Farouq, WhatsApp, private, unread" }).waitFor();
  await page.getByRole("region", { name: /^Offer from Callum Reid/ }).waitFor();
  await page.keyboard.press("t");
  await page.getByRole("heading", { name: "Billed twice after moving my number over" }).waitFor();
  await page.keyboard.press("r");
  await page.getByRole("textbox", { name: "Public reply on Playground" }).and(page.locator(":focus")).waitFor();
  await page.keyboard.type("Sorry, Callum. We pay one back.");
  await page.keyboard.press("Control+Enter");
  await page
    .getByText(/Public reply goes out in/)
    .first()
    .waitFor();
  await page.getByRole("button", { name: "Resolve: Answered" }).waitFor();
  await page.keyboard.press("e");
  await page.getByText("Resolved: Answered.").waitFor();
  // The most urgent of mine.
  await page.waitForURL(`**/desk/${uid(2_001)}`);
  expect(sent(fake, "/replies")).toMatchObject([
    { body: { audience: "public", text: "Sorry, Callum. We pay one back.", expectedVersion: 3 } },
  ]);
  expect(sent(fake, "/resolve")).toMatchObject([{ body: { outcome: "answered", expectedVersion: 3 } }]);
  expect(fake.calls.every((call) => call.key !== null)).toBe(true);
});

test("asked for a moment before the first offer is there, it is waited for; asked for when there is none, that is said", async () => {
  const { page, fake } = await openDesk("http://desk.localhost/desk", (town) => {
    town.mine = [];
    town.offers = [];
  });
  await page.getByText("Nothing is open", { exact: true }).waitFor();
  let answered = page.waitForResponse("**/api/work/next");
  await page.keyboard.press("t");
  await answered;
  await page.keyboard.press("t");
  fake.offers = [offer(1, "Callum Reid", 41)];
  await page.clock.runFor(1_000);
  await page.getByRole("heading", { name: "Billed twice after moving my number over" }).waitFor();
  expect(sent(fake, "/next")).toHaveLength(1);
  expect(sent(fake, "/accept")).toHaveLength(1);
  fake.mine = [];
  await page.goto("http://desk.localhost/desk");
  await page.getByText("Nothing is open", { exact: true }).waitFor();
  answered = page.waitForResponse("**/api/work/next");
  await page.keyboard.press("t");
  await answered;
  await page.clock.runFor(5_000);
  await page.getByText("Nothing waits that you could take now.").first().waitFor();
});

test("nothing typed is lost: neither by a reload nor by a look at another conversation", async () => {
  const { page } = await openDesk(INES);
  await page.getByRole("heading", { name: /No 4G in Leith/ }).waitFor();
  await page.keyboard.press("p");
  await page.keyboard.type("Only for you, Ines.");
  await page.reload();
  await page.getByRole("heading", { name: /No 4G in Leith/ }).waitFor();
  expect(await field(page).inputValue()).toBe("Only for you, Ines.");
  // A private draft stays private.
  await page.getByText("Only Ines Rocha reads this.").waitFor();
  await page.getByText("Saved 14:52").waitFor();
  await page.getByRole("link", { name: /^Moving two SIMs/ }).click();
  await page.goBack();
  await page.getByText("Only Ines Rocha reads this.").waitFor();
  expect(await field(page).inputValue()).toBe("Only for you, Ines.");
});

test("switching the readers keeps the words, says it by edge, band and button, and warns of what was told in private", async () => {
  const { page, fake } = await openDesk(INES);
  await page.getByRole("heading", { name: /No 4G in Leith/ }).waitFor();
  await page.keyboard.press("r");
  await page.keyboard.type("Is 07700 900318 still yours?");
  await page.getByText("“07700 900318” was told in private. Take it out, or answer in private.").waitFor();
  await page.keyboard.press("Control+Enter");
  expect(sent(fake, "/replies")).toEqual([]);
  await page.keyboard.press("Alt+p");
  await page.getByRole("tab", { name: /^Private/, selected: true }).waitFor();
  expect(await field(page).inputValue()).toBe("Is 07700 900318 still yours?");
  await page.getByRole("button", { name: /^Send to Ines Rocha/ }).waitFor();
  await page.keyboard.press("Alt+n");
  await page.getByText("Only the team reads this.", { exact: true }).waitFor();
  await page.keyboard.press("Control+Enter");
  await page
    .getByRole("article", { name: /^Note by Priya Nair/ })
    .last()
    .getByText("Is 07700 900318 still yours?")
    .waitFor();
  expect([sent(fake, "/notes").length, sent(fake, "/replies").length]).toEqual([1, 0]);
});

test("Z within the eight seconds brings the words back and nobody has seen them", async () => {
  const { page, fake } = await openDesk(INES);
  await page.getByRole("heading", { name: /No 4G in Leith/ }).waitFor();
  await page.keyboard.press("r");
  await page.keyboard.type("Too early.");
  await page.keyboard.press("Control+Enter");
  await page
    .getByText(/Public reply goes out in/)
    .first()
    .waitFor();
  expect(await field(page).inputValue()).toBe("");
  await page.getByRole("button", { name: "Undo" }).last().waitFor();
  await page.keyboard.press("z");
  await expect.poll(() => field(page).inputValue()).toBe("Too early.");
  expect(sent(fake, "/undo")).toHaveLength(1);
});

test("a refusal keeps the words and says why", async () => {
  const problem = {
    type: "x",
    title: "The reply may not leave",
    status: 422,
    code: "preflight-refused",
    detail: "The stop switch is on.",
  };
  const { page } = await openDesk(INES, (fake) => fake.trouble.set("/replies", { status: 422, body: problem }));
  await page.getByRole("heading", { name: /No 4G in Leith/ }).waitFor();
  await page.keyboard.press("r");
  await page.keyboard.type("We are on it.");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("alert").filter({ hasText: "The stop switch is on." }).waitFor();
  expect(await field(page).inputValue()).toBe("We are on it.");
});

test("without an answer the same words are sent under the same key, so that they go out once", async () => {
  const { page, fake } = await openDesk(INES, (one) => one.trouble.set("/replies", "hang up"));
  await page.getByRole("heading", { name: /No 4G in Leith/ }).waitFor();
  await page.keyboard.press("r");
  await page.keyboard.type("We are on it.");
  await page.keyboard.press("Control+Enter");
  await page.getByText("The server has not said whether it took it.").waitFor();
  expect(await field(page).inputValue()).toBe("We are on it.");
  fake.trouble.clear();
  await page.keyboard.press("r");
  await page.keyboard.press("Control+Enter");
  await page
    .getByText(/Public reply goes out in/)
    .first()
    .waitFor();
  expect(new Set(sent(fake, "/replies").map((call) => call.key)).size).toBe(1);
});

test("somebody was first: what they did is shown, the words stay", async () => {
  const theirs = {
    type: "reply" as const,
    files: [],
    id: uid(8_900),
    at: at(-5_000),
    agent: { id: uid(3), name: "Dana Okafor", initials: "DO" },
  };
  const { page } = await openDesk(INES, (fake) =>
    fake.trouble.set("/replies", {
      status: 409,
      body: { type: "x", title: "Changed", status: 409, code: "version-conflict", detail: "It was changed meanwhile." },
    }),
  );
  await page.getByRole("heading", { name: /No 4G in Leith/ }).waitFor();
  await page.keyboard.press("r");
  await page.keyboard.type("I will call you.");
  await context?.route(`**/api/desk/conversations/${uid(2_003)}`, (route) => {
    const now = ines();
    const reply = {
      ...theirs,
      audience: "public",
      mark: mark("playground", "public"),
      text: "You’ll hear by five.",
      disclosure: "",
    };
    const rest = {
      answersMessageId: uid(6_005),
      state: "sending",
      goesAt: at(0),
      error: null,
      permalink: null,
      version: 1,
    };
    return route.fulfill({
      json: { ...now, work: { ...now.work, version: 4 }, timeline: [...now.timeline, { ...reply, ...rest }] },
    });
  });
  await page.keyboard.press("Control+Enter");
  await page.getByText(/Dana Okafor answered at .*You’ll hear by five/).waitFor();
  expect(await field(page).inputValue()).toBe("I will call you.");
});

test("work that is nobody's is taken before it is answered", async () => {
  const base = ines();
  const { page, fake } = await openDesk(INES, (one) =>
    one.views.set(base.id, { ...base, work: base.work && { ...base.work, owner: null, state: "queued" } }),
  );
  await page.getByText("Nobody has it yet. Take it, then answer.").waitFor();
  await page.getByRole("region", { name: "Write" }).getByRole("button", { name: "Take it", exact: true }).click();
  await expect.poll(() => sent(fake, "/take")).toMatchObject([{ body: { expectedVersion: 3 } }]);
});

test("the list is one tab stop, and J, K, arrows and Enter walk it", async () => {
  const { page } = await openDesk("http://desk.localhost/desk");
  await page.getByRole("link", { name: /^Hamid Farouq/ }).waitFor();
  expect(await page.locator("[data-conversation][tabindex='0']").count()).toBe(1);
  await page.keyboard.press("j");
  await page.locator(`[data-conversation="${uid(2_001)}"]:focus`).waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("ArrowDown");
  await page.locator(`[data-conversation="${uid(2_003)}"]:focus`).waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: /No 4G in Leith/ }).waitFor();
});

test.each([
  ["desk, light", DESK, "light"],
  ["desk, dark", DESK, "dark"],
  ["phone, light", PHONE, "light"],
  ["phone, dark", PHONE, "dark"],
] as const)(
  "%s: no accessibility fault in the list, the conversation with every state of a reply, and the customer",
  async (_name, viewport, colorScheme) => {
    const base = ines();
    const reply = (n: number, state: string) => ({
      ...{
        type: "reply",
        files: [],
        id: uid(8_800 + n),
        at: at(-30_000 + n),
        agent: ME,
        audience: n % 2 ? "private" : "public",
        mark: mark("playground", "public"),
      },
      ...{
        text: "We pay one back.",
        disclosure: "",
        answersMessageId: uid(6_005),
        state,
        goesAt: at(60_000),
        permalink: null,
        version: 1,
      },
      error: state === "failed" ? { class: "not-found", message: "The post is gone.", todo: "Choose another." } : null,
    });
    const replies = ["undoable", "sending", "unknown", "failed"].map((state, n) => reply(n, state));
    const { page } = await openDesk(
      "http://desk.localhost/desk",
      (fake) => {
        fake.views.set(base.id, { ...base, timeline: [...base.timeline, ...(replies as typeof base.timeline)] });
      },
      { viewport, colorScheme },
    );
    const check = async () => {
      const { violations } = await axeOn(page).analyze();
      return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`);
    };
    await page.getByRole("link", { name: /^Hamid Farouq/ }).waitFor();
    expect(await check()).toEqual([]);
    await page.goto(INES);
    await page.getByText("Playground has not said whether it took it.").waitFor();
    expect(await check()).toEqual([]);
    await page.goto(`${INES}#customer`);
    await page.getByText("Twelve months").waitFor();
    expect(await check()).toEqual([]);
    // The page never goes sideways.
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  },
  60_000,
);

test("what is shown at once is taken back when the server says no, and the screen says what it said", async () => {
  const no = (detail: string) => ({
    status: 409,
    body: { type: "x", title: "Not now", status: 409, code: "not-now", detail },
  });
  const { page } = await openDesk(INES, (fake) => {
    fake.trouble.set("/accept", no("Dana took it first."));
    fake.trouble.set("/decline", no("It was taken back already."));
    fake.trouble.set("/presence/me", no("Your shift ended at five."));
    fake.trouble.set("/notes", no("The conversation was joined to another."));
  });
  const offer = page.getByRole("region", { name: /^Offer from Callum Reid/ });
  await page.getByRole("heading", { name: /No 4G in Leith/ }).waitFor();
  await offer.getByRole("button", { name: /^Take it/ }).click();
  await page.getByText("Dana took it first.").first().waitFor();
  await offer.getByRole("button", { name: /^Decline/ }).click();
  await page.getByRole("menuitem").first().click();
  await page.getByText("It was taken back already.").first().waitFor();
  await offer.waitFor();

  const here = page.getByRole("button", { name: /Change whether you are here/ });
  expect(await here.textContent()).toMatch(/^Available/);
  await here.click();
  await page.getByRole("menuitemradio", { name: /^Break/ }).click();
  await page.getByText("Your presence was not changed. Your shift ended at five.").first().waitFor();
  expect(await here.textContent()).toMatch(/^Available/);

  await page.getByRole("tab", { name: /^Note/ }).click();
  await field(page).fill("Call her tomorrow.");
  await page.getByRole("button", { name: /^Add note/ }).click();
  const refusal = page.getByRole("alert").filter({ hasText: "The conversation was joined to another." });
  await refusal.getByText("Your text is safe below.").waitFor();
  expect(await field(page).inputValue()).toBe("Call her tomorrow.");
  expect(await page.getByRole("feed").getByText("Call her tomorrow.").count()).toBe(0);
});
