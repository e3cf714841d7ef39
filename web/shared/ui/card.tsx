import type { ReactNode } from "react";
import css from "./card.module.css";

type CardProps = {
  title?: ReactNode;
  /** Beside the title: chips, a count. */
  aside?: ReactNode;
  /** At the end of the head: buttons. */
  acts?: ReactNode;
  level?: 2 | 3;
  children: ReactNode;
  /** Without inner space, for tables and lists that bring their own. */
  flush?: boolean;
  label?: string;
};

export function Card({ title, aside, acts, level = 2, children, flush = false, label }: CardProps) {
  const Heading = `h${level}` as const;
  return (
    <section className={css.card} aria-label={label}>
      {title ? (
        <header className={css.head}>
          <Heading className={css.title}>{title}</Heading>
          {aside}
          {acts ? <span className={css.acts}>{acts}</span> : null}
        </header>
      ) : null}
      <div className={flush ? css.flush : css.body}>{children}</div>
    </section>
  );
}

/** Name and value in two columns. */
export function Facts({ rows }: { rows: readonly { name: ReactNode; value: ReactNode }[] }) {
  return (
    <dl className={css.facts}>
      {rows.map((row, place) => (
        <div key={place} className={css.fact}>
          <dt>{row.name}</dt>
          <dd>{row.value}</dd>
        </div>
      ))}
    </dl>
  );
}
