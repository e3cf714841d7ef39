import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { Button } from "../../../shared/ui/button.tsx";
import { Dialog } from "../../../shared/ui/dialog.tsx";
import { FetchFault } from "../../../shared/ui/fetched.tsx";
import { Skeleton } from "../../../shared/ui/skeleton.tsx";
import { ActLine } from "./act-line.tsx";
import css from "./joins.module.css";
import { boardQuery } from "./joins-query.ts";
import { useJoins } from "./use-joins.ts";

type HistoryProps = {
  conversationId: string;
  onClose: () => void;
  go: (conversationId: string) => void;
  onAsks: () => void;
};

/** Everything that was put together and apart here, each with its way back, and what this has to do with. */
export function HistoryDialog({ conversationId, onClose, go, onAsks }: HistoryProps) {
  const { t } = useLingui();
  const board = useQuery(boardQuery(conversationId));
  const { undo } = useJoins(conversationId);
  const list = useRef<HTMLDivElement>(null);
  function takeBack(id: string): void {
    // The button that has the focus goes with the act; the keys stay in the dialog.
    list.current?.focus();
    undo.send(id);
  }
  return (
    <Dialog open onClose={onClose} title={t`Together and apart`} width={560}>
      <div ref={list} tabIndex={-1} className={css.choice}>
        <FetchFault query={board} />
        {board.isPending ? <Skeleton shape="lines" count={4} /> : null}
        {board.data?.acts.length === 0 ? (
          <p className="mid">{t`Nobody has put anything together or apart here.`}</p>
        ) : null}
        {board.data?.acts.map((act) => (
          <ActLine key={act.id} act={act} onUndo={act.undone || undo.busy ? null : () => takeBack(act.id)} />
        ))}
        {board.data && board.data.linked.length > 0 ? <h3 className="small mute">{t`Has to do with`}</h3> : null}
        <ul className={css.list}>
          {board.data?.linked.map((one) => (
            <li key={one.id}>
              <Button
                look="bare"
                icon="link"
                onClick={() => {
                  onClose();
                  go(one.id);
                }}
              >
                <span className="num small mid">{one.number}</span> <bdi>{one.subject}</bdi>
              </Button>
            </li>
          ))}
        </ul>
        <div className={css.foot}>
          <Button look="quiet" size="small" keys="shift+w" onClick={onAsks}>{t`What is to be decided`}</Button>
        </div>
      </div>
    </Dialog>
  );
}
