import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { FormEvent } from "react";
import type { JoinAct } from "#contracts/joins";
import { useSending } from "../../../shared/api/use-sending.ts";
import { ServerWords } from "../../../shared/text/said/server-words.tsx";
import { Button } from "../../../shared/ui/button.tsx";
import { Dialog } from "../../../shared/ui/dialog.tsx";
import { FetchFault } from "../../../shared/ui/fetched.tsx";
import { ProblemNotice } from "../../../shared/ui/problem-notice.tsx";
import { Skeleton } from "../../../shared/ui/skeleton.tsx";
import { ActLine } from "./act-line.tsx";
import css from "./joins.module.css";
import { type JoinAsk, whyQuery } from "./joins-query.ts";
import { useJoins } from "./use-joins.ts";

type WhyProps = {
  conversationId: string;
  messageId: string;
  onClose: () => void;
  /** Moves it by itself: to one of the alternatives, or into a conversation of its own. */
  onDo: (ask: JoinAsk) => Promise<unknown>;
};

/** Why a message is in this conversation: the evidence, what else it could be, what people did. `Enter` parts it. */
export function WhyDialog({ conversationId, messageId, onClose, onDo }: WhyProps) {
  const { t } = useLingui();
  const why = useQuery(whyQuery(conversationId, messageId));
  const { undo } = useJoins(conversationId);
  const acts: (JoinAct & { decides: boolean })[] = why.data?.acts ?? [];
  const deciding = acts.findLast((act) => act.decides);
  const sending = useSending();
  const move = (ask: JoinAsk) => sending.send(() => onDo(ask).then(onClose));
  function part(event: FormEvent): void {
    event.preventDefault();
    if (!why.data) return;
    if (deciding) sending.send(() => undo.sendAsync(deciding.id).then(onClose));
    else move({ kind: "split", otherId: null, messageIds: [messageId] });
  }
  return (
    <Dialog open onClose={onClose} title={t`Why is this here?`} width={520}>
      <form className={css.choice} onSubmit={part}>
        {sending.problem ? <ProblemNotice problem={sending.problem} /> : null}
        <FetchFault query={why} />
        {why.data ? (
          <>
            <ul className={css.reasons}>
              {why.data.evidence.map((one, place) => (
                <li key={place}>
                  <ServerWords code={one.code}>{one.text}</ServerWords>{" "}
                  {one.weight > 0 ? <span className="num small mute">{t`weight ${one.weight.toFixed(1)}`}</span> : null}
                </li>
              ))}
            </ul>
            {acts.map((act) => (
              <ActLine key={act.id} act={act} onUndo={act.undone ? null : () => undo.send(act.id)} />
            ))}
            {why.data.alternatives.length > 0 ? (
              <>
                <h3 className="small mute">{t`It could also belong to`}</h3>
                <ul className={css.list}>
                  {why.data.alternatives.map((one) => (
                    <li key={one.id} className={css.alternative}>
                      <span className="grow">
                        <span className="num small mid">{one.number}</span> <bdi className="strong">{one.subject}</bdi>
                        <br />
                        <bdi className="small mute">{one.text}</bdi>
                      </span>
                      <Button
                        size="small"
                        busy={sending.busy}
                        onClick={() => move({ kind: "move", otherId: one.id, messageIds: [messageId] })}
                      >{t`Move it there`}</Button>
                    </li>
                  ))}
                </ul>
              </>
            ) : null}
          </>
        ) : why.isError ? null : (
          <Skeleton shape="lines" count={4} />
        )}
        <div className={css.foot}>
          <Button onClick={onClose}>{t`Leave it here`}</Button>
          <Button
            look="primary"
            type="submit"
            keys="enter"
            autoFocus
            busy={sending.busy}
            refused={why.data ? null : t`One moment.`}
          >
            {deciding ? t`Take that back` : t`Part it from here`}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
