import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { OfferView, WorkRow } from "#contracts/desk";
import { api } from "../../shared/api/api.ts";

export type WorkView = "mine" | "team";
export type WorkCounts = { mine: number; offers: number; team: number; waiting: number; lateMine: number };
export type WorkPage = { items: WorkRow[]; next: string | null; counts: WorkCounts };

/** The work list by due time, page after page; kept fresh by the live kinds "work" and "offer". */
export function workQuery(view: WorkView) {
  return infiniteQueryOptions({
    queryKey: ["work", view],
    queryFn: ({ signal, pageParam }) => api.get<WorkPage>("/api/desk/work", { view, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

/** What is held out to me now. */
export const offersQuery = queryOptions({
  queryKey: ["offers"],
  queryFn: async ({ signal }) => (await api.get<{ offers: OfferView[] }>("/api/offers", undefined, signal)).offers,
});
