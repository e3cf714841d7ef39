import { useSyncExternalStore } from "react";
import { VisuallyHidden } from "./visually-hidden.tsx";

type Said = { text: string; urgent: boolean; turn: number };

let said: Said = { text: "", urgent: false, turn: 0 };
const listeners = new Set<() => void>();

/** Says a sentence to screen readers: offers, "late", sent, failed. Never each message of a busy thread. */
export function announce(text: string, urgent = false): void {
  said = { text, urgent, turn: said.turn + 1 };
  for (const listener of listeners) listener();
}

/** Stands once in the frame. */
export function Announcer() {
  const now = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => said,
  );
  // The same sentence twice is only spoken twice when the text differs: a space that nobody hears.
  const text = now.turn % 2 === 0 ? now.text : `${now.text}\u00a0`;
  return (
    <VisuallyHidden>
      <span aria-live="polite">{now.urgent ? "" : text}</span>
      <span aria-live="assertive">{now.urgent ? text : ""}</span>
    </VisuallyHidden>
  );
}
