import type { CDPSession, Page } from "playwright-core";
import { openSurf, signIn } from "../tests/browser/surf.ts";
import type { ApiClient } from "../tests/support/api-client.ts";
import { eventually } from "../tests/support/eventually.ts";
import { withPostgres } from "./house.ts";
import { workOne } from "./keyboard-work.ts";
import type { Bench, Figure } from "./measure.ts";
import { type RunningHouse, withRunningHouse } from "./running-server.ts";

/** A shift: what an agent who never pauses answers in public in eight hours, at one matter in a minute and a half. */
const MATTERS = 300;
const SHIFT_MS = 8 * 60 * 60_000;
/** What a colleague does meanwhile; each act is told to every desk. */
const ACTS_BESIDE = 8;
/** The other areas are looked at now and then, as one does. */
const LOOK_AROUND_EVERY = 10;
const AROUND = ["i", "p", "n", "w"];
const MARKS = [0.2, 0.4, 0.6, 0.8, 1];

/** What lives in the page after all that can go has gone. */
interface Alive {
  heap: number;
  nodes: number;
  listeners: number;
}

async function alive(cdp: CDPSession): Promise<Alive> {
  for (let i = 0; i < 3; i++) await cdp.send("HeapProfiler.collectGarbage");
  const { metrics } = await cdp.send("Performance.getMetrics");
  const of = (name: string) => metrics.find((one) => one.name === name)?.value ?? Number.NaN;
  return { heap: of("JSHeapUsedSize"), nodes: of("Nodes"), listeners: of("JSEventListeners") };
}

/** Notes on a matter of their own, and being here and busy in turns. */
async function actBeside(colleague: ApiClient, conversationId: string, n: number): Promise<void> {
  for (let act = 0; act < ACTS_BESIDE; act++) {
    if (act % 2) await colleague.do("PUT", "/api/presence/me", { state: act % 4 === 1 ? "busy" : "break" });
    else await colleague.do("POST", `/api/desk/conversations/${conversationId}/notes`, { text: `Noted ${n}, ${act}.` });
  }
}

async function lookAround(page: Page): Promise<void> {
  for (const key of AROUND) {
    await page.keyboard.press("g");
    await page.keyboard.press(key);
    await page.locator("main :is(h2, h3, table, [role=tab])").first().waitFor();
  }
  await page.keyboard.press("?");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.keyboard.press("g");
  await page.keyboard.press("d");
  await page.getByRole("navigation", { name: "Work list" }).waitFor();
}

/** Where the colleague's notes go: a matter of his own that stays open. */
async function standing(house: RunningHouse, colleague: ApiClient): Promise<string> {
  await house.network.post("bystander", "@northwind my bill is twice what it was last month. Why?");
  const list = "/api/desk/work?view=all&limit=10";
  const { conversationId, version } = await eventually("it waits", async () => (await colleague.get(list)).items[0]);
  await colleague.do("POST", `/api/desk/conversations/${conversationId}/take`, { expectedVersion: version });
  return conversationId;
}

interface Shift {
  page: Page;
  house: RunningHouse;
  colleague: ApiClient;
  /** Where the colleague's notes go. */
  conversationId: string;
  matters: number;
  say: (text: string) => void;
}

async function shift({ page, house, colleague, conversationId, matters, say }: Shift): Promise<Alive[]> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Performance.enable");
  const found: Alive[] = [];
  const marks = new Set(MARKS.map((part) => Math.round(part * matters)));
  for (let n = 1; n <= matters; n++) {
    await workOne(page, house, `person${n}`, "@northwind my line is down since this morning. Can you help me?");
    await actBeside(colleague, conversationId, n);
    if (n % LOOK_AROUND_EVERY === 0) await lookAround(page);
    // The page's own time goes on as it would: what is kept for half an hour goes after half an hour.
    await page.clock.fastForward(SHIFT_MS / matters);
    if (!marks.has(n)) continue;
    found.push(await alive(cdp));
    const { heap, nodes, listeners } = found.at(-1)!;
    say(`after ${n} matters: ${(heap / 1e6).toFixed(1)} MB, ${nodes} nodes, ${listeners} listeners`);
  }
  return found;
}

const figure = (what: string, unit: string, rounds: number[]): Figure => ({
  what,
  unit,
  value: rounds.at(-1)!,
  rounds,
});

/** What may have grown from a fifth of the shift to its end: compiled code comes still, of the page itself nothing. */
const HEAP_MOST = 1.2;
const MOST = 1.05;

export const screenSoak: Bench = {
  about: `A shift of eight hours at the desk in Chromium: ${MATTERS} matters by keys, ${MATTERS * ACTS_BESIDE} acts of a colleague told live, the other areas now and then; heap, nodes and listeners of the page after a fifth and at the end.`,
  run: ({ folder, say, minutes }) =>
    withPostgres(folder, (postgres) =>
      withRunningHouse(postgres, folder, async (house) => {
        const surf = await openSurf();
        try {
          // Up to 40 matters a minute on two cores; `--minutes` asks for a shorter shift of the same length on the clock.
          const matters = minutes === undefined ? MATTERS : Math.max(10, Math.round(minutes * 40));
          await house.network.people(["bystander", ...Array.from({ length: matters }, (_, n) => `person${n + 1}`)]);
          const page = await surf.window();
          await page.clock.install();
          const colleague = await house.signIn("marek");
          const conversationId = await standing(house, colleague);
          await signIn(page, house.url, "priya");
          const seen = await shift({ page, house, colleague, conversationId, matters, say });
          const kinds = [
            ["heap of the desk's page", "MB", (one: Alive) => one.heap / 1e6, HEAP_MOST],
            ["nodes of the document, detached ones too", "", (one: Alive) => one.nodes, MOST],
            ["listeners", "", (one: Alive) => one.listeners, MOST],
          ] as const;
          const figures = kinds.map(([what, unit, of]) => figure(what, unit, seen.map(of)));
          // In a short one the page is still warming up after a fifth.
          for (const [n, { what, rounds }] of figures.entries())
            if (minutes === undefined && rounds.at(-1)! > rounds[0]! * kinds[n]![3])
              throw new Error(
                `${what} grew from ${rounds[0]} to ${rounds.at(-1)}; at most ${kinds[n]![3]} times may be.`,
              );
          return figures;
        } finally {
          await surf.close();
        }
      }),
    ),
};
