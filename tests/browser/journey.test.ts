import type { Locator, Page } from "playwright-core";
import { afterEach, describe, expect, it } from "vitest";
import { setSetting } from "../../server/modules/company/index.ts";
import { undoWindow } from "../../server/modules/desk/index.ts";
import { openLine } from "./line.ts";
import { isFocused, PHONE, signIn, speak, until } from "./surf.ts";
import { surfedDesk } from "./surfed-desk.ts";

const DISCLOSURE = "— Priya Nair, Northwind Mobile";
const OUTAGE = "@northwind my internet has been down since this morning, when will it work again?";

const here = surfedDesk({ config: { sendTimeoutMs: 700 } });
afterEach(() => here.story.clear());

const undoFor = (ms: number) =>
  here.desk.db.withAccount(here.desk.company.accountId, (tx) =>
    setSetting(tx, undoWindow, ms, null, { brandId: here.desk.company.brandId }),
  );
const publicReply = (page: Page) => page.getByRole("textbox", { name: "Public reply on Playground" });
const offerFrom = (page: Page, name: string) => page.getByRole("region", { name: new RegExp(`^Offer from ${name}`) });
const conversationWith = (page: Page, name: string) => page.getByRole("region", { name: `Conversation with ${name}` });
const said = (page: Page, name: RegExp) => page.getByRole("feed").getByRole("article", { name });
const conversationOf = (page: Page) => new URL(page.url()).pathname.split("/").at(-1) ?? "";

/** A desk at which Priya has taken what a newcomer asked, with the focus where taking leaves it. */
async function taken(name: string, handle: string, url = here.desk.url): Promise<{ page: Page; postId: string }> {
  const page = await here.surf.window();
  await signIn(page, url, "priya");
  await here.desk.network.people([{ handle, name, followers: 12 }]);
  const post = await here.desk.network.post(handle, OUTAGE);
  await offerFrom(page, name).waitFor();
  await page.keyboard.press("t");
  await conversationWith(page, name).waitFor();
  await said(page, new RegExp(`^${name}, in public`)).waitFor();
  return { page, postId: post.id };
}

/** Opens the public answer by its key and writes. */
async function write(page: Page, text: string): Promise<void> {
  await page.keyboard.press("r");
  await until("the text has the focus", () => isFocused(publicReply(page)));
  await page.keyboard.type(text);
}

describe("a public post", () => {
  it("is answered from the keyboard, stands on the network once, and is counted", { timeout: 240_000 }, async () => {
    await undoFor(60_000);
    const rosa = await here.surf.window();
    const priya = await here.surf.window();
    await signIn(priya, here.desk.url, "priya");
    await priya.getByText("Nothing waits for you").waitFor();
    await priya.evaluate(() => Object.assign(window, { neverReloaded: true }));

    await speak(rosa, here.desk.network.playground.url, { name: "Rosa Keller", handle: "rosa_k" }, OUTAGE);
    const postId = rosa.url().split("/").at(-1) ?? "";
    await offerFrom(priya, "Rosa Keller").waitFor();

    await priya.keyboard.press("t");
    const conversation = conversationWith(priya, "Rosa Keller");
    await said(priya, /^Rosa Keller, in public/)
      .getByText("down since this morning")
      .waitFor();
    const id = conversationOf(priya);

    const answer = "Sorry Rosa. The line in your street is cut; it works again by noon.";
    await write(priya, answer);
    await priya.keyboard.press("Control+Enter");
    await conversation.getByText(/^Public reply goes out in \d+ s$/).waitFor();
    await here.desk.quiet();
    expect(await here.story.acceptedFor({ who: "rosa_k", post: { id: postId } as never })).toEqual([]);
    here.desk.travel(61_000);
    await said(priya, /^Priya Nair, in public/)
      .getByText(answer)
      .waitFor();

    // Another one waits: it is served as soon as this one is done.
    await here.desk.network.people([{ handle: "omar", name: "Omar Said", followers: 3 }]);
    await here.desk.network.post(
      "omar",
      "@northwind my router shows a red light and the internet is gone. Can you help?",
    );
    await offerFrom(priya, "Omar Said").waitFor();
    await priya.keyboard.press("e");
    await priya
      .getByText(/^Resolved: /)
      .first()
      .waitFor();
    await conversationWith(priya, "Omar Said").waitFor();
    await said(priya, /^Omar Said, in public/)
      .getByText("a red light")
      .waitFor();

    const answers = rosa.locator("#tree").getByRole("article", { name: "Reply by Northwind Mobile" });
    await answers.waitFor();
    expect(await answers.count()).toBe(1);
    const words = await answers.innerText();
    expect(words).toContain(`${answer} ${DISCLOSURE}`);
    expect(words).toContain("Company reply");
    expect(await answers.getByText("Verified company").count()).toBe(1);
    await rosa.getByRole("heading", { name: "1 reply" }).waitFor();
    await rosa.reload();
    await answers.waitFor();
    expect(await answers.count()).toBe(1);
    const accepted = await here.desk.network.accepted();
    expect(accepted.filter((one) => one.parentId === postId)).toMatchObject([
      { op: "post.create", text: `${answer} ${DISCLOSURE}` },
    ]);

    await here.desk.quiet();
    await priya.keyboard.press("g");
    await priya.keyboard.press("i");
    const cell = (name: RegExp) => priya.getByRole("button", { name });
    await cell(/^First response/).waitFor();
    await priya.getByRole("button", { name: "Today" }).click();
    await until("both episodes are counted", async () => /\b2\b/.test(await cell(/^Episodes opened/).innerText()));
    const firstResponse = cell(/^First response/);
    await until("the first response is counted", async () => /\d+ ?(?:s|min)/.test(await firstResponse.innerText()));
    await firstResponse.click();
    const pane = priya.getByRole("complementary", { name: "The chosen figure" });
    const rows = pane.getByRole("table", { name: /rows behind the figure/ }).getByRole("link");
    await rows.first().waitFor();
    expect(await rows.count()).toBe(1);
    await rows.first().press("Enter");
    await conversation.waitFor();
    expect(conversationOf(priya)).toBe(id);
    expect(await priya.evaluate(() => "neverReloaded" in window)).toBe(true);
  });

  it("goes on in private in the same conversation; who reads is unmistakable; thanks are no work", {
    timeout: 240_000,
  }, async () => {
    await undoFor(0);
    const ines = await here.surf.window({ viewport: PHONE });
    const priya = await here.surf.window();
    await signIn(priya, here.desk.url, "priya");
    await speak(ines, here.desk.network.playground.url, { name: "Ines Rocha", handle: "ines_r" }, OUTAGE);
    await offerFrom(priya, "Ines Rocha").waitFor();
    await priya.keyboard.press("t");
    await said(priya, /^Ines Rocha, in public/).waitFor();
    const id = conversationOf(priya);
    await write(priya, "Please send us your postcode in a private message.");
    await priya.getByRole("button", { name: /^Publish ?, anyone can read it/ }).waitFor();
    await priya.getByText("Anyone can read this.").first().waitFor();
    await priya.keyboard.press("Control+Enter");
    await said(priya, /^Priya Nair, in public/).waitFor();

    await ines.goto(`${here.desk.network.playground.url}/messages/northwind`);
    const message = ines.getByLabel("Message to Northwind Mobile");
    await message.fill("Here I am. My postcode is LS1 4AP, what happens now?");
    await ines.getByRole("button", { name: "Send", exact: true }).click();
    await ines.getByRole("article", { name: "You" }).waitFor();

    await said(priya, /^Ines Rocha, in private/)
      .getByText("LS1 4AP")
      .waitFor();
    expect(conversationOf(priya)).toBe(id);
    const composer = priya.getByRole("region", { name: "Write" });
    await composer.getByRole("tab", { name: /^Private/, selected: true }).waitFor();
    await composer.getByText("Only Ines Rocha reads this.").waitFor();
    await composer.getByRole("button", { name: /^Send to Ines Rocha ?, only they read it/ }).waitFor();
    expect(await composer.getByRole("button", { name: /Publish/ }).count()).toBe(0);
    const secret = composer.getByRole("textbox", { name: "Private reply to Ines Rocha" });
    await priya.keyboard.press("p");
    await until("the private text has the focus", () => isFocused(secret));
    await priya.keyboard.type("Thank you Ines. An engineer is with you at two.");
    await priya.keyboard.press("Control+Enter");
    await said(priya, /^Priya Nair, in private/)
      .getByText("An engineer")
      .waitFor();

    await ines
      .getByRole("article", { name: "Northwind Mobile" })
      .getByText("An engineer is with you at two.")
      .waitFor();
    const accepted = (await here.desk.network.accepted()).filter((one) => one.to === "ines_r");
    expect(accepted).toMatchObject([{ op: "dm.create" }]);
    expect(accepted[0]?.text).toContain("An engineer is with you at two.");

    await message.fill("Thank you so much!");
    await ines.getByRole("button", { name: "Send", exact: true }).click();
    await said(priya, /^Ines Rocha, in private/)
      .getByText("Thank you so much!")
      .waitFor();
    await here.desk.quiet();
    const view = await here.story.view(id);
    expect(view.episodes).toHaveLength(1);
    expect(view.work.clock.state).not.toBe("running");
    expect(await priya.locator("[data-offer]").count()).toBe(0);
  });
});

describe("what is written", () => {
  it("can be taken back: nothing is sent and the words are there again", { timeout: 240_000 }, async () => {
    await undoFor(60_000);
    const { page, postId } = await taken("Bela Nagy", "bela");
    await write(page, "We look into it at once.");
    await page.keyboard.press("Control+Enter");
    await page
      .getByRole("region", { name: "Done" })
      .getByText(/^Public reply goes out in \d+ s$/)
      .first()
      .waitFor();
    expect(await publicReply(page).inputValue()).toBe("");
    await page.keyboard.press("z");
    await until(
      "the words are back",
      async () => (await publicReply(page).inputValue()) === "We look into it at once.",
    );
    await here.desk.quiet();
    here.desk.travel(120_000);
    await here.desk.quiet();
    expect((await here.desk.network.accepted()).filter((one) => one.parentId === postId)).toEqual([]);
    await publicReply(page).fill("");
  });

  it("by hands faster than the line goes where it was meant to", { timeout: 240_000 }, async () => {
    await undoFor(0);
    const page = await here.surf.window();
    await signIn(page, here.desk.url, "priya");
    await page.route("**/api/offers/*/accept", async (route) => {
      await page.keyboard.press("r");
      await page.keyboard.type("Are you there, Tess? Every second line is down.");
      await page.keyboard.press("Control+Enter");
      await route.continue();
    });
    await here.desk.network.people([{ handle: "tess", name: "Tess Moore", followers: 9 }]);
    const post = await here.desk.network.post("tess", OUTAGE);
    await offerFrom(page, "Tess Moore").waitFor();
    await page.keyboard.press("t");
    await said(page, /^Priya Nair, in public/)
      .getByText("Are you there, Tess?")
      .waitFor();
    expect(await page.getByRole("dialog").count()).toBe(0);
    expect((await here.desk.network.accepted()).filter((one) => one.parentId === post.id)).toMatchObject([
      { text: `Are you there, Tess? Every second line is down. ${DISCLOSURE}` },
    ]);
  });

  it("of unknown fate stands amber until the network tells, and is there once", { timeout: 240_000 }, async () => {
    await undoFor(0);
    const { page, postId } = await taken("Chidi Obi", "chidi");
    await here.desk.network.fault({ kind: "webhook-drop" });
    await here.desk.network.fault({ kind: "api-503", on: "read" });
    await here.desk.network.fault({ kind: "api-500-after-write", next: 1 });
    await write(page, "It works again by noon.");
    await page.keyboard.press("Control+Enter");
    const band = page.getByRole("status").filter({ hasText: "Playground has not said whether it took it." });
    await band.waitFor();
    await band.getByRole("button", { name: "Mark as published" }).waitFor();
    expect(await colourOf(band)).toBe(await tokenOf(page, "--soon-tint"));
    await here.desk.network.noFaults();
    here.desk.travel(15 * 60_000);
    await said(page, /^Priya Nair, in public/)
      .getByText("It works again by noon.")
      .waitFor();
    await band.waitFor({ state: "detached" });
    expect((await here.desk.network.accepted()).filter((one) => one.parentId === postId)).toHaveLength(1);
  });

  it("that the network refuses stands red with its text, which can be taken back", { timeout: 240_000 }, async () => {
    await undoFor(0);
    const { page, postId } = await taken("Dora Lind", "dora");
    await here.desk.network.fault({ kind: "webhook-drop" });
    await here.desk.network.remove("dora", postId);
    await write(page, "Sorry Dora, we are on it.");
    await page.keyboard.press("Control+Enter");
    const band = page.getByRole("alert").filter({ hasText: "Not published." });
    await band.waitFor();
    expect(await band.innerText()).toContain("Your text is safe; nobody saw it.");
    expect(await colourOf(band)).toBe(await tokenOf(page, "--late-fill"));
    await said(page, /^Public reply by Priya Nair/)
      .getByText("Sorry Dora, we are on it.")
      .waitFor();
    await band.getByRole("button", { name: "Take the text back" }).click();
    await until(
      "the words are back",
      async () => (await publicReply(page).inputValue()) === "Sorry Dora, we are on it.",
    );
    expect((await here.desk.network.accepted()).filter((one) => one.parentId === postId)).toEqual([]);
    await publicReply(page).fill("");
  });

  it("outlives a lost line and a reload", { timeout: 240_000 }, async () => {
    await undoFor(0);
    const line = await openLine(here.desk.url);
    try {
      const { page, postId } = await taken("Emil Berg", "emil", line.url);
      const words = "Hello Emil, we are looking at your line.";
      const kept = async () => (await publicReply(page).inputValue()) === words;
      await write(page, "Hello Emil, ");
      await page.context().setOffline(true);
      line.cut();
      const bar = page.getByText(/^Offline since \d\d:\d\d\.$/);
      await bar.waitFor();
      await publicReply(page).pressSequentially("we are looking at your line.");
      await page.keyboard.press("Control+Enter");
      await page.getByRole("region", { name: "Done" }).getByText("Not sent. Your text is safe.").waitFor();
      await until("the words are kept", kept);
      await page.context().setOffline(false);
      line.mend();
      await bar.waitFor({ state: "detached" });
      await until("the words are still there", kept);
      await page.reload();
      await publicReply(page).waitFor();
      await until("the draft is there", kept);
      expect((await here.desk.network.accepted()).filter((one) => one.parentId === postId)).toEqual([]);
    } finally {
      await line.close();
    }
  });
});

const colourOf = (target: Locator) => target.evaluate((element) => getComputedStyle(element).backgroundColor);

/** What a colour token looks like on this page. */
const tokenOf = (page: Page, token: string) =>
  page.evaluate((name) => {
    const probe = document.createElement("i");
    probe.style.backgroundColor = `var(${name})`;
    document.body.append(probe);
    const colour = getComputedStyle(probe).backgroundColor;
    probe.remove();
    return colour;
  }, token);
