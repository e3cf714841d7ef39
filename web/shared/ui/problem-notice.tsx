import { useLingui } from "@lingui/react/macro";
import { type ReactNode, useEffect } from "react";
import type { FieldFault, Problem } from "../api/problem.ts";
import { saysProblem } from "../api/said-problems.ts";
import { fieldOf, sayFault } from "./fault-words.ts";
import { Icon, type IconName } from "./icon.tsx";
import css from "./problem-notice.module.css";
import { useProblemWords } from "./problem-words.ts";

type ProblemNoticeProps = {
  problem: Problem;
  /** Ways on, named for what they do: "Try now", "See what changed". */
  acts?: ReactNode;
  /** What is safe: "Your text is safe below." */
  safe?: ReactNode;
};

const ICON: Record<Problem["kind"], IconName> = {
  refused: "warning",
  failed: "warning",
  unknown: "clock",
  conflict: "people",
  offline: "warning",
  "signed-out": "lock",
};

/** The server's own sentences. */
const ENGLISH = { lang: "en", dir: "ltr" } as const;

/**
 * A problem in plain words: what happened, what did not, what is safe, what to do. Refused, failed, unknown, somebody
 * first and offline look different, because the next step is different.
 */
export function ProblemNotice({ problem, acts, safe }: ProblemNoticeProps) {
  const { t } = useLingui();
  const words = useProblemWords(problem);
  useEffect(() => saysProblem(problem), [problem]);
  return (
    <section className={`${css.notice} ${css[problem.kind]}`} role="alert" aria-label={words.title}>
      <p className={css.head}>
        <Icon name={ICON[problem.kind]} />
        <b>{words.title}</b>
      </p>
      <div className={css.body}>
        {words.detail ? <p {...(words.foreign && ENGLISH)}>{words.detail}</p> : null}
        {safe ? <p>{safe}</p> : null}
        {problem.errors.length > 0 ? (
          <ul className={css.faults}>
            {problem.errors.map((fault) => (
              <FaultLine key={`${fault.path} ${fault.message}`} fault={fault} />
            ))}
          </ul>
        ) : null}
        {problem.kind === "failed" && problem.traceId ? (
          <p className={css.trace}>{t`When you ask for help, name this: ${problem.traceId}`}</p>
        ) : null}
        {acts ? <div className={css.acts}>{acts}</div> : null}
      </div>
    </section>
  );
}

function FaultLine({ fault }: { fault: FieldFault }) {
  const { words, foreign } = sayFault(fault);
  // Where the house wrote the sentence, it says itself what it is about.
  const field = fault.params || fault.code ? fieldOf(fault) : "";
  return (
    <li>
      {field ? (
        <>
          <bdi className="mid">{field}</bdi>:{" "}
        </>
      ) : null}
      <span {...(foreign && ENGLISH)}>{words}</span>
    </li>
  );
}
