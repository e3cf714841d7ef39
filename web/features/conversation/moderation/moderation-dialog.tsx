import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { MessageModeration, ModerationActView, ModerationAsk, ModerationReason } from "#contracts/moderation";
import { api } from "../../../shared/api/api.ts";
import { useCommand } from "../../../shared/api/use-command.ts";
import { ServerWords } from "../../../shared/text/said/server-words.tsx";
import { Button } from "../../../shared/ui/button.tsx";
import { Dialog } from "../../../shared/ui/dialog.tsx";
import { FetchFault } from "../../../shared/ui/fetched.tsx";
import { Select, TextArea } from "../../../shared/ui/field.tsx";
import { ProblemNotice } from "../../../shared/ui/problem-notice.tsx";
import { Skeleton } from "../../../shared/ui/skeleton.tsx";
import { toasts } from "../../../shared/ui/toast.tsx";
import { ActLine } from "./act-line.tsx";
import css from "./moderation.module.css";
import { moderationQuery } from "./moderation-query.ts";
import { useModerationWords } from "./use-moderation-words.ts";

type DialogProps = { conversationId: string; messageId: string; onClose: () => void };

/** What can be done about a message on its own network. It changes what the public sees: it is asked once more, with a reason. */
export default function ModerationDialog({ conversationId, messageId, onClose }: DialogProps) {
  const { t } = useLingui();
  const asked = useQuery(moderationQuery(conversationId, messageId));
  if (asked.data) return <Choose about={asked.data} conversationId={conversationId} onClose={onClose} />;
  return (
    <Dialog open onClose={onClose} title={t`Do something about this message`} width={520}>
      {asked.isError ? <FetchFault query={asked} /> : <Skeleton shape="lines" count={5} />}
    </Dialog>
  );
}

const ORDER: Record<ModerationAsk, readonly ModerationReason[]> = {
  hide: ["abuse", "spam", "private-data", "misleading", "sexual", "illegal", "other"],
  delete: ["mistake", "private-data", "misleading", "other"],
  block: ["abuse", "spam", "sexual", "illegal", "other"],
  report: ["abuse", "spam", "misleading", "sexual", "illegal", "private-data", "other"],
};

function Choose({
  about,
  conversationId,
  onClose,
}: {
  about: MessageModeration;
  conversationId: string;
  onClose: () => void;
}) {
  const { t } = useLingui();
  const words = useModerationWords(about);
  const first = about.verbs.find((one) => one.refusal === null)?.verb ?? null;
  const [verb, setVerb] = useState<ModerationAsk | null>(first);
  const [reason, setReason] = useState<ModerationReason | null>(null);
  const [note, setNote] = useState("");
  const keys = () => [moderationQuery(conversationId, about.messageId).queryKey, ["conversation", conversationId]];
  const undo = useCommand<{ id: string }, ModerationActView>({
    run: ({ id }, commandId) => api.post(`/api/desk/moderation/${id}/undo`, { note: "" }, { commandId }),
    invalidates: keys,
    onDone: () => toasts.add({ text: t`It is being taken back.` }),
  });
  const settle = useCommand<{ id: string; as: string; version: number }, ModerationActView>({
    run: ({ id, as, version }, commandId) =>
      api.post(`/api/desk/moderation/${id}/settle`, { as }, { commandId, expectedVersion: version }),
    invalidates: keys,
  });
  const act = useCommand<{ verb: ModerationAsk; reason: ModerationReason; note: string }, ModerationActView>({
    run: (body, commandId) => api.post(`/api/desk/messages/${about.messageId}/moderation`, body, { commandId }),
    invalidates: keys,
    onDone: (made, { verb }) => {
      toasts.add({
        text: t`${words.asks[verb].name}: it goes out now.`,
        ...(made.undo && { undo: () => undo.send({ id: made.id }) }),
      });
      onClose();
    },
  });
  const problem = act.problem ?? undo.problem ?? settle.problem;
  const refused = about.verbs.find((one) => one.verb === verb)?.refusal ?? null;
  const said = verb ? words.asks[verb] : null;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Do something about this message`}
      width={520}
      foot={
        <>
          <Button onClick={onClose}>{t`Cancel`}</Button>
          <Button
            look="stop"
            busy={act.busy}
            refused={verb === null ? t`Nothing can be done here.` : (refused ?? (reason ? null : t`Choose why first.`))}
            onClick={() => verb && reason && act.send({ verb, reason, note: note.trim() })}
          >
            {said?.button ?? t`Do it`}
          </Button>
        </>
      }
    >
      <div className={css.box}>
        {problem ? <ProblemNotice problem={problem} /> : null}
        <blockquote className={css.quote} dir="auto">
          {about.text || t`The message is gone.`}
        </blockquote>
        <fieldset className={css.verbs}>
          <legend>{t`What is to be done`}</legend>
          {about.verbs.map((one) => (
            <label key={one.verb} className={css.verb}>
              <input
                type="radio"
                name="verb"
                checked={verb === one.verb}
                disabled={one.refusal !== null}
                onChange={() => {
                  setVerb(one.verb);
                  setReason(null);
                }}
              />
              {words.asks[one.verb].name}
              <span>{one.refusal === null ? words.asks[one.verb].says : <ServerWords>{one.refusal}</ServerWords>}</span>
            </label>
          ))}
        </fieldset>
        {verb ? (
          <>
            <Select
              label={t`Why`}
              value={reason ?? ""}
              options={[
                { value: "", label: t`Choose …` },
                ...ORDER[verb].map((value) => ({ value, label: words.reasons[value] })),
              ]}
              onChange={(value) => setReason(value === "" ? null : (value as ModerationReason))}
            />
            <TextArea
              label={t`What else is to be known of it`}
              hint={
                verb === "report"
                  ? t`It is told to the network's moderators, and stands in the conversation.`
                  : t`It stands in the conversation, for the team.`
              }
              rows={2}
              maxLength={1_000}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          </>
        ) : null}
        {about.acts.length > 0 ? (
          <section>
            <h3>{t`What was done`}</h3>
            <ul className={css.acts}>
              {about.acts.map((one) => (
                <ActLine
                  key={one.id}
                  act={one}
                  words={words}
                  busy={undo.busy || settle.busy}
                  onUndo={() => undo.send({ id: one.id })}
                  onSettle={(as) => settle.send({ id: one.id, as, version: one.version })}
                />
              ))}
            </ul>
          </section>
        ) : null}
      </div>
    </Dialog>
  );
}
