import { type ReactNode, useState } from "react";
import { Button } from "../../../shared/ui/button.tsx";
import css from "./facts.module.css";

type SectionProps = {
  title: ReactNode;
  aside?: ReactNode;
  level: 2 | 3;
  /** Names the act that opens `form`; left out where nothing may be written. */
  add?: string | undefined;
  form?: ((close: () => void) => ReactNode) | undefined;
  children: ReactNode;
};

/** A heading, what stands under it, and a way to add to it. */
export function Section({ title, aside, level, add, form, children }: SectionProps) {
  const [open, setOpen] = useState(false);
  const Heading = `h${level}` as const;
  return (
    <section>
      <div className={css.head}>
        <Heading>
          {title} {aside === undefined ? null : <span className="mute">{aside}</span>}
        </Heading>
        {add && form && !open ? (
          <Button
            look="bare"
            size="small"
            icon="plus"
            iconOnly
            aria-label={add}
            title={add}
            onClick={() => setOpen(true)}
          />
        ) : null}
      </div>
      {children}
      {open && form ? form(() => setOpen(false)) : null}
    </section>
  );
}
