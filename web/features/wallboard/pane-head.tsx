import { useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Button } from "../../shared/ui/button.tsx";
import css from "./pane.module.css";

type PaneHeadProps = { title: string; children?: ReactNode; onClose: () => void };

export function PaneHead({ title, children, onClose }: PaneHeadProps) {
  const { t } = useLingui();
  return (
    <header className={css.head}>
      <h2>
        <bdi>{title}</bdi>
      </h2>
      {children}
      <span className="end" />
      <Button look="bare" icon="close" iconOnly aria-label={t`Close`} onClick={onClose} />
    </header>
  );
}
