import { useLingui } from "@lingui/react/macro";
import { useLabelWords } from "../../shared/labels/use-label-words.ts";
import { LinkButton } from "../../shared/ui/button.tsx";
import { Popover } from "../../shared/ui/popover.tsx";
import css from "./listening.module.css";
import type { Post } from "./monitors-query.ts";

/** What was understood of a post; each label says how sure it is and by which words. */
export function PostLabels({ post }: { post: Post }) {
  const { t } = useLingui();
  const words = useLabelWords();
  return post.labels.map((label) => {
    const said = words(label.task, label.value);
    const sure = label.score === null ? null : Math.round(label.score * 100);
    const made = label.words.map(({ at, length }) => post.text.slice(at, at + length)).filter((word) => word !== "");
    return (
      <Popover
        key={`${label.task} ${label.value}`}
        label={t`Why ${said}?`}
        trigger={
          <button type="button" className={css.label}>
            {said}
          </button>
        }
      >
        {(close) => (
          <div className={css.reason}>
            <p className="strong">{t`Maybe ${said}`}</p>
            {sure === null ? null : <p className="small mid num">{t`How sure: ${sure} of 100`}</p>}
            {made.length === 0 ? null : (
              <p className="small">
                {t`Because of`} {[...new Set(made)].map((word) => `“${word}”`).join(", ")}
              </p>
            )}
            <LinkButton onClick={close}>{t`Close`}</LinkButton>
          </div>
        )}
      </Popover>
    );
  });
}
