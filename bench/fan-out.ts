import { setPresence } from "../server/modules/workforce/index.ts";
import type { ApiClient } from "../tests/support/api-client.ts";
import { eventually } from "../tests/support/eventually.ts";
import { withPostgres } from "./house.ts";
import { type LiveReader, openLive } from "./live-reader.ts";
import { type Bench, counted, latency } from "./measure.ts";
import { type RunningHouse, withRunningHouse } from "./running-server.ts";

const MANY = 1_000;
const FEW = 20;
const OPENED_AT_ONCE = 50;
const EVENTS = 25;
const DISCONNECTS = 1_000;
const CUT_AT_ONCE = 10;
const DEADLINE_MS = 60_000;

/** One browser over all its connections: what it has heard of one agent's presence. */
interface Screen {
  reader: LiveReader;
  /** Versions in the order in which they were read. */
  heard: number[];
  /** When the last one was read. */
  at: number;
  resets: number;
}

async function connect(client: ApiClient, screen: Screen, agentId: string, position: number): Promise<void> {
  screen.reader = await openLive(
    client,
    position,
    (notice, at) => {
      if (notice.kind !== "presence" || notice.id !== agentId) return;
      screen.heard.push(notice.version);
      screen.at = at;
    },
    () => void screen.resets++,
  );
}

/** As many screens of a supervisor as asked for, fifty at a time. */
async function openScreens(client: ApiClient, agentId: string, count: number): Promise<Screen[]> {
  const screens = Array.from({ length: count }, (): Screen => ({ heard: [], at: 0, resets: 0, reader: null as never }));
  for (let i = 0; i < count; i += OPENED_AT_ONCE)
    await Promise.all(screens.slice(i, i + OPENED_AT_ONCE).map((screen) => connect(client, screen, agentId, -1)));
  return screens;
}

/** Dana comes and goes: each change is one event that every screen hears of. Resolves with its version. */
function turn(dana: ApiClient): () => Promise<number> {
  let available = false;
  return async () => {
    available = !available;
    const state = available ? "available" : "busy";
    return ((await dana.do("PUT", "/api/presence/me", { state })) as { version: number }).version;
  };
}

const allHave = (screens: readonly Screen[], version: number) =>
  eventually("every stream has read it", () => screens.every((s) => s.heard.at(-1)! >= version), DEADLINE_MS);

/** From the sending of a command to the moment at which the last stream has read its frame, in ms. */
async function toLast(screens: readonly Screen[], change: () => Promise<number>): Promise<number[]> {
  const took: number[] = [];
  for (let n = 0; n < EVENTS; n++) {
    const began = performance.now();
    await allHave(screens, await change());
    took.push(Math.max(...screens.map((s) => s.at)) - began);
  }
  return took;
}

/** Cuts streams at random; each comes back and resumes by position as a browser does, while events go on. */
async function cutAtRandom(
  client: ApiClient,
  screens: readonly Screen[],
  agentId: string,
  change: () => Promise<number>,
) {
  let state = 20_261_122;
  const any = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return screens[Math.floor((state / 2 ** 32) * screens.length)]!;
  };
  let version = 0;
  for (let done = 0; done < DISCONNECTS; done += CUT_AT_ONCE) {
    const chosen = new Set<Screen>();
    while (chosen.size < CUT_AT_ONCE) chosen.add(any());
    for (const screen of chosen) screen.reader.cut();
    const changing = change();
    await Promise.all([...chosen].map((screen) => connect(client, screen, agentId, screen.reader.position())));
    version = await changing;
  }
  await allHave(screens, version);
}

/** Versions that were never heard, and such that were heard again, over all screens. */
function faults(screens: readonly Screen[], from: number, to: number) {
  let [lost, doubled, resets] = [0, 0, 0];
  for (const screen of screens) {
    const heard = screen.heard.filter((version) => version >= from);
    const different = new Set(heard).size;
    doubled += heard.length - different;
    lost += to - from + 1 - different;
    resets += screen.resets;
  }
  return { lost, doubled, resets };
}

async function measure(house: RunningHouse, say: (text: string) => void) {
  const agentId = house.company.agents.dana;
  // There is a presence to change before anybody listens.
  await house.db.withAccount(house.company.accountId, (tx) =>
    setPresence(tx, { agentId, state: "busy", until: null, reason: "", by: agentId }).then(() => {}),
  );
  const [supervisor, change] = [await house.signIn("marek"), turn(await house.signIn("dana"))];
  const few = await openScreens(supervisor, agentId, FEW);
  const withFew = await toLast(few, change);
  const screens = [...few, ...(await openScreens(supervisor, agentId, MANY - FEW))];
  const withMany = await toLast(screens, change);
  const from = (await change()) + 1;
  await allHave(screens, from - 1);
  await cutAtRandom(supervisor, screens, agentId, change);
  const to = await change();
  await allHave(screens, to);
  for (const { reader } of screens) reader.cut();
  say(`${DISCONNECTS} disconnects while ${to - from + 1} events went to ${screens.length} streams`);
  return { withFew, withMany, ...faults(screens, from, to) };
}

export const fanOut: Bench = {
  about: `${MANY} live streams of one server: from an agent's command over HTTP to the last stream's frame; then ${DISCONNECTS} random disconnects while events go on.`,
  run: ({ folder, say }) =>
    withPostgres(folder, (postgres) =>
      withRunningHouse(postgres, folder, async (house) => {
        const { withFew, withMany, lost, doubled, resets } = await measure(house, say);
        const base = { what: `with ${FEW} streams`, values: withFew };
        return [
          latency("command to the last frame, median", withMany, 0.5, base),
          latency("command to the last frame, slowest", withMany, 1, base),
          counted("lost", "notices", [lost]),
          counted("doubled", "notices", [doubled]),
          counted("told to fetch afresh", "streams", [resets]),
        ];
      }),
    ),
};
