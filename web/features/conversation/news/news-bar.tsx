import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type RefObject, useEffect, useRef } from "react";
import type { ConversationView } from "#contracts/desk";
import type { ConversationNews } from "#contracts/news";
import { api } from "../../../shared/api/api.ts";
import { newId } from "../../../shared/api/new-id.ts";
import { useKeyFor, useKeys } from "../../../shared/keys/use-keys.ts";
import { useLists } from "../../../shared/text/use-lists.ts";
import { useNow } from "../../../shared/time/clock.ts";
import { useTimeWords } from "../../../shared/time/format.ts";
import { Button } from "../../../shared/ui/button.tsx";
import type { TimelineHandle } from "../timeline.tsx";
import css from "./news.module.css";
import { newsQuery } from "./news-query.ts";

type NewsProps = {
  view: ConversationView;
  timeline: RefObject<TimelineHandle | null>;
  /** Where the new part begins; null: nothing is new, or it was put away. */
  onFirst: (entryId: string | null) => void;
  closed: boolean;
  onClose: () => void;
};

/** So long it has to stand before somebody's eyes to have been read. */
const READ_MS = 1_000;

/** What changed since I looked, in one line with the way there; and the note of how far I have read, for the next time. */
export default function NewsBar({ view, timeline, onFirst, closed, onClose }: NewsProps) {
  const { t } = useLingui();
  const { id } = view;
  const asked = useQuery(newsQuery(id));
  const news = asked.data;
  const words = useTimeWords();
  const now = useNow("minute");
  const jump = useKeyFor("news.first", "shift+n");
  const first = closed ? null : (news?.first ?? null);
  usePosition(view, timeline, asked.isFetched);
  const told = useRef(onFirst);
  told.current = onFirst;
  useEffect(() => told.current(first), [first]);
  // Back to where I stood, where nothing new calls me to the end.
  const back = news && news.first === null ? news.entryId : null;
  useEffect(() => {
    if (back !== null) timeline.current?.toEntry(back, false);
  }, [back, timeline]);
  useKeys("screen", [
    {
      id: "news.first",
      keys: "shift+n",
      label: t`To what is new since you looked`,
      group: t`Conversation`,
      disabled: first === null,
      run: () => first && timeline.current?.toEntry(first, true),
    },
  ]);
  if (!news || first === null || news.since === null) return null;
  return (
    <div className={css.bar} role="status">
      <span className={css.text}>
        <b>{t`New since you looked, ${words.moment(news.since, now)}:`}</b> <Sum news={news} />
      </span>
      <Button size="small" look="soft" keys={jump} onClick={() => timeline.current?.toEntry(first, true)}>
        {t`Go to the first`}
      </Button>
      <Button size="small" look="bare" icon="close" iconOnly aria-label={t`Put it away`} onClick={onClose} />
    </div>
  );
}

function Sum({ news }: { news: ConversationNews }) {
  const { t } = useLingui();
  const { list } = useLists();
  const { messages, replies, notes, more, changes, changesMore } = news;
  const parts = [
    ...(messages > 0
      ? [more ? t`more than ${messages} messages` : t`${plural(messages, { one: "# message", other: "# messages" })}`]
      : []),
    ...(replies > 0 ? [t`${plural(replies, { one: "# answer of ours", other: "# answers of ours" })}`] : []),
    ...(notes > 0 ? [t`${plural(notes, { one: "# note", other: "# notes" })}`] : []),
    ...(changesMore > 0 ? [t`${plural(changesMore, { one: "# further change", other: "# further changes" })}`] : []),
    ...changes,
  ];
  return <bdi>{list(parts)}</bdi>;
}

/** Keeps on the server how far I have read, and when I leave it where I stood. */
function usePosition(view: ConversationView, timeline: RefObject<TimelineHandle | null>, ready: boolean): void {
  const { id } = view;
  const newest = view.timeline.findLast((entry) => entry.type === "message")?.id ?? null;
  const kept = useRef<string | null>(null);
  useEffect(() => {
    if (!ready) return;
    const keep = () => {
      if (document.visibilityState !== "visible" || kept.current === newest) return;
      kept.current = newest;
      put(id, newest, null);
    };
    const timer = setTimeout(keep, READ_MS);
    document.addEventListener("visibilitychange", keep);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", keep);
    };
  }, [id, newest, ready]);
  useEffect(() => {
    const handle = timeline.current;
    return () => {
      const entryId = handle?.inSight() ?? null;
      if (kept.current !== null && entryId !== null) put(id, kept.current, entryId);
    };
  }, [id, timeline]);
}

function put(id: string, newest: string | null, entryId: string | null): void {
  const body = { newest, entryId };
  // What is not noted is shown as new once more: nothing is lost by it.
  api.put(`/api/desk/conversations/${id}/position`, body, { commandId: newId() }).catch(() => undefined);
}
