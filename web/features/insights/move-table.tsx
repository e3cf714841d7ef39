import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { InviteMoves } from "#contracts/invites";
import { api } from "../../shared/api/api.ts";
import { type Column, DataTable } from "../../shared/ui/data-table.tsx";
import css from "./figure-pane.module.css";
import { type Asked, FIGURES } from "./figures-query.ts";
import { useWayWords } from "./use-way-words.ts";

type Move = InviteMoves["rows"][number];

/** From public to private, by the place customers were asked to come to: where they are lost on the way, and what came of it. */
export function MoveTable({ asked }: { asked: Asked }) {
  const { t } = useLingui();
  const query = useQuery({
    queryKey: [FIGURES, "moves", asked],
    queryFn: ({ signal }) => api.get<InviteMoves>("/api/insights/moves", asked, signal),
  });
  const wayWords = useWayWords();
  const count = (id: "sent" | "opened" | "returned", heading: string): Column<Move> => ({
    id,
    heading,
    number: true,
    cell: (row) => String(row[id]),
  });
  const columns: Column<Move>[] = [
    { id: "destination", heading: t`Asked to come by`, names: true, cell: (row) => wayWords(row.destination) },
    count("sent", t`Invited`),
    count("opened", t`Opened`),
    count("returned", t`Came`),
    { id: "outcomes", heading: t`What came of it`, cell: (row) => <Outcomes move={row} /> },
  ];
  if (!query.data || query.data.rows.length === 0) return null;
  return (
    <section className={`${css.part} ${css.moves}`} aria-label={t`From public to private`}>
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

/** How many ended how; then who came another way, and who never came. */
function Outcomes({ move }: { move: Move }) {
  const { t } = useLingui();
  const lost = [
    move.elsewhere > 0 && t`${plural(move.elsewhere, { one: "# came another way", other: "# came another way" })}`,
    move.ended > 0 && t`${plural(move.ended, { one: "# did not come", other: "# did not come" })}`,
  ].filter((line) => line !== false);
  if (move.outcomes.length + lost.length === 0) return <span className="mute">{t`nothing yet`}</span>;
  return (
    <ul className={css.outcomes}>
      {move.outcomes.map(({ outcome, count }) => (
        <li key={outcome}>
          <span className="num">{count}</span> {outcome}
        </li>
      ))}
      {lost.map((line) => (
        <li key={line} className="mute">
          {line}
        </li>
      ))}
    </ul>
  );
}
