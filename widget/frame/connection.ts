import type { ChatClientFrame, ChatFrame } from "#contracts/webchat";
import { type Api, endsAfter } from "./api.ts";
import { waitBefore } from "./backoff.ts";

export type Link = "idle" | "connecting" | "online" | "offline";

interface Deps {
  api: Api;
  token(): string;
  /** The last line we have: the server begins after it. */
  after(): number;
  onFrame(frame: ChatFrame): void;
  onLink(link: Link): void;
  /** The token is not good any more. */
  onForeign(): void;
  chance(): number;
}

export interface Connection {
  /** Begins, or begins anew with the present token. */
  start(): void;
  stop(): void;
  /** Over the socket where it stands; false where it does not. */
  tell(frame: ChatClientFrame): boolean;
}

const PING_MS = 25_000;
const SILENCE_MS = 60_000;
/** After so many sockets that never opened it goes on by long polls, and looks again this much later. */
const SOCKETS = 2;
const SOCKET_AGAIN_MS = 60_000;
const POLL_MS = 25_000;

/** Hears the server: by socket, and where none gets through, by long poll. Comes back by itself, never all at once. */
export function connectionOf(deps: Deps): Connection {
  let socket: WebSocket | null = null;
  let run = 0;
  let attempt = 0;
  let unopened = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let heardAt = 0;
  let wanted = false;

  const hear = (text: unknown) => {
    let frame: ChatFrame | null = null;
    try {
      frame = typeof text === "string" ? (JSON.parse(text) as ChatFrame) : null;
    } catch {
      // Not ours.
    }
    if (frame && typeof frame === "object") deps.onFrame(frame);
  };

  function again(mine: number): void {
    if (mine !== run || !wanted) return;
    deps.onLink(navigator.onLine === false ? "offline" : "connecting");
    clearTimeout(timer);
    timer = setTimeout(() => connect(mine), waitBefore(attempt++, deps.chance()));
  }

  function connect(mine: number): void {
    if (mine !== run || !wanted) return;
    if (unopened >= SOCKETS) return void poll(mine, performance.now() + SOCKET_AGAIN_MS);
    const address = new URL(deps.api.address("socket"), location.href);
    address.protocol = address.protocol === "http:" ? "ws:" : "wss:";
    address.search = new URLSearchParams({ token: deps.token(), after: `${deps.after()}` }).toString();
    const mySocket = new WebSocket(address);
    socket = mySocket;
    let isOpened = false;
    let beat: ReturnType<typeof setInterval> | undefined;
    mySocket.onopen = () => {
      isOpened = true;
      unopened = 0;
      heardAt = performance.now();
      deps.onLink("online");
      beat = setInterval(() => {
        if (performance.now() - heardAt > SILENCE_MS) mySocket.close();
        else tell({ type: "ping" });
      }, PING_MS);
    };
    mySocket.onmessage = ({ data }) => {
      if (mine !== run) return;
      attempt = 0;
      heardAt = performance.now();
      hear(data);
    };
    mySocket.onclose = ({ code }) => {
      clearInterval(beat);
      if (mySocket === socket) socket = null;
      if (mine !== run) return;
      if (!isOpened) unopened++;
      if (code === 1008) deps.onForeign();
      else again(mine);
    };
  }

  async function poll(mine: number, until: number): Promise<void> {
    // The first one is answered at once and says that the line stands.
    let wait = 0;
    while (mine === run && wanted) {
      if (performance.now() > until) {
        unopened = 0;
        return connect(mine);
      }
      try {
        const response = await fetch(deps.api.address(`events?after=${deps.after()}&wait=${wait}`), {
          credentials: "omit",
          headers: deps.api.headers(),
          signal: endsAfter(POLL_MS + 15_000),
        });
        if (mine !== run) return;
        if (response.status === 401) return deps.onForeign();
        if (!response.ok) return again(mine);
        const { frames } = (await response.json()) as { frames: ChatFrame[] };
        attempt = 0;
        wait = POLL_MS;
        deps.onLink("online");
        for (const frame of frames) deps.onFrame(frame);
      } catch {
        if (mine === run) again(mine);
        return;
      }
    }
  }

  function tell(frame: ChatClientFrame): boolean {
    if (socket?.readyState !== WebSocket.OPEN) return false;
    socket.send(JSON.stringify(frame));
    return true;
  }

  /** Somebody looks, or the network is back: not waiting longer. */
  function hurry(): void {
    if (!wanted || socket?.readyState === WebSocket.OPEN) return;
    attempt = 0;
    start();
  }

  function start(): void {
    stop();
    wanted = true;
    deps.onLink("connecting");
    connect(run);
  }

  function stop(): void {
    wanted = false;
    run++;
    clearTimeout(timer);
    socket?.close();
    socket = null;
  }

  // A page that is left for another may be kept whole by the browser, but not with a socket in it.
  addEventListener("pagehide", () => {
    const again = wanted;
    stop();
    wanted = again;
  });
  addEventListener("pageshow", ({ persisted }) => persisted && wanted && start());
  addEventListener("online", hurry);
  addEventListener("offline", () => wanted && deps.onLink("offline"));
  document.addEventListener("visibilitychange", () => !document.hidden && hurry());
  return { start, stop, tell };
}
