import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import type { Json } from "../support/api-client.ts";
import { eventually } from "../support/eventually.ts";
import { faultsOf } from "./axe.ts";
import { shoot } from "./shoot.ts";
import { isFocused, PHONE, signIn, WIDE } from "./surf.ts";
import { surfedDesk } from "./surfed-desk.ts";

const here = surfedDesk();
const reasons = (...below: { key: string; name: string }[]) => [
  { key: "net", name: "Network", below: [{ key: "cable", name: "Cable cut" }, ...below] },
  { key: "bill", name: "Bill" },
];
const OUTCOMES = (...below: { key: string; name: string }[]) => [
  { key: "solved", name: "Solved", reasons: reasons(...below) },
  { key: "no-answer-needed", name: "No answer needed" },
];

async function fileOf(page: Page, name: string): Promise<string[]> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name, exact: true }).press("Enter"),
  ]);
  return (await readFile(await download.path(), "utf8")).trim().split("\r\n");
}

it("a supervisor sees what came of the work and why, goes to the conversations behind it by keys alone, and takes it along as a file", {
  timeout: 240_000,
}, async () => {
  const { desk, story, surf } = here;
  const [marek, priya] = [await desk.as("marek"), await desk.as("priya")];
  await marek.do("PUT", "/api/settings/desk.outcomes", { value: OUTCOMES({ key: "mast", name: "Mast down" }) });
  const numbers: string[] = [];
  for (const [outcome, closing] of [
    ["solved", { reason: ["net", "mast"], feedback: "The map shows no masts.", lead: true }],
    ["solved", { reason: ["net", "cable"] }],
    ["solved", { reason: ["net", "cable"] }],
    ["no-answer-needed", {}],
  ] as [string, Json][]) {
    const { conversationId, view } = await story.taken();
    const expectedVersion = view.work.version;
    await priya.do("POST", `/api/desk/conversations/${conversationId}/resolve`, { outcome, closing, expectedVersion });
    numbers.push(view.number);
  }
  await marek.do("PUT", "/api/settings/desk.outcomes", { value: OUTCOMES() });
  await eventually("all are counted", async () => {
    const [from, to] = [-86_400_000, 60_000].map((ms) => new Date(desk.clock.now() + ms).toISOString());
    return (await marek.get(`/api/insights/outcomes?from=${from}&to=${to}`)).count === 4;
  });

  const page = await surf.window({ acceptDownloads: true });
  await signIn(page, desk.url, "marek");
  await page.goto(`${desk.url}/insights`);
  const table = page.getByRole("table", { name: /Outcomes and reasons of the conversations/ });
  const line = async (name: string) => (await table.getByRole("row", { name }).innerText()).split("\n").join(" ");
  await table.getByRole("button", { name: "Network", exact: true }).waitFor();
  expect(await line("Solved")).toMatch(/Solved.*3\s.*75 %.*none before/);
  expect(await line("Network")).toMatch(/Network.*3\s.*100 %/);
  expect(await table.getByText("Mast down").count()).toBe(0);
  await table.getByRole("button", { name: "What is below Network" }).press("Enter");
  expect(await line("Cable cut")).toMatch(/Cable cut.*2\s.*66.7 %/);
  expect(await line("Mast down")).toMatch(/Mast down.*retired.*1\s.*33.3 %/);
  await page.getByText("by its last resolution in these days").waitFor();

  // A line opens what is behind it; Esc closes it and goes on where it was.
  const mast = table.getByRole("button", { name: "Mast down", exact: true });
  await mast.press("Enter");
  const pane = page.getByRole("complementary", { name: "The chosen figure" });
  await pane.getByRole("link", { name: `Open ${numbers[0]}` }).waitFor();
  await pane.getByText("Solved → Network → Mast down").first().waitFor();
  expect(await pane.getByText("The map shows no masts.").count()).toBe(1);
  expect(await pane.getByRole("table").getByRole("row").count()).toBe(2);
  expect(await faultsOf(page)).toEqual([]);
  await shoot(page, "outcomes-pane");
  await page.keyboard.press("Escape");
  await pane.waitFor({ state: "detached" });
  expect(await isFocused(mast)).toBe(true);
  for (const [name, number] of [
    ["Product feedback", numbers[0]],
    ["Leads", numbers[0]],
  ] as const) {
    await page.getByRole("button", { name, pressed: false }).press("Enter");
    await pane.getByRole("heading", { name, level: 2 }).waitFor();
    await pane.getByRole("link", { name: `Open ${number}` }).waitFor();
    expect(await pane.getByRole("link").count()).toBe(1);
  }
  const rows = await fileOf(page, "All rows as CSV");
  expect(rows).toHaveLength(2);
  expect(rows[1]).toMatch(new RegExp(`^${numbers[0]},.*Solved,Network,Mast down,1,The map shows no masts\\.`));
  const lines = await fileOf(page, "Table as CSV");
  expect(lines.slice(1).map((one) => one.split(",").slice(0, 6).join())).toEqual([
    ...["Solved,,,now,3,0", "Solved,Network,,now,3,0", "Solved,Network,Cable cut,now,2,0"],
    ...["Solved,Network,Mast down,before,1,0", "No answer needed,,,now,1,0"],
  ]);
  // What is open stands in the address; from the row it is one key to the conversation.
  await page.reload();
  await pane.getByRole("link", { name: `Open ${numbers[0]}` }).press("Enter");
  await page.waitForURL(/\/desk\/[0-9a-f-]{36}/);
  await page
    .getByText(/marked as a lead; feedback on the product/)
    .first()
    .waitFor();

  for (const viewport of [WIDE, PHONE])
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.goto(`${desk.url}/insights`);
      await table.getByRole("button", { name: "Network", exact: true }).waitFor();
      expect([viewport.width, colorScheme, await faultsOf(page)]).toEqual([viewport.width, colorScheme, []]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
    }
  await page.setViewportSize(WIDE);
  await shoot(page, "outcomes");

  // Days in which nothing was resolved; and an answer that does not come, until it comes.
  await page.goto(`${desk.url}/insights?span=custom&first=2020-03-01&last=2020-03-02`);
  await page.getByText("Nothing was resolved in these days").waitFor();
  await page.getByRole("button", { name: "Table as CSV" }).and(page.locator("[aria-disabled=true]")).waitFor();
  let shut = true;
  await page.route("**/api/insights/outcomes?**", (route) => (shut ? route.abort() : route.fallback()));
  await page.goto(`${desk.url}/insights`);
  const part = page.getByRole("region", { name: "Outcomes and reasons", exact: true });
  const again = part.getByRole("button", { name: "Try again" });
  await again.waitFor();
  await page.getByRole("heading", { name: "Quantity" }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  shut = false;
  await again.press("Enter");
  await table.getByRole("button", { name: "Network", exact: true }).waitFor();
});
