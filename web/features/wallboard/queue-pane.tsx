import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { BoardQueue, QueueCloseUp, Wallboard } from "#contracts/supervision";
import { asProblem } from "../../shared/api/problem.ts";
import { useMay } from "../../shared/session/session.ts";
import { useLists } from "../../shared/text/use-lists.ts";
import { Button, LinkButton } from "../../shared/ui/button.tsx";
import { ChannelMark } from "../../shared/ui/channel-mark.tsx";
import { Chip } from "../../shared/ui/chip.tsx";
import { Deadline } from "../../shared/ui/deadline.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { Skeleton } from "../../shared/ui/skeleton.tsx";
import { EaseButton, EasedNow } from "./eased-now.tsx";
import css from "./pane.module.css";
import { PaneHead } from "./pane-head.tsx";
import { useBoardWords } from "./use-board-words.ts";
import type { Supervision } from "./use-supervision.ts";
import { closeUpQuery, type ItemsOf } from "./wallboard-query.ts";

type QueuePaneProps = {
  board: Wallboard;
  queue: BoardQueue;
  supervision: Supervision;
  onItems: (of: ItemsOf) => void;
  onLend: () => void;
  onGiveAll: () => void;
  onClose: () => void;
};

/** A queue close up: how long they have waited, what is late next, and what can be done. */
export function QueuePane({ board, queue, supervision, onItems, onLend, onGiveAll, onClose }: QueuePaneProps) {
  const { t } = useLingui();
  const words = useBoardWords();
  const closeUp = useQuery(closeUpQuery(queue.id));
  const assigns = useMay("work.assign");
  const manages = useMay("people.manage");
  const net = queue.cameHour - queue.servedHour;
  const goal = words.percent(board.inTime.goal);
  const target = words.waited(queue.targetMs);
  return (
    <>
      <PaneHead title={queue.name} onClose={onClose}>
        {net > 0 ? <Chip look="late">{t`${words.signed(net)} an hour`}</Chip> : null}
      </PaneHead>
      <section className={css.part}>
        <p className="small mid">
          {t`${words.number(queue.waiting)} wait, ${words.number(queue.held)} in hands, ${words.number(queue.aside)} put aside.`}{" "}
          {t`Target: an answer in ${target}, ${goal} of them.`} {words.clearSentence(queue.clear)}.
        </p>
      </section>
      {closeUp.isError ? <ProblemNotice problem={asProblem(closeUp.error)} /> : null}
      {closeUp.data ? <CloseUp view={closeUp.data} queue={queue} onItems={onItems} /> : null}
      {closeUp.isPending ? <Skeleton shape="lines" count={6} /> : null}
      <EasedNow {...{ board, queue, supervision }} />
      {assigns || manages ? (
        <section className={css.part}>
          <h3>{t({ message: "Do", context: "acts" })}</h3>
          <div className="row wrap">
            {assigns && queue.waiting > 0 ? (
              <Button size="small" keys="a" onClick={onGiveAll}>{t`Give to…`}</Button>
            ) : null}
            {manages ? <Button size="small" keys="l" onClick={onLend}>{t`Lend people to it…`}</Button> : null}
            {manages ? <EaseButton {...{ board, queue, supervision }} /> : null}
          </div>
          <p className="micro mute">{t`Each is written to the log with your name and can be taken back.`}</p>
        </section>
      ) : null}
    </>
  );
}

function CloseUp({ view, queue, onItems }: { view: QueueCloseUp; queue: BoardQueue; onItems: (of: ItemsOf) => void }) {
  const { t } = useLingui();
  const { list } = useLists();
  const words = useBoardWords();
  const most = Math.max(1, ...view.waits.map((bin) => bin.items));
  const edge = (ms: number) => (ms < 3_600_000 ? String(Math.round(ms / 60_000)) : words.time.length(ms));
  const unit = view.targetMs < 3_600_000 ? t`in minutes` : "";
  const sentence = list(
    view.waits.map((bin) =>
      bin.upToMs === null ? t`longer ${bin.items}` : t`up to ${words.waited(bin.upToMs)} ${bin.items}`,
    ),
  );
  // The bin that ends at the target is the last in time.
  const lookOf = (upToMs: number | null) =>
    upToMs === null || upToMs > view.targetMs ? css.late : upToMs === view.targetMs ? css.soon : "";
  return (
    <>
      <section className={css.part}>
        <h3>
          {t`How long they have waited`} <span className="mute">{unit}</span>
        </h3>
        <div className={css.ages} role="img" aria-label={sentence}>
          {view.waits.map((bin) => (
            <div key={bin.upToMs ?? "over"} className={lookOf(bin.upToMs)}>
              {words.number(bin.items)}
              <i style={{ height: `${(bin.items / most) * 58}px` }} />
            </div>
          ))}
        </div>
        <div className={css.edges} aria-hidden="true">
          {view.waits.map((bin, place) => (
            <span key={bin.upToMs ?? "over"}>
              {bin.upToMs === null
                ? t({ message: "over", context: "more than" })
                : place === 0
                  ? t`to ${edge(bin.upToMs)}`
                  : edge(bin.upToMs)}
            </span>
          ))}
        </div>
        <p className="small mid">
          {t`Public ${words.number(view.publicly)}, private ${words.number(view.privately)}.`}{" "}
          {t`Urgent ${words.number(view.priorities.urgent)}, high ${words.number(view.priorities.high)}, normal ${words.number(view.priorities.normal)}, low ${words.number(view.priorities.low)}.`}
        </p>
      </section>
      <section className={css.part}>
        <h3 className="row">
          {t`Next to be late`}
          <LinkButton className="end" onClick={() => onItems("open")}>{t`All that is owed`}</LinkButton>
        </h3>
        {view.next.length === 0 ? <p className="small mid">{t`Nothing is owed here.`}</p> : null}
        <ul className={css.next}>
          {view.next.map((row) => (
            <li key={row.workItemId}>
              <Link to="/desk/$conversationId" params={{ conversationId: row.conversationId }} className={css.item}>
                <ChannelMark network={row.mark.network} audience={row.mark.audience} size="small" />
                <span className="clip">
                  <bdi>{row.customer.name || row.customer.handle || row.number}</bdi>
                  <small>
                    {row.owner
                      ? t`${row.owner.name} has it`
                      : row.offeredTo
                        ? t`offered to ${row.offeredTo}`
                        : row.needs
                          ? t`waits; needs ${row.needs}`
                          : t`waits`}
                  </small>
                </span>
                <Deadline dueAt={row.clock.dueAt} target={queue.targetMs} />
              </Link>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
