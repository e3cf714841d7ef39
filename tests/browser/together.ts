import type { Locator, Page } from "playwright-core";
import { until } from "./surf.ts";

/** What is said in the conversation that is open. */
export const words = (page: Page, name: RegExp = /, in (public|private)/): Locator =>
  page.getByRole("feed").getByRole("article", { name });

/** The conversation whose address the page has. */
export const opened = (page: Page): string => new URL(page.url()).pathname.split("/").at(-1) ?? "";

const TITLES = {
  m: "Merge another conversation into this one",
  l: "Link with another conversation",
  "Shift+M": "Move to another conversation",
};

/** Asks by a key for the conversation of this number, in which this is said, and looks at what would follow. */
export async function chooseOther(
  page: Page,
  key: keyof typeof TITLES,
  other: { number: string; says: string },
): Promise<Locator> {
  await page.keyboard.press(key);
  const dialog = page.getByRole("dialog", { name: TITLES[key] });
  await dialog.getByRole("textbox").waitFor();
  await page.keyboard.type(other.number.replace(/^C-/, ""));
  await dialog.getByText(other.says).first().waitFor();
  await page.keyboard.press("Enter");
  await dialog.getByText(key === "l" ? "All stay where they are." : "It can be taken back at any time.").waitFor();
  return dialog;
}

/** Takes the newest act that stands in the history of this conversation back. */
export async function takeBackLast(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^More/ }).click();
  await page.getByRole("menuitem", { name: "Together and apart" }).click();
  const history = page.getByRole("dialog", { name: "Together and apart" });
  const undo = history.getByRole("button", { name: "Undo" });
  await undo.first().waitFor();
  const standing = await undo.count();
  await undo.first().click();
  await until("it is taken back", async () => (await undo.count()) === standing - 1);
  await page.keyboard.press("Escape");
  await until("the dialog is gone", async () => (await history.count()) === 0);
}
