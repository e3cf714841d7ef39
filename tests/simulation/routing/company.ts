import type { Random } from "../../../scenarios/random.ts";
import { ALWAYS_OPEN, type Calendar } from "../../../server/modules/company/domain/calendar.ts";
import type { MediumClassName } from "../../../server/modules/routing/domain/medium-class.ts";
import { type Need, type Policy, type Priority, usualPolicy } from "../../../server/modules/routing/domain/model.ts";
import { DAY, HOUR, type Instant, MINUTE, SECOND } from "../../../server/platform/clock.ts";
import type { Certificate } from "./plain.ts";

export interface MadeQueue {
  readonly id: string;
  readonly teamId: string;
  readonly overflow: readonly (readonly string[])[];
  readonly choice: "least-loaded" | "longest-idle";
  readonly autoServe: boolean;
  readonly calendar: Calendar;
  /** Out of hours its work waits until it opens. */
  readonly holds: boolean;
}
export interface MadeAgent {
  readonly id: string;
  readonly teams: readonly string[];
  readonly closed: readonly string[];
  readonly certificates: readonly Certificate[];
  readonly budget: number;
  readonly limits: Partial<Record<MediumClassName, number>>;
}
/** A contact centre with its people and manners. */
export interface Company {
  readonly manner: Manner;
  readonly start: Instant;
  readonly queues: readonly MadeQueue[];
  readonly agents: readonly MadeAgent[];
  readonly policy: Policy;
  readonly needs: readonly (readonly Need[])[];
  readonly media: readonly MediumClassName[];
  readonly targets: Readonly<Record<Priority, number>>;
}
export const manners = ["calm", "peak", "calls", "flood", "shift", "handovers"] as const;
export type Manner = (typeof manners)[number];

const office = (zone: string, from: string, to: string, holidays: string[] = []): Calendar => [
  { from: "2026-01-01", zone, holidays, week: Object.fromEntries([1, 2, 3, 4, 5].map((d) => [d, [[from, to]]])) },
];
/** Opened once: what is counted of them is kept. The holidays lie in the weeks that are played. */
const CALENDARS: readonly Calendar[] = [
  ALWAYS_OPEN,
  office("Europe/London", "09:00", "17:00", ["2026-03-30", "2026-11-18"]),
  office("America/New_York", "08:30", "20:00"),
  [
    {
      from: "2026-01-01",
      zone: "Europe/Berlin",
      // Open in the night in which the clock is put back and forth.
      week: Object.fromEntries(
        [1, 2, 3, 4, 5, 6, 7].map((d) => [
          d,
          [
            ["00:00", "04:00"],
            ["12:00", "18:30"],
          ],
        ]),
      ),
    },
  ],
];
/** An ordinary week, and those in which clocks are put forward and back. */
const STARTS = ["2026-11-17T08:00:00Z", "2026-03-27T15:00:00Z", "2026-10-23T12:00:00Z", "2026-03-06T20:00:00Z"];
const SKILLS = ["welsh", "billing", "law", "brand-north", "region-eu"];
const MEDIA: Readonly<Record<Manner, readonly MediumClassName[]>> = {
  calm: ["public", "dm", "email", "chat", "phone", "public"],
  peak: ["public", "dm", "public", "email"],
  calls: ["phone", "phone", "email", "email", "chat"],
  flood: ["public", "public", "dm"],
  shift: ["email", "dm", "public", "chat"],
  handovers: ["dm", "email", "phone", "chat", "public"],
};

export function makeCompany(random: Random, manner: Manner): Company {
  const { int, pick, chance } = random;
  const start = Date.parse(pick(STARTS)) + int(20) * HOUR + int(900) * SECOND;
  const teams = ["team 1", "team 2", "helpers", "partner"];
  const queues = Array.from({ length: 2 + int(3) }, (_, i): MadeQueue => {
    const by = i === 0 ? ALWAYS_OPEN : pick(CALENDARS);
    return {
      ...{ id: `queue ${i}`, teamId: `team ${1 + (i % 2)}`, calendar: by, holds: chance(0.6) },
      overflow: chance(0.5)
        ? [chance(0.5) ? ["helpers"] : [], ["team 1"], ["partner", "helpers"]].slice(0, 1 + int(3))
        : [],
      choice: chance(0.5) ? "least-loaded" : "longest-idle",
      autoServe: i === 0 || chance(0.85),
    };
  });
  const agents = Array.from({ length: manner === "peak" ? 2 + int(3) : 3 + int(6) }, (_, i): MadeAgent => {
    const own = [...new Set([teams[i % 2] as string, ...(chance(0.4) ? [pick(teams)] : [])])];
    return {
      id: `agent ${String.fromCharCode(65 + i)}`,
      teams: i === 0 ? ["team 1", "team 2"] : i === 2 ? ["helpers"] : own,
      closed: chance(0.1) ? [pick(queues).id] : [],
      certificates: certificates(random, start),
      budget: pick([100, 100, 100, 60, 130]),
      limits: chance(0.3) ? { public: int(4), email: int(6), chat: 1 + int(3) } : {},
    };
  });
  const wrap = chance(0.5);
  const policy: Policy = {
    ...usualPolicy,
    ...{ authorCap: 2 + int(3), alikeCap: 3 + int(3), maxTransfers: 2 + int(2) },
    supervisorQueueId: chance(0.5) ? "queue 0" : null,
    ...(wrap && { wrapUpMs: { phone: MINUTE, chat: 30 * SECOND, dm: 20 * SECOND, public: 0, email: 2 * MINUTE } }),
    wrapUpMostMs: 90 * SECOND,
  };
  const targets = { urgent: 15 * MINUTE, high: HOUR, normal: 4 * HOUR, low: 24 * HOUR };
  return { manner, start, queues, agents, policy, needs: needs(random), media: MEDIA[manner], targets };
}

function certificates({ int, pick, chance }: Random, start: Instant): Certificate[] {
  const has = new Set(Array.from({ length: int(5) }, () => pick(SKILLS)));
  return [...has].map((skillId) => ({
    ...{ skillId, level: 10 + int(91) },
    validFrom: chance(0.15) ? start + int(20) * HOUR : null,
    validUntil: chance(0.25) ? start + (20 + int(40)) * HOUR : null,
  }));
}

/** What work asks for: half of it nothing. Levels of all sizes, so that thirds of them do not come out even. */
function needs({ int, pick }: Random): Need[][] {
  const one = (): Need => {
    const skillId = pick(SKILLS);
    const cleared = skillId.startsWith("brand") || skillId.startsWith("region");
    const clearance = skillId.startsWith("brand") ? "brand" : "region";
    const kind = cleared || int(2) === 0 ? "hard" : "soft";
    return { skillId, name: skillId, level: 1 + int(80), kind, ...(cleared && { clearance }) };
  };
  return [
    [],
    [],
    [],
    [],
    [one()],
    [one()],
    [one()],
    [one(), one()].filter((n, i, all) => all[1 - i]?.skillId !== n.skillId || i === 0),
  ];
}

/** A clock that stands: how long until something happens next. */
export function pause({ around, chance, int }: Random, manner: Manner): number {
  if (chance(0.004)) return DAY * (1 + int(3));
  if (chance(manner === "shift" ? 0.03 : 0.01)) return HOUR * (2 + int(12));
  if (chance(0.05)) return MINUTE * (5 + int(40));
  return Math.ceil(around(manner === "peak" || manner === "flood" ? 8 * SECOND : 40 * SECOND));
}
