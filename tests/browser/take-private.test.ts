import { afterEach, expect, it } from "vitest";
import { isFocused, PHONE, signIn, speak, until } from "./surf.ts";
import { surfedDesk } from "./surfed-desk.ts";

const OUTAGE = "@northwind my internet has been down since this morning, when will it work again?";

const here = surfedDesk({ config: { sendTimeoutMs: 700 } });
afterEach(() => here.story.clear());

it("T, V and Ctrl Enter take a public post private; the customer follows the link, and comes back verified", {
  timeout: 240_000,
}, async () => {
  const network = here.desk.network.playground.url;
  const page = await here.surf.window();
  await signIn(page, here.desk.url, "priya");
  const customer = await here.surf.window({ viewport: PHONE });
  await speak(customer, network, { name: "Ines Rocha", handle: "ines_rocha" }, OUTAGE);
  await page.getByRole("region", { name: /^Offer from Ines Rocha/ }).waitFor();
  await page.keyboard.press("t");
  await page
    .getByRole("feed")
    .getByRole("article", { name: /^Ines Rocha, in public/ })
    .waitFor();
  const answer = page.getByRole("textbox", { name: "Public reply on Playground" });
  await page.getByRole("button", { name: "Where to invite them" }).waitFor();

  await page.keyboard.press("v");
  await until("the invitation is written", async () => /\/i\/[0-9A-Z]{12}\./.test(await answer.inputValue()));
  expect(await isFocused(answer)).toBe(true);
  await page.keyboard.press("Control+Enter");
  const chip = page.getByText(/^Invited to DM by Priya Nair/);
  await chip.waitFor();
  expect(await chip.textContent()).toBe("Invited to DM by Priya Nair");

  await customer.reload();
  const link = customer.getByRole("link", { name: /\/i\/[0-9A-Z]{12}\./ }).first();
  await link.waitFor();
  await customer.goto((await link.getAttribute("href"))!);
  await customer.getByRole("heading", { name: "Northwind Mobile would like to go on in private" }).waitFor();
  await page.getByText("Invited to DM by Priya Nair · opened").waitFor();

  await customer.getByRole("link", { name: "Open" }).click();
  const words = customer.getByLabel("Message to Northwind Mobile");
  expect(await words.inputValue()).toMatch(/^HB-/);
  await words.press("End");
  await words.pressSequentially(" here I am");
  await customer.getByRole("button", { name: "Send" }).click();
  await page.getByText("Invited to DM by Priya Nair · opened · came back").waitFor();
  await page.getByText("verified by invite").waitFor();
  await page.getByRole("textbox", { name: "Private reply to Ines Rocha" }).waitFor();

  await page.keyboard.press("n");
  await page.getByRole("button", { name: "Write down a call" }).click();
  await page.getByLabel("What was said?").fill("Told her that it works again at four.");
  await page.getByRole("button", { name: "Write it down" }).click();
  await page.getByRole("feed").getByText("Told her that it works again at four.").waitFor();

  await page.keyboard.press("p");
  await page.getByRole("button", { name: "Write the closing note" }).click();
  await until("the closing note stands in the public reply", async () =>
    (await answer.inputValue()).includes("in private"),
  );
});
