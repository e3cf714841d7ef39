import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { OfferView, WorkGroup, WorkRow } from "#contracts/desk";
import { api } from "../../shared/api/api.ts";

export type WorkView = "mine" | "team" | "all";
export type WorkCounts = { mine: number; offers: number; team: number; waiting: number; lateMine: number };
export type WorkPage = { items: WorkRow[]; groups?: WorkGroup[]; next: string | null; counts: WorkCounts };

/**
 * The work list by due time, page after page; kept fresh by the live kinds "work" and "offer". `filter`: words with operators (shared/work-filter.ts); the plain list has none and is what
 * other parts of the desk read.
 */
export function workQuery(view: WorkView, filter = "") {
  return infiniteQueryOptions({
    queryKey: filter === "" ? ["work", view] : ["work", view, filter],
    queryFn: ({ signal, pageParam }) =>
      api.get<WorkPage>("/api/desk/work", { view, cursor: pageParam, ...(filter !== "" && { filter }) }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

/** What is held out to me now. */
export const offersQuery = queryOptions({
  queryKey: ["offers"],
  queryFn: async ({ signal }) => (await api.get<{ offers: OfferView[] }>("/api/offers", undefined, signal)).offers,
});
