import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { axeOn } from "../browser/axe.ts";
import { NOW, uid } from "./desk-town.ts";
import { INES_WHO, WHAT_PARTING_CHANGES } from "./identity-town.ts";
import { type Fake, playServer } from "./play-server.ts";
import { openScreens } from "./screens.ts";

const INES = uid(4_003);
const DESK = `http://desk.localhost/desk/${uid(2_003)}`;
const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

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
async function open(
  address: string,
  prepare?: (fake: Fake) => void,
  look: Look = {},
): Promise<{ page: Page; fake: Fake }> {
  context = await browser.newContext({
    ...{ viewport: SIZES.desk, locale: "en-GB", timezoneId: "Europe/London", reducedMotion: "reduce" },
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
/** Where the agent stands is told beside what they do. */
const last = (fake: Fake) => fake.calls.findLast((call) => !call.path.endsWith("/position"));

const known = (fake: Fake) => {
  fake.identities.set(INES, structuredClone(INES_WHO));
  fake.identityPreview = WHAT_PARTING_CHANGES;
};

test("how sure each handle is stands beside it; why, and the words that joined it, are one press away", async () => {
  const { page } = await open(DESK, known);
  await page.getByText("Verified by invitation on 3 May 2026: certain").waitFor();
  await page.getByText("Decided by Priya Nair on 3 May 2026: an agent’s judgement").waitFor();
  await page.getByText("May be somebody else since 1 Nov 2026").waitFor();
  await page.getByRole("button", { name: "Why ines@rocha.example belongs here" }).click();
  const panel = page.getByRole("dialog", { name: "Why ines@rocha.example belongs here" });
  await panel.getByText("Says: “I am ines@rocha.example”.").waitFor();
  await panel.getByText("very sure, 95 %").waitFor();
  expect(await panel.getByRole("link", { name: "Where it was said" }).getAttribute("href")).toContain(uid(2_090));
});

test("two keys part what is joined wrongly, after showing what would change; Z takes it back", async () => {
  const { page, fake } = await open(DESK, known);
  await page.getByRole("button", { name: "Why ines@rocha.example belongs here" }).click();
  await page.getByRole("button", { name: "Somebody else", exact: true }).press("Enter");
  await page.getByText("This join was verified by a token").waitFor();
  await page.getByText("1 conversation goes along.").waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("The handle is somebody else’s from now on.").waitFor();
  expect(last(fake)).toMatchObject({
    path: `/api/customers/${INES}/partings`,
    body: { handleIds: [INES_WHO.handles[1]!.id], expectedVersion: 4 },
  });
  await page.keyboard.press("Escape");
  await page.keyboard.press("z");
  await page.getByText("Taken back. Everything is as it was before.").waitFor();
  expect(last(fake)!.path).toContain("/api/customer-joins/");
});

test("one key answers a suggestion, each way, and the history takes it back any time later", async () => {
  const { page, fake } = await open(DESK, known);
  await page.getByText("Both name the number a55102.").waitFor();
  await page.getByText("May pretend to be somebody else").waitFor();
  await page.keyboard.press("y");
  await page.getByText("One customer from now on.").waitFor();
  expect(last(fake)!.path).toBe(`/api/customer-suggestions/${uid(8_401)}/accept`);
  await page.keyboard.press("Shift+Y");
  await page.getByText("Two people. It is not asked again.").waitFor();
  expect(last(fake)!.path).toBe(`/api/customer-suggestions/${uid(8_401)}/refuse`);
  await page.getByText("What was decided").click();
  expect(await page.getByText("taken back by Priya Nair").count()).toBe(1);
  await page.getByRole("complementary", { name: "Customer" }).getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Take it back" }).press("Enter");
  await expect.poll(() => last(fake)!.path, { timeout: 10_000 }).toBe(`/api/customer-joins/${uid(8_200)}/undo`);
});

test("messages that were placed because of a join are parted with it, or left, as the agent says", async () => {
  const { page, fake } = await open(DESK, (fake) => {
    known(fake);
    fake.identityPreview = { ...WHAT_PARTING_CHANGES, stitched: { messages: 3, conversations: 1 } };
  });
  for (const [choice, stitched] of [
    ["Part 3 messages, too", "part"],
    ["Leave them", "leave"],
  ] as const) {
    await page.getByRole("button", { name: "Why ines@rocha.example belongs here" }).click();
    await page.getByRole("button", { name: "Somebody else", exact: true }).press("Enter");
    await page.getByText("3 messages were placed because of this join: part them?").waitFor();
    await page.getByRole("button", { name: choice }).press("Enter");
    await expect.poll(() => last(fake)?.body, { timeout: 10_000 }).toMatchObject({ stitched });
    await page.getByText("The handle is somebody else’s from now on.").first().waitFor();
  }
  await page.getByText("What was decided").click();
  await page.getByRole("complementary", { name: "Customer" }).getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Part 3 messages, too" }).press("Enter");
  await expect
    .poll(() => last(fake), { timeout: 10_000 })
    .toMatchObject({ path: `/api/customer-joins/${uid(8_200)}/undo`, body: { stitched: "part" } });
});

test("who decided first is named, and nothing is lost", async () => {
  const { page } = await open(DESK, (fake) => {
    known(fake);
    const detail = "Dana Okafor decided this meanwhile.";
    fake.trouble.set("/accept", {
      status: 409,
      body: { title: "It was changed", status: 409, code: "version-conflict", detail },
    });
  });
  await page.getByText("Both name the number a55102.").waitFor();
  await page.keyboard.press("y");
  await page.getByText("Dana Okafor decided this meanwhile.").first().waitFor();
});

test("another customer is joined by the number of a conversation of his, preview first", async () => {
  const { page, fake } = await open(DESK, (fake) => {
    known(fake);
    const versions = [...WHAT_PARTING_CHANGES.versions, { id: uid(4_050), name: "Ines R.", version: 2 }];
    fake.identityPreview = { ...WHAT_PARTING_CHANGES, versions };
  });
  await page.getByRole("button", { name: "Join with another customer" }).click();
  await page.getByLabel("Number of a conversation of theirs").fill("C-20007");
  await page.keyboard.press("Enter");
  await page.getByText("Join with Ines R.").waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("One customer from now on.").waitFor();
  expect(last(fake)).toMatchObject({
    path: `/api/customers/${INES}/joins`,
    body: { otherId: uid(4_050), otherVersion: 2, expectedVersion: 4 },
  });
});

test("without the right to join there is nothing to press, and without an answer the handles alone stand", async () => {
  const { page } = await open(DESK, (fake) => {
    known(fake);
    fake.identities.get(INES)!.mayJoin = false;
  });
  await page.getByText("Both name the number a55102.").waitFor();
  expect(await page.getByRole("button", { name: "Same person" }).count()).toBe(0);
  expect(await page.getByRole("button", { name: "Join with another customer" }).count()).toBe(0);
  await context?.close();
  const other = await open(DESK);
  await other.page.getByRole("heading", { name: /Handles/ }).waitFor();
});

test.each([
  ["desk", "light"],
  ["desk", "dark"],
  ["phone", "light"],
  ["phone", "dark"],
] as const)("%s in %s: nobody is shut out", async (size, colorScheme) => {
  const { page } = await open(`${DESK}#customer`, known, { viewport: SIZES[size], colorScheme });
  await page.getByText("Both name the number a55102.").waitFor();
  const shots = process.env.HUBBUB_SHOTS;
  if (shots) await page.screenshot({ path: join(shots, `identity-${size}-${colorScheme}.png`) });
  await page.getByRole("button", { name: "Why ines@rocha.example belongs here" }).click();
  await page.getByRole("dialog", { name: "Why ines@rocha.example belongs here" }).waitFor();
  if (shots) await page.screenshot({ path: join(shots, `identity-why-${size}-${colorScheme}.png`) });
  const found = await axeOn(page).include("aside").analyze();
  expect(found.violations.filter((v) => v.impact === "serious" || v.impact === "critical")).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)).toBe(false);
});
