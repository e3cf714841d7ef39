import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { asProblem } from "../api/problem.ts";
import { Button } from "../ui/button.tsx";
import { ProblemNotice } from "../ui/problem-notice.tsx";
import { Skeleton } from "../ui/skeleton.tsx";

type Query<Data> = { data: Data | undefined; error: unknown; refetch: () => unknown };

/** Why something was not fetched, and the way to try again; nothing while it comes or is there. */
export function FetchFault({ query }: { query: Pick<Query<unknown>, "error" | "refetch"> }) {
  if (!query.error) return null;
  return (
    <ProblemNotice
      problem={asProblem(query.error)}
      acts={
        <Button
          size="small"
          onClick={(event) => {
            // The button goes with the notice; its keys stay in the dialog, or in the group that takes the focus.
            event.currentTarget.closest<HTMLElement>("[role=dialog], [role=group][tabindex]")?.focus();
            void query.refetch();
          }}
        >
          <Trans>Try again</Trans>
        </Button>
      }
    />
  );
}

/** A list that is fetched: its place while it comes, why it does not, and then the list. */
export function Fetched<Data>({ query, children }: { query: Query<Data>; children: (data: Data) => ReactNode }) {
  return (
    <>
      <FetchFault query={query} />
      {query.data ? children(query.data) : query.error ? null : <Skeleton shape="rows" count={5} />}
    </>
  );
}
