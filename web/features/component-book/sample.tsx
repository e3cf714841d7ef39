import type { ReactNode } from "react";
import css from "./book.module.css";

export function Sample({ name, note, children }: { name: string; note?: string; children: ReactNode }) {
  return (
    <section className={css.sample}>
      <h2>
        {name} {note ? <span>{note}</span> : null}
      </h2>
      {children}
    </section>
  );
}
