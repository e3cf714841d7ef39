import { t } from "@lingui/core/macro";
import type { Chat } from "../chat.ts";
import type { ChatState } from "../chat-state.ts";
import { askEnd, askTranscript } from "./dialogs.ts";
import { el, show } from "./dom.ts";
import { icon } from "./icons.ts";

/** What else can be done, behind one button. Arrows move in it, Escape leaves it. */
export function menuView(chat: Chat, byMail: () => void, focusComposer: () => void) {
  const mail = entry(t`Go on by e-mail`, byMail);
  const transcript = entry(t`Send me this chat by e-mail`, () => askTranscript(chat));
  const sound = entry(t`Sound for new messages`, () => chat.sound(!chat.state().sound), "menuitemcheckbox");
  const end = entry(t`End the chat`, () => askEnd(chat, focusComposer));
  const list = el(
    "div",
    { role: "menu", class: "menu", hidden: true, onkeydown: pressed },
    mail,
    transcript,
    sound,
    end,
  );
  const button = el(
    "button",
    {
      type: "button",
      class: "head-act",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      onclick: () => open(list.hidden !== false),
    },
    icon("more"),
  );
  button.setAttribute("aria-label", t`More`);
  list.setAttribute("aria-label", t`More`);
  const box = el("div", { class: "menu-box" }, button, list);
  box.addEventListener("focusout", ({ relatedTarget }) => {
    if (!box.contains(relatedTarget as Node | null)) open(false);
  });

  function entry(words: string, run: () => void, role = "menuitem"): HTMLButtonElement {
    const act = () => {
      open(false);
      button.focus();
      run();
    };
    return el("button", { type: "button", role, tabindex: -1, onclick: act }, words);
  }
  const entries = () => [...list.querySelectorAll("button")].filter((one) => !one.hidden);
  function open(on: boolean): void {
    show(list, on);
    button.setAttribute("aria-expanded", String(on));
    if (on) entries()[0]?.focus();
  }
  function pressed(event: KeyboardEvent): void {
    const all = entries();
    const at = all.indexOf(document.activeElement as HTMLButtonElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1 + all.length, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === "Escape") {
      event.stopPropagation();
      open(false);
      button.focus();
    } else if (next !== undefined) {
      event.preventDefault();
      all[next % all.length]?.focus();
    }
  }

  function update({ config, lines, consents, ended, sound: isOn }: ChatState): void {
    const talks = consents && lines.length > 0;
    show(mail, consents && !!config?.emailContinuation);
    show(transcript, talks && !!config?.transcript);
    show(end, talks && !ended);
    sound.setAttribute("aria-checked", String(isOn));
  }
  return { box, update };
}
