import type { Ladder, LadderFinding, Rota, Rung, Target, Trigger, TriggerKind } from "#contracts/escalation";
import { type Instant, iso } from "#platform/clock";
import { holes } from "./rota.ts";

export const keyOf = (t: Target): string => (t.kind === "managers" ? t.kind : `${t.kind}:${t.id}`);

/** Who is asked, in order: out of hours the contact for that comes first. Nobody stands in it twice. */
export function chainOf(rung: Rung, inHours: boolean): string[] {
  const first = !inHours && rung.outOfHours ? [rung.outOfHours] : [];
  return [...new Set([...first, rung.owner, ...rung.deputies].map(keyOf))];
}

/** People are in danger: such a rung may skip levels. */
export const isSafety = (trigger: Trigger): boolean => trigger.kind === "risk" && trigger.risks.includes("safety");

/** The gravest rung that fits; where none does, the rung every account has. */
export function rungFor(ladder: Ladder, fits: (rung: Rung) => boolean, otherwise: Rung): Rung {
  return ladder.rungs.filter(fits).sort((a, b) => b.severity - a.severity)[0] ?? otherwise;
}

/** Without a rung of its own nothing is lost: whoever manages escalations is asked. */
export function everybodysRung(kind: TriggerKind, severity: number): Rung {
  return {
    ...{ id: `everybody-${kind}`, severity, trigger: { kind: "by-hand" }, owner: { kind: "managers" }, deputies: [] },
    ...{ outOfHours: null, acknowledgeMinutes: 15, actMinutes: 60, approvers: [], holding: [], quietMinutes: 30 },
    standDownMinutes: 180, // operations.md §5: three hours below half of the threshold
  };
}

export interface Known {
  agents: ReadonlySet<string>;
  /** Active members. */
  teams: ReadonlyMap<string, readonly string[]>;
  rotas: ReadonlyMap<string, Rota>;
  managers: readonly string[];
  now: Instant;
  /** Holes are looked for until then. */
  until: Instant;
}

/** What is wrong with a ladder (faults refuse it) and what it leaves open (holes are shown, and alarmed about when they come). */
export function checkLadder(ladder: Ladder, known: Known): LadderFinding[] {
  const found: LadderFinding[] = [];
  const say = (
    level: LadderFinding["level"],
    rungId: string | null,
    says: string,
    span?: { from: Instant; to: Instant },
  ) => found.push({ level, rungId, says, from: span ? iso(span.from) : null, to: span ? iso(span.to) : null });
  const ids = new Set<string>();
  for (const rung of ladder.rungs) {
    if (ids.has(rung.id)) say("fault", rung.id, "Two rungs have the same id.");
    ids.add(rung.id);
    checkChain(rung, known, say);
    if (isSafety(rung.trigger) && rung.severity < 3)
      say("hint", rung.id, "People may be in danger: most companies give this severity 3 or 4.");
  }
  checkLevels(ladder, say);
  return found;
}

type Say = (
  level: LadderFinding["level"],
  rungId: string | null,
  says: string,
  span?: { from: Instant; to: Instant },
) => void;

function checkChain(rung: Rung, known: Known, say: Say): void {
  const targets = [rung.owner, ...rung.deputies];
  const keys = targets.map(keyOf);
  const twice = keys.find((key, i) => keys.indexOf(key) !== i);
  if (twice) say("fault", rung.id, "The chain comes back to somebody who was asked already. Name each only once.");
  // A rota or team of one is that person by another name.
  const alone = targets.map((t) => {
    const people = t.kind === "team" ? known.teams.get(t.id) : t.kind === "agent" ? [t.id] : undefined;
    return people?.length === 1 ? people[0] : undefined;
  });
  const again = alone.findIndex((one, i) => one !== undefined && alone.indexOf(one) !== i);
  if (!twice && again >= 0)
    say("fault", rung.id, "The chain comes back to the same person: a team in it has only that one member.");
  for (const t of [...targets, ...(rung.outOfHours ? [rung.outOfHours] : []), ...rung.approvers]) {
    if (t.kind === "agent" && !known.agents.has(t.id))
      say("fault", rung.id, "It names somebody who is not an active agent.");
    if (t.kind === "team" && !known.teams.has(t.id)) say("fault", rung.id, "It names a team that does not exist.");
    if (t.kind === "rota" && !known.rotas.has(t.id)) say("fault", rung.id, "It names a rota that does not exist.");
  }
  const locales = rung.holding.map((h) => h.locale);
  if (new Set(locales).size < locales.length) say("fault", rung.id, "Two holding statements are in the same language.");
  for (const span of unreached([...targets, ...(rung.outOfHours ? [rung.outOfHours] : [])], known))
    say("hole", rung.id, "In these hours nobody of this chain can be reached.", span);
}

/** Hours in which no target of a chain is anybody. */
function unreached(targets: readonly Target[], known: Known): { from: Instant; to: Instant }[] {
  let open = [{ from: known.now, to: known.until }];
  for (const t of targets) {
    const people =
      t.kind === "agent"
        ? [t.id]
        : t.kind === "team"
          ? (known.teams.get(t.id) ?? [])
          : t.kind === "managers"
            ? known.managers
            : null;
    if (people?.some((id) => known.agents.has(id))) return [];
    const rota = t.kind === "rota" ? known.rotas.get(t.id) : undefined;
    if (rota) open = open.flatMap((span) => holes(rota, span.from, span.to, (id) => known.agents.has(id)));
  }
  return open.slice(0, 20);
}

/** Of each trigger the severities follow one another: what is not acted on goes one level up, never two. Safety may. */
function checkLevels(ladder: Ladder, say: Say): void {
  const top = Math.max(-1, ...ladder.rungs.map((r) => r.severity));
  for (const [kind, rungs] of Map.groupBy(ladder.rungs, (r) => r.trigger.kind)) {
    if (rungs.some((r) => isSafety(r.trigger))) continue;
    const has = new Set([
      ...rungs.map((r) => r.severity),
      ...ladder.rungs.filter((r) => r.trigger.kind === "by-hand").map((r) => r.severity),
    ]);
    const least = Math.min(...rungs.map((r) => r.severity));
    for (let severity = least + 1; severity <= top; severity++)
      if (!has.has(severity) && [...has].some((s) => s > severity))
        say(
          "fault",
          rungs[0]!.id,
          `Severity ${severity} is skipped for "${kind}". Give it a rung of its own, or one raised by hand.`,
        );
  }
}
