import { expect, it } from "vitest";
import type { Json } from "../support/api-client.ts";
import { manyMessages } from "../support/many-messages.ts";
import { messagesOf } from "../support/story.ts";
import { faultsOf } from "./axe.ts";
import { shoot } from "./shoot.ts";
import { signIn, until } from "./surf.ts";
import { surfedDesk } from "./surfed-desk.ts";

const here = surfedDesk();

it("a message is reported by keys; what is new is told; its beginning is one press away", {
  timeout: 240_000,
}, async () => {
  const { desk, story, surf } = here;
  const { conversationId: id, view } = await story.taken();
  const [priya, marek] = [await desk.as("priya"), await desk.as("marek")];
  const first = messagesOf(view)[0];
  await manyMessages(desk, first, 200);
  // Priya has looked, and something came since.
  await marek.do("PUT", `/api/desk/conversations/${id}/position`, { newest: first.id, entryId: null });
  await priya.do("POST", `/api/desk/conversations/${id}/notes`, { text: "They called twice already." });
  const page = await surf.window();
  await signIn(page, desk.url, "marek");
  await page.goto(`${desk.url}/desk/${id}`);
  await page.getByText("New since you looked,").waitFor();
  await page.getByText("1 note", { exact: false }).first().waitFor();
  await until(
    "the note is marked",
    async () => (await page.getByText("New since you looked", { exact: true }).count()) === 1,
  );
  await shoot(page, "care-news");
  await page.locator("[data-conversation-title]").focus();
  await page.keyboard.press("Shift+N");
  await until("the note has the focus", () =>
    page.evaluate(() => document.activeElement?.textContent?.includes("They called twice already.") === true),
  );
  await until("it is noted that she has read it", async () => {
    const news: Json = await marek.get(`/api/desk/conversations/${id}/news`);
    return news.first === null;
  });

  // Its beginning and its end are one press away, and only the page that is read is drawn.
  await page.getByRole("button", { name: "To the beginning" }).click();
  await page.getByText("Line 0", { exact: true }).waitFor();
  await page.getByRole("button", { name: "What was said after" }).waitFor();
  expect(await page.locator("[data-entry]").count()).toBeLessThanOrEqual(125);
  await shoot(page, "care-beginning");
  await page.getByRole("button", { name: "Back to the newest" }).first().click();
  await page.getByText("They called twice already.").waitFor();

  // Told to the network's moderators, by keys alone.
  const message = page.locator(`[data-entry="${first.id}"]`);
  await until("the message has the focus", async () => {
    await message.focus();
    return (await message.and(page.locator(":focus")).count()) === 1;
  });
  await page.keyboard.press("Shift+H");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: /^Report it/ }).check();
  await dialog.getByLabel("Why").selectOption("spam");
  expect(await faultsOf(page)).toEqual([]);
  await shoot(page, "care-report");
  await dialog.getByRole("button", { name: /^Report it to/ }).click();
  await page
    .getByText(/reported what guest_/)
    .first()
    .waitFor();
  await until("the network has it once", async () => {
    const { acts } = await marek.get(`/api/desk/messages/${first.id}/moderation`);
    return acts.length === 1 && acts[0].state === "done";
  });
});
