import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { axeOn } from "./axe.ts";
import { signIn, tabTo, until } from "./surf.ts";
import { surfedDesk } from "./surfed-desk.ts";

const here = surfedDesk();

/** What axe finds wrong on the page as it stands. */
async function findings(page: Page): Promise<string[]> {
  const { violations } = await axeOn(page).analyze();
  return violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.join(" ")}`));
}
const barOf = (page: Page, words: string) => page.getByText(words).first();

it("an agent escalates, a supervisor is asked and acts, and in a crisis only one speaks in public: by the keyboard alone", {
  timeout: 240_000,
}, async () => {
  const { desk, story, surf } = here;
  const { conversationId } = await story.taken();
  const [priya, marek] = [await surf.window(), await surf.window()];
  await Promise.all([signIn(priya, desk.url, "priya"), signIn(marek, desk.url, "marek")]);
  await priya.goto(`${desk.url}/desk/${conversationId}`);
  await priya.locator("[data-conversation-title]").waitFor();

  await priya.locator("[data-conversation-title]").focus();
  await priya.keyboard.press("q");
  const why = priya.getByRole("dialog", { name: "Why me?" });
  await why.getByRole("heading", { name: /^Why you/ }).waitFor();
  await why.getByText("It is due.").waitFor();
  expect(await findings(priya)).toEqual([]);
  await priya.keyboard.press("Escape");
  await why.waitFor({ state: "detached" });

  await priya.locator("[data-conversation-title]").focus();
  await priya.keyboard.press("Shift+X");
  await priya.getByLabel("Why?").fill("The customer speaks of smoke.");
  await tabTo(priya, priya.getByRole("dialog").getByRole("button", { name: "Escalate" }));
  await priya.keyboard.press("Enter");
  await priya.getByText("Marek Wolski is asked now.").waitFor();

  // Over every page of the one who is asked, without a reload.
  await barOf(marek, "You are asked, severity 2.").waitFor();
  await tabTo(marek, marek.getByRole("button", { name: "I have it" }));
  await marek.keyboard.press("Enter");
  await until("nobody is asked any more", async () => (await barOf(marek, "You are asked").count()) === 0);
  await marek.goto(`${desk.url}/escalations`);
  await marek.getByText("You have it").first().waitFor();
  await marek.keyboard.press("e");
  await marek.getByLabel("In a sentence or two").fill("Called them; they are safe.");
  await tabTo(marek, marek.getByRole("button", { name: "Say so" }));
  await marek.keyboard.press("Enter");
  await marek.getByText("Called them; they are safe.").waitFor();
  expect(await findings(marek)).toEqual([]);

  await marek.goto(`${desk.url}/escalations?tab=reach`);
  await marek.getByText("Tools of the company").waitFor();
  expect(await findings(marek)).toEqual([]);

  await marek.goto(`${desk.url}/escalations?tab=crisis`);
  await tabTo(marek, marek.getByRole("button", { name: "Start the crisis playbook …" }));
  await marek.keyboard.press("Enter");
  await marek.getByLabel("Topic").fill("Routers that smoke");
  await tabTo(marek, marek.getByRole("button", { name: "Start it" }));
  await marek.keyboard.press("Enter");
  await barOf(marek, "Crisis: Routers that smoke.").waitFor();
  await barOf(priya, "Crisis: Routers that smoke.").waitFor();
  await marek.goto(`${desk.url}/desk/${conversationId}`);
  await tabTo(marek, marek.getByRole("button", { name: "This belongs to it" }));
  await marek.keyboard.press("Enter");
  await barOf(priya, "Belongs to the crisis “Routers that smoke”.").waitFor();
  const refused = await story.reply(conversationId, "We are on it.");
  expect(JSON.stringify(refused)).toContain("only Marek Wolski answers");

  await marek.goto(`${desk.url}/escalations?tab=crisis`);
  await tabTo(marek, marek.getByRole("button", { name: "Stand down …" }));
  await marek.keyboard.press("Enter");
  await marek.getByLabel("What is to be learned of it?").fill("Ask sooner.");
  await tabTo(marek, marek.getByRole("button", { name: "It is over" }));
  await marek.keyboard.press("Enter");
  await until("no desk speaks of it", async () => (await barOf(priya, "Crisis: Routers").count()) === 0);
});
