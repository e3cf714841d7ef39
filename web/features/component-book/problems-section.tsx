import { Problem, type ProblemKind } from "../../shared/api/problem.ts";
import { Button } from "../../shared/ui/button.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import css from "./book.module.css";
import { Sample } from "./sample.tsx";

function sample(kind: ProblemKind, title: string, detail?: string): Problem {
  return new Problem({ kind, title, detail, type: "about:blank", status: 0, code: kind, traceId: "4f1c0a9e7d2b" });
}

const refused = sample("refused", "Not published.", "The post you answer was deleted at 14:53. Nobody saw your text.");
const failed = sample("failed", "The server broke while it did this.", "Nothing was changed.");
const unknown = sample("unknown", "");
const conflict = sample("conflict", "Dana answered in public 8 s ago", "“Ines, the business desk has it.”");
const offline = sample("offline", "");
const over = sample("signed-out", "");

export function ProblemsSection() {
  return (
    <Sample name="Problems" note="refused, failed, unknown, first, offline: and over: each its own look">
      <div className={css.stack}>
        <ProblemNotice
          problem={refused}
          safe="Your text is safe below."
          acts={<Button size="small">Answer Leith Local instead</Button>}
        />
        <ProblemNotice problem={failed} acts={<Button size="small">Do it again</Button>} />
        <ProblemNotice problem={unknown} acts={<Button size="small">Look now</Button>} />
        <ProblemNotice
          problem={conflict}
          acts={
            <>
              <Button size="small">Keep mine as a draft</Button>
              <Button size="small" look="soft">
                Change mine
              </Button>
            </>
          }
        />
        <ProblemNotice problem={offline} />
        <ProblemNotice problem={over} />
      </div>
    </Sample>
  );
}
