import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useCommand } from "../../shared/api/use-command.ts";
import { useKeys } from "../../shared/keys/use-keys.ts";
import { sayServer } from "../../shared/text/said/known-phrases.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Chip } from "../../shared/ui/chip.tsx";
import { Fetched } from "../../shared/ui/fetched.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import css from "./learning.module.css";
import { markSample, type SamplePost, samplePostsQuery } from "./learning-query.ts";
import { PostWords } from "./post-words.tsx";

type MarkProps = { brandId: string; sampleId: string };

/** One drawn post after the other: did it need an answer? Y, N, and back by K. */
export function MarkSample({ brandId, sampleId }: MarkProps) {
  return (
    <Fetched query={useQuery(samplePostsQuery(brandId, sampleId))}>
      {({ posts }) => <One brandId={brandId} sampleId={sampleId} posts={posts} />}
    </Fetched>
  );
}

function One({ brandId, sampleId, posts }: MarkProps & { posts: readonly SamplePost[] }) {
  const { t, i18n } = useLingui();
  const open = posts.findIndex((post) => post.verdict === null);
  const [at, setAt] = useState(Math.max(0, open));
  const mark = useCommand<{ place: number; verdict: "work" | "leave" }>({
    run: (said, commandId) => markSample({ brandId, sampleId, ...said }, commandId),
    invalidates: () => [["learning"]],
    onDone: () => setAt((now) => Math.min(posts.length - 1, now + 1)),
  });
  const post = posts[at];
  const say = (verdict: "work" | "leave") => {
    if (post && !mark.busy) mark.send({ place: post.place, verdict });
  };
  const step = (by: number) => setAt((now) => Math.min(posts.length - 1, Math.max(0, now + by)));
  const group = t`Learning`;
  useKeys("screen", [
    { id: "learning.yes", keys: "y", label: t`Yes`, group, run: () => say("work") },
    { id: "learning.no", keys: "n", label: t`No`, group, run: () => say("leave") },
    { id: "learning.next", keys: ["j", "arrowdown"], label: t`Next post`, group, run: () => step(1) },
    { id: "learning.before", keys: ["k", "arrowup"], label: t`Post before`, group, run: () => step(-1) },
  ]);
  if (!post) return null;
  const [place, of] = [i18n.number(at + 1), i18n.number(posts.length)];
  return (
    <div className={css.marking}>
      {mark.problem ? <ProblemNotice problem={mark.problem} /> : null}
      <div className={css.post} data-chosen="">
        <PostWords post={post}>
          <p className={css.small}>{t`Left because: ${sayServer(post.reason.says).words}`}</p>
          <p className={css.asked}>
            <b>{t`Did this need an answer from us?`}</b>
            {post.verdict === null ? null : <Chip look="good">{post.verdict === "work" ? t`yes` : t`no`}</Chip>}
          </p>
          <span className={css.acts}>
            <Button size="small" look="primary" keys="y" onClick={() => say("work")}>{t`Yes`}</Button>
            <Button size="small" keys="n" onClick={() => say("leave")}>{t`No`}</Button>
            <Button size="small" look="bare" keys="k" onClick={() => step(-1)}>{t`Post before`}</Button>
            <span className={css.small} role="status">{t`${place} of ${of}`}</span>
          </span>
        </PostWords>
      </div>
    </div>
  );
}
