import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import type { Json } from "../support/api-client.ts";
import { axeOn } from "./axe.ts";
import { signIn, until } from "./surf.ts";
import { surfedDesk } from "./surfed-desk.ts";

const here = surfedDesk();

/** What axe finds wrong on the page as it stands, without its frame. */
async function findings(page: Page): Promise<string[]> {
  const { violations } = await axeOn(page).include("#main").analyze();
  return violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.join(" ")}`));
}

it("somebody in training asks, a supervisor gives it back, then changes and passes it, and the network shows it once: by the keyboard alone", {
  timeout: 240_000,
}, async () => {
  const { desk, story, surf } = here;
  const { agents } = desk.company;
  const lead = await desk.as("marek");
  const tier = { approvers: [{ kind: "agent", id: agents.marek }], deputies: [], minutes: 10 };
  const rule: Json = {
    ...{ id: "new", name: "New here", audience: "public", risks: [], intents: [], followersFrom: null },
    ...{ verified: false, fields: [], training: true, says: [], tiers: [tier] },
  };
  await lead.do("PUT", "/api/approval-rules", {
    ...{ brandId: null, expectedVersion: 0, from: null },
    rules: { rules: [rule], training: [{ who: { kind: "agent", id: agents.priya }, until: null }], ownText: "never" },
  });
  const matter = await story.taken();
  const [priya, marek] = [await surf.window(), await surf.window()];
  await Promise.all([signIn(priya, desk.url, "priya"), signIn(marek, desk.url, "marek")]);
  await priya.goto(`${desk.url}/desk/${matter.conversationId}`);
  await priya.locator("[data-conversation-title]").waitFor();
  const words = priya.getByLabel(/^Public reply on/);
  await priya.getByText("Marek Wolski has to pass this first.").waitFor();
  await words.fill("You get both payments back.");
  await priya.getByRole("button", { name: /^Ask for approval/ }).waitFor();
  await priya.keyboard.press("Control+Enter");
  await priya.getByText("With Marek Wolski.").waitFor();
  expect(await findings(priya)).toEqual([]);

  // The menu tells it without a reload, and leads there.
  await marek.getByRole("link", { name: /1 for you to pass/ }).waitFor();
  await marek.locator("body").press("g");
  await marek.keyboard.press("a");
  const reply = marek.getByRole("article", { name: "Reply of Priya Nair" });
  await reply.getByText("You get both payments back.").waitFor();
  expect(await findings(marek)).toEqual([]);
  await marek.keyboard.press("x");
  await marek.getByLabel("What should be different").fill("Only one was wrong.");
  await marek.keyboard.press("Control+Enter");
  await marek.getByText("Nothing waits for approval").waitFor();

  await priya.getByText("Marek Wolski gave your reply back.").waitFor();
  await priya.getByText("Only one was wrong.").first().waitFor();
  await until(
    "the words are in the composer again",
    async () => (await words.inputValue()) === "You get both payments back.",
  );
  await words.fill("You get one payment back.");
  await priya.keyboard.press("Control+Enter");
  await priya.getByText("With Marek Wolski.").waitFor();

  await reply.getByText("You get one payment back.").waitFor();
  await marek.keyboard.press("i");
  await marek.getByLabel("The reply").fill("You get one payment back by Friday.");
  await marek.keyboard.press("Control+Enter");
  await marek.getByText("Nothing waits for approval").waitFor();
  await until("the network has it", async () => (await story.acceptedFor(matter)).length > 0);
  await priya.getByText(/Marek Wolski passed it after .*, with changes/).waitFor();
  await desk.quiet();
  expect((await story.acceptedFor(matter)).map((a) => a.text)).toEqual([
    expect.stringContaining("You get one payment back by Friday."),
  ]);

  await marek.goto(`${desk.url}/approvals?tab=rules`);
  await marek.getByRole("button", { name: "Change", exact: true }).press("Enter");
  await marek.getByLabel("Minutes until others are asked").waitFor();
  expect(await findings(marek)).toEqual([]);
});
