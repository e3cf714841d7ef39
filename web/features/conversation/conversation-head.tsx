import { useLingui } from "@lingui/react/macro";
import { type ReactNode, useRef, useState } from "react";
import type { ConversationView } from "#contracts/desk";
import { useKeyFor, useKeys } from "../../shared/keys/use-keys.ts";
import { useNow } from "../../shared/time/clock.ts";
import { useTimeWords } from "../../shared/time/format.ts";
import { Button, LinkButton } from "../../shared/ui/button.tsx";
import { Chip } from "../../shared/ui/chip.tsx";
import { Deadline } from "../../shared/ui/deadline.tsx";
import { Menu } from "../../shared/ui/menu.tsx";
import css from "./conversation-head.module.css";
import { OpenAgainDialog, SnoozeUntilDialog } from "./small-dialogs.tsx";
import { snoozeChoices } from "./snooze-times.ts";
import { proposalNow } from "./timeline-parts.ts";
import type { useConversationActs } from "./use-conversation-acts.ts";

type HeadProps = {
  view: ConversationView;
  /** May this agent act on the work: it is theirs. */
  mine: boolean;
  acts: ReturnType<typeof useConversationActs>;
  onAssign: () => void;
  onCustomer: () => void;
  onJoin: (what: "merge" | "link" | "history") => void;
  onOpenOnNetwork: (() => void) | null;
  riskWords: (risk: string) => string;
  children?: ReactNode;
};

/** What it is about, whose it is, how long it may take, and the acts on the whole of it. */
export function ConversationHead(props: HeadProps) {
  const { view, mine, acts, onAssign, onCustomer, onJoin, onOpenOnNetwork, riskWords, children } = props;
  const { t } = useLingui();
  const words = useTimeWords();
  const box = useRef<HTMLElement>(null);
  const [asking, setAsking] = useState<"snooze" | "open" | null>(null);
  const now = useNow("minute");
  const { work, outcomes } = view;
  const proposal = proposalNow(view);
  const reason = proposal?.reason ?? t`our answer is on its way`;
  const outcomeName = (key: string) => outcomes.find((one) => one.key === key)?.name ?? key;
  const proposed = proposal ? outcomeName(proposal.outcome) : null;
  const press = (name: string) => box.current?.querySelector<HTMLElement>(`[data-act="${name}"]`)?.click();
  const resolveAs = (outcome: string) => acts.resolve.send({ outcome, name: outcomeName(outcome) });
  const resolve = () => (proposal ? resolveAs(proposal.outcome) : press("outcomes"));

  useKeys("screen", [
    {
      id: "work.resolve",
      keys: "e",
      label: t`Resolve with the proposed outcome`,
      group: t`Work`,
      disabled: !mine || acts.resolve.busy,
      run: resolve,
    },
    {
      id: "work.outcome",
      keys: "shift+e",
      label: t`Choose the outcome`,
      group: t`Work`,
      disabled: !mine,
      run: () => press("outcomes"),
    },
    { id: "work.snooze", keys: "s", label: t`Snooze`, group: t`Work`, disabled: !mine, run: () => press("snooze") },
    { id: "work.assign", keys: "a", label: t`Assign`, group: t`Work`, disabled: work === null, run: onAssign },
    {
      id: "open.outside",
      keys: "o",
      label: t`Open on the network`,
      group: t`Work`,
      disabled: onOpenOnNetwork === null,
      run: () => onOpenOnNetwork?.(),
    },
  ]);
  const keys = {
    resolve: useKeyFor("work.resolve", "e"),
    snooze: useKeyFor("work.snooze", "s"),
    assign: useKeyFor("work.assign", "a"),
    outcomes: useKeyFor("work.outcome", "shift+e"),
    outside: useKeyFor("open.outside", "o"),
    customer: useKeyFor("customer.show", "i"),
    merge: useKeyFor("join.merge", "m"),
    link: useKeyFor("join.link", "l"),
  };

  const snoozeWords = { hour: t`In an hour`, tomorrow: t`Tomorrow`, monday: t`On Monday` };
  const choices = snoozeChoices(now);
  function onSnooze(id: string): void {
    const choice = choices.find((one) => one.id === id);
    if (choice) acts.snooze.send({ until: choice.at });
    else setAsking("snooze");
  }

  const due = work ? Date.parse(work.clock.dueAt) : null;
  const clockRuns = work !== null && work.clock.state !== "stopped";
  return (
    <header className={css.head} ref={box}>
      <div className={css.top}>
        <h2 className={`${css.title} clip`} tabIndex={-1} data-conversation-title>
          <bdi>{view.subject || t`Without a subject`}</bdi>
        </h2>
        <span className={css.acts}>
          {work ? (
            <span className="no-phone">
              <Button look="bare" size="small" keys={keys.assign} onClick={onAssign}>{t`Assign`}</Button>
            </span>
          ) : null}
          {mine ? (
            <>
              <span className="no-phone">
                <Menu
                  label={t`Snooze`}
                  placement="bottom end"
                  onAct={onSnooze}
                  groups={[
                    {
                      heading: t`Snooze until`,
                      entries: [
                        ...choices.map((one) => ({
                          id: one.id,
                          label: snoozeWords[one.id],
                          detail: words.weekdayTime(one.at),
                        })),
                        { id: "other", label: t`Another time …` },
                      ],
                    },
                  ]}
                >
                  <Button look="bare" size="small" keys={keys.snooze} data-act="snooze">{t`Snooze`}</Button>
                </Menu>
              </span>
              <span className={css.split}>
                <Button
                  size="small"
                  keys={keys.resolve}
                  busy={acts.resolve.busy}
                  title={proposal ? t`Proposed because ${reason}` : undefined}
                  onClick={resolve}
                >
                  {proposed ? <span className={`${css.long} no-phone`}>{t`Resolve: ${proposed}`}</span> : null}
                  <span className={proposed ? "only-phone" : undefined}>{t`Resolve`}</span>
                </Button>
                <Menu
                  label={t`What came of it?`}
                  placement="bottom end"
                  onAct={resolveAs}
                  groups={[
                    {
                      heading: t`What came of it?`,
                      entries: outcomes.map((one) => ({
                        id: one.key,
                        label: one.name,
                        detail: one.key === proposal?.outcome ? t`Proposed: ${reason}` : undefined,
                      })),
                    },
                  ]}
                >
                  <Button
                    size="small"
                    iconOnly
                    icon="down"
                    aria-label={t`Choose the outcome`}
                    aria-keyshortcuts={keys.outcomes === "shift+e" ? "Shift+E" : undefined}
                    data-act="outcomes"
                  />
                </Menu>
              </span>
            </>
          ) : null}
          <Menu
            label={t`More`}
            placement="bottom end"
            onAct={(id) => {
              if (id === "release") acts.release.send();
              else if (id === "outside") onOpenOnNetwork?.();
              else if (id === "customer") onCustomer();
              else if (id === "assign") onAssign();
              else if (id === "snooze") setAsking("snooze");
              else if (id === "open") setAsking("open");
              else if (id === "merge" || id === "link" || id === "history") onJoin(id);
            }}
            groups={[
              {
                entries: [
                  ...(work ? [{ id: "assign", label: t`Assign`, icon: "people" as const, keys: keys.assign }] : []),
                  ...(mine
                    ? [
                        { id: "snooze", label: t`Snooze until another time`, icon: "snooze" as const },
                        { id: "release", label: t`Give it back to the queue`, icon: "undo" as const },
                      ]
                    : []),
                  ...(work ? [] : [{ id: "open", label: t`Open a new episode`, icon: "plus" as const }]),
                  {
                    id: "outside",
                    label: t`Open on the network`,
                    icon: "open-outside",
                    keys: keys.outside,
                    disabled: onOpenOnNetwork === null,
                  },
                  { id: "customer", label: t`Customer`, icon: "person", keys: keys.customer },
                ],
              },
              {
                entries: [
                  { id: "merge", label: t`Merge with another`, icon: "split", keys: keys.merge },
                  { id: "link", label: t`Link with another`, icon: "link", keys: keys.link },
                  { id: "history", label: t`Together and apart`, icon: "undo" },
                ],
              },
            ]}
          >
            <Button
              look="bare"
              size="small"
              iconOnly
              icon="more"
              aria-label={t`More: give back, open on the network, customer`}
            />
          </Menu>
        </span>
      </div>
      <div className={css.facts}>
        <StateChip view={view} />
        <span className="num no-phone">{view.number}</span>
        <span className="clip">
          <LinkButton onClick={onCustomer}>
            <bdi>{view.customer.name}</bdi>
          </LinkButton>
        </span>
        {work?.owner ? <span className="clip no-phone">{mine ? t`yours` : t`with ${work.owner.name}`}</span> : null}
        {work?.risks.map((risk) => (
          <span key={risk} className="no-phone">
            <Chip look="risk">{riskWords(risk)}</Chip>
          </span>
        ))}
        <span className="grow" />
        {clockRuns ? (
          <Deadline
            dueAt={due}
            target={due === null ? null : due - Date.parse(work.clock.startedAt)}
            paused={work.clock.state === "paused" || work.state === "parked"}
            suffix={work.clock.what === "first-response" ? t`to first reply` : t`to next reply`}
          />
        ) : null}
      </div>
      {children}
      <SnoozeUntilDialog
        open={asking === "snooze"}
        onClose={() => setAsking(null)}
        onSnooze={(until) => {
          setAsking(null);
          acts.snooze.send({ until });
        }}
      />
      <OpenAgainDialog
        open={asking === "open"}
        onClose={() => setAsking(null)}
        onOpen={(reason) => {
          setAsking(null);
          acts.open.send({ reason });
        }}
      />
    </header>
  );
}

function StateChip({ view }: { view: ConversationView }) {
  const { t } = useLingui();
  const { work } = view;
  if (!work) return <Chip>{view.state === "open" ? t`Open` : t`Quiet`}</Chip>;
  if (work.state === "parked") return <Chip>{work.wakesAt ? t`Snoozed` : t`Waits for the customer`}</Chip>;
  if (work.state === "queued") return <Chip look="dashed">{t`In the queue`}</Chip>;
  if (work.state === "offered") return <Chip look="dashed">{t`Offered`}</Chip>;
  return <Chip>{t`Open`}</Chip>;
}
