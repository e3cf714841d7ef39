import { useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import type { ConversationView } from "#contracts/desk";
import { useSending } from "../../../shared/api/use-sending.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { Dialog } from "../../../shared/ui/dialog.tsx";
import { Checkbox, Select, TextArea } from "../../../shared/ui/field.tsx";
import { ProblemNotice } from "../../../shared/ui/problem-notice.tsx";
import css from "./aside.module.css";

type ClosingProps = {
  view: ConversationView;
  /** The outcome that was chosen before; null: the proposed one. */
  first: string | null;
  onClose: () => void;
  onResolve: (how: { outcome: string; name: string; closing: object }) => Promise<unknown>;
};

/** What came of it, why, and what the rest of the company wants to know. */
export default function ClosingDialog({ view, first, onClose, onResolve }: ClosingProps) {
  const { t } = useLingui();
  const { outcomes } = view;
  const [key, setKey] = useState(first ?? view.proposedOutcome?.outcome ?? outcomes[0]?.key ?? "");
  const [top, setTop] = useState("");
  const [below, setBelow] = useState("");
  const [feedback, setFeedback] = useState("");
  const [lead, setLead] = useState(false);
  const [tried, setTried] = useState(false);
  const sending = useSending();
  const outcome = outcomes.find((one) => one.key === key);
  const reasons = outcome?.reasons ?? [];
  const reason = reasons.find((one) => one.key === top);
  const finer = reason?.below ?? [];
  const needed = view.reasonNeeded === true && reasons.length > 0;
  const fault = needed && !reason ? t`This queue asks why: choose a reason.` : undefined;
  const finerFault = finer.length > 0 && below === "" ? t`Choose what it was exactly.` : undefined;
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (!outcome || fault || finerFault) return;
    const path = reason ? [reason.key, ...(finer.length > 0 ? [below] : [])] : [];
    const closing = { reason: path, feedback: feedback.trim(), lead };
    sending.send(() => onResolve({ outcome: outcome.key, name: outcome.name, closing }));
  }
  const choose = (all: readonly { key: string; name: string }[], empty: string) => [
    { value: "", label: empty },
    ...all.map((one) => ({ value: one.key, label: one.name })),
  ];
  return (
    <Dialog open onClose={onClose} title={t`What came of it?`} width={480}>
      <form className={css.form} onSubmit={onSubmit}>
        {sending.problem ? <ProblemNotice problem={sending.problem} safe={t`Your words are safe here.`} /> : null}
        <Select
          label={t`Outcome`}
          value={key}
          autoFocus
          options={outcomes.map((one) => ({ value: one.key, label: one.name }))}
          onChange={(next) => {
            setKey(next);
            setTop("");
            setBelow("");
          }}
        />
        {reasons.length > 0 ? (
          <div className={css.pair}>
            <Select
              label={t`Reason`}
              value={top}
              fault={tried ? fault : undefined}
              options={choose(reasons, needed ? t`Choose …` : t`None`)}
              onChange={(next) => {
                setTop(next);
                setBelow("");
              }}
            />
            {finer.length > 0 ? (
              <Select
                label={t`More exactly`}
                value={below}
                fault={tried ? finerFault : undefined}
                options={choose(finer, t`Choose …`)}
                onChange={setBelow}
              />
            ) : null}
          </div>
        ) : null}
        <TextArea
          label={t`Feedback on the product`}
          value={feedback}
          rows={3}
          maxLength={2_000}
          hint={t`What whoever makes it should know. Leave it empty when there is nothing.`}
          onChange={(event) => setFeedback(event.target.value)}
        />
        <Checkbox checked={lead} onChange={setLead}>
          {t`They may want to buy: a lead for sales`}
        </Checkbox>
        <p className={css.acts}>
          <Button look="primary" type="submit" busy={sending.busy}>{t`Resolve`}</Button>
        </p>
      </form>
    </Dialog>
  );
}
