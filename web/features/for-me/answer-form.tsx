import { useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import type { SideQuestionView } from "#contracts/together";
import { api } from "../../shared/api/api.ts";
import { forMeQuery } from "../../shared/api/for-me-query.ts";
import { useCommand } from "../../shared/api/use-command.ts";
import { Button } from "../../shared/ui/button.tsx";
import { TextArea } from "../../shared/ui/field.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import css from "./for-me.module.css";

/** What was shown to me of a conversation I do not have, and my one answer. */
export function AnswerForm({ of }: { of: SideQuestionView }) {
  const { t } = useLingui();
  const [said, setSaid] = useState("");
  const [tried, setTried] = useState(false);
  const { name } = of.askedBy;
  const answer = useCommand<string>({
    run: (text, commandId) =>
      api.post(`/api/desk/questions/${of.id}/answer`, { answer: text }, { commandId, expectedVersion: of.version }),
    invalidates: () => [forMeQuery.queryKey],
    onDone: () => toasts.add({ text: t`Your answer is with ${name}.` }),
  });
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (said.trim()) answer.send(said.trim());
  }
  return (
    <form className={css.answer} onSubmit={onSubmit}>
      {of.shown ? <blockquote className={css.shown}>{of.shown}</blockquote> : null}
      {answer.problem ? <ProblemNotice problem={answer.problem} /> : null}
      <TextArea
        label={t`Your answer to ${name}`}
        value={said}
        rows={2}
        maxLength={8_000}
        fault={tried && !said.trim() ? t`Write your answer first.` : undefined}
        hint={t`It stands as a note in the conversation.`}
        onChange={(event) => setSaid(event.target.value)}
      />
      <p>
        <Button type="submit" size="small" look="primary" busy={answer.busy}>{t`Send the answer`}</Button>
      </p>
    </form>
  );
}
