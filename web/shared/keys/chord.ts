/** What of a keyboard event matters; tests hand in plain objects. */
export type KeyPress = {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
};

const NAMES: Record<string, string> = { " ": "space", Esc: "escape" };
const MODIFIERS = new Set([
  "Control",
  "Shift",
  "Alt",
  "Meta",
  "AltGraph",
  "CapsLock",
  "Dead",
  "Process",
  "Unidentified",
]);

/** The letter or digit on the key itself, for scripts without Latin letters and for Alt, which types signs on a Mac. */
function ofCode(code: string): string | null {
  if (/^Key[A-Z]$/.test(code)) return code.slice(3).toLowerCase();
  if (/^Digit[0-9]$/.test(code)) return code.slice(5);
  return null;
}

/**
 * The one name of a key press: "t", "shift+t", "mod+enter", "alt+v", "?", "#", "escape". "mod" is Ctrl, or Command
 * on a Mac. Shift is named with letters and named keys, not with signs, where it is how they are typed.
 */
export function chordOf(press: KeyPress): string | null {
  if (MODIFIERS.has(press.key)) return null;
  const single = [...press.key].length === 1;
  const foreign = single && !/^[\x20-\x7e]$/.test(press.key);
  const base = single && (foreign || press.altKey) ? (ofCode(press.code) ?? press.key) : press.key;
  const name = NAMES[base] ?? base.toLowerCase();
  const namesShift = press.shiftKey && (name.length > 1 || /^[a-z]$/.test(name) || press.ctrlKey || press.metaKey);
  return [press.ctrlKey || press.metaKey ? "mod" : "", press.altKey ? "alt" : "", namesShift ? "shift" : "", name]
    .filter(Boolean)
    .join("+");
}

/** Whether a chord types or would type a character: these act only outside text and can be switched off. */
export function isSingleKey(chord: string): boolean {
  if (chord.startsWith("mod+") || chord.startsWith("alt+")) return false;
  const name = chord.replace(/^shift\+/, "");
  return [...name].length === 1 || name === "space";
}
