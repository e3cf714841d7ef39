export type Toast = {
  id: number;
  /** What was done: "Public reply goes out in 8 s", "Resolved as answered". */
  text: string;
  /** What is shown while the seconds to an instant (epoch ms) run down; `text` is what is spoken, once. */
  counts?: { to: number; says: (seconds: number) => string };
  undo?: () => void;
  /** A second act, named: "Now". */
  act?: { label: string; run: () => void };
  /** How long it stays, ms; time does not pass while it is hovered or focused. */
  lasts: number;
};

/** Done and undo stay this long (design system §5). */
export const TOAST_LASTS = 8_000;

type Parts = { now: () => number; after: (ms: number, run: () => void) => () => void };
type Running = { toast: Toast; left: number; since: number; stop: (() => void) | null };

/** The toasts on the screen and the time each has left. */
export function createToastStore(parts: Parts) {
  let running: readonly Running[] = [];
  let shown: readonly Toast[] = [];
  let held = false;
  let ids = 0;
  const listeners = new Set<() => void>();

  function set(next: readonly Running[]): void {
    running = next;
    shown = next.map((one) => one.toast);
    for (const listener of listeners) listener();
  }

  function start(one: Running): void {
    one.since = parts.now();
    one.stop = parts.after(one.left, () => close(one.toast.id));
  }

  function close(id: number): void {
    const gone = running.find((one) => one.toast.id === id);
    if (!gone) return;
    gone.stop?.();
    set(running.filter((one) => one !== gone));
    if (running.length === 0) held = false;
  }

  return {
    add(toast: Omit<Toast, "id" | "lasts"> & { lasts?: number }): number {
      ids += 1;
      const full: Toast = { lasts: TOAST_LASTS, ...toast, id: ids };
      const one: Running = { toast: full, left: full.lasts, since: 0, stop: null };
      if (!held) start(one);
      // More than three cannot be read; the oldest goes.
      for (const old of running.slice(0, Math.max(0, running.length - 2))) old.stop?.();
      set([...running.slice(-2), one]);
      return ids;
    },
    close,
    /** The pointer or the focus is on one of them: time stands still for all. */
    hold(): void {
      if (held) return;
      held = true;
      for (const one of running) {
        one.stop?.();
        one.left = Math.max(1_000, one.left - (parts.now() - one.since));
      }
    },
    release(): void {
      if (!held) return;
      held = false;
      for (const one of running) start(one);
    },
    /** Takes back the newest act that can be; false when there is none. The `Z` key. */
    undoLast(): boolean {
      const last = running.findLast((one) => one.toast.undo);
      if (!last) return false;
      close(last.toast.id);
      last.toast.undo?.();
      return true;
    },
    toasts: () => shown,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
