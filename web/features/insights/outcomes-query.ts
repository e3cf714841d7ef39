import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { OutcomeRows, OutcomesView } from "#contracts/insights";
import { api } from "../../shared/api/api.ts";
import { type Asked, FIGURES, ROWS_A_PAGE } from "./figures-query.ts";

/** Which of the resolved conversations: all, those with a mark, or those of an outcome, a reason of it, a finer one. Empty keys: none was given. */
export type Picked = { mark?: string; outcome?: string; reason?: string; finer?: string };
export type PickProps = {
  picked: Picked | null;
  onPick: (picked: Picked | null) => void;
  /** Keeps the place of a choice, so that the keyboard finds back to it. */
  hold: (id: string, place: HTMLElement | null) => void;
};
export const NOTHING_PICKED: Picked = { mark: undefined, outcome: undefined, reason: undefined, finer: undefined };

/** What the address says is chosen; null: nothing of it. */
export function pickedOf({ mark, outcome, reason, finer }: Record<string, string | undefined>): Picked | null {
  if (mark === "all" || mark === "feedback" || mark === "lead") return { mark };
  if (outcome === undefined) return null;
  return { outcome, ...(reason !== undefined && { reason, ...(finer !== undefined && { finer }) }) };
}
export const pathOf = ({ outcome, reason, finer }: Picked): string[] =>
  [outcome, reason, finer].filter((key) => key !== undefined);
/** One name for each choice, to find its place on the page again. */
export const idOf = (picked: Picked): string => `picked ${picked.mark ?? JSON.stringify(pathOf(picked))}`;

export function outcomesQuery(asked: Asked) {
  return queryOptions({
    queryKey: [FIGURES, "outcomes", asked],
    queryFn: ({ signal }) => api.get<OutcomesView>("/api/insights/outcomes", asked, signal),
    placeholderData: keepPreviousData,
  });
}

export function outcomePage(asked: Asked, picked: Picked, cursor: string | null, limit: number, signal?: AbortSignal) {
  const mark = picked.mark === "all" ? undefined : picked.mark;
  return api.get<OutcomeRows>("/api/insights/outcomes/rows", { ...asked, ...picked, mark, cursor, limit }, signal);
}
export function outcomeRowsQuery(asked: Asked, picked: Picked) {
  return infiniteQueryOptions({
    queryKey: [FIGURES, "outcome rows", picked, asked],
    queryFn: ({ signal, pageParam }) => outcomePage(asked, picked, pageParam, ROWS_A_PAGE, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page: OutcomeRows) => page.next,
  });
}
