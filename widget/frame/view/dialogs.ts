import { t } from "@lingui/core/macro";
import type { Problem } from "../api.ts";
import type { Chat } from "../chat.ts";
import { el, keepTab, say } from "./dom.ts";
import { formFault } from "./said.ts";

/** A question over the chat. It holds the Tab key while it is open, and gives the focus back. */
export function dialog(title: string, ...content: (Node | string)[]): HTMLDialogElement {
  const name = el("h2", { id: "dialog-title" }, title);
  const box = el("dialog", { "aria-labelledby": "dialog-title" }, name, ...content);
  keepTab(box, () => box.open);
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
  return box;
}

/** The transcript goes to an address; the visitor sees where to. */
export function askTranscript(chat: Chat): void {
  const done = el("p", { role: "status" });
  const shut = el("button", { type: "button", onclick: () => box.close() }, t`Cancel`);
  const form = addressForm(
    t`Send`,
    (address) => chat.transcript(address),
    (address) => {
      form.remove();
      say(done, t`It is on its way to ${address}.`);
      say(shut, t`Close`);
      shut.focus();
    },
  );
  const box = dialog(t`Send me this chat by e-mail`, form, done, el("p", { class: "row end" }, shut));
}

export function askEnd(chat: Chat, onEnded: () => void): void {
  const fault = el("p", { role: "alert", class: "fault" });
  const end = async () => {
    const problem = await chat.end();
    if (problem) return say(fault, formFault(problem));
    box.close();
    onEnded();
  };
  const box = dialog(
    t`End this chat?`,
    el("p", {}, t`You can write to us again at any time.`),
    fault,
    el(
      "p",
      { class: "row end" },
      el("button", { type: "button", onclick: () => box.close() }, t`Go on chatting`),
      el("button", { type: "button", class: "main", onclick: () => void end() }, t`End the chat`),
    ),
  );
}

/** One e-mail address and what is done with it. What was wrong with it is said below it. */
export function addressForm(
  action: string,
  run: (address: string) => Promise<Problem | null>,
  onDone: (address: string) => void,
): HTMLFormElement {
  const id = `address-${Math.trunc(performance.now())}`;
  const fault = el("p", { role: "alert", class: "fault", id: `${id}-fault` });
  const field = el("input", {
    ...{ type: "email", id, name: "email", autocomplete: "email", required: true, maxlength: 254, dir: "ltr" },
    "aria-describedby": `${id}-fault`,
  });
  const button = el("button", { class: "main" }, action);
  const form = el(
    "form",
    { class: "address", novalidate: true },
    el("label", { for: id }, t`Your e-mail address`),
    el("p", { class: "row" }, field, button),
    fault,
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const address = field.value.trim();
    const problem = field.validity.valid ? await run(address) : { status: 400, code: "", retryMs: null };
    field.setAttribute("aria-invalid", String(problem !== null));
    say(fault, problem ? formFault(problem) : "");
    if (problem) field.focus();
    else onDone(address);
  });
  return form;
}
