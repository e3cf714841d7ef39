import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../shared/api/api.ts";
import { useCommand } from "../../shared/api/use-command.ts";
import { ServerWords } from "../../shared/text/said/server-words.tsx";
import { presentMoment } from "../../shared/time/clock.ts";
import { useTimeWords } from "../../shared/time/format.ts";
import { Button, LinkButton } from "../../shared/ui/button.tsx";
import { Dialog } from "../../shared/ui/dialog.tsx";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { FetchFault } from "../../shared/ui/fetched.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { Skeleton } from "../../shared/ui/skeleton.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import css from "./later.module.css";
import { laterQuery } from "./later-query.ts";

type LaterProps = { onClose: () => void; open: (conversationId: string) => void };

/** Reminders and replies for later, what needs me first. */
export default function LaterDialog({ onClose, open }: LaterProps) {
  const { t } = useLingui();
  return (
    <Dialog open onClose={onClose} title={t`What I have put off`} width={600}>
      <Board
        open={(conversationId) => {
          onClose();
          open(conversationId);
        }}
      />
    </Dialog>
  );
}

function Board({ open }: Pick<LaterProps, "open">) {
  const { t } = useLingui();
  const words = useTimeWords();
  const asked = useQuery(laterQuery);
  const { data } = asked;
  const done = useCommand<string>({
    run: (id, commandId) => api.post(`/api/desk/reminders/${id}/done`, {}, { commandId }),
    invalidates: () => [laterQuery.queryKey],
  });
  const cancel = useCommand<{ id: string; conversationId: string; held: boolean }>({
    run: ({ id }, commandId) => api.post(`/api/desk/later/${id}/cancel`, {}, { commandId }),
    invalidates: ({ conversationId }) => [laterQuery.queryKey, ["conversation", conversationId]],
    onDone: (_answer, { held }) => held || toasts.add({ text: t`Taken back. Its words are in your draft.` }),
  });
  if (!data) return asked.isError ? <FetchFault query={asked} /> : <Skeleton shape="rows" count={3} />;
  const { reminders, replies } = data;
  if (reminders.length + replies.length === 0)
    return (
      <EmptyState title={t`Nothing is put off`}>
        {t`Remind yourself of a conversation with F, or send a reply later with Alt L.`}
      </EmptyState>
    );
  const moment = (at: string) => words.moment(at, presentMoment());
  const about = (one: { conversationId: string; customer: string; number: string }) => (
    <LinkButton onClick={() => open(one.conversationId)}>
      <bdi>{one.customer}</bdi> <span className="num">{one.number}</span>
    </LinkButton>
  );
  const problem = done.problem ?? cancel.problem;
  return (
    <>
      <FetchFault query={asked} />
      {problem ? <ProblemNotice problem={problem} /> : null}
      {replies.length > 0 ? <h3 className={css.head}>{t`Replies`}</h3> : null}
      <ul className={css.list}>
        {replies.map((one) => (
          <li key={one.id} className={css.one}>
            <span className="grow">
              {about(one)}{" "}
              {one.state === "held" ? (
                <span className={css.due}>{t`held`}</span>
              ) : (
                <span className="mid">{t`goes out ${moment(one.sendAt)}`}</span>
              )}
              <bdi className={css.text}>{one.text}</bdi>
              {one.why ? (
                <span className={css.about}>
                  <ServerWords>{one.why}</ServerWords>
                </span>
              ) : null}
            </span>
            <Button
              size="small"
              busy={cancel.busy}
              onClick={() =>
                cancel.send({ id: one.id, conversationId: one.conversationId, held: one.state === "held" })
              }
            >
              {one.state === "held" ? t`Put out of sight` : t`Take back`}
            </Button>
          </li>
        ))}
      </ul>
      {reminders.length > 0 ? <h3 className={css.head}>{t`Reminders`}</h3> : null}
      <ul className={css.list}>
        {reminders.map((one) => (
          <li key={one.id} className={css.one}>
            <span className="grow">
              {about(one)}{" "}
              <span className={one.state === "due" ? css.due : "mid"} title={words.exact(one.dueAt)}>
                {one.state === "due" ? t`due since ${moment(one.dueAt)}` : moment(one.dueAt)}
              </span>
              {one.text ? <bdi className={css.text}>{one.text}</bdi> : null}
            </span>
            <Button size="small" icon="done" busy={done.busy} onClick={() => done.send(one.id)}>{t`Done`}</Button>
          </li>
        ))}
      </ul>
    </>
  );
}
