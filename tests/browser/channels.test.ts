import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { MINUTE } from "../../server/platform/clock.ts";
import type { Json } from "../support/api-client.ts";
import { eventually } from "../support/eventually.ts";
import { axeOn } from "./axe.ts";
import { isFocused, PHONE, signIn, tabTo, until, WIDE } from "./surf.ts";
import { surfedDesk } from "./surfed-desk.ts";

const here = surfedDesk();
const TOKEN = "token-of-the-second-page";
const SECRET = "secret-of-the-second-page";
const OUTAGE = "@northwind my internet has been down since this morning, when will it work again?";

const halfOf = (page: Page, name: string) =>
  page.getByRole("list", { name: "What works" }).getByRole("listitem").filter({ hasText: name });
const cardOf = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
/** What axe finds wrong on the page as it stands. */
async function findings(page: Page): Promise<string[]> {
  const { violations } = await axeOn(page).analyze();
  return violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.join(" ")}`));
}

it("a channel is connected by the keyboard alone, each half is seen, and its pushes are set up again", {
  timeout: 240_000,
}, async () => {
  const { desk, surf } = here;
  const { playground } = desk.network;
  await desk.network.admin("PUT", "/companies/second", { name: "Second", token: TOKEN, appSecret: SECRET });
  const page = await surf.window();
  await signIn(page, desk.url, "marek");
  await page.goto(`${desk.url}/channels`);
  await cardOf(page, "Playground").waitFor();
  await page.getByRole("link", { name: "Connect a channel" }).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL("**/channels/connect");
  await page.getByRole("radio", { name: /^Playground/ }).focus();
  await page.keyboard.press("Space");
  await page.getByText("Cost and quota").waitFor();
  expect(await page.getByText("Answer where anyone can read it").count()).toBeGreaterThan(0);

  // Without what is needed nothing is asked of the network, and the focus goes where the first of it is missing.
  await tabTo(page, page.getByRole("button", { name: "Connect", exact: true }));
  await page.keyboard.press("Enter");
  await until("the first gap has the focus", () => isFocused(page.getByLabel("Token of the company")));
  await page.getByLabel("Address of the playground").fill(playground.url);
  await page.getByLabel("Token of the company").fill("token-that-nobody-has");
  await page.getByLabel("App secret").fill(SECRET);
  await page.keyboard.press("Enter");
  await page.getByText("The network does not know this token").first().waitFor();
  expect(await page.getByLabel("Token of the company").getAttribute("aria-invalid")).toBe("true");

  await page.getByLabel("Token of the company").fill(TOKEN);
  await tabTo(page, page.getByRole("button", { name: "Try each half first" }));
  await page.keyboard.press("Enter");
  await halfOf(page, "Sign-in").getByText("works", { exact: true }).waitFor();
  expect(await halfOf(page, "Pushes").getByText("not tried").count()).toBe(1);
  await tabTo(page, page.getByRole("button", { name: "Connect", exact: true }));
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "second is connected" }).waitFor();
  for (const half of ["Sign-in", "Clock", "Reading", "Pushes", "Sending"])
    await halfOf(page, half).getByText("works", { exact: true }).waitFor();
  expect(await page.content()).not.toContain(TOKEN);

  await page.getByRole("link", { name: "To the channels" }).click();
  const card = cardOf(page, "second");
  await card.getByText("healthy").waitFor();
  // The network forgets the subscription: the next look says so, and one press mends it.
  const auth = { authorization: `Bearer ${TOKEN}` };
  const { webhooks } = (await (await fetch(`${playground.url}/api/v1/webhooks`, { headers: auth })).json()) as Json;
  for (const { id } of webhooks)
    await fetch(`${playground.url}/api/v1/webhooks/${id}`, { method: "DELETE", headers: auth });
  await card.getByText("Each half, and the secret").click();
  await card.getByRole("button", { name: "Look at each half now" }).click();
  await card.getByText("does not work", { exact: true }).waitFor();
  await card.getByText("A part of it does not work.").waitFor();
  await card.getByRole("button", { name: "Set the pushes up again" }).click();
  await card.getByText("healthy").waitFor();
});

it("the secret is exchanged, a wrong one changes nothing, and the channel is let go", {
  timeout: 240_000,
}, async () => {
  const { desk, surf } = here;
  const page = await surf.window();
  await signIn(page, desk.url, "marek");
  await page.goto(`${desk.url}/channels`);
  const card = cardOf(page, "second");
  await card.getByText("Each half, and the secret").click();
  await card.getByRole("button", { name: "Exchange the secret…" }).click();
  const form = page.getByRole("form", { name: "Exchange the secret of second" });
  await form.getByLabel("Token of the company").fill("token-that-nobody-has");
  await page.keyboard.press("Enter");
  await form.getByText("The old secret is still in force.").waitFor();
  const token = `${TOKEN}-new`;
  await desk.network.admin("PUT", "/companies/second", { name: "Second", token, appSecret: SECRET });
  await form.getByLabel("Token of the company").fill(token);
  await page.keyboard.press("Enter");
  await page.getByText("The secret of second was exchanged.").waitFor();
  await form.waitFor({ state: "detached" });
  await card.getByRole("button", { name: "Disconnect…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Disconnect", exact: true }).click();
  await page.getByText("second is disconnected.").waitFor();
  await cardOf(page, "Places of the past").getByText("second").first().waitFor();
});

it("an agent is told what an ill channel means, and cannot begin to write where nothing can be sent", {
  timeout: 240_000,
}, async () => {
  const { desk, surf } = here;
  const { company, network } = desk;
  const page = await surf.window();
  await signIn(page, desk.url, "priya");
  await network.people([{ handle: "rosa_k", name: "Rosa Keller", followers: 12 }]);
  await network.post("rosa_k", OUTAGE);
  await page.getByRole("region", { name: /^Offer from Rosa Keller/ }).waitFor();
  await page.keyboard.press("t");
  await page.getByRole("region", { name: "Conversation with Rosa Keller" }).waitFor();
  await page.keyboard.press("r");
  await until("there is a place to write", () => isFocused(page.getByRole("textbox", { name: /Public reply/ })));
  await page.keyboard.press("Escape");

  const { token, handle } = network;
  await network.admin("PUT", `/companies/${handle}`, { name: "Northwind", token: "revoked-by-somebody-else" });
  const marek = await desk.as("marek");
  await marek.do("POST", `/api/channels/${company.channelId}/check`, { mend: false });
  await page.getByText(/Answers on Playground wait: its sign-in is refused/).waitFor();
  await page.getByText("Whoever manages channels is told.").waitFor();
  await page
    .getByText(/wants a new sign-in, so nothing can be sent/)
    .first()
    .waitFor();
  const send = page.getByRole("button", { name: /^Publish/ });
  expect(await send.getAttribute("aria-disabled")).toBe("true");
  const { items } = await (await desk.as("priya")).get("/api/desk/work?view=mine");
  const view = await (await desk.as("priya")).get(`/api/desk/conversations/${items[0].conversationId}`);
  expect(view.composer.public).toMatchObject({ door: null, reason: expect.stringMatching(/wants a new sign-in/) });

  await page.getByRole("button", { name: "Do not show this again" }).click();
  await page.getByText(/Answers on Playground wait/).waitFor({ state: "detached" });
  await page.reload();
  await page.getByRole("region", { name: "Conversation with Rosa Keller" }).waitFor();
  expect(await page.getByText(/Answers on Playground wait/).count()).toBe(0);

  await network.admin("PUT", `/companies/${handle}`, { name: "Northwind", token });
  const { channels } = await marek.get("/api/channels");
  const { version } = channels.find((one: Json) => one.id === company.channelId);
  await marek.do("PUT", `/api/channels/${company.channelId}/secret`, { answers: { token }, expectedVersion: version });
  await page
    .getByText(/wants a new sign-in, so nothing can be sent/)
    .first()
    .waitFor({ state: "detached" });
  await eventually("it is well again", async () => {
    const now = (await marek.get("/api/channels")).channels.find((one: Json) => one.id === company.channelId);
    return now.health.state !== "ill" && now.managed.alarms.length === 0;
  });
});

it("nothing is in the way of anybody, wide and on a phone, by day and by night", { timeout: 240_000 }, async () => {
  const { desk, surf } = here;
  desk.travel(MINUTE);
  for (const size of [WIDE, PHONE])
    for (const colorScheme of ["light", "dark"] as const) {
      const page = await surf.window({ viewport: size, colorScheme });
      await signIn(page, desk.url, "marek");
      await page.goto(`${desk.url}/channels`);
      await cardOf(page, "Playground").waitFor();
      for (const details of await page.locator("summary").all()) await details.click();
      expect(await findings(page)).toEqual([]);
      await page.goto(`${desk.url}/channels/connect`);
      await page.getByRole("radio", { name: /^Bluesky/ }).check();
      await page.getByText("App passwords on Bluesky").waitFor();
      expect(await findings(page)).toEqual([]);
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      expect(sideways).toBe(false);
      await page.close();
    }
});
