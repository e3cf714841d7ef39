import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { FormEvent } from "react";
import type { JoinAct } from "#contracts/joins";
import { asProblem } from "../../../shared/api/problem.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { Dialog } from "../../../shared/ui/dialog.tsx";
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
  onDo: (ask: JoinAsk) => void;
};

/** Why a message is in this conversation: the evidence, what else it could be, what people did. `Enter` parts it. */
export function WhyDialog({ conversationId, messageId, onClose, onDo }: WhyProps) {
  const { t } = useLingui();
  const why = useQuery(whyQuery(conversationId, messageId));
  const { undo } = useJoins(conversationId);
  const acts: (JoinAct & { decides: boolean })[] = why.data?.acts ?? [];
  const deciding = acts.findLast((act) => act.decides);
  function part(event: FormEvent): void {
    event.preventDefault();
    if (!why.data) return;
    if (deciding) undo.send(deciding.id);
    else onDo({ kind: "split", otherId: null, messageIds: [messageId] });
    onClose();
  }
  return (
    <Dialog open onClose={onClose} title={t`Why is this here?`} width={520}>
      <form className={css.choice} onSubmit={part}>
        {why.isError ? <ProblemNotice problem={asProblem(why.error)} /> : null}
        {why.data ? (
          <>
            <ul className={css.reasons}>
              {why.data.evidence.map((one, place) => (
                <li key={place}>
                  <bdi>{one.text}</bdi>{" "}
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
                        onClick={() => {
                          onDo({ kind: "move", otherId: one.id, messageIds: [messageId] });
                          onClose();
                        }}
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
          <Button look="primary" type="submit" keys="enter" autoFocus refused={why.data ? null : t`One moment.`}>
            {deciding ? t`Take that back` : t`Part it from here`}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
