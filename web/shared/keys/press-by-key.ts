/**
 * Presses a control for the key that stands for it. A button that opens a menu is opened as its own arrow key opens it, so that the first
 * entry has the focus and Enter takes it; by a click without a pointer the menu itself would be left with the focus. Nothing happens to
 * null or to what is disabled.
 */
export function pressByKey(control: HTMLElement | null | undefined): void {
  if (!control || control.matches(":disabled, [aria-disabled=true]")) return;
  if (control.getAttribute("aria-haspopup") === null) {
    control.click();
    return;
  }
  control.focus({ preventScroll: true });
  control.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true, cancelable: true }));
}
