import type { ReactNode } from "react";
import css from "./skip-link.module.css";

/** The first tab stop of a page; shown while it has focus. */
export function SkipLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <a className={css.skip} href={`#${to}`}>
      {children}
    </a>
  );
}
