import { Trans, useLingui } from "@lingui/react/macro";
import { Bar } from "../../shared/ui/bar.tsx";
import { Button } from "../../shared/ui/button.tsx";
import { Chip } from "../../shared/ui/chip.tsx";
import { type Column, DataTable } from "../../shared/ui/data-table.tsx";
import type { OutcomeLine } from "./outcome-lines.ts";
import css from "./outcomes-part.module.css";
import { idOf, type Picked, type PickProps } from "./outcomes-query.ts";
import { useMeasureWords } from "./use-measure-words.ts";
import { useOutcomeWords } from "./use-outcome-words.ts";

type OutcomeTableProps = PickProps & {
  lines: readonly OutcomeLine[];
  zone: string;
  opens: (path: readonly string[]) => boolean;
  onFlip: (path: readonly string[]) => void;
};

/** Outcomes, the reasons below each, and what is finer below those; every name opens the conversations behind it. */
export function OutcomeTable({ lines, zone, opens, onFlip, picked, onPick, hold }: OutcomeTableProps) {
  const { t } = useLingui();
  const words = useMeasureWords(zone);
  const outcomeWords = useOutcomeWords(words);
  const columns: Column<OutcomeLine>[] = [
    { id: "name", heading: t`Outcome and reason`, names: true, cell: nameCell },
    { id: "count", heading: t`Conversations`, number: true, cell: (line) => words.number(line.count) },
    {
      id: "share",
      heading: t`Share of the line above`,
      number: true,
      cell: (line) => (
        <span className={css.share}>
          <Bar part={line.share} width={56} />
          <span className={css.percent}>{words.value("share", line.share)}</span>
        </span>
      ),
    },
    {
      id: "took",
      heading: t`Resolution, middle`,
      number: true,
      cell: (line) =>
        line.medianMs === null ? (
          <span className="mute">–</span>
        ) : (
          <span className={css.whole}>{words.length(line.medianMs)}</span>
        ),
    },
    {
      id: "change",
      heading: t`Against the span before`,
      number: true,
      cell: (line) => <span className={css.whole}>{outcomeWords.change(line)}</span>,
    },
  ];

  function nameCell(line: OutcomeLine) {
    const [outcome, reason, finer] = line.path;
    const mine: Picked = { outcome, ...(reason !== undefined && { reason }), ...(finer !== undefined && { finer }) };
    const chosen = picked !== null && idOf(picked) === idOf(mine);
    const name = outcomeWords.name(line);
    const open = opens(line.path);
    return (
      <span className={css.name} data-depth={line.path.length - 1}>
        {line.leaf ? (
          <span className={css.noFlip} />
        ) : (
          <Button
            look="bare"
            size="small"
            icon={open ? "down" : "right"}
            iconOnly
            aria-expanded={open}
            aria-label={t`What is below ${name}`}
            onClick={() => onFlip(line.path)}
          />
        )}
        <span ref={(place) => hold(idOf(mine), place)}>
          <button
            type="button"
            className={css.pick}
            aria-pressed={chosen}
            title={line.path.length > 1 ? outcomeWords.way(line) : undefined}
            onClick={() => onPick(chosen ? null : mine)}
          >
            {name}
          </button>
        </span>
        {line.listed === "before" ? (
          <Chip look="dashed" title={t`It cannot be chosen any more.`}>
            <Trans>retired</Trans>
          </Chip>
        ) : null}
      </span>
    );
  }

  return (
    <DataTable
      caption={t`Outcomes and reasons of the conversations resolved in these days`}
      columns={columns}
      rows={lines}
      rowKey={(line) => JSON.stringify(line.path)}
    />
  );
}
