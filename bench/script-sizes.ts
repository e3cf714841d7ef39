import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import type { BrowserContext } from "playwright-core";
import { laterScripts } from "../tests/browser/later-scripts.ts";
import { type Surf, WEB } from "../tests/browser/surf.ts";
import { counted, type Figure } from "./measure.ts";

const AREAS = ["/insights", "/channels", "/team", "/policy", "/start"];

type SignedIn = Awaited<ReturnType<BrowserContext["storageState"]>>;

const kilobytes = (what: string, bytes: number): Figure => counted(what, "KB gzip", [bytes / 1_024]);
const gzipped = (text: string | Buffer) => gzipSync(text).length;

/** The scripts that an empty browser has when the area stands there; those for later are held back for good. */
async function scriptsOf(
  surf: Surf,
  signedIn: SignedIn,
  address: string,
  ready: string,
  held: ReadonlySet<string> = new Set(),
): Promise<Set<string>> {
  const context = await surf.context({ storageState: signedIn });
  const asked = new Set<string>();
  await context.route("**/assets/*.js", async (route) => {
    const name = basename(new URL(route.request().url()).pathname);
    if (held.has(name)) return;
    asked.add(name);
    await route.continue();
  });
  const page = await context.newPage();
  await page.goto(address);
  await page.locator(ready).first().waitFor();
  await context.close();
  return asked;
}

/** Script of the desk, of each area beyond it, and of the network's pages: bytes as they cross the wire. */
export async function scriptSizes(surf: Surf, desk: string, network: string, signedIn: SignedIn): Promise<Figure[]> {
  const names = readdirSync(join(WEB, "assets")).filter((name) => name.endsWith(".js"));
  const size = new Map(names.map((name) => [name, gzipped(readFileSync(join(WEB, "assets", name)))]));
  const weight = (some: Iterable<string>) => [...some].reduce((sum, name) => sum + (size.get(name) ?? 0), 0);
  const later = laterScripts();
  const first = await scriptsOf(surf, signedIn, `${desk}/desk`, "nav[aria-label='Work list'] button", later);
  // The worker of the live stream loads beside the page and is not among its requests.
  for (const name of names) if (name.startsWith("live-worker")) first.add(name);
  const figures = [
    kilobytes("script to the usable desk", weight(first)),
    kilobytes("script of an open conversation", weight(later)),
  ];
  for (const area of AREAS) {
    const all = await scriptsOf(surf, signedIn, `${desk}${area}`, "main :is(h2, h3)");
    figures.push(kilobytes(`script that ${area} adds`, weight([...all].filter((name) => !first.has(name)))));
  }
  return [...figures, ...(await publicPage(network))];
}

/** A page that works without script: its text, and all scripts it names. */
async function publicPage(address: string): Promise<Figure[]> {
  const page = await (await fetch(address, { headers: { accept: "text/html" } })).text();
  let script = 0;
  for (const [, from] of page.matchAll(/<script[^>]*\ssrc="([^"]+)"/g))
    script += gzipped(await (await fetch(new URL(from!, address))).text());
  return [kilobytes("the network's first page", gzipped(page)), kilobytes("script of the network's pages", script)];
}
