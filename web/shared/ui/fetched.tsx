import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { asProblem } from "../api/problem.ts";
import { Button } from "../ui/button.tsx";
import { ProblemNotice } from "../ui/problem-notice.tsx";
import { Skeleton } from "../ui/skeleton.tsx";

type Query<Data> = { data: Data | undefined; error: unknown; refetch: () => unknown };

/** A list that is fetched: its place while it comes, why it does not, and then the list. */
export function Fetched<Data>({ query, children }: { query: Query<Data>; children: (data: Data) => ReactNode }) {
  return (
    <>
      {query.error ? (
        <ProblemNotice
          problem={asProblem(query.error)}
          acts={
            <Button size="small" onClick={() => void query.refetch()}>
              <Trans>Try again</Trans>
            </Button>
          }
        />
      ) : null}
      {query.data ? children(query.data) : query.error ? null : <Skeleton shape="rows" count={5} />}
    </>
  );
}
