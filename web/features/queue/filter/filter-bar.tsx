import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, lazy, Suspense, useEffect, useId, useRef, useState } from "react";
import type { WorkViewView } from "#contracts/work-loop";
import { parseFilter, withoutTerm, writeTerm } from "#shared/work-filter";
import { useSession } from "../../../shared/session/session.ts";
import { useLists } from "../../../shared/text/use-lists.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { Menu } from "../../../shared/ui/menu.tsx";
import css from "./filter-bar.module.css";
import { suggest } from "./suggest.ts";
import { presenceQuery, queuesQuery, type Shown, viewsQuery } from "./views-query.ts";

const SaveView = lazy(() => import("./save-view.tsx"));

type FilterBarProps = {
  shown: Shown;
  onShow: (shown: Shown) => void;
  /** What the server said is wrong with it; a name that nothing has. */
  fault: string | null;
  onClose: () => void;
};

/** The filter in words, what it may say next, and the lists that were saved. Enter applies it, Esc leaves it. */
export default function FilterBar({ shown, onShow, fault, onClose }: FilterBarProps) {
  const { t } = useLingui();
  const { list } = useLists();
  const id = useId();
  const faultWords = useFaultWords();
  const me = useSession().agent.id;
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(shown.filter);
  const [saving, setSaving] = useState<WorkViewView | "new" | null>(null);
  const { data: views = [] } = useQuery(viewsQuery);
  const { data: queues } = useQuery(queuesQuery);
  const { data: presence } = useQuery(presenceQuery);
  useEffect(() => setText(shown.filter), [shown.filter]);
  useEffect(() => field.current?.focus(), []);

  const names = {
    queue: queues?.queues.map((one) => one.name),
    owner: ["me", "none", ...(presence?.agents.map((one) => one.name) ?? [])],
    waiting: [">30m", ">2h", ">1d"],
    label: ["negative", "positive", "legal_press", "viral", "safety", "outage"],
  };
  const parsed = parseFilter(text);
  const wrong = parsed.faults[0];
  const applied = parseFilter(shown.filter).terms;
  const says = wrong ? faultWords(wrong.why, wrong.word) : text === shown.filter ? fault : null;
  const next = suggest(text, names as Record<string, readonly string[]>);
  const apply = (filter: string) => onShow({ ...shown, filter: filter.trim() });

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === "Enter" && !wrong) {
      event.preventDefault();
      apply(text);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      if (text !== shown.filter) setText(shown.filter);
      else onClose();
    }
  }
  const count = (view: WorkViewView) => (view.count === null ? "" : view.count > 99 ? "99+" : String(view.count));
  const current = views.find((view) => view.filter === shown.filter && view.scope === shown.scope);
  return (
    <search className={css.bar} aria-label={t`Filter the list`}>
      <div className={css.line}>
        <input
          ref={field}
          className={css.field}
          value={text}
          maxLength={400}
          spellCheck={false}
          autoComplete="off"
          aria-label={t`Filter in words`}
          aria-invalid={says ? true : undefined}
          aria-describedby={`${id}-says`}
          placeholder={t`queue:care is:unread waiting:>2h`}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <Menu
          label={t`Saved lists`}
          placement="bottom end"
          onAct={(act) => {
            const view = views.find((one) => one.id === act);
            if (view) onShow({ scope: view.scope, filter: view.filter });
            else if (act === "save") setSaving("new");
            else if (act === "change" && current) setSaving(current);
          }}
          groups={[
            {
              heading: t`Saved lists`,
              entries: views.map((view) => ({
                id: view.id,
                label: view.name,
                detail: list(
                  [view.team?.name ?? "", view.owner.id === me ? "" : view.owner.name, count(view)].filter(Boolean),
                ),
                chosen: view === current,
              })),
            },
            {
              entries: [
                { id: "save", label: t`Save this list …`, icon: "plus" as const, disabled: shown.filter === "" },
                ...(current?.mayChange
                  ? [{ id: "change", label: t`Change or delete it …`, icon: "pen" as const }]
                  : []),
              ],
            },
          ].filter((group) => group.entries.length > 0)}
        >
          <Button size="small" look="soft" icon="star">
            {t`Lists`}
          </Button>
        </Menu>
        <Button look="bare" size="small" iconOnly icon="close" aria-label={t`Close the filter`} onClick={onClose} />
      </div>
      <p id={`${id}-says`} className={says ? css.fault : css.hint} aria-live="polite">
        {says ??
          (text === shown.filter ? t`Different operators must all hold. A minus turns one round.` : t`Enter shows it.`)}
      </p>
      {next.length > 0 && document.activeElement === field.current ? (
        <div className={css.chips}>
          {next.map((one) => (
            <Button
              key={one.word}
              size="small"
              look="bare"
              onClick={() => {
                setText(one.whole);
                field.current?.focus();
              }}
            >
              {one.word}
            </Button>
          ))}
        </div>
      ) : null}
      {applied.length > 0 ? (
        <div className={css.chips}>
          {applied.map((term) => (
            <Button
              key={`${term.start} ${writeTerm(term)}`}
              size="small"
              look="soft"
              icon="close"
              aria-label={t`Take out: ${writeTerm(term)}`}
              onClick={() => apply(withoutTerm(shown.filter, term))}
            >
              {writeTerm(term)}
            </Button>
          ))}
        </div>
      ) : null}
      <Suspense fallback={null}>
        {saving ? (
          <SaveView view={saving === "new" ? null : saving} shown={shown} onClose={() => setSaving(null)} />
        ) : null}
      </Suspense>
    </search>
  );
}

/** What is wrong with a word of the filter. */
function useFaultWords() {
  const { t } = useLingui();
  return (why: string, word: string): string => {
    if (why === "unknown-key") return t`There is no operator ${word}. Try queue:, lang:, owner:, is: or waiting:.`;
    if (why === "empty") return t`Say a value after ${word}`;
    if (why === "many") return t`These are too many words for one filter.`;
    return t`${word} is no value of this operator.`;
  };
}
