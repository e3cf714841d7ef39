import { type RefObject, useLayoutEffect, useRef } from "react";

/** The first entry whose end lies below a height. */
export function firstBelow(root: HTMLElement, top: number): HTMLElement | undefined {
  const entries = [...root.querySelectorAll<HTMLElement>("[data-entry]")];
  return entries.find((entry) => entry.getBoundingClientRect().bottom > top + 1);
}

/** What is read stays where it stands on the screen while pages come above it and go below it. Returns what marks the place before a change. */
export function usePlaceKept(box: RefObject<HTMLElement | null>, timeline: unknown): () => void {
  const place = useRef<{ id: string; top: number } | null>(null);
  useLayoutEffect(() => {
    const [root, kept] = [box.current, place.current];
    if (!root || !kept) return;
    const entry = root.querySelector<HTMLElement>(`[data-entry="${CSS.escape(kept.id)}"]`);
    if (!entry) return;
    root.scrollTop += entry.getBoundingClientRect().top - kept.top;
    place.current = null;
  }, [timeline]);
  return () => {
    const root = box.current;
    const entry = root && firstBelow(root, root.getBoundingClientRect().top);
    place.current = entry?.dataset.entry ? { id: entry.dataset.entry, top: entry.getBoundingClientRect().top } : null;
  };
}
