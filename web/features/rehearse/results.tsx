import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import type { Rehearsal, RehearsedLine } from "#contracts/rehearse";
import { Card } from "../../shared/ui/card.tsx";
import { Chip } from "../../shared/ui/chip.tsx";
import { type Column, DataTable } from "../../shared/ui/data-table.tsx";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import type { Names } from "./change-row.tsx";
import { FigureChange } from "./figure-change.tsx";
import css from "./rehearse-page.module.css";
import { useChangeWords } from "./use-change-words.ts";
import { type FigureName, useFigureWords } from "./use-figure-words.ts";

/** Both plays beside each other, in words and by class, queue and team, with what really was. */
export function Results({ result, names, stale }: { result: Rehearsal; names: Names; stale: boolean }) {
  const { t } = useLingui();
  const words = useChangeWords();
  if (result.items === 0)
    return (
      <EmptyState
        title={t`Nothing was handed out in these days`}
      >{t`Choose days in which your people worked.`}</EmptyState>
    );
  const nameOf = (line: RehearsedLine, all = t`All work`) => {
    if (line.of === "all") return all;
    if (line.of === "priority") return line.priority ? words.priorities[line.priority] : "";
    const list = line.of === "queue" ? names.queues : names.teams;
    return list.find((one) => one.id === (line.queueId ?? line.teamId))?.name ?? t`One that is gone`;
  };
  const work = (of: readonly RehearsedLine["of"][]) => result.lines.filter((line) => of.includes(line.of));
  const column = (id: FigureName, heading: string): Column<RehearsedLine> => ({
    ...{ id, heading, number: true, cell: (line) => <FigureChange name={id} figure={line.figures[id]} /> },
  });
  const naming = (heading: string): Column<RehearsedLine> => ({
    id: "name",
    heading,
    cell: (line) => nameOf(line),
    names: true,
  });
  const ofWork = [
    column("serviceLevel", t`Answered in time`),
    column("waitP50", t`Half waited at most`),
    column("waitP90", t`9 of 10 at most`),
    column("waitWorst", t`The longest`),
    column("left", t`Not answered`),
  ];
  const ofPeople = [column("occupancy", t`How full people are`), column("overtime", t`Work after they left`)];
  const key = (line: RehearsedLine) => `${line.of} ${line.queueId ?? line.teamId ?? line.priority}`;
  const all = result.lines.find((line) => line.of === "all");
  return (
    <div className={css.result} role="status">
      {all ? <InWords result={result} all={all} stale={stale} /> : null}
      <Card title={t`By class`} flush>
        <DataTable
          caption={t`Work by class, as it was and as it would be`}
          columns={[naming(t`Class`), ...ofWork]}
          rows={work(["all", "priority"])}
          rowKey={key}
        />
      </Card>
      <Card title={t`By queue`} flush>
        <DataTable
          caption={t`Work by queue, as it was and as it would be`}
          columns={[naming(t`Queue`), ...ofWork, column("transfers", t({ message: "Handed on", context: "column" }))]}
          rows={work(["queue"])}
          rowKey={key}
        />
      </Card>
      <Card title={t`By team`} flush>
        <DataTable
          caption={t`How full people are, as it was and as it would be`}
          columns={[{ ...naming(t`Team`), cell: (line) => nameOf(line, t`Everybody`) }, ...ofPeople]}
          rows={work(["all", "team"]).filter(hasPeople)}
          rowKey={key}
        />
      </Card>
    </div>
  );
}

/** A team of which nobody was here says nothing. */
const hasPeople = ({ figures: { occupancy } }: RehearsedLine) => occupancy?.before != null || occupancy?.after != null;

function InWords({ result, all, stale }: { result: Rehearsal; all: RehearsedLine; stale: boolean }) {
  const { t } = useLingui();
  const say = useFigureWords();
  const { serviceLevel, waitP50, waitWorst, occupancy } = all.figures;
  const { items, seeds, leftOut, agrees } = result;
  const said = (name: FigureName, figure: typeof serviceLevel) => ({
    was: say(name, figure?.before ?? null),
    would: say(name, figure?.after ?? null),
  });
  const [level, half, worst, full] = [
    said("serviceLevel", serviceLevel),
    said("waitP50", waitP50),
    said("waitWorst", waitWorst),
    said("occupancy", occupancy),
  ];
  return (
    <Card
      title={t`In words`}
      aside={stale ? <Chip look="soon">{t`of other changes than stand above now`}</Chip> : undefined}
    >
      <ul className={css.words}>
        {serviceLevel?.before == null || serviceLevel.after === null ? (
          <li>{t`Nothing was due yet, so nothing is in time or late.`}</li>
        ) : (
          <li>
            {level.was === level.would
              ? t`As many would be answered in time: ${level.was}.`
              : t`${level.would} would be answered in time instead of ${level.was}.`}
          </li>
        )}
        <li>
          {half.was === half.would
            ? t`Half would wait ${half.was} at most, as they did.`
            : t`Half would wait ${half.would} at most instead of ${half.was}.`}{" "}
          {worst.was === worst.would
            ? t`The longest wait stays at ${worst.was}.`
            : t`The longest wait would be ${worst.would} instead of ${worst.was}.`}
        </li>
        <li>
          {full.was === full.would
            ? t`People would be as full: ${full.was}.`
            : t`People would be full by ${full.would} instead of ${full.was}.`}
        </li>
      </ul>
      <p className="small mid">
        {t`${plural(items, { one: "# piece of work", other: "# pieces of work" })}, played ${plural(seeds, { one: "once", other: "# times" })} each way.`}{" "}
        {leftOut > 0
          ? t`${plural(leftOut, { one: "# ended by itself and is left out.", other: "# ended by themselves and are left out." })}`
          : null}
      </p>
      <p className="small mid">
        {agrees.compared === 0 || agrees.sameWait === null || agrees.sameAgent === null
          ? t`None of it was really taken by anybody, so nothing tells how near the play comes.`
          : t`How near the play comes to what really was: ${say("serviceLevel", agrees.sameWait)} of the work waited as long to the minute, ${say("serviceLevel", agrees.sameAgent)} went to the same person. Compare the changes with “as it was”, not with what really was.`}
      </p>
    </Card>
  );
}
