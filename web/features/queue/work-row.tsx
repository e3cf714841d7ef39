import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useCallback } from "react";
import type { WorkRow } from "#contracts/desk";
import { useNow } from "../../shared/time/clock.ts";
import type { DeadlineState } from "../../shared/time/deadline.ts";
import { useTimeWords } from "../../shared/time/format.ts";
import { announce } from "../../shared/ui/announcer.tsx";
import { Avatar } from "../../shared/ui/avatar.tsx";
import { ChannelMark } from "../../shared/ui/channel-mark.tsx";
import { Tag } from "../../shared/ui/chip.tsx";
import { Deadline } from "../../shared/ui/deadline.tsx";
import { Icon } from "../../shared/ui/icon.tsx";
import { VisuallyHidden } from "../../shared/ui/visually-hidden.tsx";
import { rowFacts, showsLanguage } from "./row-facts.ts";
import { useLanguageName, useOrdinal, useRiskWords, useRowSentence } from "./use-row-words.ts";
import { awaitsApproval } from "./work-groups.ts";
import css from "./work-row.module.css";

type WorkItemRowProps = {
  row: WorkRow;
  open: boolean;
  /** Chosen for a common act. */
  checked: boolean;
  /** The one tab stop of the list. */
  stop: boolean;
  gone: boolean;
  showOwner: boolean;
  onFocus: (conversationId: string) => void;
};

/** One piece of work: who, how urgent, what was last said and what is special about it. */
export function WorkItemRow({ row, open, checked, stop, gone, showOwner, onFocus }: WorkItemRowProps) {
  const { t, i18n } = useLingui();
  const now = useNow("minute");
  const sentence = useRowSentence();
  const name = row.customer.name || row.customer.handle;
  return (
    <Link
      to="/desk/$conversationId"
      params={{ conversationId: row.conversationId }}
      preload={false}
      className={[css.row, row.unread ? css.unread : "", gone ? css.gone : "", checked ? css.checked : ""].join(" ")}
      aria-current={open ? "true" : undefined}
      tabIndex={stop ? 0 : -1}
      data-conversation={row.conversationId}
      onFocus={() => onFocus(row.conversationId)}
      draggable={false}
    >
      {/* The sentence is the row's name; what is seen is the same in short. */}
      <VisuallyHidden>
        {checked ? t`Checked: ` : ""}
        {sentence(rowFacts(row, now, i18n.locale))}
      </VisuallyHidden>
      <span className={css.face} aria-hidden="true">
        <span className={css.mark}>
          {checked ? (
            <Icon name="done" />
          ) : (
            <ChannelMark network={row.mark.network} audience={row.mark.audience} hidden />
          )}
        </span>
        <span className={css.line}>
          <span className={css.who}>
            <bdi>{name}</bdi>
          </span>
          <RowClock row={row} name={name} />
        </span>
        <span className={css.line}>
          <Snippet row={row} />
          <RowMarks row={row} showOwner={showOwner} pageLanguage={i18n.locale} />
        </span>
      </span>
    </Link>
  );
}

function Snippet({ row }: { row: WorkRow }) {
  const { t } = useLingui();
  const text = row.snippet || row.subject;
  if (row.snippet && row.snippetBy === "us") {
    return (
      <span className={css.say}>
        {t`You:`} <bdi>{text}</bdi>
      </span>
    );
  }
  return (
    <span className={css.say} dir="auto" lang={row.language === "und" ? undefined : row.language}>
      {text}
    </span>
  );
}

function RowClock({ row, name }: { row: WorkRow; name: string }) {
  const { t } = useLingui();
  const words = useTimeWords();
  const mine = row.state === "active";
  const onCross = useCallback(
    (state: DeadlineState) => {
      if (!mine) return;
      announce(state === "late" ? t`${name} is late.` : t`${name} is due soon.`);
    },
    [mine, name, t],
  );
  if (row.state === "parked" && row.wakesAt !== null) {
    return (
      <span className={css.wakes} title={words.exact(row.wakesAt)}>
        {words.weekdayTime(row.wakesAt)}
      </span>
    );
  }
  if (row.clock.state === "stopped") return null;
  const due = Date.parse(row.clock.dueAt);
  return (
    <Deadline
      dueAt={due}
      target={due - Date.parse(row.clock.startedAt)}
      paused={row.clock.state === "paused" || (row.state === "parked" && !awaitsApproval(row))}
      onCross={onCross}
    />
  );
}

type MarksProps = { row: WorkRow; showOwner: boolean; pageLanguage: string };

function RowMarks({ row, showOwner, pageLanguage }: MarksProps) {
  const { t } = useLingui();
  const risk = useRiskWords();
  const language = useLanguageName();
  const ordinal = useOrdinal();
  return (
    <span className={css.marks}>
      {row.trouble === "failed" ? <span className={css.failed}>{t`not sent`}</span> : null}
      {row.trouble === "unknown" ? <span className={css.unknown}>{t`sent?`}</span> : null}
      {row.draft ? <Icon name="pen" size="small" /> : null}
      {row.sentiment === "negative" ? <Icon name="sad" size="small" /> : null}
      {row.sentiment === "positive" ? <Icon name="glad" size="small" /> : null}
      {row.state === "parked" && row.wakesAt !== null ? <Icon name="snooze" size="small" /> : null}
      {showsLanguage(row, pageLanguage) ? <Tag title={language(row.language)}>{row.language}</Tag> : null}
      {row.episodeOrdinal > 1 ? <Tag>{ordinal(row.episodeOrdinal)}</Tag> : null}
      {row.risks[0] ? <Tag risk>{risk(row.risks[0])}</Tag> : null}
      {showOwner && row.owner ? <Avatar name={row.owner.name} size="small" us /> : null}
      {showOwner && !row.owner && row.state === "offered" ? <span className={css.offered}>{t`offered`}</span> : null}
    </span>
  );
}
