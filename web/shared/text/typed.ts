/** Fields somebody typed into since the page was loaded. */
const fields = new Set<HTMLInputElement | HTMLTextAreaElement>();

/** What is typed in these is kept by the server, or is nothing anybody would miss. */
const KEPT = "[data-kept], [type=search], [role=searchbox], [type=checkbox], [type=radio], [type=range], [type=file]";

function note({ target }: Event): void {
  if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return;
  for (const field of fields) if (!field.isConnected) fields.delete(field);
  if (!target.closest(KEPT)) fields.add(target);
}

/** From now on it is known where something was typed; returns how to end that. */
export function watchTyping(): () => void {
  document.addEventListener("input", note, true);
  return () => document.removeEventListener("input", note, true);
}

/** Whether words that were typed stand in a part of the page and would go with it. What is taken from a form empties its fields or goes with it. */
export function holdsTyped(part: Node = document): boolean {
  return [...fields].some((field) => field.isConnected && part.contains(field) && field.value.trim() !== "");
}
