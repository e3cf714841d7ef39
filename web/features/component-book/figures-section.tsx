import { useState } from "react";
import { Bar } from "../../shared/ui/bar.tsx";
import { type Column, DataTable, type Sort } from "../../shared/ui/data-table.tsx";
import { MeasureCell } from "../../shared/ui/measure-cell.tsx";
import { Sparkline } from "../../shared/ui/sparkline.tsx";
import css from "./book.module.css";
import { Sample } from "./sample.tsx";

type Row = { episode: string; agent: string; minutes: number; why: string };

const rows: Row[] = [
  { episode: "C-19877 / 2", agent: "S. Birch", minutes: 252, why: "night, 3 h 40" },
  { episode: "C-20011 / 1", agent: "D. Okafor", minutes: 123, why: "approval, 1 h 31" },
  { episode: "C-19990 / 1", agent: "P. Nair", minutes: 58, why: "queue, 52 min" },
];
const columns: Column<Row>[] = [
  { id: "episode", heading: "Episode", names: true, cell: (row) => <a href="#main">{row.episode}</a> },
  { id: "agent", heading: "Agent", cell: (row) => row.agent },
  { id: "minutes", heading: "Reply", number: true, sortable: true, cell: (row) => `${row.minutes} min` },
  { id: "why", heading: "Where the time went", cell: (row) => row.why },
];
const falling = { values: [18, 17, 15, 16, 14, 14, 13], sentence: "First reply fell from 18 to 13 minutes in 7 days" };

export function FiguresSection() {
  const [chosen, setChosen] = useState(true);
  const [sort, setSort] = useState<Sort>({ column: "minutes", descending: true });
  const sorted = [...rows].sort((a, b) => (sort.descending ? b.minutes - a.minutes : a.minutes - b.minutes));
  return (
    <>
      <Sample name="Measures" note="settled dot, provisional dashed">
        <div className={css.pair}>
          <MeasureCell
            name="First public reply, middle"
            value="13"
            unit="min"
            delta={{ text: "−1 min", direction: "better" }}
            detail="9 of 10 under 31"
            trend={falling}
            chosen={chosen}
            onChoose={() => setChosen(!chosen)}
          />
          <MeasureCell
            name="Came back within 72 h"
            value="22"
            unit="%"
            provisional={{ until: "22 Nov", mayMove: "may rise to 24" }}
            onChoose={() => {}}
          />
          <MeasureCell
            name="Paid to networks"
            value="$20.60"
            delta={{ text: "+$4.10", direction: "worse" }}
            detail="X"
          />
          <MeasureCell name="C-SAT" value={null} detail="3 answers" />
        </div>
        <div className={css.stack}>
          <Sparkline {...falling} />
          <Bar part={0.65} />
          <Bar part={0.9} look="soon" />
          <Bar part={1.4} look="late" />
        </div>
      </Sample>
      <Sample name="Table">
        <DataTable
          caption="Slowest first replies"
          columns={columns}
          rows={sorted}
          rowKey={(row) => row.episode}
          sort={sort}
          onSort={setSort}
        />
      </Sample>
    </>
  );
}
