import type { RehearsedFigure, RehearsedLine } from "#contracts/rehearse";
import { readHistory } from "../backtest/read-history.ts";
import { changeSetup, noChange } from "../domain/rehearse/change-setup.ts";
import { type Compared, rehearse } from "../domain/rehearse/compare.ts";
import type { Cell } from "../domain/rehearse/figures.ts";
import { type Agreement, agreementOf, reallyTable, type WhatReallyWas } from "../domain/rehearse/really.ts";
import { draftOf, type SaidChange, type SaidSpan } from "./said-changes.ts";

/** A past as lines of docs/formats/route.md, what really became of it, and what would have been otherwise. */
export interface Play {
  readonly lines: readonly string[];
  readonly really: readonly WhatReallyWas[];
  readonly changes: readonly SaidChange[];
  readonly span: SaidSpan;
}
export interface Played {
  readonly items: number;
  readonly seeds: number;
  readonly faults: number;
  readonly agrees: Agreement;
  readonly lines: RehearsedLine[];
}

const SHOWN = [
  ...["items", "left", "serviceLevel", "waitP50", "waitP90", "waitWorst", "transfers", "occupancy", "overtime"],
] as (keyof RehearsedLine["figures"])[];
/** What only the play knows. */
const OF_PEOPLE: ReadonlySet<string> = new Set(["occupancy", "overtime"]);

/** Plays a past as it was and as it would be. A sentence where the changes cannot be used. */
export function play({ lines, really, changes, span }: Play): Played | string {
  const { setup, items, faults } = readHistory(lines.join("\n"));
  const draft = draftOf(changes, setup, span);
  if (typeof draft === "string") return draft;
  const { declines, misses } = setup.behaviour;
  const seeds = seedsFor(items.length, declines + misses > 0);
  const was = new Map(really.map((one) => [one.id, one]));
  const { cells, first } = rehearse(changeSetup(setup, noChange), changeSetup(setup, draft), items, seeds);
  const truth = reallyTable(first.before, was);
  return {
    ...{ items: items.length, seeds, faults: faults.length, agrees: agreementOf(first.before, was) },
    lines: cells.flatMap(({ id, queue, priority, medium, team, figures }) => {
      if (medium !== undefined) return [];
      const of =
        team !== undefined ? "team" : queue !== undefined ? "queue" : priority !== undefined ? "priority" : "all";
      const line = { of, queueId: queue ?? null, teamId: team ?? null, priority: (priority ?? null) as never } as const;
      return [{ ...line, figures: shown(figures, truth.get(id)) }];
    }),
  };
}

function shown(figures: Readonly<Record<string, Compared>>, truth: Cell | undefined): RehearsedLine["figures"] {
  return Object.fromEntries(
    SHOWN.flatMap((name): [string, RehearsedFigure][] => {
      const figure = figures[name];
      if (!figure) return [];
      const { before, after, difference, verdict } = figure;
      const really = OF_PEOPLE.has(name) ? null : (truth?.figures[name] ?? null);
      return [[name, { really, before, after, difference: difference?.mean ?? null, verdict }]];
    }),
  );
}

/** Where nothing is left to chance all runs are the same one; else as many as take a moment. */
export function seedsFor(items: number, chance: boolean): number {
  if (!chance) return 1;
  return items <= 1_000 ? 10 : items <= 4_000 ? 4 : 2;
}
