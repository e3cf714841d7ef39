import { useLingui } from "@lingui/react/macro";
import type { SlaView } from "#contracts/sla";
import { Card } from "../../shared/ui/card.tsx";
import { type Column, DataTable } from "../../shared/ui/data-table.tsx";
import { writeSpan } from "./spans.ts";

type TargetsProps = { view: SlaView; calendars: { id: string; name: string }[] };
type Queue = SlaView["queues"][number];

/** What each queue promises by itself: for whatever no row names. */
export function QueueTargets({ view, calendars }: TargetsProps) {
  const { t } = useLingui();
  const of = (priority: keyof Queue["targets"], heading: string): Column<Queue> => ({
    ...{ id: priority, heading, number: true },
    cell: (queue) => writeSpan(queue.targets[priority]),
  });
  return (
    <Card title={t`Where no row fits: the queue's own targets`} flush>
      <DataTable
        caption={t`First answers by queue and priority`}
        rowKey={(queue) => queue.id}
        rows={view.queues}
        columns={[
          { id: "name", heading: t`Queue`, names: true, cell: (queue) => <bdi>{queue.name}</bdi> },
          of("urgent", t`urgent`),
          of("high", t`high`),
          of("normal", t`normal`),
          of("low", t`low`),
          {
            id: "hours",
            heading: t`in the hours of`,
            cell: (queue) => <bdi>{calendars.find((one) => one.id === queue.calendarId)?.name ?? ""}</bdi>,
          },
        ]}
      />
    </Card>
  );
}
