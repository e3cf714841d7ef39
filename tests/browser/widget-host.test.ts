import { describe, expect, it } from "vitest";
import { CHAT_KEY } from "../support/scripted-chat.ts";
import { town, useTown } from "./widget-town.ts";
import { hostPage, until, visitOn } from "./widget-visit.ts";

/** All that a page may do to whom it shelters, on purpose or by an old library. */
const SPOILT = `<script>
  const broken = (name) => () => { throw new Error("spoilt: " + name); };
  for (const name of ["map", "forEach", "filter", "push", "slice", "indexOf", "includes", "concat", "join", "reduce"])
    Array.prototype[name] = broken("Array." + name);
  Array.prototype.toJSON = Object.prototype.toJSON = () => "spoilt";
  Object.defineProperty(Object.prototype, "extra", { value: 1, enumerable: true });
  for (const name of ["trim", "replace", "split", "startsWith", "includes", "slice", "concat"]) String.prototype[name] = broken("String." + name);
  for (const name of ["bind", "call", "apply"]) Function.prototype[name] = broken("Function." + name);
  for (const name of ["attachShadow", "append", "prepend", "setAttribute", "remove"]) Element.prototype[name] = broken("Element." + name);
  Node.prototype.appendChild = new Proxy(Node.prototype.appendChild, {});
  Node.prototype.insertBefore = broken("insertBefore");
  CSSStyleDeclaration.prototype.setProperty = broken("setProperty");
  EventTarget.prototype.addEventListener = broken("addEventListener");
  HTMLElement.prototype.showPopover = broken("showPopover");
  window.JSON = { parse: broken("JSON.parse"), stringify: broken("JSON.stringify") };
  window.fetch = window.XMLHttpRequest = window.WebSocket = window.Promise = window.MutationObserver = broken("global");
  Object.keys = Object.entries = Object.assign = broken("Object");
  Math.random = () => 0;
  window.isSpoilt = true;
  Array.prototype[Symbol.iterator] = broken("iterator");
</script>
<style>
  * { display: none !important; visibility: hidden !important; opacity: 0 !important; transform: scale(0) !important; pointer-events: none !important; font-size: 0 !important; }
  html, body, .wall { display: block !important; visibility: visible !important; opacity: 1 !important; transform: none !important; pointer-events: auto !important; }
  iframe, button, div { width: 1px !important; height: 1px !important; color: red !important; position: static !important; }
  .wall { position: fixed !important; inset: 0 !important; width: 100% !important; height: 100% !important; z-index: 2147483647; background: #fee; }
</style>`;

useTown((complaint) => complaint.includes("spoilt"));

describe("a hostile host's page", () => {
  it("spoils prototypes, hides everything and lies over everything: the chat is seen, pressed and answered", async () => {
    const { chat } = town;
    town.host.pages["/hostile"] = { html: hostPage(chat, { head: SPOILT, body: '<div class="wall"></div>' }) };
    const visit = await town.visit(undefined, "/hostile");
    // The test's own way into a page needs an unspoilt one; the debugger's does not.
    const line = await visit.page.context().newCDPSession(visit.page);
    const run = async (expression: string) => (await line.send("Runtime.evaluate", { expression })).result.value;
    expect(await run("isSpoilt")).toBe(true);
    await until("the launcher is there", () => visit.launcher());
    // The wall comes to stand behind us in the page, and so before us.
    await run("document.documentElement.appendChild(document.querySelector('.wall'))");
    await visit.open();
    await visit.write("Do you hear me?");
    await until("it is there", async () => chat.visitors.size === 1 && chat.only().lines.length === 1);
    chat.says("Yes.");
    await until("it is answered", async () => (await visit.bubbles()).join() === "Do you hear me?,Yes.");
    const box = (await (await visit.frame.frameElement()).boundingBox())!;
    expect([box.width, box.height]).toEqual([390, 660]);
    // The frame has the browser's own prototypes: none of the page's reach it.
    expect(await visit.frame.evaluate(() => [1, 2].map((n) => n + 1).join())).toBe("2,3");
    await visit.text.press("Escape");
    await until("it closes", async () => (await visit.launcher())?.expanded === false);
  });

  it("takes our nodes away: they come back, with the talk in them", async () => {
    const { chat } = town;
    const visit = await town.visit();
    await visit.open();
    await visit.write("Still here?");
    await until("it is there", async () => chat.visitors.size === 1 && chat.only().lines.length === 1);
    await visit.page.evaluate(() => document.documentElement.lastElementChild?.remove());
    await until("the frame stands again", async () => {
      const again = await visitOn(visit.page);
      return (await again.frame.locator(".bubble").allInnerTexts()).includes("Still here?");
    });
    expect((await visit.launcher())?.expanded).toBe(true);
  });

  it("a strict content policy needs two words for us, and a page of Trusted Types none", async () => {
    const { chat } = town;
    const policy = `default-src 'none'; script-src ${chat.url}; frame-src ${chat.url}; require-trusted-types-for 'script'; trusted-types 'none'`;
    town.host.pages["/strict"] = { html: hostPage(chat), headers: { "content-security-policy": policy } };
    const visit = await town.visit(undefined, "/strict");
    await visit.open();
    await visit.write("Hello");
    await until("it is there", async () => chat.visitors.size === 1 && chat.only().lines.length === 1);
    const box = (await (await visit.frame.frameElement()).boundingBox())!;
    expect([box.width, box.height]).toEqual([390, 660]);
  });
});

describe("nothing leaks", () => {
  it("into the host's page: one name, no styles, no frame in reach, no word of the talk", async () => {
    const { chat } = town;
    town.host.pages["/bare"] = { html: hostPage(chat).replace(/<script\b.*<\/script>/s, "") };
    const bare = await (await town.context()).newPage();
    await bare.goto(`${town.host.url}/bare`);
    const names = () => Object.getOwnPropertyNames(window).toSorted();
    const looks = () =>
      [...document.querySelectorAll("body *")].map((el) => JSON.stringify(getComputedStyle(el)).length);
    const [before, looked] = [await bare.evaluate(names), await bare.evaluate(looks)];
    await bare.context().close();

    const visit = await town.visit();
    await visit.page.evaluate(() => {
      const heard: unknown[] = [];
      Object.assign(window, { heard });
      addEventListener("message", (event) => heard.push(JSON.stringify(event.data)));
    });
    await visit.open();
    await visit.write("My password is swordfish");
    await until("it is there", async () => chat.visitors.size === 1 && chat.only().lines.length === 1);
    chat.says("Never tell anybody swordfish");
    await until("it is answered", async () => (await visit.bubbles()).length === 2);
    const after = (await visit.page.evaluate(names)).filter((name) => !before.includes(name) && name !== "heard");
    expect(after).toEqual(["hubbubChat"]);
    expect((await visit.page.evaluate(looks)).slice(0, looked.length)).toEqual(looked);
    const reach = await visit.page.evaluate(() => {
      const ours = document.documentElement.lastElementChild as HTMLElement;
      const keeps = Object.values({ ...localStorage, ...sessionStorage, cookie: document.cookie });
      const { heard } = window as unknown as { heard: string[] };
      return { root: ours.shadowRoot, frames: window.length, html: document.documentElement.outerHTML, keeps, heard };
    });
    expect([reach.root, reach.frames, reach.keeps.join("")]).toEqual([null, 0, ""]);
    expect(reach.heard.length).toBeGreaterThan(0);
    expect(reach.html + reach.heard.join()).not.toMatch(/swordfish|token-/);
  });

  it("from the host's page into the frame: it hears its host alone, and no other site may embed it", async () => {
    const { chat } = town;
    const visit = await town.visit();
    await until("the launcher is there", () => visit.launcher());
    // A window of the right page, but not the one around the frame.
    await visit.frame.evaluate(() => window.postMessage({ hubbub: 1, do: "open" }, "*"));
    for (const junk of [null, 3, "open", { do: "open" }, { hubbub: 2, do: "open" }])
      await visit.page.evaluate((data) => window.postMessage(data, "*"), junk);
    await visit.page.evaluate(() => window.postMessage({ hubbub: 1, say: "gone" }, "*"));
    expect((await visit.launcher())?.name).toBe("Chat with Northwind Mobile");
    expect(await visit.text.isVisible()).toBe(false);
    await visit.page.context().close();

    const foreign = await (await town.context()).newPage();
    const own = town.host.url.replace("localhost", "127.0.0.1");
    await foreign.goto(own);
    await until("the frame was refused", async () => town.complaints.some((text) => text.includes("frame-ancestors")));
    town.complaints.splice(0);
    expect(await foreign.evaluate(() => Object.keys(window).includes("hubbubChat"))).toBe(true);
    expect(chat.asked).toEqual(["POST session"]);
    await foreign.context().close();
  });
});

it("the page has one object: it opens, closes, listens, says who the visitor is and forgets", async () => {
  const { chat } = town;
  const visit = await town.visit();
  await until("the launcher is there", () => visit.launcher());
  const run = (script: string) => visit.page.evaluate(script);
  await run(`window.got = []; window.off = hubbubChat.on("open", () => got.push("open"));
    hubbubChat.on("ready", () => got.push("ready")); hubbubChat.on("close", () => got.push("close"));
    hubbubChat.on("unread", (n) => got.push("unread " + n)); hubbubChat.on("open", () => { throw new Error("the page's own") });
    hubbubChat.open()`);
  await visit.text.waitFor();
  await visit.write("hello");
  await until("it is there", async () => chat.visitors.size === 1 && chat.only().lines.length === 1);
  await run("hubbubChat.close(); off()");
  await until("it is closed", async () => !(await visit.text.isVisible()));
  chat.says("news");
  await until("the page hears of it", async () => (await run("got.join()")) === "ready,open,close,unread 1");
  expect(await run("Object.isFrozen(hubbubChat) && Reflect.set(window, 'hubbubChat', 1)")).toBe(false);
  expect(await run("Object.keys(hubbubChat).join()")).toBe("open,close,identify,on");

  await run("hubbubChat.identify('a.b.c')");
  await until(
    "the server hears who it is",
    async () => chat.asked.filter((what) => what === "POST session").length === 2,
  );
  await run("hubbubChat.open()");
  await visit.text.fill("half a sentence of the first");
  chat.faults.push({ path: "messages", how: 503, times: 2 });
  await visit.text.press("Enter");
  await visit.text.fill("and another half");
  // At once behind one another, as a page does whose visitor signs out: the first answer may come last.
  await run("hubbubChat.identify('d.e.f'); hubbubChat.identify(null)");
  await until("another visitor", async () => chat.visitors.size === 2);
  await until("nothing is left of the first", async () => (await visit.bubbles()).length === 0);
  expect(await visit.text.inputValue()).toBe("");
  await visit.write("hello, I am the second");
  await until("it is there", async () => [...chat.visitors.values()][1]!.lines.length === 1);
  expect([...chat.visitors.values()].map((one) => one.lines.map((line) => line.text))).toEqual([
    ["hello", "news"],
    ["hello, I am the second"],
  ]);
});

it("a hidden page says in its title how many are unread, and has its own again afterwards", async () => {
  const { chat } = town;
  const visit = await town.visit();
  await visit.open();
  await visit.write("hello");
  await until("it is there", async () => chat.visitors.size === 1 && chat.only().lines.length === 1);
  const hide = (hidden: boolean) =>
    visit.page.evaluate((value) => {
      Object.defineProperty(document, "hidden", { value, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, hidden);
  await visit.text.press("Escape");
  await hide(true);
  chat.says("one");
  chat.says("two");
  await until("the title says it", async () => (await visit.page.title()) === "(2) A shop");
  await hide(false);
  expect(await visit.page.title()).toBe("A shop");
});

it("a frame whose browser keeps nothing for it still talks", async () => {
  const { chat } = town;
  // Another site, whose storage such browsers block: the host is reached by another name.
  const other = town.host.url.replace("localhost", "127.0.0.1");
  chat.origins.push(other);
  const page = await (await town.context()).newPage();
  await page.goto(other);
  const visit = await visitOn(page);
  await visit.open();
  await visit.write("Do you keep me?");
  await until("it is there", async () => chat.visitors.size === 1 && chat.only().lines.length === 1);
  chat.says("As long as you stay.");
  await until("it is answered", async () => (await visit.bubbles()).length === 2);
  chat.origins.pop();
  await page.context().close();
  expect(CHAT_KEY).toMatch(/^[\w-]{16,64}$/);
});
