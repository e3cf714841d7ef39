import type { Look } from "../host-line.ts";
import type { Natives } from "./natives.ts";
import css from "./shadow.css?inline";

export interface Launcher {
  frame: HTMLIFrameElement;
  show(): void;
  look(look: Look): void;
  unread(count: number, words: string): void;
  peek(height: number): void;
  open(open: boolean, full: boolean, quiet: boolean): void;
  /** For good. */
  leave(): void;
}

const SPEECH = "M20 11.5a7.5 7.5 0 0 1-7.5 7.5c-1.3 0-2.5-.3-3.6-.9L4 19.5l1.4-4.9A7.5 7.5 0 1 1 20 11.5Z";
const CROSS = "m6.5 6.5 11 11m0-11-11 11";

/** The button and the frame, under a closed shadow root that nothing of the page's reaches into. */
export function launcher(dom: Natives, address: string, isForeign: boolean, press: () => void): Launcher {
  const host = dom.make("div");
  const inside = dom.shadow(host);
  const box = dom.make("div");
  const button = dom.make("button") as HTMLButtonElement;
  const badge = dom.make("b");
  const frame = dom.make("iframe") as HTMLIFrameElement;
  const parts = {
    side: "right",
    open: false,
    full: false,
    peek: 0,
    isNew: true,
    quiet: false,
    gone: false,
    words: "",
    unread: "",
  };
  let words: Look | null = null;

  guard();
  dress();
  dom.set(button, "type", "button");
  dom.set(button, "aria-haspopup", "dialog");
  draw(SPEECH);
  draw(CROSS);
  dom.set(badge, "aria-hidden", "true");
  dom.put(button, badge);
  dom.on(button, "click", press);
  // May talk to its own server and open links; may not lead the host's page away.
  const may = "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads";
  // (On the desk's own site it could lift the sandbox, so there is none.)
  if (isForeign) dom.set(frame, "sandbox", may);
  dom.set(frame, "src", address);
  dom.put(box, button);
  dom.put(box, frame);
  dom.put(inside, box);
  paint();

  function draw(path: string): void {
    const svg = dom.shape("svg", "0 0 24 24");
    dom.set(svg, "aria-hidden", "true");
    dom.put(svg, dom.shape("path", path));
    dom.put(button, svg);
  }

  /** On the element itself and important: no rule of the page's is stronger. */
  function guard(): void {
    dom.style(host, "all", "initial");
    dom.style(host, "display", "block");
    dom.style(host, "position", "fixed");
    dom.style(host, "inset", "auto 0 0 auto");
    dom.style(host, "width", "0");
    dom.style(host, "height", "0");
    dom.style(host, "border", "0");
    dom.style(host, "overflow", "visible");
    dom.style(host, "z-index", "2147483647");
  }

  /** A sheet made by script is not a style in the page, so a strict content policy lets it be. */
  function dress(): void {
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      inside.adoptedStyleSheets = [sheet];
    } catch {
      const style = dom.make("style");
      style.textContent = css;
      dom.put(inside, style);
    }
  }

  function paint(): void {
    const { side, full, peek, isNew } = parts;
    // Before the frame has anything to show, an open one would be an empty box.
    const open = parts.open && !isNew;
    box.className = `${side} ${open ? "open" : peek ? "peek" : ""} ${full ? "full" : ""} ${isNew ? "new" : ""}`;
    dom.style(box, "--peek", `${peek}px`);
    dom.set(button, "aria-expanded", `${open}`);
    dom.set(button, "aria-label", (open ? words?.close : parts.unread || words?.open) ?? "");
  }

  function stand(): void {
    if (parts.gone || host.isConnected) return;
    dom.put(document.documentElement, host);
    dom.raise(host);
  }

  /** A page that empties itself takes us along; we come back. One that fights for it wins in the end. */
  function staysHere(): void {
    let left = 20;
    const look = () => {
      if (host.isConnected || left <= 0) return;
      left--;
      stand();
    };
    try {
      const watch = new MutationObserver(look);
      watch.observe(document, { childList: true });
      watch.observe(document.documentElement, { childList: true });
    } catch {
      setInterval(look, 1_000);
    }
  }

  return {
    frame,
    show() {
      stand();
      staysHere();
    },
    look(look) {
      words = look;
      parts.side = look.side === "left" ? "left" : "right";
      parts.isNew = false;
      dom.style(box, "--colour", look.colour);
      dom.style(box, "--ink", look.ink);
      dom.style(box, "--badge", look.badge);
      dom.style(box, "--badge-ink", look.badgeInk);
      dom.set(frame, "title", look.frame);
      paint();
      if (parts.open && !parts.quiet) frame.focus();
    },
    unread(count, said) {
      badge.textContent = count > 0 ? (count > 99 ? "99+" : `${count}`) : "";
      parts.unread = count > 0 ? said : "";
      paint();
    },
    peek(height) {
      parts.peek = +height > 0 ? Math.min(+height, 400) : 0;
      paint();
    },
    open(open, full, quiet) {
      parts.open = open;
      parts.quiet = quiet;
      parts.full = full;
      paint();
      if (quiet) return;
      if (open) frame.focus();
      // Who closes it from within comes back to the button; who is elsewhere on the page stays there.
      else if (document.activeElement === host) button.focus();
    },
    leave() {
      parts.gone = true;
      dom.take(host);
    },
  };
}
