import { queryOptions } from "@tanstack/react-query";
import type { ForMeBoard } from "#contracts/together";
import { api } from "./api.ts";

/** What wants to be seen by me; kept fresh by the live kind "for-me". */
export const forMeQuery = queryOptions({
  queryKey: ["for-me"],
  queryFn: ({ signal }) => api.get<ForMeBoard>("/api/desk/for-me", undefined, signal),
});
