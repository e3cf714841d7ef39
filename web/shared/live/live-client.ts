import { openBrowserStream } from "./browser-stream.ts";
import { createHub, type Tab } from "./hub.ts";
import type { LiveEvent, LiveStatus, ToHub, ToTab } from "./protocol.ts";

type Link = { send: (message: ToHub) => void };

/** To the shared worker, or to a hub of this tab's own where the browser has none (Chrome on Android). */
function link(onMessage: (message: ToTab) => void): Link {
  if (typeof SharedWorker !== "undefined") {
    try {
      const worker = new SharedWorker(new URL("./live-worker.ts", import.meta.url), {
        type: "module",
        name: "hubbub-live",
      });
      worker.port.onmessage = (event: MessageEvent<ToTab>) => onMessage(event.data);
      worker.port.start();
      return { send: (message) => worker.port.postMessage(message) };
    } catch {
      // Refused by the browser's settings: the tab keeps its own stream.
    }
  }
  const hub = createHub({ open: openBrowserStream, now: () => Date.now() });
  const tab: Tab = { send: onMessage };
  return { send: (message) => hub.receive(tab, message) };
}

const eventListeners = new Set<(event: LiveEvent) => void>();
const resetListeners = new Set<(before: number) => void>();
const statusListeners = new Set<() => void>();
let status: LiveStatus = { state: "connecting" };
let opened: Link | null = null;
let session: string | null = null;

function receive(message: ToTab): void {
  if (message.type === "event") for (const listener of eventListeners) listener(message.event);
  if (message.type === "reset") for (const listener of resetListeners) listener(message.before);
  if (message.type === "status") {
    status = message.status;
    for (const listener of statusListeners) listener();
  }
}

function onPageHide(): void {
  opened?.send({ type: "leave" });
}

function onPageShow(event: PageTransitionEvent): void {
  if (event.persisted && session !== null) opened?.send({ type: "join", session });
}

function onOnline(): void {
  opened?.send({ type: "try-now" });
}

/** Starts (or joins) the stream for one session. Called once signed in. */
export function joinLive(forSession: string): void {
  if (opened === null) {
    opened = link(receive);
    addEventListener("pagehide", onPageHide);
    addEventListener("pageshow", onPageShow);
    addEventListener("online", onOnline);
  }
  session = forSession;
  opened.send({ type: "join", session: forSession });
}

/** Called when the session ends. */
export function leaveLive(): void {
  session = null;
  opened?.send({ type: "leave" });
}

/** "Try now" of the offline bar. */
export function tryLiveNow(): void {
  opened?.send({ type: "try-now" });
}

function subscribe<Listener>(to: Set<Listener>, listener: Listener): () => void {
  to.add(listener);
  return () => {
    to.delete(listener);
  };
}

export const onLiveEvent = (listener: (event: LiveEvent) => void) => subscribe(eventListeners, listener);
export const onLiveReset = (listener: (before: number) => void) => subscribe(resetListeners, listener);
export const onLiveStatus = (listener: () => void) => subscribe(statusListeners, listener);
export const liveStatus = (): LiveStatus => status;
