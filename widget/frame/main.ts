import { i18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import type { Look, Marked, ToFrame, ToHost } from "../host-line.ts";
import { chatOf } from "./chat.ts";
import { colourOf, contrast, readableOn, textOn } from "./colours.ts";
import "./style.css";
import { chime } from "./tones.ts";
import { peekView } from "./view/peek.ts";
import { unreadWords } from "./view/said.ts";
import { shellView } from "./view/shell.ts";
import { pickLanguage, speak } from "./words.ts";

/**
 * The frame's beginning. In a host's page it waits for the loader's hello; alone in its window (a link led here) it
 * begins by itself. The host's origin stands behind the `#`: words go to that origin only, and are heard from it only.
 */
const query = new URLSearchParams(location.search);
const key = query.get("chat") ?? /^\/chat\/([\w-]+)/.exec(location.pathname)?.[1] ?? "";
const isAlone = window.parent === window;
const host = isAlone ? "" : hostOrigin();
/** The grounds of the style sheet on which links are hardest to read, in light and in dark. */
const LIGHT_GROUND = "#f1f0ec";
const DARK_GROUND = "#2f2f2b";
const LOUDEST_MS = 2_000;

let begun = false;
let hear: (told: ToFrame) => void = (told) => {
  if (told.do !== "hello" || begun) return;
  begun = true;
  void begin(told);
};

if (isAlone) {
  const page = { url: "", title: "", referrer: document.referrer };
  hear({ do: "hello", page, identity: null, language: query.get("language"), full: true, open: true });
} else if (host !== "") {
  addEventListener("message", ({ source, origin, data }: MessageEvent<Marked<ToFrame> | null>) => {
    if (source === window.parent && origin === host && data?.hubbub === 1) hear(data);
  });
  toHost({ say: "here" });
}

/** The site that the address names, if it is our own or one that the channel allows; "" else. */
function hostOrigin(): string {
  const allowed = document.querySelector("meta[name=hubbub-origins]")?.getAttribute("content")?.split(" ") ?? [];
  try {
    const said = decodeURIComponent(location.hash.slice(1));
    return said === location.origin || allowed.includes(said) ? said : "";
  } catch {
    return "";
  }
}

function toHost(what: ToHost): void {
  if (!isAlone) window.parent.postMessage({ hubbub: 1, ...what } satisfies Marked<ToHost>, host);
}

async function begin(hello: ToFrame & { do: "hello" }): Promise<void> {
  const early: ToFrame[] = [];
  hear = (told) => void early.push(told);
  const spoken = pickLanguage([hello.language], navigator.languages);
  await speak(spoken);

  const now = () => Date.now();
  let isFull = hello.full;
  let wantsOpen = hello.open;
  /** Whoever is at work beside it, in the settings or on the page, keeps the focus when it opens. */
  let wantsQuiet = false;
  let drawn = false;
  let unread = -1;
  let loudAt = 0;
  let isLookTold = false;
  let mailOffered = false;

  const chat = chatOf({
    ...{ key, now, chance: Math.random },
    onChange() {
      if (drawn) return;
      drawn = true;
      queueMicrotask(draw);
    },
    onMessage({ from, name, text, files }) {
      const words = text || files[0]?.name || "";
      shell.announce(from === "agent" ? `${name}: ${words}` : words);
      if (chat.state().open && !document.hidden) return;
      if (from === "agent" && !wantsOpen)
        peek.set({ who: name || chat.state().config!.brandName, text: words, act: "" });
      if (chat.state().sound && now() - loudAt > LOUDEST_MS) {
        loudAt = now();
        chime();
      }
    },
  });
  const shell = shellView({
    ...{ chat, now },
    shut: isAlone ? null : leave,
  });
  const peek = peekView(chat, {
    height: (height) => toHost({ say: "peek", height }),
    open: () => toHost({ say: "open", quiet: false }),
  });
  document.body.append(shell.box, peek.box);

  function draw(): void {
    drawn = false;
    const state = chat.state();
    if (state.phase === "gone") {
      toHost({ say: "gone" });
      return;
    }
    if (state.config && !isLookTold) {
      isLookTold = true;
      toHost({ say: "look", look: dress(state.config) });
      if (wantsOpen) setOpen(true, wantsQuiet);
      // Who talks and goes on to another page of the site finds the chat as it was; on a phone it would lie over the page.
      else if (!isFull && state.consents && state.lines.length > 0 && wasOpen()) toHost({ say: "open", quiet: true });
    }
    document.documentElement.classList.toggle("full", isFull);
    shell.update(state);
    if (chat.unread() !== unread) {
      unread = chat.unread();
      toHost({ say: "unread", count: unread, words: unread > 0 ? unreadWords(unread) : "" });
    }
    if (state.greeting !== null && !state.open && !peek.shown() && state.lines.length === 0)
      peek.set({ who: state.config?.brandName ?? "", text: state.greeting, act: t`Answer` });
  }

  function setOpen(open: boolean, quiet: boolean): void {
    wantsOpen = open;
    wantsQuiet = quiet;
    if (chat.state().consents) noteOpen(open);
    if (open && !isLookTold) return;
    shell.full(isFull);
    const then = open ? peek.opened() : null;
    chat.show(open);
    draw();
    if (open) shell.enter(quiet);
    then?.();
  }

  /** The visitor goes: what comes from this moment on is unread. While a question waits, once, the answer by mail is offered. */
  function leave(): void {
    setOpen(false, false);
    toHost({ say: "shut" });
    if (mailOffered || !shell.mail.wanted(chat.state())) return;
    mailOffered = true;
    const offer = { who: t`You need not wait here`, text: t`We can answer by e-mail.`, act: t`Leave an address` };
    peek.set(offer, shell.mail.ask);
  }

  function dress({ colours, position, brandName }: NonNullable<ReturnType<typeof chat.state>["config"]>): Look {
    const colour = colourOf(colours.primary, "#0a655f");
    const accent = colourOf(colours.accent, colour);
    const { style } = document.documentElement;
    style.setProperty("--brand", colour);
    style.setProperty("--on-brand", textOn(colour));
    style.setProperty("--accent", accent);
    style.setProperty("--on-accent", textOn(accent));
    style.setProperty("--link-light", readableOn(colour, LIGHT_GROUND, 4.6));
    style.setProperty("--link-dark", readableOn(colour, DARK_GROUND, 4.6));
    // What is filled stands out from the ground in both lights.
    style.setProperty("--edge-light", contrast(colour, LIGHT_GROUND) < 1.6 ? "#86827a" : "transparent");
    style.setProperty("--edge-dark", contrast(colour, DARK_GROUND) < 1.6 ? "#817d74" : "transparent");
    document.title = t`Chat with ${brandName}`;
    shell.box.setAttribute("aria-label", document.title);
    return {
      ...{ side: position, colour, ink: textOn(colour), badge: accent, badgeInk: textOn(accent) },
      ...{ open: document.title, close: t`Close the chat`, frame: document.title },
    };
  }

  hear = (told) => {
    if (told.do === "open") setOpen(true, told.quiet);
    else if (told.do === "close") setOpen(false, false);
    else if (told.do === "page") chat.page(told.page, told.search ?? "");
    else if (told.do === "preview" && host === location.origin) {
      toHost({ say: "look", look: dress(told.preview.config) });
      chat.preview(told.preview);
    } else if (told.do === "identify") chat.identify(told.identity);
    else if (told.do === "full") {
      isFull = told.full;
      shell.full(isFull);
      draw();
    }
  };
  if (hello.preview && host === location.origin) chat.preview(hello.preview);
  else
    chat.begin({
      ...{ page: hello.page, search: hello.search ?? "", identity: hello.identity, invite: query.get("invite") },
      locale: i18n.locale === spoken.language ? spoken.locale : i18n.locale,
    });
  for (const told of early) hear(told);
  // What is said of times and waiting grows old by itself.
  setInterval(() => chat.state().open && draw(), 20_000);
}

/** In this tab alone, and as long as it. */
function noteOpen(open: boolean): void {
  try {
    if (open) sessionStorage.setItem(`hubbub-chat:${key}:open`, "yes");
    else sessionStorage.removeItem(`hubbub-chat:${key}:open`);
  } catch {
    // A browser that keeps nothing for this frame.
  }
}
function wasOpen(): boolean {
  try {
    return sessionStorage.getItem(`hubbub-chat:${key}:open`) === "yes";
  } catch {
    return false;
  }
}
