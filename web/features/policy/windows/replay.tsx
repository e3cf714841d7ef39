import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { WindowReplay, Windows, WindowsView } from "#contracts/windows";
import { useCommand } from "../../../shared/api/use-command.ts";
import { presentMoment } from "../../../shared/time/clock.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { Card } from "../../../shared/ui/card.tsx";
import { Chip } from "../../../shared/ui/chip.tsx";
import { TextField } from "../../../shared/ui/field.tsx";
import { ProblemNotice } from "../../../shared/ui/problem-notice.tsx";
import { ReplayChanges } from "./replay-changes.tsx";
import { ReplayFigures } from "./replay-figures.tsx";
import css from "./windows.module.css";
import { dayOf, daysSpan, lastMonth, sameWindows } from "./windows-form.ts";
import { replayWindows } from "./windows-query.ts";

type ReplayProps = { brandId: string; windows: Windows | null; names: WindowsView["names"] };

/** Runs a part of the past under the windows as they stand on this page, beside those in force. Nothing is changed. */
export function Replay({ brandId, windows, names }: ReplayProps) {
  const { t } = useLingui();
  const [days, setDays] = useState(() => lastMonth(presentMoment()));
  const [of, setOf] = useState<Windows | null>(null);
  const run = useCommand({ run: replayWindows, onDone: (_answer, asked) => setOf(asked.windows) });
  const span = daysSpan(days.first, days.last);
  return (
    <Card title={t`Replay the past`}>
      <div className={css.replay}>
        <p className="small mid">
          <Trans>What would be joined or parted under these windows. Nothing is changed.</Trans>
        </p>
        <div className={css.days}>
          <TextField
            label={t`First day`}
            type="date"
            value={days.first}
            onChange={(event) => setDays({ ...days, first: event.target.value })}
          />
          <TextField
            label={t`Last day`}
            type="date"
            value={days.last}
            onChange={(event) => setDays({ ...days, last: event.target.value })}
          />
        </div>
        <div className={css.acts}>
          <Button
            look="primary"
            busy={run.busy}
            refused={
              windows === null
                ? t`A field is not a number yet.`
                : span === null
                  ? t`Choose 92 days at most, the first before the last.`
                  : null
            }
            onClick={() => windows && span && run.send({ brandId, windows, ...span })}
          >
            <Trans>Replay</Trans>
          </Button>
          <Button
            look="bare"
            size="small"
            onClick={() => {
              const now = presentMoment();
              setDays({ first: dayOf(now - 30 * 86_400_000), last: dayOf(now) });
            }}
          >
            <Trans>The last 30 days</Trans>
          </Button>
        </div>
        {run.problem ? <ProblemNotice problem={run.problem} safe={t`The windows in force are as they were.`} /> : null}
        {run.answer ? <Result result={run.answer} names={names} stale={!sameWindows(of, windows)} /> : null}
      </div>
    </Card>
  );
}

function Result({ result, names, stale }: { result: WindowReplay; names: WindowsView["names"]; stale: boolean }) {
  const { looked } = result;
  return (
    <div className={css.result} role="status">
      {stale ? (
        <Chip look="soon">
          <Trans>of windows that were changed since</Trans>
        </Chip>
      ) : null}
      {result.cut ? (
        <p className="small mid">
          <Trans>There was more than one run looks at: these are the {looked} conversations that spoke last.</Trans>
        </p>
      ) : null}
      {looked === 0 ? (
        <p className="small mid">
          <Trans>Nothing was said in these days.</Trans>
        </p>
      ) : (
        <>
          <ReplayFigures before={result.before} after={result.after} />
          <ReplayChanges result={result} names={names} />
        </>
      )}
    </div>
  );
}
