import { queryOptions } from "@tanstack/react-query";
import type { MacroBoard } from "#contracts/macros";
import { api } from "./api.ts";

/** The macros the agent can use, and what one can be made of. */
export const macrosQuery = queryOptions({
  queryKey: ["macros"],
  queryFn: ({ signal }) => api.get<MacroBoard>("/api/macros", undefined, signal),
  staleTime: 60_000,
});
