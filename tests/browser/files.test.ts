import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { animatedGif, pngOf } from "../../server/modules/channels/files/images/fixtures/pictures.ts";
import { setSetting } from "../../server/modules/company/index.ts";
import { undoWindow } from "../../server/modules/desk/index.ts";
import { type Desk, openDesk } from "../support/server.ts";
import { type Story, storyOf } from "../support/story.ts";
import { faultsOf } from "./axe.ts";
import { isFocused, openSurf, PHONE, type Surf, signIn, until } from "./surf.ts";

let desk: Desk;
let story: Story;
let surf: Surf;
const folder = mkdtempSync(join(tmpdir(), "hubbub-pictures-"));
const SCREEN = join(folder, "new screen.png");
beforeAll(async () => {
  writeFileSync(SCREEN, pngOf(320, 200, { text: "GPS 53.34N 6.26W" }));
  writeFileSync(join(folder, "run.exe"), "MZ");
  surf = await openSurf();
  desk = await openDesk({ startsAt: Date.now(), config: { sendTimeoutMs: 4_000 } });
  story = storyOf(desk);
  await desk.db.withAccount(desk.company.accountId, (tx) =>
    setSetting(tx, undoWindow, 800, null, { brandId: desk.company.brandId }),
  );
}, 120_000);
afterAll(async () => {
  await surf?.close();
  await desk?.stop();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(async () => {
  await story.clear();
  await surf.sweep();
  expect(surf.complaints()).toEqual([]);
});

async function uploaded(bytes: Uint8Array, mime = "image/png"): Promise<string> {
  const answer = await fetch(`${desk.network.playground.url}/sim/v1/media`, {
    method: "POST",
    headers: { "x-playground-key": desk.network.playground.simulatorKey, "content-type": mime },
    body: Buffer.from(bytes),
  });
  return ((await answer.json()) as { id: string }).id;
}
const reply = (page: Page) => page.getByRole("textbox", { name: "Public reply on Playground" });

/** Priya has taken what a customer asked with a picture. */
async function taken(
  name: string,
  handle: string,
  media: object[],
  options = {},
): Promise<{ page: Page; postId: string }> {
  const page = await surf.window(options);
  await signIn(page, desk.url, "priya");
  await desk.network.people([{ handle, name, followers: 12 }]);
  const post = await desk.network.post(handle, "@northwind my screen is broken, look. When will you mend it?", null, {
    media,
  });
  await page.getByRole("region", { name: new RegExp(`^Offer from ${name}`) }).waitFor();
  await page.keyboard.press("t");
  await page.getByRole("region", { name: `Conversation with ${name}` }).waitFor();
  await until("it is hers", () => page.getByRole("button", { name: "Attach files" }).isEnabled());
  return { page, postId: post.id };
}

describe("files", () => {
  it("a customer's pictures are seen, looked at large by keyboard, and carry their descriptions", {
    timeout: 240_000,
  }, async () => {
    const media = [
      { id: await uploaded(pngOf(640, 400)), alt: "A cracked screen" },
      { id: await uploaded(animatedGif(), "image/gif"), alt: "It flickers" },
    ];
    const { page } = await taken("Rosa Keller", "rosa_k", media);
    const first = page.getByRole("button", { name: "A cracked screen" });
    await first.waitFor();
    const drawn = () => first.locator("img").evaluate((img: HTMLImageElement) => img.naturalWidth);
    await until("the small picture is drawn", async () => (await drawn()) > 0);
    await first.focus();
    await page.keyboard.press("Enter");
    const viewer = page.getByRole("dialog", { name: "Picture 1 of 2" });
    await viewer.getByText("A cracked screen", { exact: true }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.keyboard.press("ArrowRight");
    await page.getByRole("dialog", { name: "Picture 2 of 2" }).getByText("It flickers").waitFor();
    await page.keyboard.press("Escape");
    await until("the focus is back", () => isFocused(first));
    const src = (await first.locator("img").getAttribute("src")) ?? "";
    const [own, strange] = await Promise.all([page.request.get(desk.url + src), fetch(desk.url + src)]);
    expect([own.status(), own.headers()["x-content-type-options"], strange.status]).toEqual([200, "nosniff", 401]);
  });

  it("an agent sends a picture with its description; the network shows it once, without its place", {
    timeout: 240_000,
  }, async () => {
    const { page, postId } = await taken("Bob Marsh", "bob_m", []);
    await page.keyboard.press("r");
    await until("the text has the focus", () => isFocused(reply(page)));
    await page.keyboard.type("Like this one.");
    // What the network takes is known with the first check of the text; until then the button says why it waits.
    await page.locator('button[aria-label="Attach files"]:not([aria-disabled="true"])').waitFor();
    const chooser = page.waitForEvent("filechooser");
    await page.keyboard.press("Alt+u");
    await (await chooser).setFiles(SCREEN);
    const words = page.getByRole("textbox", { name: "Description of new screen.png" });
    await words.fill("The new screen, lit");
    // The draft keeps it over a reload.
    await page.getByText(/^Saved /).waitFor();
    await page.reload();
    await words.waitFor();
    expect(await words.inputValue()).toBe("The new screen, lit");
    expect(await faultsOf(page)).toEqual([]);
    await reply(page).focus();
    await page.keyboard.press("Control+Enter");
    await until("the network has it", async () =>
      (await desk.network.accepted()).some((a) => a.op === "post.create" && a.parentId === postId),
    );
    const seen = await surf.window();
    await seen.goto(`${desk.network.playground.url}/posts/${postId}`);
    const picture = seen.getByRole("img", { name: "The new screen, lit" });
    expect(await picture.count()).toBe(1);
    const shown = await fetch(new URL((await picture.getAttribute("src")) ?? "", desk.network.playground.url));
    expect(Buffer.from(await shown.arrayBuffer()).toString("latin1")).not.toContain("GPS");
    // And it stands at our own message on the desk.
    await page.getByRole("button", { name: "The new screen, lit" }).waitFor();
    expect((await desk.network.accepted()).filter((a) => a.parentId === postId)).toHaveLength(1);
  });

  it("what may not go says so before it is sent; dropping and pasting attach, too", { timeout: 240_000 }, async () => {
    const { page } = await taken("Wen Li", "wen_li", []);
    await page.keyboard.press("r");
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Attach files" }).click();
    await (await chooser).setFiles(join(folder, "run.exe"));
    await page
      .getByText(/run\.exe is not attached/)
      .first()
      .waitFor();
    const bytes = [...pngOf(20, 20)];
    for (const [kind, name] of [
      ["drop", "dropped.png"],
      ["paste", "pasted.png"],
    ] as const) {
      await reply(page).evaluate(
        (field, { kind, name, bytes }) => {
          const data = new DataTransfer();
          data.items.add(new File([new Uint8Array(bytes)], name, { type: "image/png" }));
          const init = { bubbles: true, cancelable: true };
          field.dispatchEvent(
            kind === "drop"
              ? new DragEvent("drop", { ...init, dataTransfer: data })
              : new ClipboardEvent("paste", { ...init, clipboardData: data }),
          );
        },
        { kind, name, bytes },
      );
      await page.getByRole("button", { name: `Take out ${name}` }).waitFor();
    }
    for (let n = 0; n < 3; n++) {
      const more = page.waitForEvent("filechooser");
      await page.getByRole("button", { name: "Attach files" }).click();
      await (await more).setFiles(SCREEN);
      await until("it is up", async () => (await page.getByRole("button", { name: /^Take out/ }).count()) === 3 + n);
    }
    await page.getByText("This network takes at most 4 files here. Remove some.").waitFor();
    await page.getByRole("button", { name: "Take out dropped.png" }).click();
    await until("four may go", async () => (await page.getByText("takes at most 4 files").count()) === 0);
  });

  it("stands well on a telephone and in the dark", { timeout: 240_000 }, async () => {
    const media = [{ id: await uploaded(pngOf(640, 400)), alt: "A cracked screen" }];
    const { page } = await taken("Ada Byron", "ada_b", media, { viewport: PHONE, colorScheme: "dark" });
    await page.getByRole("button", { name: "A cracked screen" }).waitFor();
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Attach files" }).click();
    await (await chooser).setFiles(SCREEN);
    await page.getByRole("textbox", { name: "Description of new screen.png" }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
  });
});
