type Child = Node | string | null | false;
type Props = Record<string, string | number | boolean | null | ((event: never) => void)>;

/** An element with its attributes, its listeners (`onclick`, …) and what is in it. Text is always text. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") made.addEventListener(name.slice(2), value as EventListener);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null) made.setAttribute(name, String(value));
  }
  made.append(...children.filter((child) => child !== null && child !== false));
  return made;
}

/** Sets the words of an element only when they are others: a live region says them again at each change. */
export function say(element: Element, words: string): void {
  if (element.textContent !== words) element.textContent = words;
}

export function show(element: HTMLElement, shown: boolean): void {
  element.hidden = !shown;
}

const TABBED = "a[href],button:not([disabled]),input:not([hidden]),textarea,[tabindex='0']";

/** What the Tab key reaches in it, in its order. */
export function tabStops(within: HTMLElement): HTMLElement[] {
  return [...within.querySelectorAll<HTMLElement>(TABBED)].filter((stop) => stop.getClientRects().length > 0);
}

/** Keeps the Tab key within, while `isHere` says so. */
export function keepTab(within: HTMLElement, isHere: () => boolean): void {
  within.addEventListener("keydown", (event) => {
    if (event.key !== "Tab" || !isHere()) return;
    const stops = tabStops(within);
    const edge = event.shiftKey ? stops[0] : stops.at(-1);
    if (document.activeElement !== edge && within.contains(document.activeElement)) return;
    event.preventDefault();
    (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
  });
}
