import css from "./key-hint.module.css";

const SPOKEN: Record<string, string> = {
  mod: "Ctrl",
  ctrl: "Ctrl",
  shift: "Shift",
  alt: "Alt",
  enter: "⏎",
  escape: "Esc",
  arrowup: "↑",
  arrowdown: "↓",
  arrowleft: "←",
  arrowright: "→",
  space: "Space",
};

/** "mod+enter" → "Ctrl ⏎", "g d" → "G D", "shift+t" → "Shift T". */
export function printKeys(keys: string): string {
  return keys
    .split(" ")
    .flatMap((chord) => (chord === "+" ? ["+"] : chord.split("+")))
    .map((part) => SPOKEN[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join(" ");
}

/** The key printed in a button or a list of keys. Hidden on phones and from screen readers (aria-keyshortcuts tells them). */
export function KeyHint({ keys, className = "" }: { keys: string; className?: string }) {
  return (
    <span className={`${css.key} ${className}`} aria-hidden="true">
      {printKeys(keys)}
    </span>
  );
}
