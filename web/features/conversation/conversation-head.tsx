import { useLingui } from "@lingui/react/macro";
import { lazy, type ReactNode, Suspense, useRef, useState } from "react";
import type { ConversationView } from "#contracts/desk";
import { pressByKey } from "../../shared/keys/press-by-key.ts";
import { useKeyFor, useKeys } from "../../shared/keys/use-keys.ts";
import { useMay } from "../../shared/session/session.ts";
import { useNow } from "../../shared/time/clock.ts";
import { useTimeWords } from "../../shared/time/format.ts";
import { Button, LinkButton } from "../../shared/ui/button.tsx";
import { Chip } from "../../shared/ui/chip.tsx";
import { Deadline } from "../../shared/ui/deadline.tsx";
import { Menu } from "../../shared/ui/menu.tsx";
import type { Aside } from "./aside/aside.ts";
import { useAsideKeys } from "./aside/use-aside-keys.ts";
import { ClockPill } from "./clocks/clock-pill.tsx";
import css from "./conversation-head.module.css";
import { snoozeChoices } from "./snooze-times.ts";
import { StateChip, standsStill } from "./state-chip.tsx";
import { proposalNow } from "./timeline-parts.ts";
import type { useConversationActs } from "./use-conversation-acts.ts";

const OpenAgainDialog = lazy(() => import("./open-again-dialog.tsx"));
const CourseChip = lazy(() => import("./course-chip.tsx"));
const WhenDialog = lazy(() => import("../../shared/ui/when-dialog.tsx"));

/** No outcome: the dialog that asks for the reason, too. */
const CLOSING = "…";

type HeadProps = {
  view: ConversationView;
  /** May this agent act on the work: it is theirs. */
  mine: boolean;
  acts: ReturnType<typeof useConversationActs>;
  onAssign: () => void;
  /** Ask a colleague in, or keep one away from it. */
  onAsk: (what: "guest" | "bar") => void;
  onCustomer: () => void;
  onJoin: (what: "merge" | "link" | "history") => void;
  onOpenOnNetwork: (() => void) | null;
  onEscalate: () => void;
  onAside: (aside: Aside) => void;
  /** Why is it with whom it is? */
  onWhy: () => void;
  riskWords: (risk: string) => string;
  children?: ReactNode;
};

/** What it is about, whose it is, how long it may take, and the acts on the whole of it. */
export function ConversationHead(props: HeadProps) {
  const {
    view,
    mine,
    acts,
    onAssign,
    onAsk,
    onCustomer,
    onJoin,
    onOpenOnNetwork,
    onEscalate,
    onAside,
    onWhy,
    riskWords,
    children,
  } = props;
  const { t } = useLingui();
  const words = useTimeWords();
  const box = useRef<HTMLElement>(null);
  const [asking, setAsking] = useState<"snooze" | "open" | "remind" | null>(null);
  const now = useNow("minute");
  const assigns = useMay("work.assign");
  const { work, outcomes } = view;
  const proposal = proposalNow(view);
  const reason = proposal?.reason ?? t`our answer is on its way`;
  const outcomeName = (key: string) => outcomes.find((one) => one.key === key)?.name ?? key;
  const proposed = proposal ? outcomeName(proposal.outcome) : null;
  const press = (name: string) => pressByKey(box.current?.querySelector<HTMLElement>(`[data-act="${name}"]`));
  function resolveAs(outcome: string): void {
    const asks = view.reasonNeeded && outcomes.some((one) => one.key === outcome && one.reasons?.length);
    if (asks || outcome === CLOSING) onAside({ what: "closing", outcome: asks ? outcome : null });
    else acts.resolve.send({ outcome, name: outcomeName(outcome) });
  }
  const resolve = () => (proposal ? resolveAs(proposal.outcome) : press("outcomes"));

  const notMine = mine ? {} : { refused: work ? t`It is not yours: take it first (T).` : t`No work is open here.` };
  useKeys("screen", [
    {
      id: "work.resolve",
      keys: "e",
      label: t`Resolve with the proposed outcome`,
      group: t`Work`,
      disabled: !mine || acts.resolve.busy,
      ...notMine,
      run: resolve,
    },
    {
      id: "work.outcome",
      keys: "shift+e",
      label: t`Choose the outcome`,
      group: t`Work`,
      disabled: !mine,
      ...notMine,
      run: () => press("outcomes"),
    },
    {
      id: "work.snooze",
      keys: "s",
      label: t`Snooze`,
      group: t`Work`,
      disabled: !mine,
      ...notMine,
      run: () => press("snooze"),
    },
    {
      id: "work.snooze-until",
      keys: "shift+d",
      label: t`Snooze until …`,
      group: t`Work`,
      disabled: !mine,
      ...notMine,
      run: () => setAsking("snooze"),
    },
    {
      id: "work.release",
      keys: [],
      label: t`Give it back to the queue`,
      group: t`Work`,
      disabled: !mine,
      ...notMine,
      run: () => acts.release.send(),
    },
    {
      id: "work.closing",
      keys: [],
      label: t`Resolve with a reason, feedback or a lead`,
      group: t`Work`,
      disabled: !mine,
      ...notMine,
      run: () => onAside({ what: "closing", outcome: null }),
    },
    { id: "work.remind", keys: "f", label: t`Remind me …`, group: t`Work`, run: () => setAsking("remind") },
    { id: "escalate", keys: "shift+x", label: t`Escalate`, group: t`Work`, run: onEscalate },
    { id: "work.why", keys: "q", label: t`Why me?`, group: t`Work`, disabled: work === null, run: onWhy },
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
  const asideEntries = useAsideKeys(onAside);
  const keys = {
    resolve: useKeyFor("work.resolve", "e"),
    snooze: useKeyFor("work.snooze", "s"),
    assign: useKeyFor("work.assign", "a"),
    outcomes: useKeyFor("work.outcome", "shift+e"),
    outside: useKeyFor("open.outside", "o"),
    customer: useKeyFor("customer.show", "i"),
    escalate: useKeyFor("escalate", "shift+x"),
    why: useKeyFor("work.why", "q"),
    remind: useKeyFor("work.remind", "f"),
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
                          detail: words.coming(one.at, now),
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
                    { entries: [{ id: CLOSING, label: t`With a reason, feedback or a lead …`, icon: "pen" }] },
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
              else if (id === "guest" || id === "bar") onAsk(id);
              else if (id === "snooze") setAsking("snooze");
              else if (id === "open" || id === "remind") setAsking(id);
              else if (id === "escalate") onEscalate();
              else if (id === "why") onWhy();
              else if (id === "follow" || id === "task" || id === "question") onAside({ what: id });
              else if (id === "merge" || id === "link" || id === "history") onJoin(id);
            }}
            groups={[
              {
                entries: [
                  ...(work ? [{ id: "assign", label: t`Assign`, icon: "people" as const, keys: keys.assign }] : []),
                  ...(mine
                    ? [
                        { id: "guest", label: t`Ask a colleague in`, icon: "people" as const },
                        { id: "snooze", label: t`Snooze until another time`, icon: "snooze" as const },
                        { id: "release", label: t`Give it back to the queue`, icon: "undo" as const },
                      ]
                    : []),
                  ...(work && assigns
                    ? [{ id: "bar", label: t`Keep a colleague away from it`, icon: "shield" as const }]
                    : []),
                  { id: "remind", label: t`Remind me …`, icon: "bell", keys: keys.remind },
                  ...asideEntries,
                  ...(work ? [] : [{ id: "open", label: t`Open a new episode`, icon: "plus" as const }]),
                  {
                    id: "outside",
                    label: t`Open on the network`,
                    icon: "open-outside",
                    keys: keys.outside,
                    disabled: onOpenOnNetwork === null,
                  },
                  { id: "customer", label: t`Customer`, icon: "person", keys: keys.customer },
                  ...(work ? [{ id: "why", label: t`Why is it there?`, icon: "search" as const, keys: keys.why }] : []),
                  { id: "escalate", label: t`Escalate …`, icon: "flag", keys: keys.escalate },
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
        {work?.owner ? (
          <span className="clip no-phone">
            {mine ? t({ message: "yours", context: "work" }) : t`with ${work.owner.name}`}
          </span>
        ) : null}
        {work ? (
          <span className="no-phone">
            <LinkButton onClick={onWhy}>{mine ? t`why me?` : t`why there?`}</LinkButton>
          </span>
        ) : null}
        {work?.risks.map((risk) => (
          <span key={risk} className="no-phone">
            <Chip look="risk">{riskWords(risk)}</Chip>
          </span>
        ))}
        {view.course && view.course.course !== "steady" ? (
          <span className="no-phone">
            <Suspense fallback={null}>
              <CourseChip view={view} />
            </Suspense>
          </span>
        ) : null}
        <span className="grow" />
        {clockRuns ? (
          <ClockPill conversationId={view.id} promise={view.promise}>
            <Deadline
              dueAt={due}
              target={due === null ? null : due - Date.parse(work.clock.startedAt)}
              paused={standsStill(view)}
              suffix={work.clock.what === "first-response" ? t`to first reply` : t`to next reply`}
            />
          </ClockPill>
        ) : null}
      </div>
      {children}
      <Suspense fallback={null}>
        {asking === "snooze" ? (
          <WhenDialog
            title={t`Snooze until`}
            act={t`Snooze`}
            hint={t`If the customer writes before, it comes back at once.`}
            onClose={() => setAsking(null)}
            onChoose={(until) => acts.snooze.sendAsync({ until }).then(() => setAsking(null))}
          />
        ) : null}
        {asking === "remind" ? (
          <WhenDialog
            title={t`Remind me of this conversation`}
            act={t`Remind me`}
            words={t`Of what? Only you read it.`}
            onClose={() => setAsking(null)}
            onChoose={(dueAt, text) => acts.remind.sendAsync({ dueAt, text }).then(() => setAsking(null))}
          />
        ) : null}
        {asking === "open" ? (
          <OpenAgainDialog
            onClose={() => setAsking(null)}
            onOpen={(reason) => acts.open.sendAsync({ reason }).then(() => setAsking(null))}
          />
        ) : null}
      </Suspense>
    </header>
  );
}
