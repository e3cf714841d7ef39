import type { BrowserContext, Page } from "playwright-core";
import { openSurf, type Surf, signIn, until } from "../tests/browser/surf.ts";
import { withPostgres } from "./house.ts";
import { workOne } from "./keyboard-work.ts";
import { type Bench, counted, type Figure, latency, median, quantile } from "./measure.ts";
import { type RunningHouse, withRunningHouse } from "./running-server.ts";
import { scriptSizes } from "./script-sizes.ts";

const LOADS = 5;
const MATTERS = 10;
/** Below this the browser does not report an interaction; it rounds to 8 ms. */
const SHORTEST_MS = 16;

/** Collects in the page what the browser says of paints and interactions; nothing of it is the product's. */
function collect(): void {
  const seen = { paint: 0, events: [] as [interaction: number, ms: number][] };
  Object.assign(window, { benchSeen: seen });
  new PerformanceObserver((list) => {
    seen.paint = list.getEntries().at(-1)?.startTime ?? 0;
  }).observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { interactionId: number })[])
      if (entry.interactionId) seen.events.push([entry.interactionId, entry.duration]);
  }).observe({ type: "event", buffered: true, durationThreshold: 16 } as PerformanceObserverInit);
}

interface Seen {
  paint: number;
  events: [number, number][];
  interactions: number;
}
const seenBy = (page: Page): Promise<Seen> =>
  page.evaluate(() => ({
    ...(window as unknown as { benchSeen: Seen }).benchSeen,
    interactions: (performance as unknown as { interactionCount: number }).interactionCount,
  }));

/** When the largest thing of the desk was painted, in an empty browser. */
async function paints(surf: Surf, house: RunningHouse, storageState: State): Promise<number[]> {
  const took: number[] = [];
  for (let n = 0; n < LOADS; n++) {
    const context = await surf.context({ storageState });
    await context.addInitScript(collect);
    const page = await context.newPage();
    await page.goto(`${house.url}/desk`);
    await page.locator("nav[aria-label='Work list'] button").first().waitFor();
    await until("something was painted", async () => (await seenBy(page)).paint > 0);
    took.push((await seenBy(page)).paint);
    await context.close();
  }
  return took;
}
type State = Awaited<ReturnType<BrowserContext["storageState"]>>;

/** Takes, answers and ends matters by keys alone; each interaction's time to its next paint, in ms. */
async function keyboardPath(surf: Surf, house: RunningHouse, storageState: State): Promise<number[]> {
  const context = await surf.context({ storageState });
  await context.addInitScript(collect);
  const page = await context.newPage();
  await page.goto(`${house.url}/desk`);
  await page.getByRole("navigation", { name: "Work list" }).waitFor();
  for (let n = 0; n < MATTERS; n++)
    await workOne(page, house, `person${n}`, "@northwind my line is down since this morning. Can you help me?");
  // The browser hands entries over when it is idle.
  await page.waitForTimeout(500);
  const seen = await seenBy(page);
  await context.close();
  const longest = new Map<number, number>();
  for (const [id, ms] of seen.events) longest.set(id, Math.max(longest.get(id) ?? 0, ms));
  const short = Math.max(0, seen.interactions - longest.size);
  return [...longest.values(), ...new Array<number>(short).fill(SHORTEST_MS)];
}

export const screen: Bench = {
  about: `In Chromium: bytes of script, time to the largest paint of the desk, and INP over the keyboard path of ${MATTERS} matters (take, answer, send, end).`,
  run: ({ folder, say }) =>
    withPostgres(folder, (postgres) =>
      withRunningHouse(postgres, folder, async (house) => {
        const surf = await openSurf();
        try {
          await house.network.people(Array.from({ length: MATTERS }, (_, n) => `person${n}`));
          const page = await surf.window();
          await signIn(page, house.url, "priya");
          const state = await page.context().storageState();
          await page.context().close();
          const path = await keyboardPath(surf, house, state);
          const supervisor = await surf.window();
          await signIn(supervisor, house.url, "marek");
          const lead = await supervisor.context().storageState();
          await supervisor.context().close();
          const sizes = await scriptSizes(surf, house.url, house.networkUrl, lead);
          const largest = await paints(surf, house, lead);
          say(`${path.length} interactions; the browser reports none below ${SHORTEST_MS} ms and rounds to 8`);
          const paint: Figure = {
            what: "largest paint of the desk",
            value: median(largest),
            unit: "ms",
            rounds: largest,
          };
          return [
            // Which of them the short ones were is not known: there are no parts of the run to show.
            { ...latency("interaction to next paint, median", path, 0.5), rounds: [quantile(path, 0.5)] },
            { ...latency("interaction to next paint, 98th percentile", path, 0.98), rounds: [quantile(path, 0.98)] },
            counted("interactions above 50 ms", `of ${path.length}`, [path.filter((ms) => ms > 50).length]),
            paint,
            ...sizes,
          ];
        } finally {
          await surf.close();
        }
      }),
    ),
};
