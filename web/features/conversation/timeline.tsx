import { useLingui } from "@lingui/react/macro";
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useImperativeHandle, useRef } from "react";
import type { ConversationView, TimelineEntry } from "#contracts/desk";
import { useNow } from "../../shared/time/clock.ts";
import { useTimeWords } from "../../shared/time/format.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Chip } from "../../shared/ui/chip.tsx";
import type { Burst } from "./conversation-query.ts";
import { LineItem } from "./line-entry.tsx";
import { MessageItem } from "./message-entry.tsx";
import { NoteItem } from "./note-entry.tsx";
import { type ReplyActs, ReplyItem } from "./reply-entry.tsx";
import css from "./timeline.module.css";
import { timelineParts } from "./timeline-parts.ts";

export type TimelineHandle = { toBurst: (ordinal: number) => void; focusLast: () => void };

type TimelineProps = {
  handle: RefObject<TimelineHandle | null>;
  view: ConversationView;
  /** The message the composer answers. */
  answering: string | null;
  /** Null where this message cannot be answered. */
  onAnswer: (messageId: string) => void;
  canAnswer: (messageId: string) => boolean;
  replyActs: ReplyActs;
  onMark: (messageId: string, task: string, value: string) => void;
  onBurst: (ordinal: number) => void;
  earlier: { can: boolean; busy: boolean; ask: () => void };
};

/** What was said and done, in order, cut into bursts. It opens at its end and stays where it is read. */
export function Timeline(props: TimelineProps) {
  const { handle, view, answering, onAnswer, canAnswer, replyActs, onMark, onBurst, earlier } = props;
  const { t } = useLingui();
  const box = useRef<HTMLDivElement>(null);
  const parts = timelineParts(view.timeline, view.bursts);
  const entries = parts.flatMap((part) => part.entries);
  const total = entries.length;
  const stop = answering ?? entries.findLast((entry) => entry.type === "message")?.id ?? entries.at(-1)?.id;
  const last = parts.at(-1);

  useImperativeHandle(handle, () => ({
    toBurst(ordinal) {
      const burst = box.current?.querySelector<HTMLElement>(`[data-burst="${ordinal}"]`);
      burst?.scrollIntoView({ block: "start" });
      burst?.querySelector<HTMLElement>("[data-entry]")?.focus({ preventScroll: true });
    },
    focusLast() {
      box.current?.querySelector<HTMLElement>(`[data-entry="${CSS.escape(stop ?? "")}"]`)?.focus();
    },
  }));

  useBurstInSight(box, onBurst, view.bursts.length);

  function onKeyDown(event: KeyboardEvent): void {
    const here = event.target instanceof HTMLElement ? event.target.dataset.entry : undefined;
    if (here === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = entries.findIndex((entry) => entry.id === here);
    const by = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
    if (by !== undefined) {
      event.preventDefault();
      const to = entries[Math.min(total - 1, Math.max(0, at + by))];
      if (to) box.current?.querySelector<HTMLElement>(`[data-entry="${CSS.escape(to.id)}"]`)?.focus();
    } else if (event.key === "Enter" && canAnswer(here)) {
      event.preventDefault();
      onAnswer(here);
    }
  }

  const now = useNow("minute");
  const words = useTimeWords();
  let place = 0;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: J, K and Enter act on the message that has the focus.
    <div className={css.stream} ref={box} onKeyDown={onKeyDown}>
      <div className={css.talk}>
        {earlier.can ? (
          <div className={css.earlier}>
            <Button
              look="soft"
              size="small"
              busy={earlier.busy}
              onClick={earlier.ask}
            >{t`What was said before`}</Button>
          </div>
        ) : null}
        {parts.map((part) => {
          const { burst } = part;
          const episode = part === last ? view.work : null;
          const heading = `burst-${burst?.ordinal ?? 0}`;
          return (
            <article key={heading} className={css.burst} aria-labelledby={heading} data-burst={burst?.ordinal}>
              <div className={css.head}>
                {burst ? <AudienceChip burst={burst} /> : null}
                <h3 id={heading}>
                  {burst ? t`Burst ${burst.ordinal}, ${words.moment(burst.from, now)}` : t`Before the first word`}
                </h3>
                {episode?.owner ? <span className="mute">{t`with ${episode.owner.name}`}</span> : null}
                <span className={css.rule} />
              </div>
              <div
                className={`${css.side} ${burst?.mark.audience === "private" ? css.private : burst ? css.public : ""}`}
                role="feed"
                aria-labelledby={heading}
              >
                {part.entries.map((entry) => {
                  place += 1;
                  return (
                    <Entry key={entry.id} entry={entry} place={place} total={total} stop={entry.id === stop}>
                      {draw(entry)}
                    </Entry>
                  );
                })}
              </div>
            </article>
          );
        })}
      </div>
    </div>
  );

  function draw(entry: TimelineEntry): ReactNode {
    switch (entry.type) {
      case "message":
        return (
          <MessageItem
            message={entry}
            answering={entry.id === answering}
            onAnswer={canAnswer(entry.id) ? () => onAnswer(entry.id) : null}
            onMark={(task, value) => onMark(entry.id, task, value)}
          />
        );
      case "reply":
        return <ReplyItem reply={entry} acts={replyActs} />;
      case "note":
        return <NoteItem note={entry} />;
      case "line":
        return <LineItem line={entry} />;
    }
  }
}

type EntryProps = { entry: TimelineEntry; place: number; total: number; stop: boolean; children: ReactNode };

/** One thing in the feed: it can take the focus, and tells its place. */
function Entry({ entry, place, total, stop, children }: EntryProps) {
  return (
    <article
      className={css.entry}
      data-entry={entry.id}
      tabIndex={stop ? 0 : -1}
      aria-posinset={place}
      aria-setsize={total}
      aria-label={useEntryName(entry)}
    >
      {children}
    </article>
  );
}

function useEntryName(entry: TimelineEntry): string {
  const { t } = useLingui();
  const words = useTimeWords();
  const at = words.weekdayTime(entry.at);
  switch (entry.type) {
    case "message": {
      const name = entry.author.name || entry.author.handle;
      return entry.mark.audience === "public" ? t`${name}, in public, ${at}` : t`${name}, in private, ${at}`;
    }
    case "reply":
      return entry.audience === "public"
        ? t`Public reply by ${entry.agent.name}, ${at}`
        : t`Private reply by ${entry.agent.name}, ${at}`;
    case "note":
      return t`Note by ${entry.agent.name}, only the team reads it, ${at}`;
    case "line":
      return t`What happened, ${at}`;
  }
}

function AudienceChip({ burst }: { burst: Burst }) {
  const { t } = useLingui();
  return burst.mark.audience === "public" ? (
    <Chip look="public" icon="globe">{t`Public`}</Chip>
  ) : (
    <Chip look="private" icon="lock">{t`Private`}</Chip>
  );
}

/** Tells which burst is being read while the timeline moves. */
function useBurstInSight(
  box: RefObject<HTMLDivElement | null>,
  onBurst: (ordinal: number) => void,
  bursts: number,
): void {
  const told = useRef(onBurst);
  told.current = onBurst;
  useEffect(() => {
    const root = box.current;
    if (!root || bursts === 0) return;
    const seen = new Map<number, number>();
    const observer = new IntersectionObserver(
      (changes) => {
        for (const { target, isIntersecting, intersectionRect } of changes) {
          const ordinal = Number((target as HTMLElement).dataset.burst);
          if (isIntersecting) seen.set(ordinal, intersectionRect.height);
          else seen.delete(ordinal);
        }
        const most = [...seen].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0];
        if (most) told.current(most[0]);
      },
      { root, threshold: [0, 0.25, 0.5, 0.75, 1] },
    );
    for (const part of root.querySelectorAll("[data-burst]")) observer.observe(part);
    return () => observer.disconnect();
  }, [box, bursts]);
}
