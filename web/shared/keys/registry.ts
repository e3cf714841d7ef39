import { chordOf } from "./chord.ts";
import { keptForLater } from "./hold.ts";
import { type KeyBinding, type KeyScope, matchKey, type Place } from "./match.ts";
import { keySettings } from "./settings.ts";

type Entry = { scope: KeyScope; bindings: readonly KeyBinding[] };

const NEARNESS: Record<KeyScope, number> = { pane: 0, screen: 1, frame: 2 };

/** A pair of keys ("g" then "d") must be struck within this, ms. */
const PAIR = 1_500;

let entries: readonly Entry[] = [];
let all: readonly KeyBinding[] = [];
let pending: { chord: string; timer: ReturnType<typeof setTimeout> } | null = null;
const listeners = new Set<() => void>();

function setEntries(next: readonly Entry[]): void {
  entries = next;
  // The later of two equally near ones is the one that just opened.
  const ordered = entries.map((entry, at) => ({ entry, at }));
  ordered.sort((a, b) => NEARNESS[a.entry.scope] - NEARNESS[b.entry.scope] || b.at - a.at);
  all = ordered.flatMap(({ entry }) => entry.bindings);
  for (const listener of listeners) listener();
}

export function register(entry: Entry): () => void {
  setEntries([...entries, entry]);
  return () => setEntries(entries.filter((other) => other !== entry));
}

/** Everything that can be struck on this screen, nearest first. */
export const activeBindings = (): readonly KeyBinding[] => all;

/** Does what a key of this name would do here; nothing where it cannot be done now. */
export function runBinding(id: string): void {
  all.find((binding) => binding.id === id && !binding.disabled)?.run();
}

export function onBindings(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

const NOT_TEXT = new Set(["button", "checkbox", "color", "file", "image", "radio", "range", "reset", "submit"]);
const CONTROL = "button, a[href], select, input, summary, [role=tab], [role=option], [role=gridcell], [role=slider]";
const OVERLAY = "[role=dialog], [role=alertdialog], [role=menu], [role=listbox]";

export function placeOf(target: EventTarget | null): Place {
  if (!(target instanceof Element)) return { text: false, control: false, overlay: false };
  const input = target instanceof HTMLInputElement && !NOT_TEXT.has(target.type);
  const text =
    input ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLElement && target.isContentEditable);
  return { text, control: target.closest(CONTROL) !== null, overlay: target.closest(OVERLAY) !== null };
}

function forget(): void {
  if (pending) clearTimeout(pending.timer);
  pending = null;
}

function onKeyDown(event: KeyboardEvent): void {
  // While a word is being composed the keys belong to the input method.
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return;
  if (keptForLater(event)) return;
  const chord = chordOf(event);
  if (chord === null) return;
  const before = pending?.chord ?? null;
  forget();
  const match = matchKey(chord, before, all, placeOf(event.target), keySettings());
  if (match === null) return;
  event.preventDefault();
  if ("found" in match) {
    // A held key repeats moves, never acts.
    if (event.repeat && !/^(arrow|shift\+arrow|j$|k$)/.test(chord)) return;
    match.found.run();
    return;
  }
  pending = { chord: match.pending, timer: setTimeout(forget, PAIR) };
}

/** Begins to listen; called once by the frame. */
export function listenToKeys(): () => void {
  addEventListener("keydown", onKeyDown);
  return () => removeEventListener("keydown", onKeyDown);
}
