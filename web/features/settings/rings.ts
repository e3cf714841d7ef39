import type { NoticeKind, Notices } from "#contracts/preferences";

/** Design: sounds are off at first, notices of the system come without a customer's words, and only while the desk is hidden. */
export const usualNotices: Notices = {
  kinds: {},
  ...{ volume: 70, hideWords: true, quiet: null, hushUntil: null, graveRings: true },
};
const USUAL_WAYS = { sound: false, desktop: true };

export const waysOf = (notices: Notices, kind: NoticeKind): { sound: boolean; desktop: boolean } =>
  notices.kinds[kind] ?? USUAL_WAYS;

/** What the page knows when something happens. */
export type Here = {
  /** Epoch ms. */
  now: number;
  /** The agent's own presence; null where they take no work and have none. */
  presence: string | null;
  /** No window of the desk can be seen. */
  hidden: boolean;
  /** This tab speaks for all of the browser's. */
  leads: boolean;
  /** The browser lets us show notices of the system. */
  allowed: boolean;
};

export type Ringing = {
  sound: boolean;
  desktop: boolean;
  why: "rings" | "not-chosen" | "another-tab" | "hushed" | "quiet-hours" | "not-here";
};

const silent = (why: Ringing["why"]): Ringing => ({ sound: false, desktop: false, why });
const PAUSED = new Set(["break", "away", "training"]);

/** Does this ring, and how? `severity` is a page's, 0…4. */
export function rings(event: { kind: NoticeKind; severity?: number }, notices: Notices, here: Here): Ringing {
  if (!here.leads) return silent("another-tab");
  const comesThrough = notices.graveRings && event.kind === "page" && (event.severity ?? 0) >= 3;
  if (!comesThrough) {
    if (notices.hushUntil !== null && here.now < Date.parse(notices.hushUntil)) return silent("hushed");
    if (notices.quiet !== null && isQuiet(notices.quiet, here.now)) return silent("quiet-hours");
    if (here.presence !== null && PAUSED.has(here.presence)) return silent("not-here");
    // Who is off duty may be on call.
    if (here.presence === "offline" && event.kind !== "page") return silent("not-here");
  }
  const ways = waysOf(notices, event.kind);
  const sound = ways.sound && notices.volume > 0;
  const desktop = ways.desktop && here.hidden && here.allowed;
  return { sound, desktop, why: sound || desktop ? "rings" : "not-chosen" };
}

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** Whether `now` lies in the quiet hours. Those that go over midnight belong to the day they begin on. */
export function isQuiet(quiet: NonNullable<Notices["quiet"]>, now: number): boolean {
  const { day, minute } = wallClock(quiet.zone, now);
  const [from, to] = [minutesOf(quiet.from), minutesOf(quiet.to)];
  const today = quiet.days.includes(day);
  if (from === to) return today;
  if (from < to) return today && minute >= from && minute < to;
  const yesterday = quiet.days.includes(day === 1 ? 7 : day - 1);
  return (today && minute >= from) || (yesterday && minute < to);
}

function wallClock(zone: string, now: number): { day: number; minute: number } {
  const parts = new Map(
    new Intl.DateTimeFormat("en-GB", {
      ...{ timeZone: zone, weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    })
      .formatToParts(now)
      .map(({ type, value }) => [type, value]),
  );
  return {
    day: DAYS.indexOf(parts.get("weekday") ?? "") + 1,
    minute: Number(parts.get("hour")) * 60 + Number(parts.get("minute")),
  };
}
