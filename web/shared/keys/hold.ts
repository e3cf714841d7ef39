import { chordOf, isSingleKey } from "./chord.ts";

/** What is on its way comes within this, or the keys struck meanwhile are dropped, ms. */
const HOLD_MOST = 5_000;
/** What a dialog sends is waited for as long as its sender waits, ms: nothing else can be struck meanwhile. */
export const HOLD_SENDING = 60_000;
/** After a refusal fast hands still type what they meant for it: keys are read past until they rest so long, ms … */
const REST = 700;
/** … and no longer than this. */
const REST_MOST = 4_000;
const EDITS = new Set(["enter", "space", "backspace"]);

let held: KeyboardEvent[] | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
let playing = false;
let striking = false;
/** Until when keys are read past, and when that ends whatever comes. */
let deaf: { until: number; end: number } | null = null;

/**
 * Fast hands strike T, R and their first words before the conversation is there. Until it is, what they strike is kept,
 * so that no word acts as a key and none lands in the conversation before.
 */
export function holdKeys(most = HOLD_MOST): void {
  held ??= [];
  clearTimeout(timer);
  timer = setTimeout(dropHeldKeys, most);
}

/** It did not come: what was meant for it must not act on anything else. */
export function dropHeldKeys(): void {
  clearTimeout(timer);
  held = null;
}

/** It was refused: the rest of what is being typed for it must not act as keys either. Where nobody `asked` for it, only of who types already. */
export function refuseHeldKeys(now = performance.now(), asked = true): void {
  const typing = asked || (held !== null && held.length > 0);
  dropHeldKeys();
  if (typing) deaf = { until: now + REST, end: now + REST_MOST };
}

/** Whether this letter still belongs to what was refused. Escape and whatever is no letter act at once. */
export function isReadPast(chord: string, now: number): boolean {
  if (deaf === null) return false;
  if (now > Math.min(deaf.until, deaf.end) || !isSingleKey(chord)) {
    deaf = null;
    return false;
  }
  deaf.until = now + REST;
  return true;
}

/**
 * What a dialog handed over is on its way: what is struck before it closes is meant for the screen behind it. Resolves when
 * the keys were struck there; call it when the dialog goes.
 */
export async function afterDialog(): Promise<void> {
  if (held === null) return;
  // The dialog goes in one frame, and the focus is back where it came from in the next.
  for (let frames = 0; frames < 3; frames++) await new Promise((resolve) => requestAnimationFrame(resolve));
  await playHeldKeys();
}

/** Keeps a key that is struck too early; true when it was kept, or belongs to what was refused. */
export function keptForLater(event: KeyboardEvent): boolean {
  if (held === null && !striking && deaf !== null) {
    const inText = event.target instanceof Element && event.target.matches("input, textarea, select");
    const past = chordOf(event);
    if (!inText && past !== null && isReadPast(past, performance.now())) {
      event.preventDefault();
      return true;
    }
  }
  if (held === null || striking) return false;
  // Who went into a text meanwhile writes there.
  const inText = event.target instanceof Element && event.target.matches("input, textarea, select");
  if (!playing && inText && !isHandedOver(event.target)) return false;
  const chord = chordOf(event);
  if (chord === "escape") dropHeldKeys();
  if (chord === null || !(isSingleKey(chord) || EDITS.has(chord.replace(/^(mod|shift)\+/g, "")))) return false;
  event.preventDefault();
  held.push(event);
  return true;
}

/** The text of a dialog that is on its way takes no more words. */
const isHandedOver = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest("[data-handed-over]") !== null;

/** It is there: strikes the kept keys again, in their order, with time for the focus to follow. */
export async function playHeldKeys(): Promise<void> {
  clearTimeout(timer);
  if (playing) return;
  playing = true;
  for (let next = held?.shift(); next; next = held?.shift()) {
    if (!strike(next)) await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  }
  playing = false;
  held = null;
}

/** True when it went into a text. */
function strike(event: KeyboardEvent): boolean {
  const target = document.activeElement ?? document.body;
  const { key, code, ctrlKey, metaKey, altKey, shiftKey } = event;
  const again = { key, code, ctrlKey, metaKey, altKey, shiftKey, bubbles: true, cancelable: true };
  striking = true;
  const free = target.dispatchEvent(new KeyboardEvent("keydown", again));
  striking = false;
  if (!free || ctrlKey || metaKey || !(target instanceof HTMLTextAreaElement)) return false;
  // A key struck by a program writes nothing; this does, and tells the page as typing would.
  if (key === "Backspace") document.execCommand("delete");
  else document.execCommand("insertText", false, key === "Enter" ? "\n" : key);
  return true;
}
