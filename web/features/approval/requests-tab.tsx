import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ApprovalView } from "#contracts/approval";
import { useKeys } from "../../shared/keys/use-keys.ts";
import { useLists } from "../../shared/text/use-lists.ts";
import { Chip } from "../../shared/ui/chip.tsx";
import { Deadline } from "../../shared/ui/deadline.tsx";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { Fetched } from "../../shared/ui/fetched.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import css from "./approval.module.css";
import { approvalsQuery } from "./approval-query.ts";
import { RequestDetail } from "./request-detail.tsx";
import { useApprovalWords } from "./use-approval-words.ts";

/** What waits for me first; one of them beside the list, with its words and what can be done. */
export function RequestsTab({ view }: { view: "open" | "over" }) {
  const { t } = useLingui();
  const query = useQuery(approvalsQuery(view));
  const [chosen, setChosen] = useState<string | null>(null);
  const items = query.data?.items ?? [];
  const shown = items.find((one) => one.id === chosen) ?? items[0];
  const place = items.findIndex((one) => one.id === shown?.id);
  const to = (step: number) => setChosen(items[Math.max(0, Math.min(items.length - 1, place + step))]?.id ?? null);
  useKeys("screen", [
    { id: "approval.next", keys: "j", label: t`Next reply`, group: t`Approval`, run: () => to(1) },
    { id: "approval.before", keys: "k", label: t`Reply before`, group: t`Approval`, run: () => to(-1) },
  ]);
  return (
    <Fetched query={query}>
      {() =>
        shown === undefined ? (
          <EmptyState title={view === "open" ? t`Nothing waits for approval` : t`Nothing was decided yet`}>
            {view === "open" ? (
              <Trans>Replies that somebody else has to pass stand here, yours to pass first.</Trans>
            ) : (
              <Trans>What was passed, given back or taken back stands here, with how long it waited.</Trans>
            )}
          </EmptyState>
        ) : (
          <div className={css.columns}>
            <ul className={css.list} aria-label={view === "open" ? t`Waiting replies` : t`Decided replies`}>
              {items.map((one) => (
                <Row key={one.id} of={one} current={one.id === shown.id} onOpen={() => setChosen(one.id)} />
              ))}
            </ul>
            <RequestDetail key={shown.id} of={shown} />
          </div>
        )
      }
    </Fetched>
  );
}

function Row({ of, current, onOpen }: { of: ApprovalView; current: boolean; onOpen: () => void }) {
  const { t } = useLingui();
  const { points } = useLists();
  const words = useApprovalWords();
  return (
    <li>
      <button type="button" className={css.row} aria-current={current} onClick={onOpen}>
        <span className={css.rowHead}>
          <Chip look={of.audience} icon={of.audience === "public" ? "globe" : "lock"}>
            {of.author.name}
          </Chip>
          {of.mayDecide ? <Chip look="info">{t`yours to pass`}</Chip> : null}
          {of.mine && of.state === "waiting" ? <Chip>{t`yours`}</Chip> : null}
          {of.state !== "waiting" ? (
            <Chip look={of.state === "approved" ? "good" : "plain"}>{words.state(of.state)}</Chip>
          ) : null}
          {of.staleAt ? <Chip look="soon">{t`something was said`}</Chip> : null}
          {of.dueAt && of.state === "waiting" ? (
            <Deadline dueAt={of.dueAt} target={Date.parse(of.dueAt) - Date.parse(of.since)} />
          ) : (
            <span className="small mute">
              <Moment at={of.decidedAt ?? of.askedAt} />
            </span>
          )}
        </span>
        <bdi className={css.rowText}>{of.text}</bdi>
        <span className="small mid clip">{points(of.because.map((one) => one.text))}</span>
      </button>
    </li>
  );
}
