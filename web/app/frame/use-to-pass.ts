import { useQuery } from "@tanstack/react-query";
import { api } from "../../shared/api/api.ts";
import { useMay } from "../../shared/session/session.ts";

/** Replies that wait for this agent to pass them; asked only for those who may pass any. */
export function useToPass(): number {
  const { data } = useQuery({
    queryKey: ["approvals", "open"],
    queryFn: ({ signal }) => api.get<{ asked: number }>("/api/desk/approvals", { view: "open" }, signal),
    enabled: useMay("reply.approve"),
  });
  return data?.asked ?? 0;
}
