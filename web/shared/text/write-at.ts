import { flushSync } from "react-dom";

/**
 * Changes a field's text by `write` and puts the caret into its place in the same turn. A frame later would be too late: what is typed
 * meanwhile would stand on the wrong side of the caret.
 */
export function writeAt(field: HTMLTextAreaElement | HTMLInputElement | null, caret: number, write: () => void): void {
  flushSync(write);
  field?.focus();
  field?.setSelectionRange(caret, caret);
}
