import { useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import type { BoardPerson, Wallboard } from "#contracts/supervision";
import { useCommand } from "../../shared/api/use-command.ts";
import { useSpanEnd } from "../../shared/api/use-span-end.ts";
import { useMay } from "../../shared/session/session.ts";
import { useLists } from "../../shared/text/use-lists.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Chip } from "../../shared/ui/chip.tsx";
import { Select, TextField } from "../../shared/ui/field.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import dialogs from "./dialogs.module.css";
import css from "./pane.module.css";
import { PaneHead } from "./pane-head.tsx";
import { useBoardWords } from "./use-board-words.ts";
import type { Supervision } from "./use-supervision.ts";
import { BOARD, type ForcedState, forcePresence } from "./wallboard-query.ts";

const STATES: readonly ForcedState[] = ["available", "busy", "break", "training", "away", "offline"];

type PersonProps = {
  board: Wallboard;
  person: BoardPerson;
  supervision: Supervision;
  onItems: () => void;
  onLend: () => void;
  onClose: () => void;
};

/** Somebody close up: load, what is lent, and what a supervisor can change. */
export function PersonPane({ board, person, supervision, onItems, onLend, onClose }: PersonProps) {
  const { t } = useLingui();
  const { list } = useLists();
  const words = useBoardWords();
  const forces = useMay("presence.force");
  const manages = useMay("people.manage");
  const loans = board.loans.filter((loan) => loan.agentId === person.agentId);
  const teams = board.teams.filter((team) => person.teamIds.includes(team.id)).map((team) => team.name);
  const load = words.units(person.load / 10);
  const whole = words.units(person.budget / 10);
  return (
    <>
      <PaneHead title={person.name} onClose={onClose}>
        <Chip look={person.state === "not-responding" ? "late" : person.state === "available" ? "good" : "plain"}>
          {words.states[person.state]}
        </Chip>
      </PaneHead>
      <section className={css.part}>
        <p className="small mid">
          {t`${load} of ${whole} units: ${person.items} in hands, ${person.aside} put aside.`} {list(teams)}
        </p>
        {person.reason ? <p className="small mute">{person.reason}</p> : null}
        <div className="row wrap">
          <Button size="small" onClick={onItems}>{t`Their items`}</Button>
          {manages ? <Button size="small" keys="l" onClick={onLend}>{t`Lend…`}</Button> : null}
        </div>
      </section>
      {loans.length > 0 ? (
        <section className={css.part}>
          <h3>{t`Lent now`}</h3>
          <ul className={css.loans}>
            {loans.map((loan) => (
              <li key={loan.actId}>
                <span>
                  {loan.team ? loan.team.name : t`${loan.skill?.name ?? ""}, level ${loan.skill?.level ?? 0}`}
                  <small>{t`until ${words.time.time(loan.endsAt)}, by ${loan.byName}`}</small>
                </span>
                {manages ? (
                  <Button
                    size="small"
                    look="soft"
                    onClick={() => supervision.back.send({ actId: loan.actId, expectedVersion: loan.version })}
                  >{t`Take back`}</Button>
                ) : null}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {forces ? (
        <section className={css.part}>
          <h3>{t`Change the presence`}</h3>
          <ForceForm key={`${person.agentId} ${person.state}`} person={person} />
        </section>
      ) : null}
    </>
  );
}

function ForceForm({ person }: { person: BoardPerson }) {
  const { t } = useLingui();
  const words = useBoardWords();
  const options = STATES.filter((state) => state !== person.state);
  const [state, setState] = useState<ForcedState>(options[0] ?? "available");
  const [span, setSpan] = useState("");
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const endOf = useSpanEnd();
  const force = useCommand({
    run: forcePresence,
    invalidates: () => [["presence"], [BOARD]],
    onDone: () => toasts.add({ text: t`${person.name}: ${words.states[state]}.` }),
  });
  const ends = state !== "available" && state !== "offline";
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (reason.trim() === "" || force.busy) return;
    const until = ends && span ? endOf(Number(span), force.problem) : null;
    force.send({ agentId: person.agentId, state, until, reason: reason.trim() });
  }
  return (
    <form className={dialogs.form} onSubmit={onSubmit} noValidate>
      {force.problem ? <ProblemNotice problem={force.problem} /> : null}
      <Select
        label={t`Presence`}
        value={state}
        options={options.map((value) => ({ value, label: words.states[value] }))}
        onChange={setState}
      />
      {ends ? (
        <Select
          label={t({ message: "For", context: "how long" })}
          value={span}
          options={["", "15", "30", "60"].map((value) => ({
            value,
            label: value === "" ? t`until it is changed` : t`${value} min`,
          }))}
          onChange={setSpan}
        />
      ) : null}
      <TextField
        label={t`Reason`}
        hint={t`${person.name} reads it.`}
        maxLength={200}
        value={reason}
        fault={tried && reason.trim() === "" ? t`Say why, in a few words.` : undefined}
        onChange={(event) => setReason(event.target.value)}
      />
      <Button type="submit" size="small" busy={force.busy}>{t`Change the presence`}</Button>
    </form>
  );
}
