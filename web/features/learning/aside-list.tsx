import { useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { asProblem } from "../../shared/api/problem.ts";
import { useCommand } from "../../shared/api/use-command.ts";
import { useMay } from "../../shared/session/session.ts";
import { sayServer } from "../../shared/text/said/known-phrases.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Chip } from "../../shared/ui/chip.tsx";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { Select } from "../../shared/ui/field.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { Skeleton } from "../../shared/ui/skeleton.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import css from "./learning.module.css";
import { markPost, type SetAsidePost, setAsideQuery } from "./learning-query.ts";
import { PostWords } from "./post-words.tsx";

/** Everything that was heard and left of late, with the reason; nothing is hidden. */
export function AsideList({ brandId }: { brandId: string }) {
  const { t, i18n } = useLingui();
  const [reason, setReason] = useState("");
  const all = useInfiniteQuery(setAsideQuery(brandId, ""));
  const query = useInfiniteQuery(setAsideQuery(brandId, reason));
  const reasons = all.data?.pages[0]?.reasons ?? [];
  const days = i18n.number(all.data?.pages[0]?.days ?? 28);
  const posts = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className={css.box} aria-label={t`What was left`}>
      <header className={css.boxHead}>
        <h3 className={css.name}>{t`What was left`}</h3>
        <span className={css.small}>{t`the last ${days} days`}</span>
        {reasons.length > 0 ? (
          <span className={css.end}>
            <Select
              label={t`Left because`}
              labelHidden
              value={reason}
              options={[
                { value: "", label: t`For any reason` },
                ...reasons.map((one) => ({
                  value: one.key,
                  label: `${sayServer(one.says).words} (${i18n.number(one.posts)})`,
                })),
              ]}
              onChange={setReason}
            />
          </span>
        ) : null}
      </header>
      {query.error ? (
        <ProblemNotice
          problem={asProblem(query.error)}
          acts={<Button size="small" onClick={() => void query.refetch()}>{t`Try again`}</Button>}
        />
      ) : !query.data ? (
        <Skeleton shape="rows" count={5} />
      ) : posts.length === 0 ? (
        <EmptyState level={4} title={t`Nothing was left`}>
          {t`What the policy takes for no work stands here, with the rule that said so.`}
        </EmptyState>
      ) : (
        <ul className={css.posts} aria-label={t`What was left`}>
          {posts.map((post) => (
            <AsideRow key={post.messageId} post={post} />
          ))}
        </ul>
      )}
      {query.hasNextPage ? (
        <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t`Show earlier ones`}
        </Button>
      ) : null}
    </section>
  );
}

function AsideRow({ post }: { post: SetAsidePost }) {
  const { t } = useLingui();
  const may = useMay("label.mark");
  const mark = useCommand<{ messageId: string; value: "yes" | "no" }>({
    run: markPost,
    invalidates: () => [["learning"]],
    onDone: (_, { messageId, value }) =>
      toasts.add({
        text: value === "yes" ? t`Noted: it needed an answer.` : t`Noted: it needed none.`,
        undo: () => mark.send({ messageId, value: value === "yes" ? "no" : "yes" }),
      }),
  });
  return (
    <li className={css.post}>
      <PostWords post={post}>
        <p className={css.small}>{t`Left because: ${sayServer(post.reason.says).words}`}</p>
        {mark.problem ? <ProblemNotice problem={mark.problem} /> : null}
        <span className={css.acts}>
          {post.marked === null ? null : (
            <Chip look={post.marked === "yes" ? "soon" : "good"}>
              {post.marked === "yes" ? t`needed an answer` : t`rightly left`}
            </Chip>
          )}
          {may && post.conversationId !== null && post.marked !== "yes" ? (
            <Button
              size="small"
              busy={mark.busy}
              onClick={() => mark.send({ messageId: post.messageId, value: "yes" })}
            >{t`It needed an answer`}</Button>
          ) : null}
          {post.conversationId === null ? null : (
            <Link
              className={css.open}
              to="/desk/$conversationId"
              params={{ conversationId: post.conversationId } as never}
            >
              {t`Open the conversation`}
            </Link>
          )}
        </span>
      </PostWords>
    </li>
  );
}
