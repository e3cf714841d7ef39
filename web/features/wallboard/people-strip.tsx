import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import type { BoardPerson, Wallboard } from "#contracts/supervision";
import { Comma } from "../../shared/text/comma.tsx";
import { Avatar } from "../../shared/ui/avatar.tsx";
import { Bar } from "../../shared/ui/bar.tsx";
import css from "./people-strip.module.css";
import { useBoardWords } from "./use-board-words.ts";

const ORDER: readonly BoardPerson["state"][] = [
  ...(["available", "busy", "not-responding", "break", "training", "away", "offline"] as const),
];
const DOT: Record<BoardPerson["state"], string | undefined> = {
  ...{ available: css.here, busy: css.busy, "not-responding": css.missing, break: css.away },
  ...{ training: css.away, away: css.away, offline: css.gone },
};

type StripProps = {
  board: Wallboard;
  now: number;
  chosen: string | null;
  onPerson: (agentId: string) => void;
};

/** Who is here, with how much work; who has most room first. Who is off duty is only counted. */
export function PeopleStrip({ board, now, chosen, onPerson }: StripProps) {
  const { t } = useLingui();
  const words = useBoardWords();
  const room = (person: BoardPerson) => person.budget - person.load;
  const here = board.people
    .filter((person) => person.state !== "offline")
    .toSorted(
      (a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || room(b) - room(a) || (a.name < b.name ? -1 : 1),
    );
  const off = board.people.filter((person) => person.state === "offline");
  return (
    <section className={css.card} aria-labelledby="board-people">
      <header className={css.head}>
        <h2 id="board-people">{t`People`}</h2>
        <span className={css.hint}>{t`load in units, a whole agent has 10; most room first`}</span>
      </header>
      {here.length === 0 ? <p className={css.nobody}>{t`Nobody is here now.`}</p> : null}
      <ul className={css.people}>
        {here.map((person) => (
          <li key={person.agentId}>
            <Person
              person={person}
              now={now}
              chosen={person.agentId === chosen}
              onPerson={() => onPerson(person.agentId)}
            />
          </li>
        ))}
      </ul>
      {off.length > 0 ? (
        <p className={css.off}>
          {t`Off duty:`}{" "}
          {off.slice(0, 12).map((person, place) => (
            <span key={person.agentId}>
              {place > 0 ? <Comma /> : null}
              <button type="button" className={css.link} onClick={() => onPerson(person.agentId)}>
                <bdi>{person.name}</bdi>
              </button>
            </span>
          ))}
          {off.length > 12 ? ` ${t`and ${words.number(off.length - 12)} more`}` : ""}
        </p>
      ) : null}
    </section>
  );
}

type PersonProps = { person: BoardPerson; now: number; chosen: boolean; onPerson: () => void };

function Person({ person, now, chosen, onPerson }: PersonProps) {
  const { t } = useLingui();
  const words = useBoardWords();
  const part = person.budget > 0 ? person.load / person.budget : 0;
  const load = words.units(person.load / 10);
  const works = person.state === "available" || person.state === "busy";
  const left = person.until === null ? null : Math.max(0, Date.parse(person.until) - now);
  const since = words.waited(now - Date.parse(person.since));
  return (
    <button type="button" className={css.person} aria-pressed={chosen} onClick={onPerson}>
      <span className={css.face}>
        <Avatar name={person.name} size="regular" />
        <span className={`${css.dot} ${DOT[person.state]}`} aria-hidden="true" />
      </span>
      <span className={css.name}>
        <bdi className="clip">{person.name}</bdi>
      </span>
      {works ? (
        <span className={css.load}>
          <Bar part={part} look={part > 1 ? "late" : part >= 0.9 ? "soon" : "plain"} />
          <span className={css.said}>
            {person.state === "busy"
              ? t`${load}, busy`
              : t`${load}, ${plural(person.items, { one: "# item", other: "# items" })}`}
          </span>
        </span>
      ) : (
        <span className={`${css.state} ${person.state === "not-responding" ? css.late : ""}`}>
          {person.state === "not-responding"
            ? t`Missing ${since}`
            : left === null
              ? t`${words.states[person.state]} ${since}`
              : t`${words.states[person.state]}, ${words.waited(left)} left`}
        </span>
      )}
    </button>
  );
}
