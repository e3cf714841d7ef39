import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { DeskActView } from "#contracts/work-loop";
import { api } from "../../shared/api/api.ts";
import { useSending } from "../../shared/api/use-sending.ts";
import { useUndoAct } from "../../shared/api/use-undo-act.ts";
import { Comma } from "../../shared/text/comma.tsx";
import { presentMoment } from "../../shared/time/clock.ts";
import { useTimeWords } from "../../shared/time/format.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Dialog } from "../../shared/ui/dialog.tsx";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { FetchFault } from "../../shared/ui/fetched.tsx";
import { Skeleton } from "../../shared/ui/skeleton.tsx";
import css from "./later.module.css";

/** The last acts on work that can be taken back, the newest first. */
export default function UndoDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  return (
    <Dialog open onClose={onClose} title={t`What can be taken back`} width={560}>
      <Acts />
    </Dialog>
  );
}

function Acts() {
  const { t } = useLingui();
  const undo = useUndoAct();
  const words = useTimeWords();
  const undoing = useSending();
  const asked = useQuery({
    queryKey: ["acts"],
    queryFn: async ({ signal }) => (await api.get<{ acts: DeskActView[] }>("/api/desk/acts", undefined, signal)).acts,
    staleTime: 0,
  });
  const { data } = asked;
  if (!data) return asked.isError ? <FetchFault query={asked} /> : <Skeleton shape="rows" count={3} />;
  if (data.length === 0)
    return (
      <EmptyState title={t`Nothing to take back`}>
        {t`What you resolve, snooze, assign or give back can be taken back for an hour.`}
      </EmptyState>
    );
  const said = (act: DeskActView): string => {
    const { detail } = act;
    if (act.kind === "resolve") return t`Resolved: ${detail}`;
    if (act.kind === "snooze") return t`Snoozed until ${words.moment(detail, presentMoment())}`;
    if (act.kind === "release") return t`Given back to the queue`;
    return detail ? t`Handed over to ${detail}` : t`Moved to another queue`;
  };
  return (
    <ul className={css.list}>
      {data.map((act) => (
        <li key={act.id} className={css.one}>
          <span className="grow">
            <span className="strong">{said(act)}</span>
            <span className={css.about}>
              <bdi>{act.customer}</bdi> <span className="num">{act.number}</span>
              <Comma />
              {words.time(act.at)}
            </span>
          </span>
          <Button
            size="small"
            icon="undo"
            busy={undoing.busy}
            onClick={() => undoing.send(() => undo([act.id]))}
          >{t`Take back`}</Button>
        </li>
      ))}
    </ul>
  );
}
