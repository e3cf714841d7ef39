import type { ChatFrame } from "#contracts/webchat";
import { type Instant, type Millis, SECOND } from "#platform/clock";
import { AppError } from "#platform/errors";
import { type Line, latestLines, linesAfter } from "../store/webchat-line-store.ts";
import { CHAT_NOTICES, findVisitors, touchVisitors, type Visitor } from "../store/webchat-visitor-store.ts";
import type { ChatDoor, ChatDoors } from "./door.ts";
import { threadOf } from "./envelope.ts";
import type { ChatHouse } from "./house.ts";
import { type ChatNotice, readNotice } from "./lines.ts";
import { hoursFrame, presentLine } from "./present.ts";
import { noteAtDesk, noteReached } from "./receipts.ts";

/** One open line to a browser: a socket, or a poll that waits. */
export interface Window {
  readonly door: ChatDoor;
  readonly visitorId: string;
  /** Its token was given to somebody whom the host site named. */
  readonly signedIn: boolean;
  /** Lines up to here were sent on it. */
  after: number;
  send(frame: ChatFrame): void;
  /** The visitor is gone: what it held is not to be shown any more. */
  shut(): void;
}

/** What all windows of a visitor were told last. */
interface Told {
  windows: Set<Window>;
  delivered: number;
  read: number;
  ended: boolean;
  /** `position:wait`, or empty. */
  place: string;
  /** The last line is the visitor's own; null: not known yet. */
  waiting: boolean | null;
  chat: number;
  /** The last line there is. */
  lastSeq: number;
  pumping: Promise<void> | null;
  again: boolean;
}

export interface ChatWindows {
  /** Adds a window, sends what it lacks, and everything after. */
  open(window: Window): Promise<void>;
  close(window: Window): void;
  of(visitorId: string): number;
  /** Whether the visitor types now. */
  types(visitorId: string): boolean;
  readonly size: number;
  /** Something may have changed for these accounts: places in queues, what stands before the desk. */
  wake(accountIds?: readonly string[]): void;
  /** Looks now, for tests and at closing. */
  settle(): Promise<void>;
  closeAll(): Promise<void>;
}

/** Lines of one look. */
const PAGE = 200;
const LOOK_EVERY: Millis = 10 * SECOND;
const PLACES_EVERY: Millis = SECOND;
/** The more windows are open, the longer is waited before all are asked about again. */
const PLACES_EACH: Millis = 10;
/** A visitor of whom no more is heard has stopped typing. */
const TYPING_LASTS: Millis = 8 * SECOND;

/**
 * All open windows of this process. Whatever node writes a line tells all nodes; each asks the database once for a visitor however many
 * windows it has, and sends each what it lacks, in order.
 */
export async function openWindows(house: ChatHouse, doors: ChatDoors): Promise<ChatWindows> {
  const { db, log, clock } = house;
  const visitors = new Map<string, Told>();
  const looking = new Map<string, Promise<void>>();
  /** Until when it counts that a visitor types, at whichever node. */
  const typing = new Map<string, Instant>();
  let closed = false;
  let size = 0;

  async function pump(visitorId: string, told: Told): Promise<void> {
    do {
      told.again = false;
      const { door } = [...told.windows][0] ?? {};
      if (!door) return;
      const after = Math.min(...[...told.windows].map((w) => w.after));
      const { visitor, lines, last } = await db.withAccount(door.accountId, async (tx) => {
        const visitor = (await findVisitors(tx, door.channelId, [visitorId])).get(visitorId);
        const lines = visitor ? await linesAfter(tx, door.channelId, visitorId, after, PAGE) : [];
        const asks = visitor && lines.length === 0 && told.waiting === null;
        const last = asks ? (await latestLines(tx, door.channelId, visitorId, 1))[0] : lines.at(-1);
        return { visitor, lines, last };
      });
      if (last) told.waiting = last.sender === "visitor";
      if (visitor) tell(told, door, visitor, lines, after);
      if (lines.length === PAGE) told.again = true;
      const ours = lines.findLast((l) => l.sender === "agent");
      if (ours && visitor && ours.seq > visitor.reachedSeq && told.windows.size > 0) {
        const news = await db.withAccount(door.accountId, (tx) =>
          noteReached(tx, door.channelId, visitorId, ours.seq, "delivered"),
        );
        if (news) house.stored(door.accountId, door.channelId);
      }
    } while (told.again && !closed);
  }

  /** `lines`: all after `after`. A window that came meanwhile and lacks more waits for the next look. */
  function tell(told: Told, door: ChatDoor, visitor: Visitor, lines: readonly Line[], after: number): void {
    if (visitor.erasedAt !== null) {
      for (const w of told.windows) w.shut();
      return;
    }
    // A token from before the sign-in may lie on a machine that others use: it shows nothing of what is said since.
    if (visitor.subject !== null || visitor.became !== null)
      for (const w of [...told.windows]) if (!w.signedIn) drop(told, w);
    for (const w of told.windows)
      for (const line of lines)
        if (w.after >= after && line.seq > w.after) {
          w.send(presentLine(house, door.accountId, line));
          w.after = line.seq;
        }
    const all = (frame: ChatFrame) => {
      for (const w of told.windows) w.send(frame);
    };
    Object.assign(told, { chat: visitor.chat, lastSeq: visitor.lastSeq });
    if (visitor.deliveredSeq > told.delivered)
      all({ type: "receipt", upTo: visitor.deliveredSeq, status: "delivered" });
    if (visitor.readSeq > told.read) all({ type: "receipt", upTo: visitor.readSeq, status: "read" });
    const ended = visitor.endedAt !== null;
    if (ended && !told.ended) all({ type: "ended", by: visitor.endedBy ?? "system" });
    Object.assign(told, { delivered: visitor.deliveredSeq, read: visitor.readSeq, ended });
  }

  function drop(told: Told, window: Window): void {
    if (told.windows.delete(window)) size -= 1;
    if (told.windows.size === 0 && visitors.get(window.visitorId) === told) visitors.delete(window.visitorId);
    window.send({ type: "resync" });
    window.shut();
  }

  function look(visitorId: string): void {
    const told = visitors.get(visitorId);
    if (!told || closed) return;
    told.again = true;
    told.pumping ??= pump(visitorId, told).then(
      () => {
        told.pumping = null;
        // Asked for while the last look came to its end.
        if (told.again) look(visitorId);
      },
      (error) => {
        told.pumping = null;
        // Whoever misses something hears it with the next round.
        if (!closed) log.warn({ err: error }, "web chat: a window could not be served; it is tried again");
      },
    );
  }

  /** What stands before the desk, and who waits behind whom. */
  async function askDesk(accountId: string): Promise<void> {
    const here = [...visitors].filter(([, t]) => [...t.windows][0]?.door.accountId === accountId);
    const waiting = here.filter(([, t]) => t.waiting && !t.ended);
    for (const [, told] of here) if (!told.waiting || told.ended) placeIs(told, undefined);
    if (waiting.length === 0) return;
    const { door } = [...waiting[0]![1].windows][0]!;
    const threads = new Map(
      waiting.map(([visitorId, told]) => {
        const { channelId, externalId } = [...told.windows][0]!.door;
        return [threadOf(visitorId, told.chat), { channelId, externalId, visitorId, told }];
      }),
    );
    const places = await db.withAccount(door.accountId, async (tx) => {
      for (const { channelId, externalId, visitorId, told } of threads.values())
        if (told.delivered < told.lastSeq) await noteAtDesk(tx, { id: channelId, externalId }, visitorId, false);
      return house.places(
        tx,
        [...threads].map(([threadKey, { channelId }]) => ({ channelId, threadKey })),
      );
    });
    for (const [threadKey, { told }] of threads) placeIs(told, places.get(threadKey));
  }

  function placeIs(told: Told, place: { position: number; waitMs: Millis | null } | undefined): void {
    const now = place ? `${place.position}:${place.waitMs}` : "";
    if (now === told.place) return;
    told.place = now;
    for (const w of told.windows)
      w.send({ type: "place", position: place?.position ?? null, waitMs: place?.waitMs ?? null });
  }

  const due = new Set<string>();
  let soon: NodeJS.Timeout | undefined;
  function wake(accountIds?: readonly string[]): void {
    if (closed) return;
    const open = new Set(
      [...visitors.values()].flatMap((t) => [...t.windows].slice(0, 1).map((w) => w.door.accountId as string)),
    );
    for (const id of accountIds ?? open) if (open.has(id)) due.add(id);
    if (due.size > 0)
      soon ??= setTimeout(
        () => {
          soon = undefined;
          for (const id of due) askSoon(id);
          due.clear();
        },
        Math.max(PLACES_EVERY, size * PLACES_EACH),
      );
  }
  function askSoon(accountId: string): Promise<void> {
    const asked =
      looking.get(accountId) ??
      askDesk(accountId)
        .catch((error) => {
          if (!closed) log.warn({ err: error }, "web chat: the places could not be asked for");
        })
        .finally(() => looking.delete(accountId));
    looking.set(accountId, asked);
    return asked;
  }

  /** Who is here is seen; what a lost notice did not tell is found; hours turn. */
  async function round(): Promise<void> {
    const byChannel = Map.groupBy(
      [...visitors].filter(([, t]) => t.windows.size > 0),
      ([, t]) => [...t.windows][0]!.door,
    );
    for (const [door, own] of byChannel) {
      await db.withAccount(door.accountId, (tx) =>
        touchVisitors(
          tx,
          door.channelId,
          own.map(([id]) => id),
        ),
      );
      for (const [id] of own) look(id);
    }
    wake();
  }
  const hoursTold = new WeakMap<Window, boolean>();
  async function turnHours(): Promise<void> {
    for (const { windows } of visitors.values())
      for (const w of windows) {
        const door = await doors.of(w.door.key).catch((error: unknown) => {
          if (error instanceof AppError && error.code === "not-found") return null;
          throw error;
        });
        // The chat was disconnected: nobody would read what is said here, and the others' hours turn all the same.
        if (!door) {
          w.shut();
          continue;
        }
        const hours = doors.hours(door, clock.now());
        if ((hoursTold.get(w) ?? hours.open) !== hours.open) w.send({ type: "hours", ...hoursFrame(hours) });
        hoursTold.set(w, hours.open);
      }
  }
  const tick = setInterval(() => {
    round().catch(() => {});
    turnHours().catch(() => {});
  }, LOOK_EVERY);
  tick.unref();

  function hear(notice: ChatNotice): void {
    if (notice.theirs !== undefined) {
      if (typing.size > 10_000) typing.clear();
      if (notice.theirs) typing.set(notice.visitorId, clock.now() + TYPING_LASTS);
      else typing.delete(notice.visitorId);
      return;
    }
    const told = visitors.get(notice.visitorId);
    if (!told) return;
    if (notice.typing) for (const w of told.windows) w.send({ type: "typing", ...notice.typing });
    else {
      look(notice.visitorId);
      wake([notice.accountId]);
    }
  }
  const ear = await db.listen(CHAT_NOTICES, (payload) => {
    const notice = readNotice(payload);
    if (notice) hear(notice);
    // The connection came back: something may have been said meanwhile.
    else for (const id of visitors.keys()) look(id);
  });

  return {
    async open(window) {
      const told: Told = visitors.get(window.visitorId) ?? {
        ...{ windows: new Set(), delivered: 0, read: 0, ended: false, place: "", waiting: null, chat: 1, lastSeq: 0 },
        ...{ pumping: null, again: false },
      };
      visitors.set(window.visitorId, told);
      told.windows.add(window);
      size += 1;
      // The newcomer knows nothing: all are told once more, which does no harm.
      Object.assign(told, { delivered: 0, read: 0, place: "" });
      hoursTold.set(window, doors.hours(window.door, clock.now()).open);
      look(window.visitorId);
      wake([window.door.accountId]);
      await told.pumping;
    },
    close(window) {
      const told = visitors.get(window.visitorId);
      if (!told?.windows.delete(window)) return;
      size -= 1;
      if (told.windows.size === 0) visitors.delete(window.visitorId);
    },
    of: (visitorId) => visitors.get(visitorId)?.windows.size ?? 0,
    types: (visitorId) => (typing.get(visitorId) ?? 0) > clock.now(),
    get size() {
      return size;
    },
    wake,
    async settle() {
      await Promise.all([...visitors.values()].map((t) => t.pumping));
      await round();
      await turnHours();
      await Promise.all([...visitors.values()].map((t) => t.pumping));
      const open = new Set(
        [...visitors.values()].flatMap((t) => [...t.windows].map((w) => w.door.accountId as string)),
      );
      await Promise.all([...open].map(askSoon));
      await Promise.all([...visitors.values()].map((t) => t.pumping));
    },
    async closeAll() {
      closed = true;
      clearInterval(tick);
      clearTimeout(soon);
      for (const { windows } of [...visitors.values()]) for (const w of [...windows]) w.shut();
      await Promise.all([...looking.values(), ...[...visitors.values()].map((t) => t.pumping)]);
      visitors.clear();
      await ear.close();
    },
  };
}
