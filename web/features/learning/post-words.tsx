import { useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { ChannelMark } from "../../shared/ui/channel-mark.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import css from "./learning.module.css";

type PostProps = {
  post: {
    network: string;
    author: string;
    handle: string;
    text: string;
    at: string;
    permalink: string | null;
    visibility?: string;
  };
  children?: ReactNode;
};

/** One post as it was said, and below it what is asked or told of it. */
export function PostWords({ post, children }: PostProps) {
  const { t } = useLingui();
  return (
    <>
      <ChannelMark network={post.network} audience={post.visibility === "private" ? "private" : "public"} />
      <div className={css.words}>
        <p className={css.who}>
          <b>{post.author}</b> <span className="dim">{post.handle}</span> <Moment at={post.at} />
          {post.permalink === null ? null : (
            <a className={css.open} href={post.permalink} target="_blank" rel="noreferrer noopener">
              {t`Open there`}
            </a>
          )}
        </p>
        <p className={css.said} dir="auto">
          {post.text}
        </p>
        {children}
      </div>
    </>
  );
}
