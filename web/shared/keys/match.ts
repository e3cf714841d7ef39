import { isSingleKey } from "./chord.ts";

/** frame: everywhere · screen: this page · pane: the part in use. What is nearer wins. */
export type KeyScope = "frame" | "screen" | "pane";

export type KeyBinding = {
  /** Stable name, under which a changed key is kept: "work.take". */
  id: string;
  /** "t", "shift+t", "mod+enter", "g d" (one after the other); several keys may do the same; [] is in the palette only. */
  keys: string | readonly string[];
  /** What it does, for the list of keys. */
  label: string;
  /** Heading in the list: Work, Write, Go to, All. */
  group: string;
  run: () => void;
  /** Acts while a text field has the focus. Only chords with Ctrl or Alt and Escape may; "mod+enter" does by default. */
  inText?: boolean;
  disabled?: boolean;
  /** Why it is disabled, in a sentence for the palette. */
  refused?: string;
};

export type KeySettings = {
  singleKeys: boolean;
  /** Changed keys by binding id; null: switched off. */
  changed: Readonly<Record<string, string | null>>;
};

export const usualKeys: KeySettings = { singleKeys: true, changed: {} };

/** Where the focus is: in a text, on a control that uses Enter, Space and arrows itself, or in a dialog or menu. */
export type Place = { text: boolean; control: boolean; overlay: boolean };

/** The keys a binding answers to now. */
export function keysOf(binding: Pick<KeyBinding, "id" | "keys">, settings: KeySettings): readonly string[] {
  const changed = Object.hasOwn(settings.changed, binding.id) ? settings.changed[binding.id] : undefined;
  if (changed === null) return [];
  if (changed !== undefined) return [changed];
  return typeof binding.keys === "string" ? [binding.keys] : binding.keys;
}

const OWN_OF_CONTROLS = new Set(["enter", "space", "arrowup", "arrowdown", "arrowleft", "arrowright", "home", "end"]);

function allowed(chord: string, first: string, binding: KeyBinding, place: Place, settings: KeySettings): boolean {
  if (binding.disabled || place.overlay) return false;
  if (isSingleKey(first) && !settings.singleKeys) return false;
  if (place.text) {
    if (isSingleKey(first)) return false;
    return binding.inText ?? (chord.startsWith("mod+") || chord.startsWith("alt+") || chord === "escape");
  }
  return !(place.control && OWN_OF_CONTROLS.has(chord));
}

export type Match = { found: KeyBinding } | { pending: string } | null;

/**
 * What a key press means. `bindings` stand nearest first; `before` is the first key of a pair still open ("g").
 * An open pair that is not completed falls back to the single key.
 */
export function matchKey(
  chord: string,
  before: string | null,
  bindings: readonly KeyBinding[],
  place: Place,
  settings: KeySettings,
): Match {
  const wanted = before === null ? chord : `${before} ${chord}`;
  let opens = false;
  for (const binding of bindings) {
    for (const keys of keysOf(binding, settings)) {
      const first = keys.split(" ")[0] ?? keys;
      if (!allowed(chord, first, binding, place, settings)) continue;
      if (keys === wanted) return { found: binding };
      if (before === null && keys.startsWith(`${chord} `)) opens = true;
    }
  }
  if (opens) return { pending: chord };
  return before === null ? null : matchKey(chord, null, bindings, place, settings);
}

/** Bindings that answer to the same keys as this one would; the nearest wins, so the rest should be told. */
export function clashes(
  id: string,
  keys: string,
  bindings: readonly KeyBinding[],
  settings: KeySettings,
): KeyBinding[] {
  return bindings.filter(
    (binding) =>
      binding.id !== id &&
      keysOf(binding, settings).some(
        (other) => other === keys || other.startsWith(`${keys} `) || keys.startsWith(`${other} `),
      ),
  );
}
