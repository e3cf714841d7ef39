import { queryOptions } from "@tanstack/react-query";
import type { LaterBoard } from "#contracts/work-loop";
import { api } from "../../shared/api/api.ts";

/** What I have put off; kept fresh by the live kind "later". */
export const laterQuery = queryOptions({
  queryKey: ["later"],
  queryFn: ({ signal }) => api.get<LaterBoard>("/api/desk/later", undefined, signal),
});
