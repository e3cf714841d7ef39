import { queryOptions } from "@tanstack/react-query";
import type { PresenceView } from "#contracts/workforce";
import { api } from "./api.ts";

/** Who is here, with how much work; kept fresh by the live kind "presence". */
export const presenceQuery = queryOptions({
  queryKey: ["presence"],
  queryFn: ({ signal }) => api.get<{ agents: PresenceView[] }>("/api/presence", undefined, signal),
});
