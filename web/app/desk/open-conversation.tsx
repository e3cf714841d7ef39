import { useLingui } from "@lingui/react/macro";
import { useQueries } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { ConversationView } from "#contracts/desk";
import { AssignDialog } from "../../features/conversation/assign-dialog.tsx";
import { BurstRibbon } from "../../features/conversation/burst-ribbon.tsx";
import { ConversationHead } from "../../features/conversation/conversation-head.tsx";
import { earlierQuery, seenVersion } from "../../features/conversation/conversation-query.ts";
import { useJoinKeys } from "../../features/conversation/joins/use-join-keys.tsx";
import { Timeline, type TimelineHandle } from "../../features/conversation/timeline.tsx";
import { withEarlier } from "../../features/conversation/timeline-parts.ts";
import { useConversationActs } from "../../features/conversation/use-conversation-acts.ts";
import { useWithVersion } from "../../features/conversation/use-with-version.ts";
import type { Change } from "../../features/conversation/what-changed.ts";
import { useRiskWords } from "../../features/queue/use-row-words.ts";
import { Composer } from "../../features/reply/composer.tsx";
import { canAnswer, useComposer } from "../../features/reply/use-composer.ts";
import { useSend } from "../../features/reply/use-send.ts";
import type { Problem } from "../../shared/api/problem.ts";
import { playHeldKeys } from "../../shared/keys/hold.ts";
import { Banner } from "../../shared/ui/banner.tsx";
import { ChangeNotice } from "./change-notice.tsx";
import css from "./desk-layout.module.css";

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
  const [changes, setChanges] = useState<readonly Change[] | null>(null);
  const [cursors, setCursors] = useState<readonly string[]>([]);

  const pages = useQueries({ queries: cursors.map((cursor) => earlierQuery(id, cursor)) });
  const earlier = pages.flatMap((page) => (page.data ? [page.data] : []));
  const whole = withEarlier(view, earlier);
  const busy = pages.some((page) => page.isFetching);

  const withVersion = useWithVersion(id, me, setChanges);
  const composer = useComposer(whole, me);
  const sender = useSend({ keeper: composer.keeper, withVersion, go });
  const joins = useJoinKeys(whole, go);
  const acts = useConversationActs({ id, me, withVersion, onGone: (done) => onGone(done) });
  const risk = useRiskWords();
  const mine = work !== null && work.owner?.id === me;

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

  return (
    <div className={css.open} ref={box}>
      <ConversationHead
        view={view}
        mine={mine}
        acts={acts}
        riskWords={risk}
        onAssign={() => setAssigning(true)}
        onCustomer={onCustomer}
        onJoin={(what) => joins.ask(what === "history" ? { what } : { what, messageIds: [] })}
        onOpenOnNetwork={permalink ? () => openOutside(permalink) : null}
      >
        <BurstRibbon
          bursts={whole.bursts}
          current={burst}
          onGo={(ordinal) => {
            setBurst(ordinal);
            timeline.current?.toBurst(ordinal);
          }}
        />
      </ConversationHead>
      {stale ? (
        <Banner look="soon" title={t`This may be old.`}>
          {stale.detail ?? stale.title}
        </Banner>
      ) : null}
      <Timeline
        handle={timeline}
        view={whole}
        answering={composer.audience === "note" ? null : composer.answersId}
        canAnswer={(messageId) => canAnswer(whole, messageId, composer.audience, me)}
        onAnswer={(messageId) => {
          if (composer.answer(messageId)) box.current?.querySelector("textarea")?.focus();
        }}
        chosen={joins.chosen}
        onChoose={joins.choose}
        onWhy={joins.why}
        onMark={(messageId, task, value) => acts.mark.send({ messageId, task, value })}
        onBurst={setBurst}
        earlier={{
          can: whole.earlier !== null,
          busy,
          ask: () => whole.earlier && !busy && setCursors([...cursors, whole.earlier]),
        }}
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
        resolveWith={mine && ending ? { outcome: ending.key, name: ending.name } : null}
        version={seenVersion(view)}
        onTake={work && work.owner === null ? onTake : null}
        onLeave={() => timeline.current?.focusLast()}
        onShowAnswered={() => timeline.current?.focusLast()}
        onSentAndResolved={() => onGone(id)}
        notice={changes ? <ChangeNotice changes={changes} onClose={() => setChanges(null)} /> : null}
      />
      {joins.dialog}
      <AssignDialog
        open={assigning}
        me={me}
        onClose={() => setAssigning(false)}
        onAssign={(to, note) => {
          setAssigning(false);
          acts.assign.send({ to, note });
        }}
      />
    </div>
  );
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
