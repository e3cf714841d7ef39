import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useCommand } from "../../shared/api/use-command.ts";
import { useMay, useSession } from "../../shared/session/session.ts";
import { sayServer } from "../../shared/text/said/known-phrases.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Card } from "../../shared/ui/card.tsx";
import { Chip } from "../../shared/ui/chip.tsx";
import { type Column, DataTable } from "../../shared/ui/data-table.tsx";
import { Dialog } from "../../shared/ui/dialog.tsx";
import { Fetched } from "../../shared/ui/fetched.tsx";
import { Select } from "../../shared/ui/field.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import {
  alreadyGiven,
  type Grant,
  locksOut,
  type NewGrant,
  rightsOf,
  type Subject,
  subjectKey,
  subjectOf,
} from "./rights.ts";
import css from "./team-page.module.css";
import {
  agentsQuery,
  apiKeysQuery,
  brandsQuery,
  giveGrant,
  grantsQuery,
  type Named,
  queuesQuery,
  takeGrant,
  teamsQuery,
} from "./team-query.ts";

type Verbs = readonly { verb: string; says: string; scopes: readonly Grant["scope"][] }[];
type Places = { brands: readonly Named[]; teams: readonly Named[]; queues: readonly Named[] };

/** What an agent, a team or a program may do, and where. */
export function RightsTab() {
  const { t } = useLingui();
  const me = useSession().agent.id;
  const query = useQuery(grantsQuery);
  const agents = useQuery(agentsQuery).data?.agents ?? [];
  const teams = useQuery(teamsQuery).data?.teams ?? [];
  const keys = useQuery(apiKeysQuery).data?.keys.filter((key) => key.revokedAt === null) ?? [];
  const brands = useQuery(brandsQuery).data?.brands ?? [];
  const queues = useQuery({ ...queuesQuery, enabled: useMay("work.read") }).data?.queues ?? [];
  const [chosen, setChosen] = useState(subjectKey({ kind: "agent", id: me }));
  const options = [
    ...agents.map((agent) => ({ value: subjectKey({ kind: "agent", id: agent.id }), label: agent.name })),
    ...teams.map((team) => ({ value: subjectKey({ kind: "team", id: team.id }), label: t`Team ${team.name}` })),
    ...keys.map((key) => ({ value: subjectKey({ kind: "api-key", id: key.id }), label: t`API key ${key.name}` })),
  ];
  const subject = subjectOf(chosen);
  const teamIds = agents.find((agent) => agent.id === subject?.id)?.teams.map((team) => team.id) ?? [];

  return (
    <Fetched query={query}>
      {({ grants, verbs }) => {
        const rights = subject ? rightsOf(subject, grants, teamIds) : { own: [], byTeam: [] };
        const places = { brands, teams, queues };
        return (
          <>
            <div className={css.narrow}>
              <Select label={t`Whose rights`} value={chosen} options={options} onChange={setChosen} />
            </div>
            <GrantTable
              rows={[...rights.own, ...rights.byTeam]}
              verbs={verbs}
              places={places}
              lockOf={(grant) => locksOut(grant, grants, agents, me)}
              subject={subject}
            />
            {subject ? (
              <GiveRight key={chosen} subject={subject} grants={grants} verbs={verbs} places={places} />
            ) : null}
          </>
        );
      }}
    </Fetched>
  );
}

function usePlaceWords(places: Places): (grant: Pick<Grant, "scope" | "scopeId">) => string {
  const { t } = useLingui();
  const named = (list: readonly Named[], id: string | null) => list.find((one) => one.id === id)?.name ?? t`gone`;
  return ({ scope, scopeId }) => {
    switch (scope) {
      case "account":
        return t`everywhere`;
      case "own":
        return t`own work only`;
      case "brand":
        return t`brand ${named(places.brands, scopeId)}`;
      case "team":
        return t`team ${named(places.teams, scopeId)}`;
      case "queue":
        return t`queue ${named(places.queues, scopeId)}`;
    }
  };
}

type GrantTableProps = {
  rows: readonly Grant[];
  verbs: Verbs;
  places: Places;
  subject: Subject | null;
  lockOf: (grant: Grant) => "everybody" | "me" | null;
};

function GrantTable({ rows, verbs, places, subject, lockOf }: GrantTableProps) {
  const { t } = useLingui();
  const placeOf = usePlaceWords(places);
  const [asked, setAsked] = useState<Grant | null>(null);
  const says = (verb: string) => sayServer(verbs.find((one) => one.verb === verb)?.says ?? verb).words;
  const give = useCommand({ run: giveGrant, invalidates: () => [["people"]] });
  const take = useCommand({
    run: (grant: Grant, commandId) => takeGrant(grant.id, commandId),
    invalidates: () => [["people"]],
    onDone: (_answer, { id: _id, ...grant }) => {
      setAsked(null);
      toasts.add({ text: t`Taken back: ${says(grant.verb)}.`, undo: () => give.send(grant) });
    },
  });
  // Where it is asked about first, the question says what came of it.
  const problem = (asked ? null : take.problem) ?? give.problem;
  const leave = () => {
    take.clear();
    setAsked(null);
  };
  const ask = (grant: Grant) => {
    take.clear();
    setAsked(grant);
  };

  const columns: Column<Grant>[] = [
    {
      id: "says",
      heading: t`May`,
      names: true,
      cell: (grant) => (
        <span>
          {says(grant.verb)}
          <span className={css.under}>{grant.verb}</span>
        </span>
      ),
    },
    { id: "where", heading: t`Where`, cell: (grant) => placeOf(grant) },
    {
      id: "take",
      heading: t`Take back`,
      cell: (grant) =>
        subject && grant.subjectKind !== subject.kind ? (
          <Chip>{t`by team ${places.teams.find((team) => team.id === grant.subjectId)?.name ?? ""}`}</Chip>
        ) : (
          <Button
            size="small"
            look="soft"
            aria-label={t`Take back: ${says(grant.verb)}`}
            refused={
              lockOf(grant) === "everybody"
                ? t`Nobody could manage people any more. Give this right to somebody else first.`
                : null
            }
            onClick={() => (lockOf(grant) === "me" ? ask(grant) : take.send(grant))}
          >
            <Trans>Take back</Trans>
          </Button>
        ),
    },
  ];

  return (
    <>
      {problem ? <ProblemNotice problem={problem} /> : null}
      <div className={css.box}>
        <DataTable
          caption={t`Rights`}
          columns={columns}
          rows={rows}
          rowKey={(grant) => grant.id}
          empty={
            <p className={`${css.pad} small mid`}>
              <Trans>No rights yet: nothing is open to it.</Trans>
            </p>
          }
        />
      </div>
      <Dialog
        open={asked !== null}
        onClose={leave}
        role="alertdialog"
        title={t`Take this right from yourself?`}
        foot={
          <>
            <Button onClick={leave}>
              <Trans>Leave it</Trans>
            </Button>
            <Button look="stop" busy={take.busy} onClick={() => (asked ? take.send(asked) : undefined)}>
              <Trans>Take it from me</Trans>
            </Button>
          </>
        }
      >
        <p>
          <Trans>You could not manage people any more, and could not give it back to yourself.</Trans>
        </p>
        {take.problem ? <ProblemNotice problem={take.problem} /> : null}
      </Dialog>
    </>
  );
}

type GiveRightProps = { subject: Subject; grants: readonly Grant[]; verbs: Verbs; places: Places };

function GiveRight({ subject, grants, verbs, places }: GiveRightProps) {
  const { t } = useLingui();
  const [verb, setVerb] = useState("");
  const [chosenScope, setScope] = useState<Grant["scope"]>("account");
  const [scopeId, setScopeId] = useState("");
  const lists: Partial<Record<Grant["scope"], readonly Named[]>> = {
    brand: places.brands,
    team: places.teams,
    queue: places.queues,
  };
  // A right is offered only for the kinds of place it knows; everywhere is always one of them.
  const scopes = verbs.find((one) => one.verb === verb)?.scopes ?? ["account"];
  const scope = scopes.includes(chosenScope) ? chosenScope : "account";
  const list = lists[scope];
  const place = list ? (list.find((one) => one.id === scopeId)?.id ?? list[0]?.id ?? null) : null;
  const wanted: NewGrant = { subjectKind: subject.kind, subjectId: subject.id, verb, scope, scopeId: place };
  const give = useCommand({
    run: giveGrant,
    invalidates: () => [["people"]],
    onDone: () => {
      toasts.add({ text: t`The right is given.` });
      setVerb("");
    },
  });
  const refused =
    verb === ""
      ? t`Choose a right first.`
      : list && place === null
        ? t`There is nothing of this kind to choose.`
        : alreadyGiven(wanted, grants)
          ? t`It is given already.`
          : null;

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (refused === null && !give.busy) give.send(wanted);
  }

  return (
    <Card title={t`Give a right`}>
      <form className={css.form} onSubmit={onSubmit}>
        {give.problem ? <ProblemNotice problem={give.problem} /> : null}
        <Select
          label={t`May`}
          value={verb}
          options={[
            { value: "", label: t`Choose…` },
            ...verbs.map((one) => ({ value: one.verb, label: sayServer(one.says).words })),
          ]}
          onChange={setVerb}
        />
        <Select
          label={t`Where`}
          value={scope}
          options={[
            { value: "account" as const, label: t`Everywhere` },
            { value: "brand" as const, label: t`One brand` },
            { value: "team" as const, label: t`One team` },
            { value: "queue" as const, label: t`One queue` },
            { value: "own" as const, label: t`Own work only` },
          ].filter((one) => scopes.includes(one.value))}
          onChange={setScope}
        />
        {list && list.length > 0 ? (
          <Select
            label={t`Which one`}
            value={place ?? ""}
            options={list.map((one) => ({ value: one.id, label: one.name }))}
            onChange={setScopeId}
          />
        ) : null}
        <Button type="submit" look="primary" className={css.start} busy={give.busy} refused={refused}>
          <Trans>Give the right</Trans>
        </Button>
      </form>
    </Card>
  );
}
