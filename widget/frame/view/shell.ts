import { t } from "@lingui/core/macro";
import type { Chat } from "../chat.ts";
import type { ChatState } from "../chat-state.ts";
import { consentView, endedView, mailView } from "./cards.ts";
import { composerView } from "./composer.ts";
import { el, keepTab, say, show } from "./dom.ts";
import { icon } from "./icons.ts";
import { menuView } from "./menu.ts";
import { messagesView } from "./messages.ts";
import { standing } from "./said.ts";

interface Deps {
  chat: Chat;
  now(): number;
  /** The visitor closes the chat; never called where it stands alone. */
  shut: (() => void) | null;
}

/** The chat as one screen. */
export function shellView({ chat, now, shut }: Deps) {
  const messages = messagesView(chat, now);
  const composer = composerView(chat, now);
  const mail = mailView(chat, now, composer.focus);
  const menu = menuView(chat, mail.ask, composer.focus);
  const consent = consentView(chat, (given) => (given ? composer.focus() : shut?.()));
  const ended = endedView(chat, composer.focus);
  const brand = el("bdi");
  const stand = el("p", {});
  const face = el("span", { class: "face", "aria-hidden": "true" });
  const line = el("p", { class: "trouble", role: "status", hidden: true });
  const heard = el("div", { class: "vh", "aria-live": "polite" });
  const close = el("button", {
    type: "button",
    class: "head-act",
    "aria-label": t`Close the chat`,
    onclick: () => shut?.(),
  });
  close.append(icon("close"));
  const box = el(
    "main",
    { class: "chat", hidden: true },
    el("header", {}, face, el("div", { class: "head-words" }, el("h1", {}, brand), stand), menu.box, shut && close),
    line,
    messages.box,
    messages.newer,
    consent.box,
    ended.box,
    mail.box,
    mail.done,
    composer.form,
    heard,
  );
  let isFull = false;
  keepTab(box, () => isFull && chat.state().open && document.querySelector("dialog[open]") === null);
  box.addEventListener("keydown", (event) => event.key === "Escape" && !event.isComposing && shut?.());
  box.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    box.classList.add("drop");
  });
  for (const type of ["dragleave", "drop"]) box.addEventListener(type, () => box.classList.remove("drop"));
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    if (chat.state().consents) chat.attach([...(event.dataTransfer?.files ?? [])]);
  });

  function update(state: ChatState): void {
    show(box, state.open);
    const name = state.config?.brandName ?? "";
    say(brand, name);
    say(face, [...name][0]?.toLocaleUpperCase() ?? "");
    say(stand, standing(state, now()));
    const isLost = state.consents && (state.link === "offline" || state.link === "connecting");
    const lost =
      state.link === "offline" ? t`You are offline. What you write is sent when you are back.` : t`Connecting …`;
    show(line, isLost);
    say(line, isLost ? lost : "");
    show(composer.form, state.consents);
    for (const part of [messages, composer, mail, menu, consent, ended]) part.update(state);
  }

  return {
    ...{ box, update, mail },
    /** Read out, once, by whoever listens to the page. */
    announce(words: string) {
      heard.replaceChildren(el("p", {}, words));
    },
    full(full: boolean) {
      isFull = full;
    },
    enter(quiet: boolean) {
      composer.fit();
      messages.toEnd();
      if (quiet) return;
      if (chat.state().consents) composer.focus();
      else consent.focus();
    },
  };
}
