import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import type { BrowserContext } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Desk, openDesk } from "../support/server.ts";
import { laterScripts } from "./later-scripts.ts";
import { openSurf, type Surf, signIn, WEB } from "./surf.ts";

/** DESIGN §6: script to the usable desk, and what each further area may add. Bytes of gzip. */
const DESK_MOST = 240 * 1024;
const AREA_MOST = 60 * 1024;

const assets = new Map<string, string>();
let desk: Desk;
let surf: Surf;
/** What a desk without an open conversation does not wait for. */
let later: Set<string>;
let signedIn: Awaited<ReturnType<BrowserContext["storageState"]>>;
beforeAll(async () => {
  surf = await openSurf();
  later = laterScripts();
  for (const name of readdirSync(join(WEB, "assets")))
    if (name.endsWith(".js")) assets.set(name, readFileSync(join(WEB, "assets", name), "utf8"));
  desk = await openDesk({ startsAt: Date.now() });
  const page = await surf.window();
  await signIn(page, desk.url, "marek");
  signedIn = await page.context().storageState();
  await page.context().close();
}, 120_000);
afterAll(async () => {
  await surf?.close();
  await desk?.stop();
});

/**
 * The scripts a browser with nothing in its cache has when an area stands there. What is for later is held back for
 * good, which shows that nothing waits for it.
 */
async function scriptsOf(path: string, ready: string, held: ReadonlySet<string> = new Set()): Promise<Set<string>> {
  const context = await surf.context({ storageState: signedIn });
  const asked = new Set<string>();
  await context.route("**/assets/*.js", async (route) => {
    const name = basename(new URL(route.request().url()).pathname);
    if (held.has(name)) return;
    asked.add(name);
    await route.continue();
  });
  const page = await context.newPage();
  await page.goto(`${desk.url}${path}`);
  await page.locator(ready).first().waitFor();
  await context.close();
  return asked;
}

const weight = (names: Iterable<string>): number =>
  [...names].reduce((sum, name) => sum + gzipSync(assets.get(name) ?? "").length, 0);

describe("the built web app", () => {
  it("brings little script to the usable desk, and little more for each area", { timeout: 240_000 }, async () => {
    const first = await scriptsOf("/desk", "nav[aria-label='Work list'] button", later);
    // The worker of the live stream loads beside the page and is not among its requests.
    for (const name of assets.keys()) if (name.startsWith("live-worker")) first.add(name);
    expect(weight(first)).toBeGreaterThan(50_000);
    expect(weight(first), [...first].join(", ")).toBeLessThanOrEqual(DESK_MOST);
    expect(later.size).toBeGreaterThan(0);
    expect(weight(later)).toBeLessThanOrEqual(AREA_MOST);
    for (const path of ["/insights", "/channels", "/team", "/policy", "/start"]) {
      const all = await scriptsOf(path, "main :is(h2, h3)");
      const more = [...all].filter((name) => !first.has(name));
      expect(more, path).not.toEqual([]);
      expect(weight(more), `${path} adds ${more.join(", ")}`).toBeLessThanOrEqual(AREA_MOST);
    }
  });

  it("has no zod in it", () => {
    const carries = (text: string) => /ZodError|\$ZodType|_zod\b|zod\/v\d/.test(text);
    const zod = readFileSync(new URL("../../node_modules/zod/v4/core/schemas.js", import.meta.url), "utf8");
    expect(carries(zod)).toBe(true);
    expect(assets.size).toBeGreaterThan(5);
    expect([...assets].filter(([, text]) => carries(text)).map(([name]) => name)).toEqual([]);
  });

  it("runs no script that stands in a page", async () => {
    for (const address of [desk.url, `${desk.url}/desk`, `${desk.url}/api/docs`, desk.network.playground.url]) {
      const answer = await fetch(address, { headers: { accept: "text/html" } });
      const policy = answer.headers.get("content-security-policy") ?? "";
      const rules = new Map(policy.split(";").map((rule) => [rule.trim().split(" ")[0], rule.trim()]));
      const scripts = rules.get("script-src") ?? rules.get("default-src");
      expect([address, scripts]).toEqual([address, expect.stringContaining("'self'")]);
      expect(scripts).not.toMatch(/unsafe-inline|unsafe-eval|data:|blob:|\*/);
      const page = await answer.text();
      expect(page.match(/<script(?![^>]*\ssrc=)[^>]*>/g), address).toBeNull();
      expect(page, address).not.toMatch(/\son[a-z]+\s*=\s*["']/i);
    }
    expect(surf.complaints()).toEqual([]);
    const page = await surf.window();
    await page.goto(`${desk.url}/sign-in`);
    await page.getByLabel("E-mail").waitFor();
    await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "window.ran = true";
      document.body.append(script);
    });
    expect(await page.evaluate(() => "ran" in window)).toBe(false);
    // The ear of all browser tests hears it, so their silence means something.
    expect(surf.complaints().join()).toMatch(/content security policy/i);
  });
});
