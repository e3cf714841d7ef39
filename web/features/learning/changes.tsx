import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Fetched } from "../../shared/ui/fetched.tsx";
import { Icon } from "../../shared/ui/icon.tsx";
import css from "./learning.module.css";
import { changesQuery } from "./learning-query.ts";
import { PostWords } from "./post-words.tsx";
import { useLabelWords } from "./use-label-words.ts";

/** Posts of late whose label is another with one version than with the other. */
export function Changes({ task, from, to }: { task: string; from: number; to: number }) {
  const { t, i18n } = useLingui();
  const words = useLabelWords();
  const query = useQuery(changesQuery(task, from, to));
  const sure = (share: number) => i18n.number(share, { style: "percent" });
  return (
    <Fetched query={query}>
      {({ looked, changed, examples }) => {
        const [all, other] = [i18n.number(looked), i18n.number(changed)];
        return (
          <div className={css.changes}>
            <p className={css.small} role="status">
              {from === 0
                ? t`Of the last ${all} posts ${other} have another label than with what ships.`
                : t`Of the last ${all} posts ${other} have another label than with version ${from}.`}
            </p>
            <ul className={css.posts}>
              {examples.map((post) => (
                <li key={post.messageId} className={css.post}>
                  <PostWords post={post}>
                    <p className={css.asked}>
                      <s>{words.value(post.was.said)}</s> <span className="dim">{sure(post.was.sure)}</span>
                      <Icon name="right" size="small" />
                      <b>{words.value(post.is.said)}</b> <span className="dim">{sure(post.is.sure)}</span>
                    </p>
                  </PostWords>
                </li>
              ))}
            </ul>
          </div>
        );
      }}
    </Fetched>
  );
}
