import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import type { IdentityAct } from "#contracts/identity";
import { useSending } from "../../../shared/api/use-sending.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { FetchFault } from "../../../shared/ui/fetched.tsx";
import { Moment } from "../../../shared/ui/moment.tsx";
import { ProblemNotice } from "../../../shared/ui/problem-notice.tsx";
import { Skeleton } from "../../../shared/ui/skeleton.tsx";
import { HandleRow } from "./handle-row.tsx";
import css from "./identity.module.css";
import { identityQuery, undoPreviewQuery } from "./identity-query.ts";
import { JoinForm } from "./join-form.tsx";
import { PreviewList } from "./preview-list.tsx";
import { StitchedChoice } from "./stitched-choice.tsx";
import { SuggestionCard } from "./suggestion-card.tsx";
import { useEvidenceWords } from "./use-evidence-words.ts";
import { type IdentityActs, useIdentityActs } from "./use-identity-acts.ts";

type IdentitySectionProps = {
  customerId: string;
  level: 2 | 3;
  /** The handles alone, until all is here and where it cannot be had. */
  plain: ReactNode;
};

/** Who somebody is over all networks: how sure and why, who may be the same person, and what was decided about it. */
export function IdentitySection({ customerId, level, plain }: IdentitySectionProps) {
  const { t } = useLingui();
  const { data: view } = useQuery(identityQuery(customerId));
  const acts = useIdentityActs();
  const [joining, setJoining] = useState(false);
  if (!view) return plain;
  const Heading = `h${level}` as const;
  return (
    <section>
      <div className={css.head}>
        <Heading>
          {t`Handles`} <span className="mute num">{view.handles.length}</span>
        </Heading>
        {view.mayJoin && !joining ? (
          <Button
            look="bare"
            size="small"
            icon="link"
            iconOnly
            aria-label={t`Join with another customer`}
            title={t`Join with another customer`}
            onClick={() => setJoining(true)}
          />
        ) : null}
      </div>
      {joining ? <JoinForm customerId={view.id} acts={acts} onClose={() => setJoining(false)} /> : null}
      <ul>
        {view.handles.map((one) => (
          <HandleRow key={one.id} handle={one} view={view} acts={acts} />
        ))}
      </ul>
      {view.suggestions.length > 0 ? (
        <ul className={css.suggestions} aria-label={t`Suggestions`}>
          {view.suggestions.map((one, at) => (
            <SuggestionCard key={one.id} suggestion={one} acts={acts} mayJoin={view.mayJoin} first={at === 0} />
          ))}
        </ul>
      ) : null}
      <Decided list={view.acts} acts={acts} mayJoin={view.mayJoin} />
    </section>
  );
}

/** What people decided, with the way back, however long ago. */
function Decided({ list, acts, mayJoin }: { list: readonly IdentityAct[]; acts: IdentityActs; mayJoin: boolean }) {
  const { t } = useLingui();
  const evidence = useEvidenceWords();
  const [undoing, setUndoing] = useState<string | null>(null);
  if (list.length === 0) return null;
  return (
    <details className={css.decided}>
      <summary>
        {t`What was decided`} <span className="mute num">{list.length}</span>
      </summary>
      <ul>
        {list.map((one) => (
          <li key={one.id}>
            <div className={css.act} data-undone={one.undone ? true : undefined}>
              <span>
                {evidence.act(one)}{" "}
                <span className="mute">
                  <Moment at={one.at} />
                </span>
                {one.undone ? (
                  <span className="mute"> {t`taken back by ${one.undone.by?.name ?? t`Somebody`}`}</span>
                ) : null}
              </span>
              {mayJoin && !one.undone && undoing !== one.id ? (
                <Button
                  size="small"
                  look="soft"
                  busy={acts.undo.busy}
                  onClick={() => setUndoing(one.id)}
                >{t`Undo`}</Button>
              ) : null}
            </div>
            {undoing === one.id ? <UndoForm id={one.id} acts={acts} onDone={() => setUndoing(null)} /> : null}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What taking it back would change, then the act itself. */
function UndoForm({ id, acts, onDone }: { id: string; acts: IdentityActs; onDone: () => void }) {
  const { t } = useLingui();
  const preview = useQuery(undoPreviewQuery(id));
  const sending = useSending();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of acts is no set of fields.
    <div role="group" aria-label={t`Undo`} tabIndex={-1} className={css.preview} aria-live="polite">
      <FetchFault query={preview} />
      {preview.isPending ? <Skeleton shape="lines" count={2} /> : null}
      {sending.problem ? <ProblemNotice problem={sending.problem} /> : null}
      {preview.data ? <PreviewList preview={preview.data} /> : null}
      <div className={css.acts}>
        <StitchedChoice
          preview={preview.data}
          act={t({ message: "Take it back", context: "undo" })}
          busy={sending.busy}
          onDo={(stitched) => sending.send(() => acts.undo.sendAsync({ id, stitched }).then(onDone))}
        />
        <Button size="small" onClick={onDone}>{t`Cancel`}</Button>
      </div>
    </div>
  );
}
