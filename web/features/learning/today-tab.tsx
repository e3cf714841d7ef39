import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useCommand } from "../../shared/api/use-command.ts";
import { useKeys } from "../../shared/keys/use-keys.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Chip } from "../../shared/ui/chip.tsx";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { Fetched } from "../../shared/ui/fetched.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import css from "./learning.module.css";
import { answerDaily, type DailyPostView, todayQuery } from "./learning-query.ts";
import { PostWords } from "./post-words.tsx";
import { useLabelWords } from "./use-label-words.ts";

/** Five posts a day that teach most, the same for everybody: yes, no, or pass over, by keys alone. */
export function TodayTab() {
  const { t } = useLingui();
  return (
    <Fetched query={useQuery(todayQuery)}>
      {({ day, posts, hidden }) =>
        posts.length === 0 ? (
          <EmptyState level={3} title={t`Nothing to ask today`}>
            {hidden > 0
              ? t`Today's posts are of brands you do not mark.`
              : t`The labels are sure of what was said, or nothing was said yet. Look again tomorrow.`}
          </EmptyState>
        ) : (
          <Five day={day} posts={posts} />
        )
      }
    </Fetched>
  );
}

function Five({ day, posts }: { day: string; posts: readonly DailyPostView[] }) {
  const { t, i18n } = useLingui();
  const words = useLabelWords();
  const open = posts.findIndex((post) => post.answer === null);
  const [chosen, setChosen] = useState(open < 0 ? 0 : open);
  const done = posts.filter((post) => post.answer !== null).length;
  const answer = useCommand<{ day: string; place: number; answer: "yes" | "no" | "skip" }>({
    run: answerDaily,
    invalidates: () => [["learning"]],
    onDone: (_, { place }) => {
      const next = posts.findIndex((post, at) => at > 0 && post.answer === null && post.place !== place);
      const first = posts.findIndex((post) => post.answer === null && post.place !== place);
      setChosen((now) => (next > now ? next : first >= 0 ? first : now));
    },
  });
  const post = posts[chosen] ?? posts[0]!;
  const say = (said: "yes" | "no" | "skip") => {
    if (!answer.busy) answer.send({ day, place: post.place, answer: said });
  };
  const step = (by: number) => setChosen((now) => Math.min(posts.length - 1, Math.max(0, now + by)));
  const group = t`Learning`;
  useKeys("screen", [
    { id: "learning.yes", keys: "y", label: t`Yes`, group, run: () => say("yes") },
    { id: "learning.no", keys: "n", label: t`No`, group, run: () => say("no") },
    { id: "learning.skip", keys: "s", label: t`Pass over`, group, run: () => say("skip") },
    { id: "learning.next", keys: ["j", "arrowdown"], label: t`Next post`, group, run: () => step(1) },
    { id: "learning.before", keys: ["k", "arrowup"], label: t`Post before`, group, run: () => step(-1) },
  ]);
  const of = posts.length;
  return (
    <section className={css.box} aria-label={t`Five for today`}>
      <header className={css.boxHead}>
        <h3 className={css.name}>{t`The five the labels know least about`}</h3>
        <span className={css.small} role="status">
          {done === of ? t`All answered. Thank you; look again tomorrow.` : t`${done} of ${of} answered`}
        </span>
      </header>
      {answer.problem ? <ProblemNotice problem={answer.problem} /> : null}
      <ol className={css.posts}>
        {posts.map((one, at) => {
          const likely = i18n.number(one.likely, { style: "percent" });
          return (
            <li
              key={one.place}
              className={css.post}
              data-chosen={at === chosen ? "" : undefined}
              aria-current={at === chosen ? "true" : undefined}
            >
              <PostWords post={one}>
                <p className={css.asked}>
                  <b>{words.question(one.task)}</b> <span className="dim">{t`The labels say yes with ${likely}.`}</span>
                  {one.answer === null ? null : (
                    <Chip look={one.answer === "skip" ? "dashed" : "good"}>
                      {one.answer === "skip" ? t`passed over` : one.answer === "yes" ? t`yes` : t`no`}
                      {one.answeredBy === null ? null : `, ${one.answeredBy}`}
                    </Chip>
                  )}
                </p>
                {at === chosen ? (
                  <span className={css.acts}>
                    <Button size="small" look="primary" keys="y" onClick={() => say("yes")}>{t`Yes`}</Button>
                    <Button size="small" keys="n" onClick={() => say("no")}>{t`No`}</Button>
                    <Button size="small" look="bare" keys="s" onClick={() => say("skip")}>{t`Pass over`}</Button>
                  </span>
                ) : (
                  <Button size="small" look="bare" onClick={() => setChosen(at)}>
                    {one.answer === null ? t`Answer this one` : t`Answer otherwise`}
                  </Button>
                )}
              </PostWords>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
