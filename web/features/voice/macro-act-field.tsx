import { useLingui } from "@lingui/react/macro";
import type { MacroAct, MacroBoard } from "#contracts/macros";
import { useTimeWords } from "../../shared/time/format.ts";
import { Select } from "../../shared/ui/field.tsx";

type ActProps = { act: MacroAct | null; board: MacroBoard; onChange: (act: MacroAct | null) => void };

const MINUTES = [60, 240, 1_440, 4_320, 10_080];
const keyOf = (act: MacroAct | null): string => {
  if (act?.kind === "resolve") return `resolve ${act.outcome}`;
  if (act?.kind === "move") return `move ${act.queueId}`;
  return act ? `snooze ${act.minutes}` : "";
};

/** What is done once the words are away. */
export function MacroActField({ act, board, onChange }: ActProps) {
  const { t } = useLingui();
  const words = useTimeWords();
  const minutes = act?.kind === "snooze" && !MINUTES.includes(act.minutes) ? [...MINUTES, act.minutes] : MINUTES;
  const choices: { act: MacroAct | null; label: string }[] = [
    { act: null, label: t`Nothing more` },
    ...board.outcomes.map(({ key, name }) => ({
      act: { kind: "resolve" as const, outcome: key },
      label: t`Resolve: ${name}`,
    })),
    ...board.queues.map(({ id, name }) => ({ act: { kind: "move" as const, queueId: id }, label: t`Move to ${name}` })),
    ...minutes.map((n) => ({
      act: { kind: "snooze" as const, minutes: n },
      label: t`Snooze for ${words.length(n * 60_000)}`,
    })),
  ];
  if (!choices.some((one) => keyOf(one.act) === keyOf(act))) choices.push({ act, label: t`As it was` });
  return (
    <Select
      label={t`Once the words are away`}
      value={keyOf(act)}
      options={choices.map((one) => ({ value: keyOf(one.act), label: one.label }))}
      onChange={(key) => onChange(choices.find((one) => keyOf(one.act) === key)?.act ?? null)}
    />
  );
}
