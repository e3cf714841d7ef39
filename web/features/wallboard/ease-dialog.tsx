import { useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import type { BoardQueue } from "#contracts/supervision";
import { useSending } from "../../shared/api/use-sending.ts";
import { useSpanEnd } from "../../shared/api/use-span-end.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Dialog } from "../../shared/ui/dialog.tsx";
import { Select, TextField } from "../../shared/ui/field.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import css from "./dialogs.module.css";
import { useBoardWords } from "./use-board-words.ts";
import type { Supervision } from "./use-supervision.ts";

const SPANS = ["30", "60", "120", "240"] as const;
const PERCENTS = ["125", "150", "200", "300"] as const;
const LEVELS = [0, 10, 20, 30, 40, 50, 60, 70, 80, 90] as const;
const WHICH = {
  calm: ["normal", "low"],
  "not-urgent": ["high", "normal", "low"],
  all: ["urgent", "high", "normal", "low"],
} as const;

type EaseProps = {
  queue: BoardQueue;
  /** What is easier of it already cannot be chosen again. */
  stretched: boolean;
  lowered: readonly string[];
  supervision: Supervision;
  onClose: () => void;
};

/** Longer targets, or less of a skill, for a time; it is as before by itself. */
export default function EaseDialog({ queue, stretched, lowered, supervision, onClose }: EaseProps) {
  const { t } = useLingui();
  const words = useBoardWords();
  const skills = queue.skills.filter((one) => one.level > 0 && !lowered.includes(one.id));
  const whats = [
    ...(stretched ? [] : [{ value: "target" as const, label: t`Its targets are longer` }]),
    ...(skills.length > 0 ? [{ value: "skill" as const, label: t`Less of a skill is asked` }] : []),
  ];
  const [what, setWhat] = useState<"target" | "skill">(whats[0]?.value ?? "target");
  const [percent, setPercent] = useState<(typeof PERCENTS)[number]>("150");
  const [which, setWhich] = useState<keyof typeof WHICH>("calm");
  const [skillId, setSkillId] = useState(skills[0]?.id ?? "");
  const [chosen, setLevel] = useState<string | null>(null);
  const [span, setSpan] = useState<(typeof SPANS)[number]>("60");
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const sending = useSending();
  const endOf = useSpanEnd();
  const asked = skills.find((one) => one.id === skillId)?.level ?? 0;
  const levels = LEVELS.filter((level) => level < asked);
  const level = levels.find((one) => String(one) === chosen) ?? levels.findLast((one) => one <= asked / 2) ?? 0;
  const target = words.waited(queue.targetMs);
  const longer = words.waited((queue.targetMs * Number(percent)) / 100);

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (reason.trim() === "") return;
    const eased = {
      ...{ queueId: queue.id, reason: reason.trim() },
      until: endOf(Number(span), sending.problem),
      what:
        what === "target"
          ? { what, percent: Number(percent), priorities: [...WHICH[which]] }
          : { what, skillId, level },
    };
    sending.send(() => supervision.easing.sendAsync(eased).then(onClose));
  }

  return (
    <Dialog open onClose={onClose} title={t`Ease ${queue.name}`} width={440}>
      <form className={css.form} onSubmit={onSubmit} noValidate>
        {sending.problem ? <ProblemNotice problem={sending.problem} safe={t`Your words are safe here.`} /> : null}
        <Select label={t`What`} value={what} options={whats} onChange={setWhat} />
        {what === "target" ? (
          <>
            <Select
              label={t`How long`}
              value={percent}
              options={PERCENTS.map((value) => ({ value, label: t`${value} % of the usual` }))}
              onChange={setPercent}
              hint={t`Normal work: ${longer} instead of ${target}. Danger to people is never stretched.`}
            />
            <Select
              label={t`Of which work`}
              value={which}
              options={[
                { value: "calm", label: t`Normal and low` },
                { value: "not-urgent", label: t`All but urgent` },
                { value: "all", label: t`All` },
              ]}
              onChange={setWhich}
              hint={t`What waits counts by it at once. When the time is over, it keeps the longer target; what comes then has the usual one.`}
            />
          </>
        ) : (
          <>
            <Select
              label={t`Skill`}
              value={skillId}
              options={skills.map((one) => ({ value: one.id, label: one.name }))}
              onChange={setSkillId}
            />
            <Select
              label={t`Enough is`}
              value={String(level)}
              options={levels.map((value) => ({ value: String(value), label: t`${value} of 100` }))}
              onChange={setLevel}
              hint={t`Usually ${asked} of 100. Clearances and trainings stay asked for.`}
            />
          </>
        )}
        <Select
          label={t({ message: "For", context: "how long" })}
          value={span}
          options={SPANS.map((value) => ({ value, label: t`${value} min` }))}
          onChange={setSpan}
        />
        <TextField
          label={t`Reason`}
          hint={t`Written to the log with your name.`}
          maxLength={200}
          value={reason}
          fault={tried && reason.trim() === "" ? t`Say why, in a few words.` : undefined}
          onChange={(event) => setReason(event.target.value)}
        />
        <Button type="submit" look="primary" busy={sending.busy}>{t`Ease until then`}</Button>
      </form>
    </Dialog>
  );
}
