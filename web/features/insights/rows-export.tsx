import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import { asProblem, type Problem } from "../../shared/api/problem.ts";
import { Button } from "../../shared/ui/button.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import { allRows, fileName, type Page, saveFile } from "./export-rows.ts";

type RowsExportProps<Row> = {
  /** What the rows are of, in the file's name. */
  name: string;
  view: { from: string; to: string; zone: string };
  empty: boolean;
  page: (cursor: string | null, signal: AbortSignal) => Promise<Page<Row>>;
  toText: (rows: readonly Row[]) => string;
};

/** All rows as a file, counted while they are read; it can be stopped. */
export function RowsExport<Row>({ name, view, empty, page, toText }: RowsExportProps<Row>) {
  const { t } = useLingui();
  const [count, setCount] = useState<number | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);

  async function run(): Promise<void> {
    const mine = new AbortController();
    stop.current = mine;
    setProblem(null);
    setCount(0);
    try {
      const rows = await allRows(
        (cursor) => page(cursor, mine.signal),
        (read) => setCount(read),
      );
      saveFile(fileName(name, view), toText(rows));
      toasts.add({ text: t`${rows.length} rows saved as a file` });
    } catch (error) {
      if (!mine.signal.aborted) setProblem(asProblem(error));
    }
    if (stop.current === mine) setCount(null);
  }

  return (
    <>
      {count === null ? (
        <Button
          size="small"
          icon="download"
          className="end"
          refused={empty ? t`There are no rows to save.` : null}
          onClick={() => void run()}
        >
          <Trans>All rows as CSV</Trans>
        </Button>
      ) : (
        <Button
          size="small"
          className="end"
          onClick={() => {
            stop.current?.abort();
            stop.current = null;
            setCount(null);
          }}
        >
          <Trans>{count} read, stop</Trans>
        </Button>
      )}
      {problem ? <ProblemNotice problem={problem} safe={t`No file was saved.`} /> : null}
    </>
  );
}
