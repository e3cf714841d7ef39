import { useLingui } from "@lingui/react/macro";
import type { FormEvent, ReactNode } from "react";
import type { Command } from "../../../shared/api/use-command.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { ProblemNotice } from "../../../shared/ui/problem-notice.tsx";
import css from "./facts.module.css";

type FactFormProps = {
  /** Names the form to who does not see it. */
  label: string;
  command: Pick<Command<never, unknown>, "busy" | "problem">;
  onSave: () => void;
  onClose: () => void;
  /** Why it cannot be saved yet. */
  refused?: string | null;
  /** Beside the two buttons. */
  more?: ReactNode;
  children: ReactNode;
};

/** A small form in its place: Enter saves, Esc leaves. */
export function FactForm({ label, command, onSave, onClose, refused = null, more, children }: FactFormProps) {
  const { t } = useLingui();
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (refused === null && !command.busy) onSave();
  }
  return (
    <form
      className={css.form}
      aria-label={label}
      onSubmit={onSubmit}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      {command.problem ? <ProblemNotice problem={command.problem} safe={t`What you wrote stands here.`} /> : null}
      {children}
      <div className={css.acts}>
        <Button look="primary" size="small" type="submit" busy={command.busy} refused={refused}>{t`Save`}</Button>
        <Button size="small" onClick={onClose}>{t`Cancel`}</Button>
        {more}
      </div>
    </form>
  );
}
