import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { IdentityView, JoinedHandle } from "#contracts/identity";
import { useSending } from "../../../shared/api/use-sending.ts";
import { ServerWords } from "../../../shared/text/said/server-words.tsx";
import { Button } from "../../../shared/ui/button.tsx";
import { FetchFault } from "../../../shared/ui/fetched.tsx";
import { ProblemNotice } from "../../../shared/ui/problem-notice.tsx";
import { Skeleton } from "../../../shared/ui/skeleton.tsx";
import css from "./identity.module.css";
import { partPreviewQuery } from "./identity-query.ts";
import { PreviewList } from "./preview-list.tsx";
import { StitchedChoice } from "./stitched-choice.tsx";
import { useEvidenceWords } from "./use-evidence-words.ts";
import type { IdentityActs } from "./use-identity-acts.ts";

type WhyPanelProps = { handle: JoinedHandle; view: IdentityView; acts: IdentityActs; onClose: () => void };

/** All that joins a handle to its customer, and the two things an agent can say against it. */
export function WhyPanel({ handle, view, acts, onClose }: WhyPanelProps) {
  const { t } = useLingui();
  const evidence = useEvidenceWords();
  const [parting, setParting] = useState(false);
  const sending = useSending();
  const ask = { customerId: view.id, handleId: handle.id, expectedVersion: view.version };
  return (
    <div className={css.panel}>
      <h3>
        <bdi>{handle.handle || handle.name}</bdi>
      </h3>
      {handle.joins.length === 0 ? <p className="small mid">{t`Nothing joins it: it is who it is.`}</p> : null}
      <ul className={css.reasons}>
        {handle.joins.map((one) => (
          <li key={one.id}>
            <span className="strong">{evidence.why(one)}</span>{" "}
            <span className="mute num">{`${evidence.sure(one.rung)}, ${Math.round(one.confidence * 100)} %`}</span>
            <q className={css.quote} dir="auto">
              <ServerWords code={one.code}>{one.text}</ServerWords>
            </q>
            {one.said ? (
              <Link
                to="/desk/$conversationId"
                params={{ conversationId: one.said.conversationId }}
                preload={false}
                className="small"
                onClick={onClose}
              >
                {t`Where it was said`}
              </Link>
            ) : null}
          </li>
        ))}
      </ul>
      {sending.problem ? <ProblemNotice problem={sending.problem} /> : null}
      {view.mayJoin && parting ? (
        <PartForm {...ask} acts={acts} onDone={onClose} />
      ) : view.mayJoin ? (
        <div className={css.acts}>
          {view.handles.length > 1 ? (
            <Button size="small" icon="split" autoFocus onClick={() => setParting(true)}>{t`Somebody else`}</Button>
          ) : null}
          {handle.shared ? null : (
            <Button
              size="small"
              icon="people"
              busy={sending.busy}
              onClick={() => sending.send(() => acts.share.sendAsync(ask).then(onClose))}
            >{t`Several people write here`}</Button>
          )}
        </div>
      ) : null}
    </div>
  );
}

type PartFormProps = {
  customerId: string;
  handleId: string;
  expectedVersion: number;
  acts: IdentityActs;
  onDone: () => void;
};

/** What parting would change, then the act itself. */
function PartForm({ acts, onDone, ...ask }: PartFormProps) {
  const { t } = useLingui();
  const preview = useQuery(partPreviewQuery(ask.customerId, ask.handleId));
  const sending = useSending();
  return (
    <div className={css.preview} aria-live="polite">
      <FetchFault query={preview} />
      {preview.isPending ? <Skeleton shape="lines" count={2} /> : null}
      {sending.problem ? <ProblemNotice problem={sending.problem} /> : null}
      {preview.data ? <PreviewList preview={preview.data} /> : null}
      <StitchedChoice
        preview={preview.data}
        act={t`Part this handle`}
        busy={sending.busy}
        onDo={(stitched) => sending.send(() => acts.part.sendAsync({ ...ask, stitched }).then(onDone))}
      />
    </div>
  );
}
