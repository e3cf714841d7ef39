import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Chip } from "../../shared/ui/chip.tsx";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { Fetched } from "../../shared/ui/fetched.tsx";
import { LabelPane } from "./label-pane.tsx";
import css from "./learning.module.css";
import { type LearntLabelView, labelsQuery } from "./learning-query.ts";
import { useLabelWords } from "./use-label-words.ts";

/** Each label with what its version in use gets right; one is open beside the list. */
export function LabelsTab() {
  const { t } = useLingui();
  const search = useSearch({ strict: false }) as { label?: string };
  const navigate = useNavigate();
  return (
    <Fetched query={useQuery(labelsQuery)}>
      {({ labels, canChoose }) => {
        const chosen = labels.find((one) => one.task === search.label) ?? labels[0];
        if (!chosen)
          return (
            <EmptyState title={t`No label is learnt yet`}>
              {t`A label stands here, with how good it is, once agents have corrected it.`}
            </EmptyState>
          );
        return (
          <div className={css.panes}>
            <nav aria-label={t`Labels`}>
              <ul className={css.list}>
                {labels.map((one) => (
                  <li key={one.task}>
                    <LabelRow
                      label={one}
                      chosen={one === chosen}
                      onChoose={() =>
                        void navigate({ to: ".", search: { tab: "labels", label: one.task } as never, replace: true })
                      }
                    />
                  </li>
                ))}
              </ul>
            </nav>
            <LabelPane key={chosen.task} label={chosen} canChoose={canChoose} />
          </div>
        );
      }}
    </Fetched>
  );
}

function LabelRow({ label, chosen, onChoose }: { label: LearntLabelView; chosen: boolean; onChoose: () => void }) {
  const { t, i18n } = useLingui();
  const words = useLabelWords();
  const right = label.versions.find((v) => v.version === label.inUse)?.figures?.right.share ?? null;
  const marks = i18n.number(label.marks);
  const said = right === null ? "" : i18n.number(right, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return (
    <button type="button" className={css.row} aria-current={chosen ? "true" : undefined} onClick={onChoose}>
      <span className={css.rowName}>
        {words.task(label.task)} {label.pinned ? <Chip look="soon">{t`pinned`}</Chip> : null}
      </span>
      <span className={css.small}>{right === null ? t`${marks} marked` : t`${marks} marked, ${said} right`}</span>
    </button>
  );
}
