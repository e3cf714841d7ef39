import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { ConversationView } from "#contracts/desk";
import { api } from "../../../shared/api/api.ts";
import { colleaguesQuery } from "../../../shared/api/colleagues-query.ts";
import { forMeQuery } from "../../../shared/api/for-me-query.ts";
import { useCommand } from "../../../shared/api/use-command.ts";
import { presentMoment, useNow } from "../../../shared/time/clock.ts";
import { useTimeWords } from "../../../shared/time/format.ts";
import { sayWhen } from "../../../shared/time/say-when.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { Dialog } from "../../../shared/ui/dialog.tsx";
import { FetchFault } from "../../../shared/ui/fetched.tsx";
import { Select, TextField } from "../../../shared/ui/field.tsx";
import { ProblemNotice } from "../../../shared/ui/problem-notice.tsx";
import { toasts } from "../../../shared/ui/toast.tsx";
import css from "./aside.module.css";
import { asideQuery } from "./aside-query.ts";

type TaskProps = { view: ConversationView; onClose: () => void };
type Asked = { text: string; dueAt: string; agentId: string | null };

/** What is to be done, by when, by whom. */
export default function TaskDialog({ view, onClose }: TaskProps) {
  const { t } = useLingui();
  return (
    <Dialog open onClose={onClose} title={t`Something to be done`} width={460}>
      <TaskForm view={view} onClose={onClose} />
    </Dialog>
  );
}

function TaskForm({ view, onClose }: TaskProps) {
  const { t, i18n } = useLingui();
  const time = useTimeWords();
  const now = useNow("minute");
  const asked = useQuery(colleaguesQuery(view.id));
  const { data: colleagues } = asked;
  const [text, setText] = useState("");
  const [said, setSaid] = useState("");
  const [who, setWho] = useState("");
  const [tried, setTried] = useState(false);
  const at = sayWhen(said, now, i18n.locale);
  const add = useCommand<Asked>({
    run: (asked, commandId) => api.post(`/api/desk/conversations/${view.id}/follow-ups`, asked, { commandId }),
    invalidates: () => [asideQuery(view.id).queryKey, forMeQuery.queryKey],
    onDone: (_answer, { dueAt }) => {
      toasts.add({ text: t`Written down for ${time.moment(dueAt, presentMoment())}.` });
      onClose();
    },
  });
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    const then = sayWhen(said, presentMoment(), i18n.locale);
    if (then !== null && text.trim())
      add.send({ text: text.trim(), dueAt: new Date(then).toISOString(), agentId: who || null });
  }
  const often = [
    ["tomorrow 9", t`Tomorrow, 9:00`],
    ["monday 9", t`Monday, 9:00`],
  ] as const;
  return (
    <form className={css.form} onSubmit={onSubmit}>
      {add.problem ? <ProblemNotice problem={add.problem} safe={t`Your words are safe here.`} /> : null}
      <TextField
        label={t`What is to be done?`}
        value={text}
        maxLength={500}
        autoFocus
        fault={tried && !text.trim() ? t`Say what is to be done.` : undefined}
        hint={t`Everybody who reads the conversation sees it.`}
        onChange={(event) => setText(event.target.value)}
      />
      <TextField
        label={t`By when?`}
        value={said}
        maxLength={60}
        autoComplete="off"
        placeholder={t`tomorrow 9, fri 14:30, 2h, 24 dec`}
        fault={tried && at === null ? t`Say a time ahead of now, like “tomorrow 9” or “2h”.` : undefined}
        hint={at === null ? t`By your clock.` : time.exact(at)}
        onChange={(event) => setSaid(event.target.value)}
      />
      <p className={css.often}>
        {often.map(([value, label]) => (
          <Button key={value} size="small" look="soft" onClick={() => setSaid(value)}>
            {label}
          </Button>
        ))}
      </p>
      <FetchFault query={asked} />
      <Select
        label={t`Who does it?`}
        value={who}
        options={[
          { value: "", label: t`I do` },
          ...(colleagues ?? []).map((one) => ({ value: one.id, label: one.callName })),
        ]}
        onChange={setWho}
      />
      <p className={css.acts}>
        <Button look="primary" type="submit" busy={add.busy}>{t`Write it down`}</Button>
      </p>
    </form>
  );
}
