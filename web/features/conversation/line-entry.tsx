import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { ServerWords } from "../../shared/text/said/server-words.tsx";
import { LinkButton } from "../../shared/ui/button.tsx";
import { Icon, type IconName } from "../../shared/ui/icon.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import type { LineEntry } from "./conversation-query.ts";
import css from "./entries.module.css";

const ICONS: Record<string, IconName> = {
  "episode-done": "done",
  ended: "done",
  parked: "clock",
  woken: "clock",
  changed: "clock",
  joined: "link",
  guest: "people",
  "wrapped-up": "pen",
  "subject-changed": "pen",
  split: "split",
  moderated: "shield",
};

/** Things that happened, with their reason in the same line; the steps before the last are one press away. */
export function LineItem({ lines }: { lines: readonly LineEntry[] }) {
  const { t } = useLingui();
  const [all, setAll] = useState(false);
  const shown = all ? lines : lines.slice(-1);
  const before = lines.length - 1;
  const further = before > 0 || lines.some((line) => line.reasons.length > 1);
  return (
    <>
      {shown.map((line, place) => (
        <p key={line.id} className={css.line}>
          <Icon name={ICONS[line.kind] ?? "route"} size="small" />
          <span>
            <Moment at={line.at} /> <ServerWords>{line.text}</ServerWords>
            {line.reasons[0] ? (
              <>
                : <Reason reason={line.reasons[0]} />
              </>
            ) : null}{" "}
            {all
              ? line.reasons.slice(1).map((reason, n) => (
                  <span key={n}>
                    <Reason reason={reason} />{" "}
                  </span>
                ))
              : null}
            {further && place === shown.length - 1 ? (
              <LinkButton aria-expanded={all} onClick={() => setAll(!all)}>
                {all
                  ? t`Less`
                  : before > 0
                    ? t`${plural(before, { one: "# step before, and why", other: "# steps before, and why" })}`
                    : t`Why`}
              </LinkButton>
            ) : null}
          </span>
        </p>
      ))}
    </>
  );
}

/** What an agent noted is the agent's own words; the rest is the server's. */
function Reason({ reason }: { reason: LineEntry["reasons"][number] }) {
  return reason.code === "note" ? (
    <bdi>{reason.text}</bdi>
  ) : (
    <ServerWords code={reason.code}>{reason.text}</ServerWords>
  );
}
