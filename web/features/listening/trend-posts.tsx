import { useLingui } from "@lingui/react/macro";
import type { TrendPost } from "#contracts/trends";
import { ChannelMark } from "../../shared/ui/channel-mark.tsx";
import { Chip } from "../../shared/ui/chip.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import css from "./listening.module.css";

/** Posts that show a figure. */
export function TrendPosts({ posts, label }: { posts: readonly TrendPost[]; label: string }) {
  const { t } = useLingui();
  return (
    <ul className={css.posts} aria-label={label}>
      {posts.map((post) => (
        <li key={post.id} className={css.post}>
          <ChannelMark network={post.network} audience="public" />
          <div className={css.postBody}>
            <p className={css.who}>
              <b>{post.author}</b> <Moment at={post.at} />
              {post.sentiment === "negative" ? <Chip look="soon">{t`angry or sad`}</Chip> : null}
            </p>
            <p className={css.said} dir="auto">
              {post.text}
            </p>
          </div>
          {post.permalink === null ? null : (
            <a className={css.open} href={post.permalink} target="_blank" rel="noreferrer noopener">
              {t`Open there`}
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}
