import { inesPage } from "./customer-town.ts";
import { at, ME, TEAM, uid } from "./desk-town.ts";
import { INES_WHO, WHAT_PARTING_CHANGES } from "./identity-town.ts";
import type { LeastAnswers } from "./least-answers.ts";

const MAREK = { id: uid(2), name: "Marek Wójcik", initials: "MW" };
const CARE = { id: uid(40), name: "Care" };
const TECH = { id: uid(41), name: "Technik" };
const BRAND = { id: uid(50), name: "Northwind" };
export const QUEUE = uid(30);
export const INES = INES_WHO.id;

type Row = Record<string, unknown>;
/** The first row of a list that stands below a name, with what this town says of it. */
const rowOf = (answer: unknown, name: string, says: Row): Row => ({
  ...(answer as Record<string, Row[]>)[name]?.[0],
  ...says,
});

const PRESENCE = [
  { ...ME, agentId: ME.id, state: "available", load: 40, budget: 100, teamIds: [CARE.id] },
  { ...MAREK, agentId: MAREK.id, state: "available", load: 10, budget: 100, teamIds: [TECH.id] },
];
const AGENTS = [
  { ...ME, teams: [CARE] },
  { ...MAREK, teams: [TECH] },
].map((one) => ({
  ...one,
  email: `${one.initials}@northwind.example`,
  locale: "en",
  state: "active",
  skills: [],
  version: 1,
}));
const DUTY = { agentId: ME.id, name: ME.name, from: at(-3_600_000), to: at(3_600_000), override: false };
const OPEN = {
  says: "The mast in Leith is down",
  state: "acknowledged",
  severity: 2,
  mine: true,
  owner: ME,
  dueAt: at(900_000),
};
const CRISIS = {
  topic: "Outage in the north",
  brand: BRAND.name,
  brandId: BRAND.id,
  startedBy: MAREK.name,
  spokesperson: ME,
};
const CHANNEL = { name: "Northwind on Bluesky", network: "bluesky", brandId: BRAND.id, state: "on", capabilities: {} };

/**
 * A company with one of each thing, for what stands behind a press in its areas: each answer is one row of its contract, with the few
 * facts that make it somebody's.
 */
export function townAnswers(one: LeastAnswers, none: LeastAnswers): LeastAnswers {
  const listed = (path: string, name: string, ...rows: Row[]) => ({
    ...(none(path) as Row),
    [name]: rows.map((says) => rowOf(one(path), name, says)),
  });
  const known: Record<string, () => unknown> = {
    "/api/agents": () => ({ agents: AGENTS }),
    "/api/teams": () => listed("/api/teams", "teams", CARE, TECH),
    "/api/brands": () => listed("/api/brands", "brands", BRAND),
    "/api/queues": () => listed("/api/queues", "queues", { id: QUEUE, name: "Care" }),
    "/api/skills": () => listed("/api/skills", "skills", { id: uid(60), name: "Welsh" }),
    "/api/presence": () => listed("/api/presence", "agents", ...PRESENCE),
    "/api/wallboard": () => ({
      ...(none("/api/wallboard") as Row),
      teams: [CARE, TECH],
      queues: [
        rowOf(one("/api/wallboard"), "queues", {
          ...{ id: QUEUE, name: "Care", teamId: CARE.id, open: true, targetMs: 900_000, waiting: 2 },
          ...{ skills: [{ id: uid(60), name: "Welsh", level: 60 }], clear: { state: "clear" } },
        }),
      ],
      people: PRESENCE.map((says) => rowOf(one("/api/wallboard"), "people", says)),
      clear: { state: "clear" },
    }),
    "/api/wallboard/items": () => ({ items: TEAM.slice(0, 2).map((one) => ({ ...one, owner: null })), next: null }),
    "/api/escalations": () => listed("/api/escalations", "items", { ...OPEN, id: uid(70) }),
    "/api/crises": () => listed("/api/crises", "crises", { ...CRISIS, id: uid(71), conversations: [] }),
    "/api/on-call": () =>
      listed("/api/on-call", "rotas", {
        ...{ id: uid(72), name: "Nights" },
        shifts: [],
        overrides: [],
        now: [DUTY],
        holes: [],
      }),
    "/api/page-webhooks": () => none("/api/page-webhooks"),
    "/api/grants": () => ({
      grants: [
        { id: uid(80), subjectKind: "agent", subjectId: ME.id, verb: "people.manage", scope: "account", scopeId: null },
        {
          id: uid(81),
          subjectKind: "agent",
          subjectId: MAREK.id,
          verb: "people.manage",
          scope: "account",
          scopeId: null,
        },
      ],
      verbs: [{ verb: "people.manage", says: "Manage people, teams and rights", scopes: ["account"] }],
    }),
    "/api/api-keys": () => listed("/api/api-keys", "keys", { name: "Nightly export" }),
    "/api/capacity": () => ({ ...(none("/api/capacity") as Row), kinds: [{ kind: "chat", weight: 20, cap: 3 }] }),
    "/api/calendars": () =>
      listed("/api/calendars", "calendars", { ...{ id: uid(90), name: "Leith" }, days: [], sources: [] }),
    "/api/channels": () =>
      listed("/api/channels", "channels", {
        ...{ ...CHANNEL, id: uid(95), gaps: [], budgets: [] },
        managed: { check: null, alarms: [], canCheck: true, secrets: ["token"] },
      }),
    [`/api/customers/${INES}`]: () => inesPage(),
    [`/api/customers/${INES}/identity`]: () => INES_WHO,
    [`/api/customers/${INES}/join-preview`]: () => ({
      ...WHAT_PARTING_CHANGES,
      versions: [...WHAT_PARTING_CHANGES.versions, { id: uid(4_050), name: "Ines R.", version: 2 }],
    }),
  };
  return (path) => {
    if (/(part|undo)-preview$/.test(path)) return WHAT_PARTING_CHANGES;
    return (known[path] ?? (() => none(path)))();
  };
}
