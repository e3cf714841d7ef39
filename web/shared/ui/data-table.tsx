import type { ReactNode } from "react";
import css from "./data-table.module.css";
import { Icon } from "./icon.tsx";

export type Column<Row> = {
  id: string;
  heading: string;
  cell: (row: Row) => ReactNode;
  /** Numbers stand at the end of their column in tabular figures. */
  number?: boolean;
  /** The column that names the row; exactly one. */
  names?: boolean;
  sortable?: boolean;
};

export type Sort = { column: string; descending: boolean };

type DataTableProps<Row> = {
  /** What the table tells, for screen readers; shown when `captionShown`. */
  caption: string;
  captionShown?: boolean;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  sort?: Sort | null;
  onSort?: (sort: Sort) => void;
  /** What stands in place of no rows. */
  empty?: ReactNode;
};

/** A plain table that scrolls inside its own box. Sorting belongs to whoever holds the rows. */
export function DataTable<Row>({
  caption,
  captionShown = false,
  columns,
  rows,
  rowKey,
  sort = null,
  onSort,
  empty,
}: DataTableProps<Row>) {
  if (rows.length === 0 && empty) return <>{empty}</>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard.
    <section className={css.scroll} aria-label={caption} tabIndex={0}>
      <table className={css.table}>
        <caption className={captionShown ? css.caption : css.hidden}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => {
              const sorted = sort?.column === column.id ? (sort.descending ? "descending" : "ascending") : undefined;
              return (
                <th key={column.id} scope="col" className={column.number ? css.number : undefined} aria-sort={sorted}>
                  {column.sortable && onSort ? (
                    <button
                      type="button"
                      className={css.sort}
                      onClick={() => onSort({ column: column.id, descending: sorted === "ascending" })}
                    >
                      {column.heading}
                      <Icon
                        name="down"
                        size="small"
                        className={sorted === "ascending" ? css.up : sorted ? "" : css.unsorted}
                      />
                    </button>
                  ) : (
                    column.heading
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column) =>
                column.names ? (
                  <th key={column.id} scope="row">
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.id} className={column.number ? css.number : undefined}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
