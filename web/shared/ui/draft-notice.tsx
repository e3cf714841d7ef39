import { useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { Problem } from "../api/problem.ts";
import { Banner } from "./banner.tsx";
import { Button } from "./button.tsx";
import { ProblemNotice } from "./problem-notice.tsx";

/** Over the acts of a draft that is not saved: somebody else was first, or the server refused it. Nothing while all is well. */
export function DraftNotice({
  overtaken,
  onDrop,
  onKeep,
  problem,
}: {
  /** What somebody else did meanwhile, as a sentence; null: nobody did. */
  overtaken: string | null;
  onDrop: () => void;
  /** Where the draft may be put upon the other's. */
  onKeep?: () => void;
  problem: Problem | null;
}): ReactNode {
  const { t } = useLingui();
  const safe = t`Your draft is safe here.`;
  if (overtaken === null) return problem ? <ProblemNotice problem={problem} safe={safe} /> : null;
  return (
    <Banner
      look="soon"
      icon="people"
      announce="polite"
      title={overtaken}
      acts={
        <>
          <Button onClick={onDrop}>{t`Take theirs, drop mine`}</Button>
          {onKeep ? <Button onClick={onKeep}>{t`Keep mine to replace it`}</Button> : null}
        </>
      }
    >
      {safe}
    </Banner>
  );
}
