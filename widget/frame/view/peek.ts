import { t } from "@lingui/core/macro";
import type { Chat } from "../chat.ts";
import { el, say, show } from "./dom.ts";
import { icon } from "./icons.ts";

export type Peek = { who: string; text: string; act: string } | null;

/** What is seen beside the launcher while the chat is closed: a greeting, a new message, the offer to answer by mail. */
export function peekView(chat: Chat, tell: { height(px: number): void; open(): void }) {
  const who = el("strong", { dir: "auto" });
  const text = el("span", { class: "peek-text", dir: "auto" });
  const act = el("span", { class: "peek-act" });
  const open = el("button", { type: "button", class: "peek-open", onclick: tell.open }, who, text, act);
  const shut = el(
    "button",
    { type: "button", class: "peek-shut", "aria-label": t`Close`, onclick: () => set(null) },
    icon("close"),
  );
  const box = el("div", { class: "peek", role: "status", hidden: true, "aria-label": t`Message` }, open, shut);
  let now: Peek = null;
  let after: (() => void) | null = null;

  function set(peek: Peek, then: (() => void) | null = null): void {
    if (peek === null && now === null) return;
    if (peek === null) chat.unGreet();
    after = then;
    now = peek;
    show(box, peek !== null);
    if (peek) {
      say(who, peek.who);
      say(text, peek.text);
      say(act, peek.act);
    }
    // The frame is resized to what it shows; it needs its width first, which the loader gives it with any height.
    tell.height(peek ? 96 : 0);
    if (peek) requestMeasure();
  }
  function requestMeasure(): void {
    const watch = new ResizeObserver(() => {
      if (now === null) return watch.disconnect();
      if (innerWidth < 120) return;
      tell.height(Math.ceil(box.getBoundingClientRect().height));
    });
    watch.observe(box);
  }
  return {
    ...{ box, set, shown: () => now !== null },
    /** The chat itself has come: a greeting stands in it now. Gives what was to be done then. */
    opened(): (() => void) | null {
      const then = after;
      after = null;
      now = null;
      show(box, false);
      tell.height(0);
      return then;
    },
  };
}
