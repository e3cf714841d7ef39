import { useLingui } from "@lingui/react/macro";
import {
  Fragment,
  type KeyboardEvent,
  lazy,
  type ReactNode,
  type RefObject,
  Suspense,
  useEffect,
  useImperativeHandle,
  useRef,
} from "react";
import type { ConversationView } from "#contracts/desk";
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
import { foldLines, type Shown, timelineParts } from "./timeline-parts.ts";
import { firstBelow, usePlaceKept } from "./use-place-kept.ts";

const JumpBar = lazy(() => import("./jump-bar.tsx"));

export type TimelineHandle = {
  toBurst: (ordinal: number) => void;
  focusLast: () => void;
  /** Shows an entry, and puts the focus on it where wanted. */
  toEntry: (id: string, focus: boolean) => void;
  /** The entry that is read; null: the end is. */
  inSight: () => string | null;
};

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
  /** Messages chosen for a move or a split. */
  chosen: readonly string[];
  onChoose: (messageId: string) => void;
  onWhy: (messageId: string) => void;
  onModerate: (messageId: string) => void;
  onBurst: (ordinal: number) => void;
  /** Where the part begins that is new to the reader. */
  newFrom: string | null;
  earlier: { can: boolean; busy: boolean; ask: () => void };
  /** Null: its end is on the screen. */
  later: (() => void) | null;
  onDay: (at: string) => void;
  onEnd: () => void;
};

/** What was said and done, in order, cut into bursts. It opens at its end and stays where it is read. */
export function Timeline(props: TimelineProps) {
  const { handle, view, answering, onAnswer, canAnswer, replyActs, onMark, onBurst, earlier, later } = props;
  const { chosen, onChoose, onWhy, onModerate } = props;
  const { t } = useLingui();
  const box = useRef<HTMLDivElement>(null);
  const chosenUntil = useRef(0);
  const parts = timelineParts(view.timeline, view.bursts).map(({ burst, entries }) => ({
    burst,
    entries: foldLines(entries),
  }));
  const entries = parts.flatMap((part) => part.entries);
  const total = entries.length;
  const stop = answering ?? entries.findLast((entry) => entry.type === "message")?.id ?? entries.at(-1)?.id;
  const last = parts.at(-1);

  useImperativeHandle(handle, () => ({
    toBurst(ordinal) {
      // The burst that was asked for stays the current one while the box moves to it.
      chosenUntil.current = performance.now() + 500;
      const burst = box.current?.querySelector<HTMLElement>(`[data-burst="${ordinal}"]`);
      burst?.scrollIntoView({ block: "start" });
      burst?.querySelector<HTMLElement>("[data-entry]")?.focus({ preventScroll: true });
    },
    toEntry(id, focus) {
      chosenUntil.current = performance.now() + 500;
      const entry = entries.find((one) => holds(one, id));
      const found = entry && box.current?.querySelector<HTMLElement>(`[data-entry="${CSS.escape(entry.id)}"]`);
      found?.scrollIntoView({ block: "start" });
      if (focus) found?.focus({ preventScroll: true });
    },
    inSight() {
      const root = box.current;
      // In a box turned round the end is at 0.
      if (!root || (later === null && Math.abs(root.scrollTop) < 8)) return null;
      const { top } = root.getBoundingClientRect();
      return firstBelow(root, top)?.dataset.entry ?? null;
    },
    focusLast() {
      box.current?.querySelector<HTMLElement>(`[data-entry="${CSS.escape(stop ?? "")}"]`)?.focus();
    },
  }));

  const keepPlace = usePlaceKept(box, view.timeline);
  useBurstInSight(box, onBurst, view.bursts.length, chosenUntil);

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
        {earlier.can || later ? (
          <Suspense fallback={null}>
            <JumpBar atEnd={later === null} busy={earlier.busy} onDay={props.onDay} onEnd={props.onEnd} />
          </Suspense>
        ) : null}
        {earlier.can ? (
          <div className={css.earlier}>
            <Button
              look="soft"
              size="small"
              busy={earlier.busy}
              onClick={() => {
                keepPlace();
                earlier.ask();
              }}
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
                    <Fragment key={entry.id}>
                      {props.newFrom !== null && holds(entry, props.newFrom) ? (
                        <p className={css.news}>{t`New since you looked`}</p>
                      ) : null}
                      <Entry entry={entry} place={place} total={total} stop={entry.id === stop}>
                        {draw(entry)}
                      </Entry>
                    </Fragment>
                  );
                })}
              </div>
            </article>
          );
        })}
        {later ? (
          <div className={css.earlier}>
            <Button
              look="soft"
              size="small"
              busy={earlier.busy}
              onClick={() => {
                keepPlace();
                later();
              }}
            >{t`What was said after`}</Button>
          </div>
        ) : null}
      </div>
    </div>
  );

  function draw(entry: Shown): ReactNode {
    switch (entry.type) {
      case "message":
        return (
          <MessageItem
            conversationId={view.id}
            message={entry}
            answering={entry.id === answering}
            onAnswer={canAnswer(entry.id) ? () => onAnswer(entry.id) : null}
            onMark={(task, value) => onMark(entry.id, task, value)}
            chosen={chosen.includes(entry.id)}
            onChoose={() => onChoose(entry.id)}
            onWhy={() => onWhy(entry.id)}
            onModerate={() => onModerate(entry.id)}
          />
        );
      case "reply":
        return <ReplyItem reply={entry} acts={replyActs} />;
      case "note":
        return <NoteItem note={entry} />;
      case "lines":
        return <LineItem lines={entry.lines} />;
    }
  }
}

/** An entry, or lines folded into one of which it is one. */
const holds = (entry: Shown, id: string): boolean =>
  entry.id === id || (entry.type === "lines" && entry.lines.some((line) => line.id === id));

type EntryProps = { entry: Shown; place: number; total: number; stop: boolean; children: ReactNode };

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

function useEntryName(entry: Shown): string {
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
    case "lines":
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

/** Tells which burst is being read while the timeline moves: at the end the last, else the one two fifths down. */
function useBurstInSight(
  box: RefObject<HTMLDivElement | null>,
  onBurst: (ordinal: number) => void,
  bursts: number,
  chosenUntil: RefObject<number>,
): void {
  const told = useRef(onBurst);
  told.current = onBurst;
  useEffect(() => {
    const root = box.current;
    if (!root || bursts === 0) return;
    let frame = 0;
    function look(): void {
      frame = 0;
      if (!root || performance.now() < chosenUntil.current) return;
      const parts = [...root.querySelectorAll<HTMLElement>("[data-burst]")];
      const { top, height } = root.getBoundingClientRect();
      const line = top + height * 0.4;
      // In a box turned round the end is at 0 and the way up counts below it.
      const atEnd = Math.abs(root.scrollTop) < 8;
      const read = atEnd ? parts.at(-1) : parts.findLast((part) => part.getBoundingClientRect().top <= line);
      const ordinal = Number((read ?? parts[0])?.dataset.burst);
      if (Number.isFinite(ordinal)) told.current(ordinal);
    }
    function onScroll(): void {
      frame ||= requestAnimationFrame(look);
    }
    root.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      root.removeEventListener("scroll", onScroll);
      cancelAnimationFrame(frame);
    };
  }, [box, bursts, chosenUntil]);
}
