import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import type { InviteView } from "#contracts/invites";
import { api } from "../../shared/api/api.ts";
import { useCommand } from "../../shared/api/use-command.ts";
import { presentMoment } from "../../shared/time/clock.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Dialog } from "../../shared/ui/dialog.tsx";
import { Checkbox, Select, TextArea, TextField } from "../../shared/ui/field.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import css from "./composer.module.css";

type CallProps = { conversationId: string; invites: readonly InviteView[]; onClose: () => void };
type Call = { direction: "in" | "out"; minutes: string; number: string; text: string; inviteId: string | null };

/** A call becomes a message on the telephone: what was said, how long, by whom. */
export default function CallDialog({ conversationId, invites, onClose }: CallProps) {
  const { t } = useLingui();
  const client = useQueryClient();
  const open = invites.find((one) => one.sentAt !== null && (one.state === "sent" || one.state === "opened"));
  const [call, setCall] = useState<Call>({ direction: "out", minutes: "5", number: "", text: "", inviteId: null });
  const put = (next: Partial<Call>) => setCall({ ...call, ...next });
  /** When it was sent first: asked again after an outcome that nobody knows, it is the same call. */
  const sent = useRef({ commandId: "", at: 0 });
  const note = useCommand<Call, unknown>({
    run: ({ minutes, ...rest }, commandId) => {
      const durationMs = Math.min(1_440, Math.max(0, Number(minutes) || 0)) * 60_000;
      if (sent.current.commandId !== commandId) sent.current = { commandId, at: presentMoment() };
      const startedAt = new Date(sent.current.at - durationMs).toISOString();
      return api.post(
        `/api/desk/conversations/${conversationId}/calls`,
        { ...rest, durationMs, startedAt },
        { commandId },
      );
    },
    onDone: () => {
      toasts.add({ text: t`The call is written down.` });
      void client.invalidateQueries({ queryKey: ["conversation", conversationId] });
      onClose();
    },
  });
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (call.text.trim() !== "" && !note.busy) note.send({ ...call, text: call.text.trim() });
  }
  return (
    <Dialog open onClose={onClose} title={t`Write down a call`} width={460}>
      <form onSubmit={onSubmit} className={css.call}>
        {note.problem ? <ProblemNotice problem={note.problem} safe={t`Your words are safe here.`} /> : null}
        <Select
          label={t`Who called?`}
          value={call.direction}
          onChange={(direction) => put({ direction })}
          options={[
            { value: "out", label: t`We called them` },
            { value: "in", label: t`They called us` },
          ]}
        />
        <TextField
          label={t`Minutes`}
          type="number"
          min={0}
          max={1440}
          value={call.minutes}
          onChange={(event) => put({ minutes: event.target.value })}
        />
        <TextField
          label={t`Their number (if it may be kept)`}
          type="tel"
          maxLength={40}
          value={call.number}
          onChange={(event) => put({ number: event.target.value })}
        />
        <TextArea
          label={t`What was said?`}
          rows={5}
          maxLength={20_000}
          autoFocus
          value={call.text}
          onChange={(event) => put({ text: event.target.value })}
        />
        {open ? (
          <Checkbox
            checked={call.inviteId !== null}
            onChange={(on) => put({ inviteId: on ? open.id : null })}
          >{t`They came by the invitation of ${open.agent.name}`}</Checkbox>
        ) : null}
        <Button
          look="primary"
          type="submit"
          busy={note.busy}
          refused={call.text.trim() === "" ? t`Write what was said first.` : null}
        >{t`Write it down`}</Button>
      </form>
    </Dialog>
  );
}
