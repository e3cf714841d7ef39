import type { BrowserContext } from "playwright-core";
import type { ReplayFigures, StitchingView, StitchReplay, WindowReplay, WindowsView } from "#contracts/windows";
import { ME, uid } from "./desk-town.ts";
import type { Fake } from "./play-server.ts";

const DAY = 86_400_000;
export const BRAND = uid(10);

const view: WindowsView = {
  ...{ brandId: BRAND, version: 0, channels: [] },
  reopen: { public: 7 * DAY, dm: 30 * DAY, email: 14 * DAY, chat: 3 * DAY, phone: 3 * DAY },
  burst: { public: 1_800_000, dm: 1_800_000, email: 1_800_000, chat: 1_800_000, phone: 1_800_000 },
  names: [
    { channelId: uid(40), network: "playground", name: "Northwind on the playground" },
    { channelId: uid(41), network: "email", name: "Care" },
  ],
};
const figures = (returns: number, settled: number, bursts: number): ReplayFigures => ({
  ...{
    conversations: 90,
    episodes: 120,
    returns,
    done: 110,
    settled,
    firstContacts: 88,
    firstSettled: settled - 20,
    bursts,
  },
});
const ines = { conversationId: uid(2_003), number: "C-20481", subject: "No 4G in Leith since Sunday, lost sales" };
const nobody = { conversationId: null, number: "", subject: "" };
const replay: WindowReplay = {
  ...{ from: "2026-10-01T00:00:00.000Z", to: "2026-11-01T00:00:00.000Z", looked: 214, cut: false },
  ...{ before: figures(14, 96, 340), after: figures(21, 89, 301), changesInAll: 2, burstsInAll: 1 },
  changes: [
    {
      ...{ ...ines, what: "return", how: "joined", at: "2026-10-28T10:00:00.000Z", medium: "public" },
      ...{ channelId: uid(40), afterMs: 9 * DAY },
    },
    {
      ...{ ...nobody, what: "return", how: "parted", at: "2026-10-20T10:00:00.000Z", medium: "dm" },
      ...{ channelId: uid(99), afterMs: 3 * 3_600_000 },
    },
  ],
  bursts: [{ ...ines, before: 5, after: 3 }],
};

const stitching: StitchingView = {
  limits: { freshPostMs: DAY, mediaShiftMs: 3 * DAY, memoryMs: 30 * DAY, burstMs: 600_000 },
  version: 0,
};
const side = {
  ...ines,
  by: "Ines Rocha",
  text: "Signal is back, but who pays for Sunday?",
  at: "2026-10-28T10:00:00.000Z",
};
const stitchReplay: StitchReplay = {
  ...{ from: "2026-10-01T00:00:00.000Z", to: "2026-11-01T00:00:00.000Z", looked: 412, cut: false },
  ...{ before: 214, after: 207, joinedInAll: 1, partedInAll: 1 },
  changes: [
    { how: "joined", message: side, other: { ...side, text: "No 4G in Leith since Sunday" }, afterMs: 30 * 3_600_000 },
    { how: "parted", message: side, other: { ...nobody, by: "", text: "", at: side.at }, afterMs: 2 * DAY },
  ],
};

/** Plays the policy area for somebody who manages it. */
export async function playWindows(fake: Fake, context: BrowserContext): Promise<void> {
  const answers: Record<string, unknown> = {
    "GET /api/session": {
      agent: { ...ME, email: "priya@northwind.example", locale: "en" },
      account: { id: uid(9), name: "Northwind", mission: "" },
      grants: ["work.read", "policy.manage"].map((verb) => ({ verb, scope: "account", scopeId: null })),
      ...{ demo: true, csrf: "token", playgroundUrl: null },
    },
    "GET /api/brands": { brands: [{ id: BRAND, name: "Northwind Mobile" }] },
    [`GET /api/policies/${BRAND}`]: {
      ...{ brandId: BRAND, version: 0, text: "We answer.", rules: [], validFrom: "2026-01-01T00:00:00.000Z" },
    },
    [`GET /api/policies/${BRAND}/windows`]: view,
    [`PUT /api/policies/${BRAND}/windows`]: { ...view, version: 1 },
    [`POST /api/policies/${BRAND}/windows/replay`]: replay,
    [`GET /api/policies/${BRAND}/stitching`]: stitching,
    [`PUT /api/policies/${BRAND}/stitching`]: { ...stitching, version: 1 },
    [`POST /api/policies/${BRAND}/stitching/replay`]: stitchReplay,
  };
  await context.route("http://desk.localhost/api/**", async (route) => {
    const request = route.request();
    const path = new URL(request.url()).pathname;
    const body = answers[`${request.method()} ${path}`];
    if (body === undefined) return route.fallback();
    if (request.method() !== "GET")
      fake.calls.push({ method: request.method(), path, key: null, body: request.postDataJSON() ?? {} });
    await route.fulfill({ status: 200, contentType: "application/json", body: JSON.stringify(body) });
  });
}
