import { useLingui } from "@lingui/react/macro";
import { lazy, type ReactNode, Suspense } from "react";
import type { PromiseShown } from "#contracts/sla";
import { Popover } from "../../../shared/ui/popover.tsx";
import { Skeleton } from "../../../shared/ui/skeleton.tsx";
import css from "../conversation-head.module.css";
import clocksCss from "./clocks.module.css";
import { useClockWords } from "./use-clock-words.ts";

const ClockStories = lazy(() => import("./clock-stories.tsx"));

type ClockPillProps = {
  conversationId: string;
  promise: PromiseShown | null;
  children: ReactNode;
};

/** The clock of the head: whose promise it is, and why it stands still; a press tells all clocks of the conversation. */
export function ClockPill({ conversationId, promise, children }: ClockPillProps) {
  const { t } = useLingui();
  const words = useClockWords();
  return (
    <Popover
      label={t`Clocks`}
      placement="bottom end"
      trigger={
        <button
          type="button"
          className={css.clockPill}
          title={promise ? words.promise(promise) : t`What is promised here, and how it runs`}
        >
          {children}
          {promise?.paused ? <span className={css.clockWhy}>{words.standing[promise.paused.cause]}</span> : null}
        </button>
      }
    >
      <Suspense
        fallback={
          <div className={clocksCss.box}>
            <Skeleton shape="lines" count={3} />
          </div>
        }
      >
        <ClockStories conversationId={conversationId} />
      </Suspense>
    </Popover>
  );
}
