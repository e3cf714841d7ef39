import type { HostPage, Marked, ToFrame, ToHost } from "../host-line.ts";
import { launcher } from "./launcher.ts";
import { natives } from "./natives.ts";

/** What the host's page may do with the chat: the one name we add to it. */
interface HubbubChat {
  open(): void;
  close(): void;
  /** Who the visitor is: a token signed by the host's own server. Null forgets the visitor, as after signing out. */
  identify(token: string | null): void;
  /** Calls `run` at "ready", "open", "close" and "unread" (with the number); gives the way to stop. */
  on(event: string, run: (detail?: number) => void): () => void;
}

const script = (document.currentScript ?? document.querySelector("script[data-chat]")) as HTMLScriptElement | null;
const chat = script?.getAttribute("data-chat");
const place = window as unknown as { hubbubChat?: HubbubChat };
if (script && chat && !place.hubbubChat) start(script, chat);

/**
 * Nothing here takes what a page may have spoilt: no JSON, no fetch, no promise, no method of lists, no iteration.
 * `natives` brings the rest from a clean window.
 */
function start(from: HTMLScriptElement, key: string): void {
  const dom = natives();
  const link = dom.make("a") as HTMLAnchorElement;
  link.href = from.src;
  const desk = link.origin;
  const listeners: { event: string; run: (detail?: number) => void; off?: boolean }[] = [];
  let identity = from.getAttribute("data-identity");
  let isOpen = false;
  let isHeard = false;
  let isThere = false;
  let unread = 0;
  let title = "";

  const view = launcher(dom, frameAddress(), desk !== location.origin, () => (isOpen ? shut() : open(false)));
  const narrow = window.matchMedia("(max-width: 480px), (max-height: 420px)");
  dom.on(narrow, "change", () => tell({ do: "full", full: narrow.matches }));
  dom.on(window, "message", hear as (event: never) => void);
  dom.on(document, "visibilitychange", nameUnread);
  // A page of one script changes its address without loading: the frame is told when it has.
  let told = location.href;
  const moved = () => {
    if (told === location.href) return;
    told = location.href;
    tell({ do: "page", page: page(), search: location.search });
  };
  dom.on(window, "popstate", moved);
  dom.on(window, "hashchange", moved);
  const navigation = (window as unknown as { navigation?: EventTarget }).navigation;
  if (navigation) dom.on(navigation, "currententrychange", moved);
  if (document.readyState === "loading") dom.on(document, "DOMContentLoaded", view.show);
  else view.show();

  const api: HubbubChat = {
    open: () => open(false),
    close: () => shut(),
    identify(token) {
      identity = token === null ? null : `${token}`;
      tell({ do: "identify", identity });
    },
    on(event, run) {
      const listener: (typeof listeners)[number] = { event, run };
      listeners[listeners.length] = listener;
      if (event === "ready" && isThere) run();
      return () => {
        listener.off = true;
      };
    },
  };
  Object.defineProperty(window, "hubbubChat", { value: Object.freeze(api), enumerable: true });

  function frameAddress(): string {
    return `${desk}/widget/frame?chat=${encodeURIComponent(key)}#${encodeURIComponent(location.origin)}`;
  }

  function page(): HostPage {
    const { origin, pathname } = location;
    return { url: origin + pathname, title: title || document.title, referrer: document.referrer };
  }

  function tell(what: ToFrame): void {
    const marked: Marked<ToFrame> = { hubbub: 1, ...what };
    // Before the frame has come there is nobody of this origin to hear it; the hello says it all again.
    if (isHeard) view.frame.contentWindow?.postMessage(marked, desk);
  }

  function hear(event: MessageEvent): void {
    if (event.origin !== desk || event.source !== view.frame.contentWindow) return;
    const heard = event.data as Marked<ToHost> | null;
    if (heard?.hubbub !== 1) return;
    if (heard.say === "here") {
      isHeard = true;
      const language = from.getAttribute("data-language") || document.documentElement.lang || null;
      tell({
        do: "hello",
        ...{ page: page(), search: location.search, identity, language, full: narrow.matches, open: isOpen },
      });
    } else if (heard.say === "look") {
      view.look(heard.look);
      if (isThere) return;
      isThere = true;
      fire("ready");
    } else if (heard.say === "unread") {
      unread = heard.count;
      view.unread(unread, heard.words);
      nameUnread();
      fire("unread", unread);
    } else if (heard.say === "peek") view.peek(heard.height);
    else if (heard.say === "open") open(heard.quiet);
    else if (heard.say === "shut") shut();
    else if (heard.say === "gone") view.leave();
  }

  function open(quiet: boolean): void {
    if (isOpen) return;
    isOpen = true;
    view.open(true, narrow.matches, quiet);
    tell({ do: "open", quiet });
    fire("open");
  }

  function shut(): void {
    if (!isOpen) return;
    isOpen = false;
    view.open(false, narrow.matches, false);
    tell({ do: "close" });
    fire("close");
  }

  function fire(event: string, detail?: number): void {
    for (let i = 0; i < listeners.length; i++) {
      const { event: wanted, run, off } = listeners[i]!;
      if (wanted !== event || off) continue;
      try {
        run(detail);
      } catch (error) {
        // The page's own fault stays the page's own.
        console.error(error);
      }
    }
  }

  /** While the page is out of sight its title says how many are unread; then it is the page's again. */
  function nameUnread(): void {
    const away = document.hidden && unread > 0 && from.getAttribute("data-title") !== "off";
    if (away) {
      title = title || document.title;
      document.title = `(${unread}) ${title}`;
    } else if (title) {
      if (document.title.slice(-title.length) === title) document.title = title;
      title = "";
    }
  }
}
