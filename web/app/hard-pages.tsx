import { Trans, useLingui } from "@lingui/react/macro";
import { type ErrorComponentProps, Link, useRouter } from "@tanstack/react-router";
import { useEffect, useEffectEvent } from "react";
import { asProblem } from "../shared/api/problem.ts";
import { Button, buttonClass } from "../shared/ui/button.tsx";
import { EmptyState } from "../shared/ui/empty-state.tsx";
import { ProblemNotice } from "../shared/ui/problem-notice.tsx";
import { Skeleton } from "../shared/ui/skeleton.tsx";
import { VisuallyHidden } from "../shared/ui/visually-hidden.tsx";
import css from "./hard-pages.module.css";

/** An address nobody knows. */
export function NotFoundPage() {
  return (
    <main className={css.page}>
      <EmptyState
        level={1}
        title={<Trans>There is no page at this address</Trans>}
        act={
          <Link to="/" className={buttonClass("primary")}>
            <Trans>To the first page</Trans>
          </Link>
        }
      >
        <Trans>It may have been a link to something that is gone, or to an area that is not open to you.</Trans>
      </EmptyState>
    </main>
  );
}

/** The same before there is a frame: the server did not even say who is signed in. */
export function OutsideFaultPage(props: ErrorComponentProps) {
  const { t } = useLingui();
  if (asProblem(props.error).kind === "offline") return <OfflinePage again={props.reset} />;
  return (
    <main>
      <VisuallyHidden>
        <h1>{t`Hubbub`}</h1>
      </VisuallyHidden>
      <FaultPage {...props} />
    </main>
  );
}

/** Between two tries while nothing says that the line is back, ms. */
const TRY_EVERY = 10_000;

/** The page came from this machine and the server cannot be reached: nothing of anybody's work is kept here to be shown. */
function OfflinePage({ again }: { again: () => void }) {
  const { t } = useLingui();
  const router = useRouter();
  const look = useEffectEvent(() => {
    again();
    void router.invalidate();
  });
  useEffect(() => {
    const timer = setInterval(look, TRY_EVERY);
    const back = () => look();
    addEventListener("online", back);
    return () => {
      clearInterval(timer);
      removeEventListener("online", back);
    };
  }, []);
  return (
    <main className={css.page}>
      <EmptyState
        level={1}
        title={t`Hubbub cannot be reached`}
        act={<Button look="primary" onClick={look}>{t`Try now`}</Button>}
      >
        <Trans>
          There is no connection to the server. Conversations are not kept on this machine, so nothing can be shown;
          what you wrote is safe. The desk opens by itself as soon as the line is back.
        </Trans>
      </EmptyState>
    </main>
  );
}

/** A page that could not be shown: the server said no, no answer came, or the page itself has a fault. */
export function FaultPage({ error, reset }: ErrorComponentProps) {
  const { t } = useLingui();
  return (
    <div className={css.page}>
      <ProblemNotice
        problem={asProblem(error)}
        acts={
          <>
            <Button look="primary" onClick={reset}>{t`Show it again`}</Button>
            <Button onClick={() => location.reload()}>{t`Load the page anew`}</Button>
          </>
        }
      />
    </div>
  );
}

/** Shown only when a page takes longer than 300 ms. */
export function WaitPage() {
  return (
    <div className={css.page} data-page-waits>
      <Skeleton shape="rows" count={6} />
    </div>
  );
}
