import { i18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import type { Chat } from "../chat.ts";
import type { ChatState } from "../chat-state.ts";
import { type Entry, entriesOf } from "../log.ts";
import { el, say, show } from "./dom.ts";
import { icon } from "./icons.ts";
import { clockTime, dayName, refusalWords, size, statusWords } from "./said.ts";

/** The conversation. Only what changed is drawn anew, so the reader's place and a marked word stay. */
export function messagesView(chat: Chat, now: () => number) {
  const list = el("ol", { role: "list" });
  const greeting = el(
    "li",
    { class: "line agent first last", hidden: true },
    el("p", { class: "bubble", dir: "auto" }),
  );
  const writing = el("p", { class: "writing", hidden: true }, el("i"), el("i"), el("i"), el("span", { class: "vh" }));
  const newer = el(
    "button",
    { type: "button", class: "newer", hidden: true, onclick: () => leaveTo(toEnd) },
    icon("down"),
    t`New messages`,
  );
  const box = el("section", { class: "log", tabindex: 0, "aria-label": t`Messages` }, list, writing);
  const drawn = new Map<string, { item: HTMLElement; look: string }>();
  let count = 0;
  /** The reader is at the end and stays there, whatever grows: a picture, the place to write, a notice. */
  let isPinned = true;
  let endTop = 0;

  box.addEventListener(
    "scroll",
    () => {
      isPinned = isAtEnd();
      if (isPinned) show(newer, false);
    },
    { passive: true },
  );
  const sizes = new ResizeObserver(() => stays() && toEnd());
  for (const part of [box, list]) sizes.observe(part);

  /** A button that goes when it is pressed leaves the focus with the lines. */
  function leaveTo(run: () => void): void {
    box.focus();
    run();
  }
  function isAtEnd(): boolean {
    return box.scrollHeight - box.scrollTop - box.clientHeight < 60;
  }
  /** The event of a scroll comes later than the scroll: where the lines stand is looked at, too. */
  function stays(): boolean {
    return isPinned && (box.scrollTop >= endTop - 1 || isAtEnd());
  }
  function toEnd(): void {
    isPinned = true;
    box.scrollTop = box.scrollHeight;
    endTop = box.scrollTop;
    show(newer, false);
  }

  function update(state: ChatState): void {
    const entries = entriesOf(state.lines, state.waiting, state.receipts);
    const isOnline = state.link !== "offline";
    say(greeting.firstElementChild!, state.greeting ?? "");
    show(greeting, state.greeting !== null);
    let at: Element | null = list.firstElementChild;
    if (at !== greeting) list.prepend(greeting);
    at = greeting.nextElementSibling;
    for (const entry of entries) {
      const look = JSON.stringify([entry, entry.status === "sending" && isOnline]);
      let known = drawn.get(entry.key);
      if (known?.look !== look) {
        const item = draw(entry, isOnline);
        // What replaces stands where the other one stood.
        if (known?.item === at) at = known.item.nextElementSibling;
        known?.item.remove();
        known = { item, look };
        drawn.set(entry.key, known);
      }
      if (known.item === at) at = at.nextElementSibling;
      else list.insertBefore(known.item, at);
    }
    const keys = new Set(entries.map((entry) => entry.key));
    for (const [key, { item }] of drawn)
      if (!keys.has(key)) {
        item.remove();
        drawn.delete(key);
      }
    show(writing, state.typing !== null);
    const name = state.typing ?? "";
    if (state.typing !== null) say(writing.lastElementChild!, t`${name} is writing`);
    const isMore = entries.length > count;
    const isOwn = entries.at(-1)?.from === "visitor";
    count = entries.length;
    if (stays() || (isMore && isOwn)) toEnd();
    else if (isMore) show(newer, true);
  }

  function draw(entry: Entry, isOnline: boolean): HTMLElement {
    const { from, name, text, files, first, last, status } = entry;
    const time = el("time", { datetime: new Date(entry.at).toISOString() }, clockTime(entry.at));
    const who = from === "visitor" ? t`You` : name;
    return el(
      "li",
      { class: `line ${from}${first ? " first" : ""}${last ? " last" : ""}${status === "refused" ? " refused" : ""}` },
      entry.day && el("p", { class: "day" }, dayName(entry.at, now())),
      from === "agent" && first && name !== "" && el("p", { class: "who", "aria-hidden": "true" }, name),
      from === "agent" && last && el("span", { class: "face", "aria-hidden": "true" }, initials(name)),
      from !== "system" && el("span", { class: "vh" }, `${who}: `),
      text !== "" && el("p", { class: "bubble", dir: "auto" }, ...linked(text)),
      ...files.map((file) => fileView(file)),
      status === "refused"
        ? refused(entry)
        : (last || status !== null) &&
            from !== "system" &&
            el("p", { class: "under" }, time, status && ` · ${statusWords(status, isOnline)}`),
    );
  }

  function refused({ key, why }: Entry): HTMLElement {
    return el(
      "p",
      { class: "under" },
      el("span", { role: "alert" }, `${statusWords("refused", true)}. ${refusalWords(why)} `),
      el("button", { type: "button", onclick: () => leaveTo(() => chat.again(key)) }, t`Try again`),
      " ",
      el("button", { type: "button", onclick: () => leaveTo(() => chat.drop(key)) }, t`Delete`),
    );
  }

  return { box, newer, update, toEnd };
}

/** Pictures in place, everything else to be saved. Only our own server's addresses are followed. */
function fileView(file: Entry["files"][number]): HTMLElement {
  const address = new URL(file.url, location.href);
  const href = address.origin === location.origin ? address.href : null;
  if (file.image && href)
    return el(
      "a",
      { class: "bubble picture", href, target: "_blank", rel: "noopener" },
      el("img", { src: href, alt: file.name, loading: "lazy" }),
    );
  return el(
    "a",
    { class: "bubble file", href, download: file.name },
    icon("file"),
    el("span", {}, el("bdi", {}, file.name), el("small", {}, size(file.bytes))),
  );
}

const LINK = /https?:\/\/[^\s<>"']{1,2000}/gu;

/** Text with its addresses as links. What a sentence has behind an address is not part of it. */
function linked(text: string): (string | HTMLElement)[] {
  const parts: (string | HTMLElement)[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(LINK)) {
    const href = found.replace(/[.,;:!?)\]}»”’]{1,20}$/u, "");
    parts.push(text.slice(end, index), el("a", { href, target: "_blank", rel: "noopener noreferrer nofollow" }, href));
    end = index + href.length;
  }
  return [...parts, text.slice(end)];
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  const picked = words.length > 1 ? [words[0]!, words.at(-1)!] : words;
  return picked.map((word) => [...word][0]!.toLocaleUpperCase(i18n.locale)).join("");
}
