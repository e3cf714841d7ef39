import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
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
  split: "split",
};

/** Something that happened, with its reason in the same line or one press away. */
export function LineItem({ line }: { line: LineEntry }) {
  const { t } = useLingui();
  const [all, setAll] = useState(false);
  const [first, ...rest] = line.reasons;
  return (
    <p className={css.line}>
      <Icon name={ICONS[line.kind] ?? "route"} size="small" />
      <span>
        <Moment at={line.at} /> {line.text}
        {first ? <>: {first.text}</> : null} {all ? rest.map((reason) => reason.text).join(" ") : null}{" "}
        {rest.length > 0 ? (
          <LinkButton aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? t`Less` : t`Why`}
          </LinkButton>
        ) : null}
      </span>
    </p>
  );
}
