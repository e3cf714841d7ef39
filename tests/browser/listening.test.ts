import { expect, it } from "vitest";
import { faultsOf } from "./axe.ts";
import { shoot } from "./shoot.ts";
import { isFocused, PHONE, signIn, until, WIDE } from "./surf.ts";
import { surfedDesk } from "./surfed-desk.ts";

const here = surfedDesk();

it("a newcomer writes a monitor by keyboard, is told where it is wrong and what it would bring, and sees what it catches", {
  timeout: 240_000,
}, async () => {
  const { desk, surf } = here;
  await desk.network.people([{ handle: "ida", name: "Ida Moss", followers: 12 }]);
  await desk.network.post("ida", "@northwind my lamp flickers since Monday");
  await desk.quiet();
  const page = await surf.window();
  await signIn(page, desk.url, "marek");
  await page.keyboard.press("g");
  await page.keyboard.press("l");
  await page.getByText("No monitor listens yet").waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.keyboard.press("c");
  const name = page.getByLabel("Name", { exact: true });
  await until("the name has the focus", () => isFocused(name));
  await page.keyboard.type("Lamps");
  await page.keyboard.press("Tab");
  const query = page.getByRole("combobox", { name: "What it listens for" });
  await until("the query has the focus", () => isFocused(query));

  await page.keyboard.type("(lamp A");
  await page.getByRole("option", { name: /^AND/ }).waitFor();
  await page.keyboard.press("Enter");
  await page.keyboard.type("flicker*");
  await page.getByText("This ( is never closed.").waitFor();
  expect(await query.getAttribute("aria-invalid")).toBe("true");
  await page.getByRole("button", { name: "Show me where" }).click();
  expect(await query.evaluate((at: HTMLTextAreaElement) => [at.selectionStart, at.selectionEnd])).toEqual([0, 1]);
  await query.press("End");
  await page.keyboard.type(")");
  await page.getByText(/^1 post/).waitFor();
  await page.getByRole("list", { name: "Some of them" }).getByText("flickers").waitFor();
  expect(await query.inputValue()).toBe("(lamp AND flicker*)");
  for (const viewport of [PHONE, WIDE]) {
    await page.setViewportSize(viewport);
    expect(await faultsOf(page)).toEqual([]);
  }
  await page.getByRole("button", { name: "Start to listen" }).press("Enter");
  await page.getByText("Nothing caught yet").waitFor();
  await page.getByText("It counts from now on. 1 post heard before would have matched.").waitFor();
  await page.getByRole("button", { name: "Show what would have matched" }).press("Enter");
  await page.getByRole("list", { name: "Some of them" }).getByText("flickers").waitFor();
  expect(await faultsOf(page)).toEqual([]);

  await desk.network.post("ida", "northwind again: the LAMP is flickering, and it hums");
  await desk.quiet();
  await page.reload();
  const caught = page.getByRole("list", { name: "What it caught" });
  await caught.getByText("Matched").waitFor();
  expect(await caught.locator("mark").allTextContents()).toEqual(["LAMP", "flickering"]);
  expect(await faultsOf(page)).toEqual([]);
  const { monitors: kept } = await (await desk.as("marek")).get("/api/monitors");
  const { items: posts } = await (await desk.as("marek")).get(`/api/monitors/${kept[0].id}/posts`);
  // Whatever was understood of it says why.
  for (const label of posts[0].labels) expect(label.words.length, label.task).toBeGreaterThan(0);

  await page.getByRole("button", { name: "Switch off" }).press("Enter");
  await page.getByRole("button", { name: "Switch on" }).waitFor();
  await page.getByRole("button", { name: "Remove", exact: true }).press("Enter");
  await page.getByRole("button", { name: "Remove the monitor" }).press("Enter");
  await page.getByText("No monitor listens yet").waitFor();

  // Products and places of a list: written, kept, and told of the next message with the word that named it.
  await page.getByRole("tab", { name: "Products and places" }).click();
  await page.getByRole("button", { name: "Add a product or place" }).press("Enter");
  const thing = page.getByLabel("Name", { exact: true });
  await until("the new name has the focus", () => isFocused(thing));
  await page.keyboard.type("Lumo Mini");
  await page.getByLabel("Also called").fill("mini lamp, #lumomini");
  await page.getByRole("button", { name: "Save the list" }).press("Enter");
  await page.getByText("Messages are looked through for this from now on.").waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await shoot(page, "listening-things");
  await desk.network.post("ida", "@northwind you idiots, my mini lamp is broken again, mail me: ida@example.com");
  await desk.quiet();
  const marek = await desk.as("marek");
  const { items } = await marek.get("/api/desk/work?view=all&filter=label%3A%22Lumo%20Mini%22");
  expect(items).toHaveLength(1);
  expect(items[0].tells).toEqual(expect.arrayContaining(["Lumo Mini", "insult", "personal_data"]));
  await page.goto(`${desk.url}/desk/${items[0].conversationId}`);
  await page.getByRole("button", { name: "Lumo Mini" }).click();
  await page.getByText("From your list of products and places.").waitFor();
  expect(await page.locator("mark", { hasText: "mini lamp" }).count()).toBeGreaterThan(0);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "an insult to us" }).click();
  await page.getByText("Nobody has to bear this.").waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await shoot(page, "conversation-abuse");
});
