import { useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { asProblem } from "../../shared/api/problem.ts";
import { useLists } from "../../shared/text/use-lists.ts";
import { Button } from "../../shared/ui/button.tsx";
import { ChannelMark } from "../../shared/ui/channel-mark.tsx";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { Skeleton } from "../../shared/ui/skeleton.tsx";
import css from "./listening.module.css";
import { MatchedBefore } from "./matched-before.tsx";
import { type Monitor, type Post, postsQuery } from "./monitors-query.ts";
import { PostLabels } from "./post-labels.tsx";
import { Spanned } from "./spanned.tsx";

type PostsProps = { monitor: Monitor; monitors: readonly Monitor[] };

/** What a monitor caught, newest first, with the words that did it. */
export function MonitorPosts({ monitor, monitors }: PostsProps) {
  const { t } = useLingui();
  const query = useInfiniteQuery(postsQuery(monitor.id));
  const posts = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (query.error)
    return (
      <ProblemNotice
        problem={asProblem(query.error)}
        acts={<Button size="small" onClick={() => void query.refetch()}>{t`Try again`}</Button>}
      />
    );
  if (!query.data) return <Skeleton shape="rows" count={5} />;
  if (posts.length === 0)
    return (
      <>
        <EmptyState level={3} title={t`Nothing caught yet`}>
          {monitor.on ? t`What it hears from now on shows here.` : t`The monitor is off. Switch it on to listen.`}
        </EmptyState>
        {monitor.on ? <MatchedBefore key={monitor.id} monitor={monitor} /> : null}
      </>
    );
  return (
    <>
      <ul className={css.posts} aria-label={t`What it caught`}>
        {posts.map((post) => (
          <PostRow
            key={post.messageId}
            post={post}
            others={monitors.filter((m) => m.id !== monitor.id && post.monitors.includes(m.id))}
          />
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t`Show earlier ones`}
        </Button>
      ) : null}
    </>
  );
}

function PostRow({ post, others }: { post: Post; others: readonly Monitor[] }) {
  const { t, i18n } = useLingui();
  const { list, quote } = useLists();
  const followers = post.followers === null ? null : i18n.number(post.followers);
  const words = [...new Set(post.spans.map(({ at, length }) => post.text.slice(at, at + length)))];
  return (
    <li className={css.post}>
      <ChannelMark network={post.network} audience="public" />
      <div className={css.postBody}>
        <p className={css.who}>
          <b>{post.author}</b> <span className="dim">{post.handle}</span> <Moment at={post.at} />
          {followers === null ? null : <span className="dim">{t`${followers} followers`}</span>}
        </p>
        <Spanned text={post.text} spans={post.spans} />
        {post.labels.length > 0 ? (
          <p className={css.labels}>
            <PostLabels post={post} />
          </p>
        ) : null}
        {words.length > 0 ? (
          <p className={css.why}>
            <span className="dim">{t`Matched`}</span> {list(words.map(quote))}
          </p>
        ) : null}
        {others.length > 0 ? (
          <p className={css.why}>
            <span className="dim">{t`Also in`}</span> {list(others.map((one) => one.name))}
          </p>
        ) : null}
      </div>
      {post.permalink === null ? null : (
        <a className={css.open} href={post.permalink} target="_blank" rel="noreferrer noopener">
          {t`Open there`}
        </a>
      )}
    </li>
  );
}
