import type { ReactNode } from "react";
import css from "./empty-state.module.css";

type EmptyStateProps = {
  /** "Nothing waits for you" */
  title: ReactNode;
  /** What happens next. */
  children?: ReactNode;
  /** One act. */
  act?: ReactNode;
  /** Level of the heading in its place. */
  level?: 1 | 2 | 3 | 4;
};

export function EmptyState({ title, children, act, level = 2 }: EmptyStateProps) {
  const Heading = `h${level}` as const;
  return (
    <div className={css.empty}>
      <Heading className={css.title}>{title}</Heading>
      {children ? <p className={css.words}>{children}</p> : null}
      {act}
    </div>
  );
}
