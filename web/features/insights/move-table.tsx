import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { InviteMoves } from "#contracts/invites";
import { api } from "../../shared/api/api.ts";
import { type Column, DataTable } from "../../shared/ui/data-table.tsx";
import css from "./figure-pane.module.css";
import { type Asked, FIGURES } from "./figures-query.ts";

type Move = InviteMoves["rows"][number];

/** From public to private, by the place customers were asked to come to: where they are lost on the way, and what came of it. */
export function MoveTable({ asked }: { asked: Asked }) {
  const { t } = useLingui();
  const query = useQuery({
    queryKey: [FIGURES, "moves", asked],
    queryFn: ({ signal }) => api.get<InviteMoves>("/api/insights/moves", asked, signal),
  });
  const places = { dm: t`DM`, email: t`e-mail`, chat: t`chat`, callback: t`call-back`, call: t`call` };
  const count = (id: keyof Move, heading: string): Column<Move> => ({
    id,
    heading,
    number: true,
    cell: (row) => String(row[id]),
  });
  const columns: Column<Move>[] = [
    { id: "destination", heading: t`Asked to come by`, names: true, cell: (row) => places[row.destination] },
    count("sent", t`Invited`),
    count("opened", t`Opened`),
    count("returned", t`Came`),
    count("elsewhere", t`Came another way`),
    count("ended", t`Did not come`),
    {
      id: "outcomes",
      heading: t`What came of it`,
      cell: (row) => row.outcomes.map(({ outcome, count: times }) => `${outcome} ${times}`).join(", ") || "–",
    },
  ];
  if (!query.data || query.data.rows.length === 0) return null;
  return (
    <section className={css.part} aria-label={t`From public to private`}>
      <DataTable
        caption={t`From public to private`}
        captionShown
        columns={columns}
        rows={query.data.rows}
        rowKey={(row) => row.destination}
      />
    </section>
  );
}
