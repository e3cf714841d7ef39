import { useLingui } from "@lingui/react/macro";
import type { ModerationActView } from "#contracts/moderation";
import { LinkButton } from "../../../shared/ui/button.tsx";
import { Moment } from "../../../shared/ui/moment.tsx";
import css from "./moderation.module.css";
import type { useModerationWords } from "./use-moderation-words.ts";

type ActProps = {
  act: ModerationActView;
  words: ReturnType<typeof useModerationWords>;
  busy: boolean;
  onUndo: () => void;
  onSettle: (as: "it-was-done" | "try-again" | "give-up") => void;
};

/** One act: who, why, how it stands, the words as they stood, and what can be done about it now. */
export function ActLine({ act, words, busy, onUndo, onSettle }: ActProps) {
  const { t } = useLingui();
  return (
    <li>
      <span className={css.row}>
        <b>{words.done[act.verb]}</b>
        <span>
          {t`by ${act.by.name}`}, <Moment at={act.at} />: {words.reasons[act.reason]}
          {act.note ? `. ${act.note}` : ""}
        </span>
        {act.state === "done" ? null : <b>{words.states[act.state]}</b>}
      </span>
      {act.error && act.state !== "done" ? <span>{act.error}</span> : null}
      {act.verb === "delete" && act.snapshot.text ? (
        <blockquote className={css.quote} dir="auto">
          {act.snapshot.text}
        </blockquote>
      ) : null}
      <span className={css.row}>
        {act.undo ? (
          <LinkButton disabled={busy} onClick={onUndo}>
            {words.undo[act.undo]}
          </LinkButton>
        ) : null}
        {act.state === "unknown" ? (
          <>
            <LinkButton disabled={busy} onClick={() => onSettle("it-was-done")}>{t`It was done`}</LinkButton>
            <LinkButton disabled={busy} onClick={() => onSettle("try-again")}>{t`It was not: try again`}</LinkButton>
            <LinkButton disabled={busy} onClick={() => onSettle("give-up")}>{t`Leave it`}</LinkButton>
          </>
        ) : null}
        {act.state === "failed" ? (
          <LinkButton disabled={busy} onClick={() => onSettle("try-again")}>{t`Try again`}</LinkButton>
        ) : null}
      </span>
    </li>
  );
}
