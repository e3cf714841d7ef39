import { useQuery } from "@tanstack/react-query";
import { api } from "../../shared/api/api.ts";
import { useMay } from "../../shared/session/session.ts";

type Counts = { counts: { mine: number; offers: number; team: number; waiting: number; lateMine: number } };

/** My late items, for the rail and the tab's title. One row is asked for; the counts come with every page of work. */
export function useLateCount(): number {
  const { data } = useQuery({
    queryKey: ["work", "counts"],
    queryFn: ({ signal }) => api.get<Counts>("/api/desk/work", { view: "mine", limit: 1 }, signal),
    enabled: useMay("work.read"),
    // Time alone makes an item late, and no event tells it.
    refetchInterval: 60_000,
  });
  return data?.counts.lateMine ?? 0;
}
