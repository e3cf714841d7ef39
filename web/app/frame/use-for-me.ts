import { useQuery } from "@tanstack/react-query";
import { forMeQuery } from "../../shared/api/for-me-query.ts";
import { useMay } from "../../shared/session/session.ts";

/** How much wants to be seen by this agent. */
export function useForMe(): number {
  const { data } = useQuery({ ...forMeQuery, enabled: useMay("conversation.read") });
  return data?.unread ?? 0;
}
