import { useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { useLists } from "../../shared/text/use-lists.ts";
import { useNow } from "../../shared/time/clock.ts";
import { useTimeWords } from "../../shared/time/format.ts";
import { Icon } from "../../shared/ui/icon.tsx";
import type { Door, ReplyCheck } from "./check-reply.ts";
import css from "./composer.module.css";
import { CountLeft } from "./count-left.tsx";
import type { WrittenComposer as ComposerState } from "./use-composer.ts";

export function AnsweredAt({ at }: { at: string }) {
  const words = useTimeWords();
  return <>{words.moment(at, useNow("minute"))}</>;
}

export function ClosesIn({ until }: { until: string }) {
  const { t } = useLingui();
  const words = useTimeWords();
  const left = words.length(Math.max(0, Date.parse(until) - useNow("second")));
  return <span className={`${css.closes} num`} title={words.exact(until)}>{t`closes in ${left}`}</span>;
}

type Ahead = NonNullable<Door["approval"]>;
type FootProps = { composer: ComposerState; check: ReplyCheck | null; attach: ReactNode; children: ReactNode };

/** Where the words are kept, how many are left, and the way to send. */
export function Foot({ composer, check, attach, children }: FootProps) {
  const ahead = composer.side?.door?.approval;
  const line = (
    <div className={css.foot}>
      {attach}
      <Saved kept={composer.kept} />
      <span className="grow" />
      {check ? <CountLeft count={check.count} /> : null}
      {children}
    </div>
  );
  return ahead ? (
    <>
      <ApprovalAhead ahead={ahead} />
      {line}
    </>
  ) : (
    line
  );
}

/** Before it is sent: who has to pass it, and why. */
function ApprovalAhead({ ahead }: { ahead: Ahead }) {
  const { t } = useLingui();
  const { or, points } = useLists();
  const who = ahead.who.length > 0 ? or(ahead.who) : t`A supervisor`;
  return (
    <div className={css.hints} role="note">
      <div className={`${css.hint} ${css.warns}`}>
        <Icon name="shield" />
        <span className={css.hintLabel}>{t`Approval`}</span>
        <span className="grow">{t`${who} has to pass this first. ${points(ahead.because.map((one) => one.text))}.`}</span>
      </div>
    </div>
  );
}

function Saved({ kept }: { kept: ComposerState["kept"] }) {
  const { t } = useLingui();
  const words = useTimeWords();
  if (kept.kind === "saved" && kept.at) return <span className={css.saved}>{t`Saved ${words.time(kept.at)}`}</span>;
  if (kept.kind === "saving") return <span className={css.saved}>{t`Saving…`}</span>;
  if (kept.kind === "here") return <span className={css.saved}>{t`Kept on this machine`}</span>;
  return null;
}
