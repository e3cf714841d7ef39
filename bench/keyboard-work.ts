import type { Page } from "playwright-core";
import { until } from "../tests/browser/surf.ts";
import type { RunningHouse } from "./running-server.ts";

const ANSWER = "Sorry about that. We found the fault and it is mended by noon.";

/** `who` asks, and whoever sits at the page takes, answers and ends it, by keys alone. */
export async function workOne(page: Page, house: RunningHouse, who: string, asks: string): Promise<void> {
  const reply = page.getByRole("textbox", { name: "Public reply on Playground" });
  await house.network.post(who, asks);
  const from = page.getByRole("region", { name: new RegExp(`^Offer from ${who}\\b`) });
  const open = page.getByRole("region", { name: `Conversation with ${who}`, exact: true });
  // After the first one the next is served as soon as there is room, and then stands there by itself.
  await from.or(open).first().waitFor();
  await until("it is open", async () => {
    if (await from.isVisible()) await page.keyboard.press("t");
    return open.isVisible();
  });
  await page.getByRole("feed").getByRole("article").first().waitFor();
  await page.keyboard.press("r");
  await until("the text has the focus", () => reply.evaluate((field) => field === document.activeElement));
  await page.keyboard.type(ANSWER);
  await page.keyboard.press("Control+Enter");
  await page.getByRole("feed").getByRole("article").getByText(ANSWER).waitFor();
  await page.keyboard.press("e");
  await open.waitFor({ state: "detached" });
}
