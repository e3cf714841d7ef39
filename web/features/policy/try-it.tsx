import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { useId, useState } from "react";
import type { PolicyRule } from "#contracts/policy";
import { useCommand } from "../../shared/api/use-command.ts";
import { ServerWords } from "../../shared/text/said/server-words.tsx";
import { Button } from "../../shared/ui/button.tsx";
import { Card } from "../../shared/ui/card.tsx";
import { Chip } from "../../shared/ui/chip.tsx";
import { Select } from "../../shared/ui/field.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import css from "./policy-page.module.css";
import { type DryRun, dryRun } from "./policy-query.ts";
import { faultsOf, sameRules } from "./rules.ts";

type TryItProps = { brandId: string; rules: PolicyRule[] };
/** The last messages it is tried on; the server takes 2,000 at most. */
const LASTS = ["100", "300", "1000", "2000"] as const;

/** Runs the draft over what was said last, without changing anything: how many would be work, and what would be decided otherwise. */
export function TryIt({ brandId, rules }: TryItProps) {
  const { t, i18n } = useLingui();
  const [last, setLast] = useState<(typeof LASTS)[number]>("300");
  const [of, setOf] = useState<PolicyRule[]>([]);
  const run = useCommand({ run: dryRun, onDone: (_answer, asked) => setOf(asked.rules) });
  const number = new Intl.NumberFormat(i18n.locale);
  const faulty = faultsOf(rules).length > 0;

  return (
    <Card title={t`Try it on the past`}>
      <div className={css.try}>
        <p className="small mid">
          <Trans>The rules as they stand on this page are run over the last messages. Nothing is changed.</Trans>
        </p>
        <div className={css.tryRow}>
          <Select
            label={t`Messages`}
            labelHidden
            value={last}
            options={LASTS.map((value) => ({ value, label: t`the last ${number.format(Number(value))}` }))}
            onChange={setLast}
          />
          <Button
            busy={run.busy}
            refused={faulty ? t`A rule is not complete yet.` : null}
            onClick={() => run.send({ brandId, rules, last: Number(last) })}
          >
            <Trans>Try it</Trans>
          </Button>
        </div>
        {run.problem ? <ProblemNotice problem={run.problem} safe={t`The policy in force is as it was.`} /> : null}
        {run.answer ? <Result result={run.answer} stale={!sameRules(of, rules)} /> : null}
      </div>
    </Card>
  );
}

function Result({ result, stale }: { result: DryRun; stale: boolean }) {
  const { t } = useLingui();
  const heading = useId();
  const { looked, work, leave, changed } = result;
  return (
    <div className={css.result} role="status">
      {stale ? (
        <Chip look="soon">
          <Trans>of rules that were changed since</Trans>
        </Chip>
      ) : null}
      <dl className={css.counts}>
        <div>
          <dt>
            <Trans>looked at</Trans>
          </dt>
          <dd>{looked}</dd>
        </div>
        <div>
          <dt>
            <Trans>work</Trans>
          </dt>
          <dd>{work}</dd>
        </div>
        <div>
          <dt>
            <Trans>left</Trans>
          </dt>
          <dd>{leave}</dd>
        </div>
        <div>
          <dt>
            <Trans>decided otherwise</Trans>
          </dt>
          <dd>{changed.length}</dd>
        </div>
      </dl>
      {changed.length === 0 ? (
        <p className="small mid">
          {looked === 0 ? (
            <Trans>There is nothing in the past to try it on.</Trans>
          ) : (
            <Trans>Every message would be decided as it was.</Trans>
          )}
        </p>
      ) : (
        <>
          <h3 className={css.editorHeading} id={heading}>
            {t`${plural(changed.length, { one: "# message would be decided otherwise", other: "# messages would be decided otherwise" })}`}
          </h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard. */}
          <ul className={css.changed} tabIndex={0} aria-labelledby={heading}>
            {changed.map((one) => (
              <li key={one.messageId}>
                <p className="said" dir="auto">
                  {one.text}
                </p>
                <p className={css.verdict}>
                  <Chip>{one.was === null ? t`not decided` : one.was ? t`was work` : t`was left`}</Chip>
                  <span aria-hidden="true" className="flip">
                    →
                  </span>
                  <Chip look={one.would ? "good" : "plain"}>{one.would ? t`would be work` : t`would be left`}</Chip>
                </p>
                <p className="micro mute">
                  <ServerWords>{one.says}</ServerWords>
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
