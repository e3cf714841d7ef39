import { t } from "@lingui/core/macro";
import type { Chat } from "../chat.ts";
import { type ChatState, unansweredSince } from "../chat-state.ts";
import { addressForm } from "./dialogs.ts";
import { el, say, show } from "./dom.ts";

/** What is asked or said between the messages and the place to write: consent, e-mail, the end of the chat. */

const UNANSWERED_MS = 60_000;

export function consentView(chat: Chat, onAnswer: (given: boolean) => void) {
  const words = el("p", { dir: "auto" });
  const answer = async (given: boolean) => {
    await chat.consent(given);
    onAnswer(given);
  };
  const yes = el("button", { type: "button", class: "main", onclick: () => void answer(true) }, t`I agree`);
  const box = el(
    "section",
    { class: "consent", "aria-labelledby": "consent-title", hidden: true },
    el("h2", { id: "consent-title" }, t`Before we begin`),
    words,
    el(
      "p",
      { class: "row" },
      yes,
      el("button", { type: "button", onclick: () => void answer(false) }, t`No, thank you`),
    ),
  );
  return {
    box,
    focus: () => yes.focus(),
    update({ phase, consents, config }: ChatState) {
      show(box, phase === "ready" && !consents);
      say(words, config?.consent.text ?? "");
    },
  };
}

export type MailCard = ReturnType<typeof mailView>;

/** Offers to answer by e-mail: when asked for, when nobody has answered for a while, and while we are closed. */
export function mailView(chat: Chat, now: () => number, onGone: () => void) {
  let isAsked = false;
  let isWavedAway = false;
  const hint = el("p", {}, t`If you leave, our answer comes to you by e-mail.`);
  const done = el("p", { role: "status", class: "done" });
  const form = addressForm(
    t`Use it`,
    (address) => chat.email(address),
    () => {
      isAsked = false;
      update(chat.state());
      onGone();
    },
  );
  const no = el("button", { type: "button", class: "link" }, t`Not now`);
  const box = el("section", { class: "card", "aria-label": t`Answer by e-mail`, hidden: true }, hint, form, no);
  no.addEventListener("click", () => {
    isAsked = false;
    isWavedAway = true;
    update(chat.state());
    onGone();
  });

  function waits(state: ChatState): boolean {
    const since = unansweredSince(state);
    if (since === null || !state.config?.emailContinuation || state.visitor.email !== "") return false;
    return !state.config.hours.open || now() - since >= UNANSWERED_MS;
  }
  function update(state: ChatState): void {
    const { email } = state.visitor;
    const wanted = state.consents && (isAsked || (waits(state) && !isWavedAway));
    show(box, wanted);
    show(done, state.consents && email !== "" && !isAsked && unansweredSince(state) !== null);
    say(done, t`If you leave, we answer to ${email}.`);
  }
  return {
    ...{ box, done, update },
    /** The visitor waits for an answer and has left no address. */
    wanted: (state: ChatState) =>
      unansweredSince(state) !== null && !!state.config?.emailContinuation && state.visitor.email === "",
    ask() {
      isAsked = true;
      update(chat.state());
      form.querySelector("input")?.focus();
    },
  };
}

export function endedView(chat: Chat, onAnew: () => void) {
  const anew = el("button", { type: "button", onclick: onAnew }, t`Write again`);
  const box = el(
    "div",
    { class: "ended", role: "status", hidden: true },
    el("span", {}, t`This chat has ended.`),
    anew,
  );
  return { box, update: () => show(box, chat.state().ended && chat.state().consents) };
}
