import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { ApprovalView } from "#contracts/approval";
import { useTimeWords } from "../../shared/time/format.ts";
import { Banner } from "../../shared/ui/banner.tsx";
import { Button } from "../../shared/ui/button.tsx";
import { sayProblem } from "../../shared/ui/problem-words.ts";
import css from "./approval.module.css";
import { ChangedWords } from "./changed-words.tsx";
import { useApprovalActs } from "./use-approval-acts.ts";
import { useApprovalWords } from "./use-approval-words.ts";

/** What of this conversation waits for other eyes, and what came back. */
export default function ConversationApprovals({ approvals }: { approvals: readonly ApprovalView[] }) {
  return (
    <div className={css.strip}>
      {approvals.map((one) => (
        <One key={one.id} of={one} />
      ))}
    </div>
  );
}

function One({ of }: { of: ApprovalView }) {
  const { t } = useLingui();
  const words = useApprovalWords();
  const time = useTimeWords();
  const acts = useApprovalActs(of);
  if (of.state === "returned") {
    const last = of.steps.findLast((step) => step.act === "returned");
    return (
      <Banner look="soon" icon="shield" announce="polite" title={t`${last?.who ?? ""} gave your reply back.`}>
        <bdi>{last?.says ?? ""}</bdi> <Trans>Your text is in the composer.</Trans>
      </Banner>
    );
  }
  return (
    <Banner
      look={of.staleAt ? "soon" : "info"}
      icon="shield"
      announce="polite"
      title={of.staleAt ? t`Waits, and something was said meanwhile.` : t`With ${words.names(of)}.`}
      acts={
        <>
          {of.staleAt && (of.mine || of.mayDecide) ? (
            <Button
              size="small"
              busy={acts.sure.busy}
              onClick={() => acts.sure.send(acts.on)}
            >{t`It still fits`}</Button>
          ) : null}
          {of.mine ? (
            <Button
              size="small"
              busy={acts.take.busy}
              onClick={() => acts.take.send(acts.on)}
            >{t`Take it back`}</Button>
          ) : null}
          {of.mayDecide && !of.staleAt ? (
            <Button
              size="small"
              look="primary"
              busy={acts.pass.busy}
              onClick={() => acts.pass.send({ ...acts.on, text: null })}
            >{t`Pass it`}</Button>
          ) : null}
          {of.mayDecide ? (
            <Link to="/approvals" className={css.link}>
              <Trans>Change it or give it back</Trans>
            </Link>
          ) : null}
        </>
      }
    >
      <span className={css.quoted}>
        <Trans>
          “<ChangedWords before={of.firstText} after={of.text} />”
        </Trans>
      </span>{" "}
      {of.audience === "public" ? t`Nothing is public yet.` : t`Nothing was sent yet.`}{" "}
      {of.dueAt ? t`Others are asked at ${time.time(of.dueAt)}.` : null}
      {acts.problem ? ` ${sayProblem(acts.problem)}` : null}
    </Banner>
  );
}
