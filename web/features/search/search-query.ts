import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import type { SearchPage } from "#contracts/search";
import { api } from "../../shared/api/api.ts";

/** What answers, page by page; while something else is typed the answers before stay. */
export function searchQuery(q: string) {
  return infiniteQueryOptions({
    queryKey: ["search", q],
    queryFn: ({ signal, pageParam }) =>
      api.get<SearchPage>("/api/search", { q, ...(pageParam === "" ? {} : { cursor: pageParam }) }, signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    enabled: q.trim() !== "",
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 15_000,
  });
}
