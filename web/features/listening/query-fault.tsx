import { Trans } from "@lingui/react/macro";
import type { QueryFaultView } from "#contracts/monitors";
import { sayServer } from "../../shared/text/said/known-phrases.ts";
import { ServerWords } from "../../shared/text/said/server-words.tsx";

/** What is wrong with a query, and what could stand there. */
export function QueryFault({ fault: { code, says, write } }: { fault: QueryFaultView }) {
  return (
    <span>
      <ServerWords code={code}>{says}</ServerWords>
      {write === null ? null : (
        <>
          {" "}
          <Trans>
            For example: <Hint write={write} />
          </Trans>
        </>
      )}
    </span>
  );
}

/** Said in words of the page's language, or as it is typed: `lang:en`. */
function Hint({ write }: { write: string }) {
  const { words, foreign } = sayServer(write);
  return foreign ? <code dir="ltr">{words}</code> : <bdi>{words}</bdi>;
}
