import { expect, test } from "vitest";
import { townAnswers } from "./area-town.ts";
import { leastAnswers } from "./least-answers.ts";
import { openScreens } from "./screens.ts";
import { openState } from "./state-screens.ts";

test("people with one item and with two are counted in words that fit", async () => {
  const { web, browser } = await openScreens();
  try {
    const answers = townAnswers(leastAnswers(1), leastAnswers());
    const { page, faults } = await openState(browser, web, "empty", (path) => {
      const answer = answers(path) as { people: object[] };
      return path === "/api/wallboard"
        ? { ...answer, people: answer.people.map((one, n) => ({ ...one, items: n + 1 })) }
        : answer;
    });
    await page.goto("http://desk.localhost/wallboard");
    await page.getByText("4, 1 item", { exact: true }).waitFor({ timeout: 10_000 });
    await page.getByText("1, 2 items", { exact: true }).waitFor({ timeout: 10_000 });
    expect(faults).toEqual([]);
  } finally {
    await browser.close();
  }
}, 120_000);
