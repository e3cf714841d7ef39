import { describe, expect, it } from "vitest";
import { town, useTown } from "./widget-town.ts";
import { until } from "./widget-visit.ts";

useTown();

describe("a talk", () => {
  it("goes both ways, each line once and in its order, with typing and receipts", async () => {
    const { chat } = town;
    const visit = await town.visit();
    await visit.open();
    expect(await visit.launcher()).toEqual({ name: "Close the chat", expanded: true });
    await until("the place to write has the focus", () => visit.text.evaluate((el) => el === document.activeElement));

    await visit.text.pressSequentially("My SIM is blocked.");
    await until("the desk is told of the typing", async () => chat.told.some((t) => t.type === "typing" && t.on));
    await visit.text.press("Enter");
    const under = visit.frame.locator(".visitor .under").last();
    await until("it is sent", async () => (await under.innerText()).endsWith("· Sent"));
    chat.frame({ type: "receipt", upTo: 1, status: "delivered" });
    await until("it is delivered", async () => (await under.innerText()).endsWith("· Delivered"));
    chat.frame({ type: "receipt", upTo: 1, status: "read" });
    await until("it is read", async () => (await under.innerText()).endsWith("· Read"));
    // A receipt that comes late takes nothing back.
    chat.frame({ type: "receipt", upTo: 1, status: "delivered" });

    chat.frame({ type: "typing", on: true, name: "Priya Nair" });
    await visit.frame.getByText("Priya Nair is writing").waitFor({ state: "attached" });
    chat.says("Let me look.");
    await until("the typing has ended", async () => !(await visit.frame.locator(".writing").isVisible()));
    chat.says("It is open again.");
    await visit.write("It works <b>again</b>, thank you! https://example.com/x.");
    await until("all lines stand there", async () => (await visit.bubbles()).length === 4);
    expect(await visit.bubbles()).toEqual([
      "My SIM is blocked.",
      "Let me look.",
      "It is open again.",
      "It works <b>again</b>, thank you! https://example.com/x.",
    ]);
    expect(await under.innerText()).not.toContain("undefined");
    await until("the last has come, too", async () => chat.only().lines.length === 4);
    expect(chat.only().lines.map((line) => line.text)).toEqual(await visit.bubbles());
    const link = visit.frame.getByRole("link", { name: "https://example.com/x" });
    expect(await link.getAttribute("rel")).toContain("noopener");
    await until("the desk knows what was read", async () => chat.told.some((t) => t.type === "read" && t.upTo >= 3));
  });

  it("a closed chat shows a new message beside the launcher, counts it, and forgets both when it is opened", async () => {
    const { chat } = town;
    const visit = await town.visit();
    await visit.open();
    await visit.write("Are you there?");
    await until("it is there", async () => chat.visitors.size === 1 && chat.only().lines.length === 1);
    await visit.text.press("Escape");
    await until("it is closed", async () => (await visit.launcher())?.expanded === false);
    chat.says("Yes, here I am.");
    const peek = visit.frame.locator(".peek");
    await peek.getByText("Yes, here I am.").waitFor();
    await until("the launcher says it", async () => (await visit.launcher())?.name === "Open the chat: 1 new message");
    expect(chat.only().readUpTo).toBeLessThan(2);
    await peek.getByRole("button", { name: /Yes, here I am/ }).click();
    await visit.text.waitFor();
    await until("it is read", async () => chat.only().readUpTo === 2);
    await until("the count is gone", async () => (await visit.launcher())?.name === "Close the chat");
  });

  it("keeps the newest line in sight, and leaves who reads older ones where they are", async () => {
    const { chat } = town;
    const visit = await town.visit();
    await visit.open();
    await visit.write("Tell me all of it.");
    await until("it is there", async () => chat.visitors.size === 1 && chat.only().lines.length === 1);
    for (let n = 1; n <= 20; n++) chat.says(`Line ${n} of a long story, which goes on for a while and then ends.`);
    await until("all stand there", async () => (await visit.bubbles()).length === 21);
    const log = visit.frame.locator(".log");
    const below = () => log.evaluate((el) => Math.round(el.scrollHeight - el.scrollTop - el.clientHeight));
    await until("the end is in sight", async () => (await below()) <= 1);
    // What grows below takes room from the lines.
    await visit.frame
      .locator("input[type=file]")
      .setInputFiles([{ name: "x.exe", mimeType: "application/x-exe", buffer: Buffer.from("x") }]);
    await visit.frame.getByText("“x.exe” is of a kind").waitFor();
    await until("the end is still in sight", async () => (await below()) <= 1);

    await log.evaluate((el) => el.scrollTo(0, 100));
    chat.says("One more.");
    const newer = visit.frame.getByRole("button", { name: "New messages" });
    await newer.waitFor();
    expect(await log.evaluate((el) => el.scrollTop)).toBe(100);
    await newer.click();
    await until("the end is in sight again", async () => (await below()) <= 1);
    expect(await newer.isVisible()).toBe(false);
  });

  it("files go along with their progress, and what does not fit says why", async () => {
    const { chat } = town;
    const visit = await town.visit();
    await visit.open();
    const picker = visit.frame.locator("input[type=file]");
    const png = Buffer.from(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
      "base64",
    );
    await picker.setInputFiles([
      { name: "screen.png", mimeType: "image/png", buffer: png },
      { name: "big.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(100_001) },
      { name: "tool.exe", mimeType: "application/x-msdownload", buffer: Buffer.from("MZ") },
      { name: "lie.txt", mimeType: "text/plain", buffer: Buffer.from("not what it says") },
    ]);
    const list = visit.frame.locator(".uploads");
    await list.getByText("“big.pdf” is too large: a file may have 100 kB.").waitFor();
    await list.getByText("“tool.exe” is of a kind that cannot be sent here.").waitFor();
    await list.getByText("“lie.txt” is of a kind that cannot be sent here.").waitFor();
    for (const name of ["big.pdf", "tool.exe", "lie.txt"])
      await list.getByRole("button", { name: `Remove ${name}` }).click();
    await visit.write("The screen says this.");
    const picture = visit.frame.getByRole("img", { name: "screen.png" });
    await picture.waitFor();
    await until("the picture is seen", () => picture.evaluate((el) => (el as HTMLImageElement).naturalWidth === 1));
    expect(chat.only().lines[0]?.files.map((file) => file.name)).toEqual(["screen.png"]);
    expect(await list.isVisible()).toBe(false);

    // A server that is not ready: the file stays, and is tried again.
    chat.faults.push({ path: "files", how: 503, times: 1 });
    await picker.setInputFiles([
      { name: "bill.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 bill") },
    ]);
    await list.getByText("“bill.pdf” did not get through.").waitFor();
    // Sent while the file is still on its way: the message waits for it.
    let letGo = () => {};
    const held = new Promise<void>((done) => {
      letGo = done;
    });
    await visit.page.route(/\/files\?/, async (route) => {
      await held;
      await route.continue();
    });
    await list.getByRole("button", { name: "Try again: bill.pdf" }).click();
    await list.getByRole("progressbar", { name: "Sending “bill.pdf”" }).waitFor();
    await visit.write("This is the bill.");
    expect(chat.only().lines).toHaveLength(1);
    letGo();
    await visit.frame.getByRole("link", { name: /bill\.pdf/ }).waitFor();
    expect(chat.only().lines.map((line) => [line.text, line.files.length])).toEqual([
      ["The screen says this.", 1],
      ["This is the bill.", 1],
    ]);
  });
});

describe("what the chat does by itself", () => {
  it("greets once a day, by the rule of the page", async () => {
    const { chat } = town;
    const rule = { afterMs: 5_000, onlyWhenOpen: true };
    chat.config.greeting = [
      { id: "a", text: "Can we help you to choose?", onPath: "/plans", ...rule },
      { id: "b", text: "Everywhere.", onPath: "/nowhere", ...rule },
    ];
    town.host.pages["/plans"] = town.host.pages["/"]!;
    const context = await town.context();
    await context.clock.install();
    const visit = await town.visit(context, "/plans");
    await until("the chat is there", () => visit.launcher());
    const peek = visit.frame.locator(".peek");
    expect(await peek.isVisible()).toBe(false);
    await context.clock.fastForward(6_000);
    await peek.getByText("Can we help you to choose?").waitFor();
    const box = await (await visit.frame.frameElement()).boundingBox();
    expect(box!.height).toBeLessThan(200);
    await peek.getByRole("button", { name: /Can we help/ }).click();
    await visit.text.waitFor();
    expect(await visit.bubbles()).toEqual(["Can we help you to choose?"]);
    // Nobody has written: nothing stands on the server.
    expect([...chat.visitors.values()].flatMap((v) => v.lines)).toEqual([]);

    const again = await town.visit(context, "/plans");
    await until("the chat is there", () => again.launcher());
    await context.clock.fastForward(60_000);
    expect(await again.frame.locator(".peek").isVisible()).toBe(false);
    await context.clock.fastForward(86_400_000);
    const tomorrow = await town.visit(context, "/plans");
    await until("the chat is there", () => tomorrow.launcher());
    await context.clock.fastForward(60_000);
    await tomorrow.frame.locator(".peek").getByText("Can we help you to choose?").waitFor();
  });

  it("asks for consent first where it is required, keeps nothing before, and remembers the answer", async () => {
    const { chat } = town;
    chat.config.consent = { required: true, version: "2", text: "We keep what you write for a year." };
    chat.config.greeting = [{ id: "a", text: "Hello!", onPath: "", afterMs: 0, onlyWhenOpen: false }];
    const context = await town.context();
    const visit = await town.visit(context);
    await until("the launcher is there", () => visit.launcher());
    await visit.press();
    await visit.frame.getByText("We keep what you write for a year.").waitFor();
    expect(await visit.text.isVisible()).toBe(false);
    expect(await visit.frame.evaluate(() => localStorage.length)).toBe(0);

    await visit.frame.getByRole("button", { name: "No, thank you" }).click();
    await until("it is closed", async () => (await visit.launcher())?.expanded === false);
    expect(await visit.frame.evaluate(() => localStorage.length)).toBe(0);
    await visit.press();
    await visit.frame.getByRole("button", { name: "I agree" }).click();
    await visit.text.waitFor();
    expect([...chat.visitors.values()].map((v) => v.consent)).toEqual([{ version: "2", given: true, locale: "en-GB" }]);
    await visit.write("Hello");
    await until("it is there", async () => chat.only().lines.length === 1);

    const again = await town.visit(context);
    await again.open();
    await until("the talk goes on", async () => (await again.bubbles()).includes("Hello"));
  });

  it("says the hours and the place in the queue, and offers the answer by mail to who leaves", async () => {
    const { chat } = town;
    chat.config.hours = { open: false, opensAt: new Date(Date.now() + 86_400_000).toISOString() };
    const visit = await town.visit();
    await visit.open();
    const head = visit.frame.locator("header p");
    expect(await head.innerText()).toMatch(/^Closed now, open again on \w+day at \d+:\d\d$/);
    await visit.write("Will you answer tomorrow?");
    // Closed: the offer comes at once.
    const card = visit.frame.getByRole("region", { name: "Answer by e-mail" });
    await card.waitFor();
    await card.getByRole("button", { name: "Not now" }).click();
    await card.waitFor({ state: "hidden" });
    chat.frame({ type: "hours", open: true, opensAt: null });
    chat.frame({ type: "place", position: 3, waitMs: 240_000 });
    await until("the place is said", async () => (await head.innerText()) === "2 people before you · about 4 minutes");
    chat.frame({ type: "place", position: 1, waitMs: null });
    await until("the next one", async () => (await head.innerText()) === "You are next");

    await visit.frame.getByRole("button", { name: "Close the chat" }).click();
    await visit.frame.getByRole("button", { name: /We can answer by e-mail/ }).click();
    const field = card.getByLabel("Your e-mail address");
    await until("the field has the focus", () => field.evaluate((el) => el === document.activeElement));
    await field.fill("ines@nowhere");
    await field.press("Enter");
    await field.fill("not an address");
    await field.press("Enter");
    await card.getByText("Please look at the address again").waitFor();
    await field.fill("ines@example.com");
    await field.press("Enter");
    await visit.frame.getByText("If you leave, we answer to ines@example.com.").waitFor();
    expect(chat.only().email).toBe("ines@example.com");
  });

  it("sends the transcript, ends, and begins anew", async () => {
    const { chat } = town;
    const visit = await town.visit();
    await visit.open();
    await visit.write("One question.");
    await until("it is there", async () => chat.visitors.size === 1 && chat.only().lines.length === 1);
    chat.says("One answer.");
    await until("it is answered", async () => (await visit.bubbles()).length === 2);
    const more = visit.frame.getByRole("button", { name: "More" });
    await more.click();
    await visit.frame.getByRole("menuitem", { name: "Send me this chat by e-mail" }).click();
    const dialog = visit.frame.getByRole("dialog");
    await dialog.getByLabel("Your e-mail address").fill("ines@example.com");
    await dialog.getByRole("button", { name: "Send" }).click();
    await dialog.getByText("It is on its way to ines@example.com.").waitFor();
    await dialog.getByRole("button", { name: "Close" }).click();
    expect(chat.asked).toContain("POST transcript");
    await until("the focus is back", () => more.evaluate((el) => el === document.activeElement));

    await more.click();
    const sound = visit.frame.getByRole("menuitemcheckbox", { name: "Sound for new messages" });
    expect(await sound.getAttribute("aria-checked")).toBe("false");
    await visit.frame.getByRole("menuitem", { name: "End the chat" }).click();
    await dialog.getByRole("button", { name: "End the chat" }).click();
    await visit.frame.getByText("This chat has ended.").waitFor();
    await visit.write("One more thing.");
    await until("it goes on", async () => !(await visit.frame.getByText("This chat has ended.").isVisible()));
    expect(chat.only().lines.map((line) => line.text)).toEqual(["One question.", "One answer.", "One more thing."]);
  });
});
