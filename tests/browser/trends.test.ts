import { expect, it } from "vitest";
import { understandMessages } from "../../server/modules/listening/listening.ts";
import { HOUR, MINUTE } from "../../server/platform/clock.ts";
import { sql } from "../../server/platform/db.ts";
import { TEST_START } from "../support/database.ts";
import { type Line, messageId, storeMessages } from "../support/messages.ts";
import { faultsOf } from "./axe.ts";
import { shoot } from "./shoot.ts";
import { PHONE, signIn, WIDE } from "./surf.ts";
import { surfedDesk } from "./surfed-desk.ts";

const here = surfedDesk();
const DAYS = 3;

/** Three quiet days, then half an hour in which forty people are angry. */
function past(now: number): Line[] {
  const at = now - TEST_START;
  const words = ["card machine is slow", "router arrived today", "signal is fine here", "bill came twice"];
  const quiet = Array.from({ length: DAYS * 48 }, (_, i) => ({
    ...{ ext: `q${i}`, from: `citizen${i % 40}`, at: at - DAYS * 24 * HOUR + i * 30 * MINUTE },
    text: `northwind ${words[i % 4]} ${i % 3 ? "again" : ""}`,
  }));
  const loud = Array.from({ length: 45 }, (_, i) => ({
    ...{ ext: `s${i}`, from: `angry${i}`, followers: 900 + i, at: at - 31 * MINUTE + i * 40_000 },
    text: `northwind has no signal on the bridge again, worst network ever, I am furious${i % 3 ? "" : ", the loan router is dead too"}`,
  }));
  return [...quiet, ...loud].map((line) => ({ ...line, backfilled: true }));
}

it("a storm rings on the desk of who looks after monitors, shows what it is made of, and is closed; trends tell what is said", {
  timeout: 240_000,
}, async () => {
  const { desk, surf } = here;
  const { accountId } = desk.company;
  const lines = past(desk.clock.now());
  await desk.db.withAccount(accountId, async (tx) => {
    const found = await sql<{ id: string }>`select id from channel where account_id = ${tx.accountId} limit 1`.execute(
      tx.tables(),
    );
    await storeMessages(tx, found.rows[0]?.id ?? "", lines);
    await understandMessages(tx, new Map(lines.map((line) => [messageId(accountId, line), { backfilled: true }])));
  });
  const marek = await desk.as("marek");
  await marek.do("POST", "/api/monitors", { name: "Names us", query: "northwind", colour: "blue" });
  await marek.do("POST", "/api/monitors", { name: "Routers", query: "router NOT furious", colour: "orange" });

  const page = await surf.window();
  await signIn(page, desk.url, "marek");
  await page.getByText("Names us: far more than usual.").waitFor();
  await page.getByRole("link", { name: "Look", exact: true }).press("Enter");
  const list = page.getByRole("list", { name: "Posts that show it" }).first();
  await list.getByText("furious").first().waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await shoot(page, "alarms");
  await page.getByRole("button", { name: "I look at it" }).first().press("Enter");
  await page.getByText("looks at it").first().waitFor();
  await page.getByText("far more than usual").waitFor({ state: "detached" });

  await page.getByRole("tab", { name: "Trends" }).click();
  await page.getByRole("table", { name: "What each monitor caught" }).getByText("Routers").waitFor();
  const theme = page.getByRole("button", { name: /signal|bridge/ }).first();
  await theme.press("Enter");
  await page
    .getByRole("list", { name: /^Posts that show/ })
    .first()
    .getByText("furious")
    .first()
    .waitFor();
  await page.setViewportSize(PHONE);
  expect(await faultsOf(page)).toEqual([]);
  await page.setViewportSize(WIDE);
  await shoot(page, "trends");

  await page.getByRole("tab", { name: "Alarms" }).click();
  await page.getByRole("button", { name: "Close …" }).first().press("Enter");
  await page.getByLabel("In a few words, for the record").fill("The mast on the bridge. Mended.");
  await page.getByRole("button", { name: "Close it" }).press("Enter");
  await page.getByRole("list", { name: "Alarms that are over" }).getByText("dealt with").waitFor();
});
