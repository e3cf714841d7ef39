import { useLingui } from "@lingui/react/macro";
import type { ReplayFigures as Figures } from "#contracts/windows";
import { DataTable } from "../../../shared/ui/data-table.tsx";

type Row = { id: string; name: string; before: string; after: string };

/** The figures that windows move: as they stand, and as they would. */
export function ReplayFigures({ before, after }: { before: Figures; after: Figures }) {
  const { t, i18n } = useLingui();
  const whole = new Intl.NumberFormat(i18n.locale);
  const percent = new Intl.NumberFormat(i18n.locale, { style: "percent", maximumFractionDigits: 1 });
  const share = (part: number, of: number) => (of === 0 ? "–" : percent.format(part / of));
  const row = (id: string, name: string, of: (figures: Figures) => string): Row => ({
    ...{ id, name, before: of(before), after: of(after) },
  });
  const rows = [
    row("episodes", t`Episodes`, (f) => whole.format(f.episodes)),
    row("returns", t`Of them come back`, (f) => whole.format(f.returns)),
    row("settled", t`Settled in one episode`, (f) => share(f.settled, f.done)),
    row("first", t`Solved at the first contact`, (f) => share(f.firstSettled, f.firstContacts)),
    row("bursts", t`Bursts`, (f) => whole.format(f.bursts)),
  ];
  return (
    <DataTable
      caption={t`Figures as they stand and as they would`}
      columns={[
        { id: "name", heading: t`Figure`, cell: (one) => one.name, names: true },
        { id: "before", heading: t`Now`, cell: (one) => one.before, number: true },
        {
          id: "after",
          heading: t({ message: "Then", context: "as it would be" }),
          cell: (one) => (one.before === one.after ? one.after : <b>{one.after}</b>),
          number: true,
        },
      ]}
      rows={rows}
      rowKey={(one) => one.id}
    />
  );
}
