import { useLingui } from "@lingui/react/macro";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import type { ConversationView } from "#contracts/desk";
import type { Aside } from "../../features/conversation/aside/aside.ts";
import { AssignDialog } from "../../features/conversation/assign-dialog.tsx";
import { BurstRibbon } from "../../features/conversation/burst-ribbon.tsx";
import { ConversationHead } from "../../features/conversation/conversation-head.tsx";
import { seenVersion } from "../../features/conversation/conversation-query.ts";
import { useJoinKeys } from "../../features/conversation/joins/use-join-keys.tsx";
import { Timeline, type TimelineHandle } from "../../features/conversation/timeline.tsx";
import type { Asking } from "../../features/conversation/together/together.tsx";
import { useConversationActs } from "../../features/conversation/use-conversation-acts.ts";
import { useWalk } from "../../features/conversation/use-walk.ts";
import { useWithVersion } from "../../features/conversation/use-with-version.ts";
import type { Change } from "../../features/conversation/what-changed.ts";
import { useRiskWords } from "../../features/queue/use-row-words.ts";
import { Composer } from "../../features/reply/composer.tsx";
import type { MacroThen } from "../../features/reply/macros/macro-slot.ts";
import { canAnswer, useComposer } from "../../features/reply/use-composer.ts";
import { useSend } from "../../features/reply/use-send.ts";
import type { Problem } from "../../shared/api/problem.ts";
import { playHeldKeys } from "../../shared/keys/hold.ts";
import { presentMoment } from "../../shared/time/clock.ts";
import { Banner } from "../../shared/ui/banner.tsx";
import { sayProblem } from "../../shared/ui/problem-words.ts";
import css from "./desk-layout.module.css";

const Together = lazy(() => import("../../features/conversation/together/together.tsx"));

const ChangeNotice = lazy(() => import("./change-notice.tsx"));
const ConversationApprovals = lazy(() => import("../../features/approval/conversation-approvals.tsx"));
const AsideStrip = lazy(() => import("../../features/conversation/aside/aside-strip.tsx"));
const ConversationStrip = lazy(() => import("../../features/escalation/conversation-strip.tsx"));
const NewsBar = lazy(() => import("../../features/conversation/news/news-bar.tsx"));
const WhyDialog = lazy(() => import("../../features/conversation/why/why-dialog.tsx"));
const EscalateDialog = lazy(() => import("../../features/escalation/escalate-dialog.tsx"));

type OpenProps = {
  view: ConversationView;
  me: string;
  /** Opened by the agent just now: the focus goes to its title. A page that is merely loaded moves no focus. */
  focusTitle: boolean;
  /** The last attempt to read it anew came to nothing: what stands here may be old. */
  stale: Problem | null;
  go: (conversationId: string) => void;
  onTake: () => void;
  onGone: (conversationId: string) => void;
  onCustomer: () => void;
};

/** One conversation with everything an agent needs to end it well. */
export function OpenConversation({ view, me, focusTitle, stale, go, onTake, onGone, onCustomer }: OpenProps) {
  const { t } = useLingui();
  const { id, work } = view;
  const box = useRef<HTMLDivElement>(null);
  const timeline = useRef<TimelineHandle>(null);
  const [burst, setBurst] = useState<number | null>(null);
  const [assigning, setAssigning] = useState(false);
  const [escalating, setEscalating] = useState(false);
  const [asksWhy, setAsksWhy] = useState(false);
  const [aside, setAside] = useState<Aside>(null);
  const [asking, setAsking] = useState<Asking>(null);
  const [changes, setChanges] = useState<readonly Change[] | null>(null);
  const [newFrom, setNewFrom] = useState<string | null>(null);
  const [newsClosed, setNewsClosed] = useState(false);

  const walk = useWalk(view);
  const whole = walk.all;

  const withVersion = useWithVersion(id, me, setChanges);
  const composer = useComposer(whole, me);
  const sender = useSend({ keeper: composer.keeper, withVersion, go });
  const joins = useJoinKeys(whole, go);
  const acts = useConversationActs({ id, me, withVersion, onGone: (done) => onGone(done) });
  const risk = useRiskWords();
  const mine = work !== null && work.owner?.id === me && work.state !== "wrapup";

  useFocusOnOpen(box, focusTitle);
  useEffect(() => {
    if (focusTitle && mine) void playHeldKeys();
  }, [focusTitle, mine]);

  const answered = composer.target;
  const outside = answered?.permalink ?? whole.timeline.findLast((one) => one.type === "message" && one.permalink)?.id;
  const permalink = answered?.permalink ?? permalinkOf(whole, outside);
  const answeredName = view.outcomes.find((one) => one.key === "answered") ?? null;
  const proposed = view.outcomes.find((one) => one.key === view.proposedOutcome?.outcome) ?? null;
  const ending = answeredName ?? proposed ?? view.outcomes[0] ?? null;
  function doThen(then: MacroThen): void {
    if (then.kind === "resolve") acts.resolve.send({ outcome: then.outcome, name: then.name });
    else if (then.kind === "snooze") acts.snooze.send({ until: presentMoment() + then.minutes * 60_000 });
    else acts.assign.send({ to: { kind: "queue", queueId: then.queueId, name: then.name }, note: "" });
  }

  return (
    <div className={css.open} ref={box}>
      <ConversationHead
        view={view}
        mine={mine}
        acts={acts}
        riskWords={risk}
        onAssign={() => setAssigning(true)}
        onAsk={setAsking}
        onCustomer={onCustomer}
        onJoin={(what) => joins.ask(what === "history" ? { what } : { what, messageIds: [] })}
        onEscalate={() => setEscalating(true)}
        onAside={setAside}
        onWhy={() => setAsksWhy(true)}
        onOpenOnNetwork={permalink ? () => openOutside(permalink) : null}
      >
        <BurstRibbon
          bursts={walk.shown.bursts}
          current={burst}
          onGo={(ordinal) => {
            setBurst(ordinal);
            timeline.current?.toBurst(ordinal);
          }}
        />
      </ConversationHead>
      {work && (asking !== null || isTogether(work)) ? (
        <Suspense fallback={null}>
          <Together view={view} me={me} withVersion={withVersion} asking={asking} onClose={() => setAsking(null)} />
        </Suspense>
      ) : null}
      <Suspense fallback={null}>
        <ConversationStrip
          conversationId={view.id}
          onUse={
            mine && composer.audience !== "note" && composer.answersId
              ? (text) => {
                  composer.put(
                    composer.audience,
                    (before) => (before ? `${before}\n\n${text}` : text),
                    composer.answersId ?? "",
                  );
                  box.current?.querySelector("textarea")?.focus();
                }
              : null
          }
        />
        <AsideStrip
          view={view}
          me={me}
          aside={aside}
          answered={answered?.text ?? ""}
          onClose={() => setAside(null)}
          onResolve={(how) => acts.resolve.sendAsync(how)}
        />
        {view.approvals ? <ConversationApprovals approvals={view.approvals} /> : null}
        {asksWhy ? <WhyDialog conversationId={view.id} onClose={() => setAsksWhy(false)} /> : null}
        {escalating ? <EscalateDialog conversationId={view.id} open onClose={() => setEscalating(false)} /> : null}
      </Suspense>
      <Suspense fallback={null}>
        <NewsBar
          view={view}
          timeline={timeline}
          onFirst={setNewFrom}
          closed={newsClosed}
          onClose={() => setNewsClosed(true)}
        />
      </Suspense>
      {stale ? (
        <Banner look="soon" title={t`This may be old.`}>
          {sayProblem(stale)}
        </Banner>
      ) : null}
      <Timeline
        handle={timeline}
        view={walk.shown}
        answering={composer.audience === "note" ? null : composer.answersId}
        canAnswer={(messageId) => canAnswer(whole, messageId, composer.audience, me)}
        onAnswer={(messageId) => {
          if (composer.answer(messageId)) box.current?.querySelector("textarea")?.focus();
        }}
        chosen={joins.chosen}
        onChoose={joins.choose}
        onWhy={joins.why}
        onModerate={joins.moderate}
        onMark={(messageId, task, value) => acts.mark.send({ messageId, task, value })}
        onBurst={setBurst}
        newFrom={newFrom}
        earlier={{ can: walk.canUp, busy: walk.busy, ask: walk.up }}
        later={walk.atEnd ? null : walk.down}
        onDay={walk.toDay}
        onEnd={walk.toEnd}
        replyActs={{
          busy: sender.settling,
          undo: (reply) =>
            sender.undo({
              replyId: reply.id,
              conversationId: id,
              audience: reply.audience,
              text: unsigned(reply.text, reply.disclosure),
              answersMessageId: reply.answersMessageId,
              files: reply.files,
            }),
          settle: (reply, as) => sender.settle({ reply, as, conversationId: id }),
          reuse(reply) {
            sender.restore(
              id,
              reply.audience,
              unsigned(reply.text, reply.disclosure),
              reply.answersMessageId,
              reply.files,
            );
            sender.settle({ reply, as: "give-up", conversationId: id });
            box.current?.querySelector("textarea")?.focus();
          },
        }}
      />
      {joins.bar}
      <Composer
        view={whole}
        me={me}
        composer={composer}
        sender={sender}
        resolveWith={
          mine && ending && !(view.reasonNeeded && ending.reasons?.length)
            ? { outcome: ending.key, name: ending.name }
            : null
        }
        version={seenVersion(view)}
        onTake={work && work.owner === null ? onTake : null}
        onLeave={() => timeline.current?.focusLast()}
        onShowAnswered={() => timeline.current?.focusLast()}
        onSentAndResolved={() => onGone(id)}
        onThen={mine ? doThen : null}
        notice={
          changes ? (
            <Suspense fallback={null}>
              <ChangeNotice changes={changes} onClose={() => setChanges(null)} />
            </Suspense>
          ) : null
        }
      />
      {joins.dialog}
      <AssignDialog
        open={assigning}
        me={me}
        onClose={() => setAssigning(false)}
        onAssign={(to, note) => acts.assign.sendAsync({ to, note }).then(() => setAssigning(false))}
      />
    </div>
  );
}

/** Is there more to say of it than whose it is? */
function isTogether(work: NonNullable<ConversationView["work"]>): boolean {
  return work.state === "wrapup" || work.held || work.guests.length > 0 || work.barred.length > 0;
}

/** A conversation that the agent opened just now takes the focus at its title. */
function useFocusOnOpen(box: React.RefObject<HTMLElement | null>, wanted: boolean): void {
  useEffect(() => {
    if (wanted) box.current?.querySelector<HTMLElement>("[data-conversation-title]")?.focus({ preventScroll: true });
  }, [box, wanted]);
}

function permalinkOf(view: ConversationView, id: string | undefined): string | null {
  const entry = view.timeline.find((one) => one.id === id);
  return entry?.type === "message" ? entry.permalink : null;
}

function openOutside(href: string): void {
  if (/^https?:\/\//i.test(href)) window.open(href, "_blank", "noopener,noreferrer");
}

/** Our words without the disclosure, which is added again when they go out. */
function unsigned(text: string, disclosure: string): string {
  return disclosure && text.endsWith(disclosure) ? text.slice(0, -disclosure.length).trimEnd() : text;
}
