import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useCommand } from "../../shared/api/use-command.ts";
import { presentMoment, useNow } from "../../shared/time/clock.ts";
import { announce } from "../../shared/ui/announcer.tsx";
import { Button } from "../../shared/ui/button.tsx";
import { type Column, DataTable } from "../../shared/ui/data-table.tsx";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { Fetched } from "../../shared/ui/fetched.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import { sayProblem } from "../../shared/ui/problem-words.ts";
import { toasts } from "../../shared/ui/toast.tsx";
import css from "./capacity.module.css";
import {
  CAPACITY_MOVES,
  type CapacityBook,
  capacityQuery,
  type Given,
  type Profile,
  takeProfile,
} from "./capacity-query.ts";
import { GiveProfile } from "./give-profile.tsx";
import { ProfileForm } from "./profile-form.tsx";
import page from "./team-page.module.css";
import { agentsQuery, teamsQuery } from "./team-query.ts";
import { useKindWords } from "./use-kind-words.ts";

/** How much people take on at a time: profiles by name, and who has which. */
export function CapacityTab() {
  const { t } = useLingui();
  const [open, setOpen] = useState<Profile | "new" | null>(null);
  return (
    <>
      <p className="small mid">
        {t`A full agent has a budget of 10, of which each piece of work takes its part. Who has no profile has the usual numbers.`}
      </p>
      <Fetched query={useQuery(capacityQuery)}>
        {(book) => (
          <>
            <Profiles book={book} onOpen={setOpen} />
            {open ? (
              <ProfileForm
                key={open === "new" ? "new" : open.id}
                profile={open === "new" ? null : open}
                kinds={book.kinds}
                onClose={() => setOpen(null)}
              />
            ) : (
              <Button className={css.start} icon="plus" onClick={() => setOpen("new")}>
                {t`Add a profile`}
              </Button>
            )}
            {book.profiles.length > 0 ? <GivenTable book={book} /> : null}
            {book.profiles.length > 0 ? <GiveProfile profiles={book.profiles} /> : null}
          </>
        )}
      </Fetched>
    </>
  );
}

function Profiles({ book, onOpen }: { book: CapacityBook; onOpen: (profile: Profile) => void }) {
  const { t } = useLingui();
  const words = useKindWords();
  const people = (profile: Profile) => book.agents.filter((agent) => agent.profileId === profile.id).length;
  const columns: Column<Profile>[] = [
    {
      id: "name",
      heading: t`Profile`,
      names: true,
      cell: (profile) => (
        <>
          <bdi>{profile.name}</bdi>
          <span className={page.under}>
            {t`${plural(people(profile), { one: "# agent has it now", other: "# agents have it now" })}`}
          </span>
        </>
      ),
    },
    { id: "budget", heading: t`Budget`, number: true, cell: (profile) => profile.budget / 10 },
    ...book.kinds.map(
      ({ kind, cap }): Column<Profile> => ({
        id: kind,
        heading: words[kind],
        number: true,
        cell: (profile) => {
          const own = profile.limits[kind];
          if (own === undefined)
            return (
              <span className="mute" title={t`the usual number`}>
                {cap}
              </span>
            );
          return own === 0 ? (
            <span className="mute" title={t`never held out`}>
              –
            </span>
          ) : (
            own
          );
        },
      }),
    ),
    {
      id: "apart",
      heading: t`Never together`,
      cell: (profile) =>
        profile.apart.length === 0 ? (
          <span className="mute">–</span>
        ) : (
          profile.apart.map((group) => (
            <span key={group.join()} className={css.apart}>
              {group.map((kind) => words[kind]).join(" / ")}
            </span>
          ))
        ),
    },
    {
      id: "change",
      heading: t`Change`,
      cell: (profile) => (
        <Button
          size="small"
          look="soft"
          aria-label={t`Change the profile ${profile.name}`}
          onClick={() => onOpen(profile)}
        >
          {t`Change`}
        </Button>
      ),
    },
  ];
  return (
    <div className={page.box}>
      <DataTable
        caption={t`Capacity profiles`}
        columns={columns}
        rows={book.profiles}
        rowKey={(profile) => profile.id}
        empty={<EmptyState level={3} title={t`There is no profile yet: everybody has the usual numbers`} />}
      />
    </div>
  );
}

function GivenTable({ book }: { book: CapacityBook }) {
  const { t } = useLingui();
  useNow("minute");
  const now = presentMoment();
  const teams = useQuery(teamsQuery).data?.teams ?? [];
  const agents = useQuery(agentsQuery).data?.agents ?? [];
  const names = new Map([...teams, ...agents].map((one) => [one.id, one.name]));
  const profiles = new Map(book.profiles.map((profile) => [profile.id, profile.name]));
  const nameOf = (given: Given) => names.get(given.subjectId) ?? t`somebody who is gone`;
  const take = useCommand({
    run: takeProfile,
    invalidates: CAPACITY_MOVES,
    onDone: () => toasts.add({ text: t`It is taken back.` }),
    onProblem: (problem) => announce(sayProblem(problem), true),
  });
  const columns: Column<Given>[] = [
    {
      id: "who",
      heading: t`Who`,
      names: true,
      cell: (given) => (
        <>
          <bdi>{nameOf(given)}</bdi>
          <span className={page.under}>{given.subjectKind === "team" ? t`team` : t`agent, before the team's`}</span>
        </>
      ),
    },
    { id: "profile", heading: t`Profile`, cell: (given) => <bdi>{profiles.get(given.profileId)}</bdi> },
    {
      id: "from",
      heading: t`From`,
      cell: (given) => (Date.parse(given.validFrom) <= now ? t`in force` : <Moment at={given.validFrom} />),
    },
    {
      id: "until",
      heading: t`Until`,
      cell: (given) => (given.validUntil === null ? t`for good` : <Moment at={given.validUntil} />),
    },
    {
      id: "back",
      heading: t`Take back`,
      cell: (given) => (
        <Button
          size="small"
          look="soft"
          aria-label={t`Take it back from ${nameOf(given)}`}
          onClick={() => take.send(given.id)}
        >
          {t`Take back`}
        </Button>
      ),
    },
  ];
  return (
    <div className={page.box}>
      <DataTable
        caption={t`Who has which profile`}
        columns={columns}
        rows={book.given}
        rowKey={(given) => given.id}
        empty={<EmptyState level={3} title={t`Nobody has a profile yet`} />}
      />
    </div>
  );
}
