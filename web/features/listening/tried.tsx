import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { Problem } from "../../shared/api/problem.ts";
import { ChannelMark } from "../../shared/ui/channel-mark.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import css from "./listening.module.css";
import type { MonitorTried } from "./monitors-query.ts";
import { Spanned } from "./spanned.tsx";
import { useNoticeWords } from "./use-notice-words.ts";

type TriedProps = { tried: MonitorTried | undefined; stale: boolean; problem: Problem | null };

/** What the query would bring: how many of the posts of late, what each part of it alone brings, and some of them. */
export function Tried({ tried, stale, problem }: TriedProps) {
  const { t, i18n } = useLingui();
  const words = useNoticeWords();
  if (problem) return <ProblemNotice problem={problem} />;
  if (!tried || tried.fault) return null;
  const { hits, perDay, of } = tried;
  const looked = of.kept + of.heard;
  const rate = perDay === null ? null : i18n.number(Math.round(perDay * 10) / 10);
  return (
    <div className={css.tried} aria-busy={stale} data-stale={stale || undefined}>
      <p role="status">
        <Trans>
          <strong className="num">
            <Plural value={hits} one="# post" other="# posts" />
          </strong>{" "}
          of <Plural value={looked} one="# that was heard lately" other="# that were heard lately" />
        </Trans>
        {rate === null ? null : t`, about ${rate} a day`}
      </p>
      {tried.notices.map((notice) => (
        <p key={`${notice.code} ${notice.at}`} className={css.notice}>
          {words(notice)}
        </p>
      ))}
      {tried.terms.length > 1 ? (
        <ul className={css.terms} aria-label={t`What each part brings alone`}>
          {tried.terms.map((term) => (
            <li key={term.at}>
              <code>{term.text}</code> <span className="num dim">{i18n.number(term.posts)}</span>
            </li>
          ))}
        </ul>
      ) : null}
      {tried.examples.length > 0 ? (
        <ul className={css.examples} aria-label={t`Some of them`}>
          {tried.examples.map((post, n) => (
            <li key={post.messageId ?? `${n} ${post.at}`} className={css.example}>
              <ChannelMark network={post.network} audience="public" size="small" />
              <div>
                <p className={css.who}>
                  <b>{post.author}</b> <Moment at={post.at} />
                </p>
                <Spanned text={post.text} spans={post.spans} />
              </div>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
