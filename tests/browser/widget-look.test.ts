import type { Frame } from "playwright-core";
import { describe, expect, it } from "vitest";
import { CHAT_KEY } from "../support/scripted-chat.ts";
import { town, useTown } from "./widget-town.ts";
import { findings, hostPage, PHONE, until, type Visit, WIDE } from "./widget-visit.ts";

useTown();

/** A talk with all that can stand in one. */
async function fill(visit: Visit): Promise<void> {
  const { chat } = town;
  await visit.write("My bill is 12,40 higher than in October. Why is that?");
  await until("it is there", async () => [...chat.visitors.values()].some((v) => v.lines.length === 1));
  chat.says("Hello Ines, I am Priya. Let me look at it: https://example.com/bills/2026-11");
  chat.says("It is the calls to Switzerland on the 3rd.");
  const name = "November bill, second version.pdf";
  const url = `/chat/${CHAT_KEY}/files/none`;
  const files = [{ id: crypto.randomUUID(), name, mime: "application/pdf", bytes: 84_200, image: false, url }];
  chat.says("", { files });
  chat.says("Priya Nair has joined.", { from: "system", name: undefined });
  chat.faults.push({ path: "messages", how: 400, times: 1 });
  await visit.write("This one is refused");
  await visit.frame.locator(".refused").waitFor();
  chat.frame({ type: "typing", on: true, name: "Priya Nair" });
  await visit.frame.locator(".writing").waitFor();
}

/** Axe in both lights. */
async function look(frame: Frame, visit: Visit, where: string): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await visit.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    found.push(...(await findings(frame, `${where}, ${colorScheme}`)));
  }
  await visit.page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  return found;
}

it("a faulty frame is found faulty", async () => {
  const visit = await town.visit();
  await visit.open();
  await visit.frame.evaluate(() => {
    document.querySelector("textarea")!.removeAttribute("aria-label");
    document.querySelector("textarea")!.removeAttribute("placeholder");
    document.querySelector("h1")!.style.color = "#5a9b97";
    document.body.style.width = "3000px";
  });
  const found = (await findings(visit.frame, "faulty")).join("\n");
  expect(found).toMatch(/label at/);
  expect(found).toMatch(/color-contrast at/);
});

describe.each([
  ["desk", WIDE],
  ["phone", PHONE],
  ["small phone", { width: 320, height: 568 }],
  ["page at 200 %", { width: 640, height: 360 }],
] as const)("on a %s", (name, viewport) => {
  it("no state has a finding", { timeout: 240_000 }, async () => {
    const { chat } = town;
    const found: string[] = [];
    const visit = await town.visit({ viewport });
    await until("the launcher is there", () => visit.launcher());
    await visit.page.evaluate("hubbubChat.open()");
    await visit.text.waitFor();
    const add = async (where: string) => found.push(...(await look(visit.frame, visit, `${where} (${name})`)));
    await add("empty");
    const box = (await (await visit.frame.frameElement()).boundingBox())!;
    if (viewport.width <= 480 || viewport.height <= 420)
      expect([box.width, box.height]).toEqual([viewport.width, viewport.height]);
    else expect([box.width, box.height]).toEqual([390, 660]);
    await fill(visit);
    const picker = visit.frame.locator("input[type=file]");
    await picker.setInputFiles([
      {
        name: "a file with quite a long name, as phones like to give them 20261122_101512.txt",
        mimeType: "text/plain",
        buffer: Buffer.from("x"),
      },
      { name: "big.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(100_001) },
    ]);
    await visit.frame.getByText("“big.pdf” is too large").waitFor();
    await add("talk");
    await visit.frame.getByRole("button", { name: "More" }).click();
    await add("menu");
    await visit.frame.getByRole("menuitem", { name: "Go on by e-mail" }).click();
    await add("e-mail");
    await visit.frame.getByRole("button", { name: "More" }).click();
    await visit.frame.getByRole("menuitem", { name: "Send me this chat by e-mail" }).click();
    await visit.frame.getByRole("dialog").getByRole("button", { name: "Send" }).click();
    await visit.frame.getByRole("dialog").getByText("Please look at the address").waitFor();
    await add("dialog");
    await visit.frame.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    chat.frame({ type: "ended", by: "agent" });
    chat.sockets = "refused";
    chat.drop();
    await visit.frame.locator(".trouble").waitFor();
    await add("ended and lost");
    chat.sockets = "open";
    await until("the line is back", async () => !(await visit.frame.locator(".trouble").isVisible()));
    await visit.page.evaluate("hubbubChat.close()");
    chat.says("Are you still there? I have found it.");
    await visit.frame.locator(".peek").waitFor();
    await add("peek");
    expect(found).toEqual([]);
  });
});

it("the launcher itself has no finding and a ring that is seen", async () => {
  const context = await town.context();
  // Axe cannot look into a closed root; for it alone the root is opened, in every window from which the loader might take the method.
  await context.addInitScript(() => {
    const { attachShadow } = Element.prototype;
    Element.prototype.attachShadow = function (init) {
      return attachShadow.call(this, { ...init, mode: "open" });
    };
  });
  const visit = await town.visit(context);
  await until("the launcher is there", () => visit.launcher());
  const button = visit.page.getByRole("button", { name: "Chat with Northwind Mobile" });
  await button.waitFor();
  expect(await findings(visit.page.mainFrame(), "launcher")).toEqual([]);
  await visit.page.locator("#own").focus();
  await visit.page.keyboard.press("Tab");
  expect(await button.evaluate((el) => el.matches(":focus-visible"))).toBe(true);
  expect(await button.evaluate((el) => getComputedStyle(el).outlineWidth)).toBe("3px");
});

describe("by the keyboard alone", () => {
  it("the chat is reached, used and left, and the focus comes back to the launcher", async () => {
    const visit = await town.visit();
    await until("the launcher is there", () => visit.launcher());
    const { keyboard } = visit.page;
    await visit.page.locator("#own").focus();
    await keyboard.press("Tab");
    await keyboard.press("Enter");
    await until("the place to write has the focus", () => visit.text.evaluate((el) => el === document.activeElement));
    await keyboard.type("Hello");
    await keyboard.press("Shift+Enter");
    await keyboard.type("there");
    await keyboard.press("Enter");
    await until("it is sent", async () => (await visit.bubbles()).join() === "Hello\nthere");
    // Every stop of the frame shows where the focus is.
    await visit.frame.evaluate(() => (document.querySelector("header button") as HTMLElement).focus());
    const stops: string[] = [];
    for (let n = 0; n < 12; n++) {
      const stop = await visit.frame.evaluate(() => {
        const here = document.activeElement as HTMLElement;
        const { outlineStyle, outlineWidth } = getComputedStyle(here);
        const name = here.getAttribute("aria-label") ?? here.tagName;
        return here === document.body
          ? ""
          : `${name}${outlineStyle === "none" || outlineWidth === "0px" ? ": no ring" : ""}`;
      });
      if (stop === "") break;
      stops.push(stop);
      await keyboard.press("Tab");
    }
    expect([...new Set(stops)].slice(0, 6)).toEqual([
      "More",
      "Close the chat",
      "Messages",
      "Attach a file",
      "Your message",
      "Send",
    ]);

    await visit.frame.evaluate(() => (document.querySelector("header button") as HTMLElement).focus());
    await keyboard.press("Enter");
    for (const key of ["ArrowDown", "ArrowDown", "ArrowUp", "End", "ArrowDown"]) await keyboard.press(key);
    const on = () => visit.frame.evaluate(() => document.activeElement?.textContent);
    expect(await on()).toBe("Go on by e-mail");
    await keyboard.press("End");
    await keyboard.press("Enter");
    await visit.frame.getByRole("dialog").waitFor();
    // The question holds the Tab key.
    const inside = () => visit.frame.evaluate(() => document.querySelector("dialog")!.contains(document.activeElement));
    for (let n = 0; n < 5; n++) {
      await keyboard.press("Tab");
      expect(await inside()).toBe(true);
    }
    await keyboard.press("Escape");
    await until("the question is gone", async () => (await visit.frame.getByRole("dialog").count()) === 0);
    expect((await visit.launcher())?.expanded).toBe(true);
    await keyboard.press("Escape");
    await until("the chat is closed", async () => (await visit.launcher())?.expanded === false);
    await keyboard.press("Enter");
    await until("the launcher had the focus", async () => (await visit.launcher())?.expanded === true);
  });

  it("on a phone, where it covers all, the Tab key stays in it", async () => {
    const visit = await town.visit({ viewport: PHONE });
    await visit.open();
    for (let n = 0; n < 9; n++) {
      await visit.page.keyboard.press(n % 2 ? "Tab" : "Shift+Tab");
      await visit.page.keyboard.press("Tab");
      expect(await visit.frame.evaluate(() => document.activeElement !== document.body && document.hasFocus())).toBe(
        true,
      );
    }
  });
});

it("what comes is read out once, by name", async () => {
  const { chat } = town;
  const visit = await town.visit();
  await visit.open();
  await visit.write("Hello");
  await until("it is there", async () => chat.visitors.size === 1 && chat.only().lines.length === 1);
  chat.says("Good morning.");
  const region = visit.frame.locator("[aria-live=polite]");
  await region.getByText("Priya Nair: Good morning.").waitFor({ state: "attached" });
  expect(await region.innerText()).toBe("Priya Nair: Good morning.");
});

describe("languages", () => {
  it.each([
    ["en", "Write a message …", "ltr"],
    ["de", "Nachricht schreiben …", "ltr"],
    ["fr", "Écrire un message …", "ltr"],
    ["es", "Escriba un mensaje …", "ltr"],
    ["it", "Scriva un messaggio …", "ltr"],
    ["pt", "Escreva uma mensagem …", "ltr"],
    ["nl", "Schrijf een bericht …", "ltr"],
    ["ar", "اكتب رسالة …", "rtl"],
  ])("%s", async (lang, words, dir) => {
    town.host.pages["/lang"] = { html: hostPage(town.chat, { lang }) };
    const visit = await town.visit(undefined, "/lang");
    await visit.open();
    expect(await visit.text.getAttribute("placeholder")).toBe(words);
    expect(await visit.frame.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual([
      lang,
      dir,
    ]);
    expect(await findings(visit.frame, lang)).toEqual([]);
  });

  it("right to left: the visitor's lines stand on the left", async () => {
    town.host.pages["/ar"] = { html: hostPage(town.chat, { attributes: 'data-language="ar"' }) };
    const visit = await town.visit(undefined, "/ar");
    await visit.open();
    await visit.write("شريحتي محجوبة 12345");
    await until("it is there", async () => [...town.chat.visitors.values()].some((v) => v.lines.length === 1));
    town.chat.says("سأنظر في ذلك الآن.");
    await until("it is answered", async () => (await visit.bubbles()).length === 2);
    const side = (selector: string) => visit.frame.locator(selector).evaluate((el) => el.getBoundingClientRect().left);
    expect(await side(".visitor .bubble")).toBeLessThan(await side(".agent:not([hidden]) .bubble"));
  });
});

it("a company's own colours are read whatever they are", { timeout: 240_000 }, async () => {
  for (const [primary, accent] of [
    ["#ffeb3b", "#ffffff"],
    ["#000000", "#777777"],
    ["#ff69b4", "#00ff00"],
  ] as const) {
    await town.sweep();
    town.chat.config.colours = { primary, accent };
    town.chat.config.position = "left";
    const visit = await town.visit();
    await until("the launcher is there", () => visit.launcher());
    await visit.page.evaluate("hubbubChat.open()");
    await visit.text.waitFor();
    await fill(visit);
    expect((await (await visit.frame.frameElement()).boundingBox())!.x).toBe(20);
    expect(await look(visit.frame, visit, primary)).toEqual([]);
  }
});
