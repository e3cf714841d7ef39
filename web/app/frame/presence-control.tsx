import { useLingui } from "@lingui/react/macro";
import { useRef } from "react";
import { pressByKey } from "../../shared/keys/press-by-key.ts";
import { useKeyFor, useKeys } from "../../shared/keys/use-keys.ts";
import { Bar } from "../../shared/ui/bar.tsx";
import { Button } from "../../shared/ui/button.tsx";
import { Menu } from "../../shared/ui/menu.tsx";
import { VisuallyHidden } from "../../shared/ui/visually-hidden.tsx";
import css from "./presence-control.module.css";

export type PresenceState = "available" | "busy" | "break" | "training" | "away" | "not-responding" | "offline";
export type ChosenPresence = Exclude<PresenceState, "not-responding">;

type PresenceControlProps = {
  state: PresenceState;
  /** Weight in use and the whole budget, in the units of the server (100 = a full agent). */
  load: number;
  budget: number;
  onChoose: (state: ChosenPresence) => void;
};

const LOOK: Record<PresenceState, string | undefined> = {
  available: css.available,
  busy: css.busy,
  break: css.away,
  training: css.away,
  away: css.away,
  "not-responding": css.away,
  offline: css.offline,
};

/** Tenths, as agents speak of them: 65 of 100 is "6.5 / 10". */
export function inTenths(load: number, budget: number, locale: string): { used: string; whole: string; part: number } {
  const tenth = (value: number) => (Math.round(value) / 10).toLocaleString(locale, { maximumFractionDigits: 1 });
  return { used: tenth(load), whole: tenth(budget), part: budget > 0 ? load / budget : 0 };
}

export function PresenceControl({ state, load, budget, onChoose }: PresenceControlProps) {
  const { t, i18n } = useLingui();
  const button = useRef<HTMLButtonElement>(null);
  const names: Record<PresenceState, string> = {
    available: t`Available`,
    busy: t`Busy`,
    break: t`Break`,
    training: t`Training`,
    away: t`Away`,
    "not-responding": t`Not responding`,
    offline: t`Off duty`,
  };
  const { used, whole, part } = inTenths(load, budget, i18n.locale);
  const keys = useKeyFor("presence.choose", "h");
  useKeys("frame", [
    {
      id: "presence.choose",
      keys: "h",
      label: t`Here, busy, break, away`,
      group: t`All`,
      run: () => pressByKey(button.current),
    },
  ]);

  const choice: ChosenPresence[] = ["available", "busy", "break", "training", "away", "offline"];
  return (
    <Menu
      label={t`Are you here?`}
      placement="bottom end"
      groups={[
        {
          entries: choice.map((one) => ({
            id: one,
            label: names[one],
            chosen: one === state,
            ...(one === "available" ? { detail: t`New work is offered to you` } : {}),
            ...(one === "offline" ? { detail: t`Ends your shift` } : {}),
          })),
        },
      ]}
      onAct={(id) => onChoose(id as ChosenPresence)}
    >
      <Button
        ref={button}
        look="soft"
        className={css.control ?? ""}
        title={keys ? t`Key ${keys.toUpperCase()}` : undefined}
      >
        <span className={`${css.dot} ${LOOK[state]}`} aria-hidden="true" />
        {`${names[state]} `}
        <span className={css.load}>
          <Bar part={part} width={52} />
          <span className="num mid">{`${used} / ${whole}`}</span>
          <VisuallyHidden>{t`units in use. Change whether you are here`}</VisuallyHidden>
        </span>
      </Button>
    </Menu>
  );
}
