import { t } from "@lingui/core/macro";
import type { Chat } from "../chat.ts";
import type { ChatState } from "../chat-state.ts";
import type { Upload } from "../uploads.ts";
import { el, show } from "./dom.ts";
import { icon } from "./icons.ts";
import { fileFault, size } from "./said.ts";

const MOST = 4_000;
const TYPING_AGAIN_MS = 3_000;
const TYPING_STOPS_MS = 5_000;

/** Where the visitor writes. Enter sends, Shift and Enter begins a new line; on a phone Enter does, as its keyboards say. */
export function composerView(chat: Chat, now: () => number) {
  const text = el("textarea", {
    ...{ rows: 1, maxlength: MOST, "aria-label": t`Your message`, placeholder: t`Write a message …`, dir: "auto" },
    ...{ oninput: typed, onkeydown: pressed, onpaste: pasted },
  });
  const picker = el("input", { type: "file", multiple: true, hidden: true, tabindex: -1, onchange: picked });
  const attach = el("button", { type: "button", class: "round", onclick: () => picker.click() }, icon("clip"));
  const send = el("button", { class: "round send", "aria-label": t`Send` }, icon("send"));
  const files = el("ul", { class: "uploads", role: "list", hidden: true });
  const form = el("form", { class: "composer", onsubmit: submit }, files, attach, text, send, picker);
  attach.setAttribute("aria-label", t`Attach a file`);
  let era = -1;
  let toldAt = 0;
  let stops: ReturnType<typeof setTimeout> | undefined;
  let isTold = false;
  /** Sent already for the visitor, though a file is still on its way. */
  let isWanted = false;

  function tell(on: boolean): void {
    clearTimeout(stops);
    if (on) stops = setTimeout(() => tell(false), TYPING_STOPS_MS);
    if (on === isTold && (!on || now() - toldAt < TYPING_AGAIN_MS)) return;
    isTold = on;
    toldAt = now();
    chat.typing(on);
  }
  function fit(): void {
    text.style.height = "auto";
    text.style.height = `${Math.min(text.scrollHeight, 132)}px`;
  }
  function typed(): void {
    chat.keepDraft(text.value);
    fit();
    ready(chat.state());
    tell(text.value.trim() !== "");
  }
  function pressed(event: KeyboardEvent): void {
    const isPhone = matchMedia("(pointer: coarse)").matches;
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || isPhone) return;
    event.preventDefault();
    form.requestSubmit();
  }
  function submit(event: Event): void {
    event.preventDefault();
    if (!ready(chat.state())) return;
    isWanted = isLoading();
    if (!isWanted) go();
    text.focus();
  }
  function go(): void {
    const words = text.value.trim();
    text.value = "";
    chat.keepDraft("");
    fit();
    clearTimeout(stops);
    isTold = false;
    chat.send(words);
  }
  function picked(): void {
    chat.attach([...(picker.files ?? [])]);
    picker.value = "";
    text.focus();
  }
  function pasted({ clipboardData }: ClipboardEvent): void {
    const given = [...(clipboardData?.files ?? [])];
    if (given.length > 0) chat.attach(given);
  }

  const isLoading = () => chat.state().uploads.some((one) => one.fault === "" && one.done === null);

  /** Whether there is something to send; what is still on its way is waited for. */
  function ready({ uploads, consents }: ChatState): boolean {
    const can = consents && (text.value.trim() !== "" || uploads.some((one) => one.fault === ""));
    // Not disabled: the focus would be lost at the moment of sending.
    send.setAttribute("aria-disabled", String(!can));
    return can;
  }

  const rows = new Map<string, { row: HTMLElement; look: string }>();
  function update(state: ChatState): void {
    if (state.phase === "ready" && state.era !== era) {
      era = state.era;
      text.value = chat.draft();
      fit();
    }
    const can = ready(state);
    if (isWanted && !isLoading()) {
      isWanted = false;
      // What did not get through is looked at first.
      if (can && state.uploads.every((one) => one.done)) go();
      update(chat.state());
      return;
    }
    const rules = state.config?.files;
    show(attach, !!rules && rules.maxCount > 0 && rules.mime.length > 0);
    if (rules) picker.accept = rules.mime.join(",");
    show(files, state.uploads.length > 0);
    for (const [id, { row }] of rows)
      if (!state.uploads.some((one) => one.id === id)) {
        row.remove();
        rows.delete(id);
      }
    for (const one of state.uploads) {
      const look = `${one.fault}|${one.done !== null}`;
      const known = rows.get(one.id);
      if (known?.look === look) {
        known.row.querySelector("progress")?.setAttribute("value", String(one.part));
        continue;
      }
      const row = uploadRow(one, state);
      if (known) known.row.replaceWith(row);
      else files.append(row);
      rows.set(one.id, { row, look });
    }
  }

  function uploadRow({ id, file, part, done, fault }: Upload, { config }: ChatState): HTMLElement {
    const { name } = file;
    const isPassing = ["offline", "internal", "not-ready", "overloaded", "too-many-requests"].includes(fault);
    const said = fault === "" ? size(file.size) : fileFault(fault, name, config?.files ?? { maxBytes: 0, maxCount: 0 });
    return el(
      "li",
      { class: fault === "" ? "" : "refused" },
      icon("file"),
      el("span", {}, fault === "" && el("bdi", {}, name), el("small", fault ? { role: "alert" } : {}, said)),
      fault === "" && !done && el("progress", { max: 1, value: part, "aria-label": t`Sending “${name}”` }),
      isPassing &&
        el(
          "button",
          { type: "button", "aria-label": t`Try again: ${name}`, onclick: () => chat.uploadAgain(id) },
          icon("again"),
        ),
      el(
        "button",
        {
          ...{ type: "button", "aria-label": t`Remove ${name}` },
          onclick: () => {
            chat.unattach(id);
            text.focus();
          },
        },
        icon("close"),
      ),
    );
  }

  return { form, update, focus: () => text.focus(), fit };
}
