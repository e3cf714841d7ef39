import { useLingui } from "@lingui/react/macro";
import { useSyncExternalStore } from "react";
import { useNow } from "../time/clock.ts";
import { KeyHint } from "./key-hint.tsx";
import css from "./toast.module.css";
import { createToastStore } from "./toast-store.ts";
import { VisuallyHidden } from "./visually-hidden.tsx";

/** The toasts of this page: `toasts.add({ text, undo })`, `toasts.undoLast()`. */
export const toasts = createToastStore({
  now: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
});

/** Stands once in the frame. Done things with their undo, spoken politely, 8 s, longer while hovered or focused. */
export function ToastRegion() {
  const { t } = useLingui();
  const shown = useSyncExternalStore(toasts.subscribe, toasts.toasts);
  return (
    <section
      className={css.region}
      aria-label={t`Done`}
      aria-live="polite"
      onMouseEnter={toasts.hold}
      onMouseLeave={toasts.release}
      onFocus={toasts.hold}
      onBlur={toasts.release}
    >
      {shown.map((toast, at) => (
        <div key={toast.id} className={css.toast}>
          {toast.counts ? (
            <span className={css.text}>
              <VisuallyHidden>{toast.text}</VisuallyHidden>
              <Counting {...toast.counts} />
            </span>
          ) : (
            <span className={css.text}>{toast.text}</span>
          )}
          {toast.act ? (
            <button type="button" className={css.act} onClick={() => run(toast.id, toast.act?.run)}>
              {toast.act.label}
            </button>
          ) : null}
          {toast.undo ? (
            <button type="button" className={css.act} onClick={() => run(toast.id, toast.undo)}>
              {t`Undo`}
              {at === shown.length - 1 ? <KeyHint keys="z" /> : null}
            </button>
          ) : null}
        </div>
      ))}
    </section>
  );
}

/** Silent: a screen reader would be told a new number every second. */
function Counting({ to, says }: { to: number; says: (seconds: number) => string }) {
  const now = useNow("second");
  return <span aria-hidden="true">{says(Math.max(0, Math.ceil((to - now) / 1_000)))}</span>;
}

function run(id: number, act: (() => void) | undefined): void {
  toasts.close(id);
  toasts.release();
  act?.();
}
