import { useLingui } from "@lingui/react/macro";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import type { BoardPerson, Wallboard } from "#contracts/supervision";
import { useSending } from "../../shared/api/use-sending.ts";
import { useSpanEnd } from "../../shared/api/use-span-end.ts";
import { useLists } from "../../shared/text/use-lists.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Dialog } from "../../shared/ui/dialog.tsx";
import { FetchFault } from "../../shared/ui/fetched.tsx";
import { Select, TextField } from "../../shared/ui/field.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import css from "./dialogs.module.css";
import { lendable } from "./lendable.ts";
import { useBoardWords } from "./use-board-words.ts";
import type { Supervision } from "./use-supervision.ts";
import { skillsQuery } from "./wallboard-query.ts";

const SPANS = ["30", "60", "120", "240"] as const;
const LEVELS = ["0", "20", "40", "60", "80", "100"] as const;

type LendProps = {
  board: Wallboard;
  /** Whom; one of them, or nobody, can be exchanged for somebody else where a team is meant already. */
  agentIds: readonly string[];
  /** The team they are to help. */
  teamId: string | null;
  supervision: Supervision;
  onClose: () => void;
};

/** A team or a skill for a time; it goes back by itself. */
export function LendDialog({ board, agentIds, teamId, supervision, onClose }: LendProps) {
  const { t } = useLingui();
  const { list } = useLists();
  const client = useQueryClient();
  const words = useBoardWords();
  const asked = useQuery(skillsQuery);
  const skills = asked.data?.skills ?? [];
  const meant = board.people.filter((person) => agentIds.includes(person.agentId));
  const chooses = teamId !== null && meant.length <= 1;
  // Somebody who is chosen already is not lent to a team of their own.
  const teams = board.teams.filter((one) => chooses || !meant.some((person) => person.teamIds.includes(one.id)));
  const [what, setWhat] = useState<"team" | "skill">(teams.length > 0 ? "team" : "skill");
  const [team, setTeam] = useState(teamId ?? teams[0]?.id ?? "");
  const [who, setWho] = useState(meant[0]?.agentId ?? "");
  const [skill, setSkill] = useState("");
  const [level, setLevel] = useState<(typeof LEVELS)[number]>("60");
  const [span, setSpan] = useState<(typeof SPANS)[number]>("60");
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const sending = useSending();
  const endOf = useSpanEnd();
  const lent = useRef(new Set<string>());
  const skillId = skill || (skills[0]?.id ?? "");
  const others = chooses ? lendable(board.people, what === "team" ? team : null) : [];
  const one = others.find((person) => person.agentId === who) ?? others[0];
  const people = chooses ? (one ? [one] : []) : meant;
  const names = list(people.map((person) => person.name));

  const nameAndState = (person: BoardPerson) => `${person.name}, ${words.states[person.state]}`;

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (reason.trim() !== "" && people.length > 0) sending.send(lendAll);
  }
  /** One after the other; what is refused is told, and pressed again only they are asked for who are not lent yet. */
  async function lendAll(): Promise<void> {
    const until = endOf(Number(span), sending.problem);
    // Pressed before the list of skills is there, it means the first of it, as the list will show.
    const first = async () => (await client.ensureQueryData(skillsQuery)).skills[0]?.id ?? "";
    const meansSkill = what === "skill" ? skillId || (await first()) : "";
    let problem: unknown = null;
    for (const { agentId } of people.filter((person) => !lent.current.has(person.agentId)))
      await supervision.lending
        .sendAsync({
          ...{ agentId, until, reason: reason.trim() },
          what:
            what === "team"
              ? { kind: "team", teamId: team }
              : { kind: "skill", skillId: meansSkill, level: Number(level) },
        })
        .then(
          () => lent.current.add(agentId),
          (error: unknown) => {
            problem ??= error;
          },
        );
    if (problem) throw problem;
    onClose();
  }

  return (
    <Dialog open onClose={onClose} title={t`Lend ${names}`} width={440}>
      <form className={css.form} onSubmit={onSubmit} noValidate>
        {sending.problem ? <ProblemNotice problem={sending.problem} safe={t`Your words are safe here.`} /> : null}
        {what === "skill" ? <FetchFault query={asked} /> : null}
        <Select
          label={t`What`}
          value={what}
          options={[
            ...(teams.length > 0 ? [{ value: "team" as const, label: t`To another team` }] : []),
            { value: "skill", label: t`A skill at another level` },
          ]}
          onChange={setWhat}
        />
        {what === "team" ? (
          <Select
            label={t`Team`}
            value={team}
            options={teams.map((one) => ({ value: one.id, label: one.name }))}
            onChange={setTeam}
            hint={t`With the team's queues and rights, as long as it lasts.`}
          />
        ) : (
          <>
            <Select
              label={t`Skill`}
              value={skillId}
              options={skills.map((one) => ({ value: one.id, label: one.name }))}
              onChange={setSkill}
            />
            <Select
              label={t`Level`}
              value={level}
              options={LEVELS.map((value) => ({ value, label: t`${value} of 100` }))}
              onChange={setLevel}
            />
          </>
        )}
        {chooses ? (
          <Select
            label={t`Colleague`}
            value={one?.agentId ?? ""}
            options={others.map((person) => ({ value: person.agentId, label: nameAndState(person) }))}
            onChange={setWho}
            fault={tried && !one ? t`Choose a colleague.` : undefined}
          />
        ) : null}
        <Select
          label={t({ message: "For", context: "how long" })}
          value={span}
          options={SPANS.map((value) => ({ value, label: t`${value} min` }))}
          onChange={setSpan}
        />
        <TextField
          label={t`Reason`}
          hint={t`Written to the log with your name.`}
          maxLength={200}
          autoFocus
          value={reason}
          fault={tried && reason.trim() === "" ? t`Say why, in a few words.` : undefined}
          onChange={(event) => setReason(event.target.value)}
        />
        <Button type="submit" look="primary" busy={sending.busy}>{t`Lend until then`}</Button>
      </form>
    </Dialog>
  );
}
