import { queryOptions } from "@tanstack/react-query";
import type {
  ApprovalFinding,
  ApprovalList,
  ApprovalRules,
  ApprovalRulesView,
  ApprovalView,
} from "#contracts/approval";
import { api } from "../../shared/api/api.ts";

export const approvalsQuery = (view: "open" | "over") =>
  queryOptions({
    queryKey: ["approvals", view],
    queryFn: ({ signal }) => api.get<ApprovalList>("/api/desk/approvals", { view }, signal),
  });
export const rulesQuery = (brandId: string | null) =>
  queryOptions({
    queryKey: ["settings", "approval", brandId],
    queryFn: ({ signal }) =>
      api.get<ApprovalRulesView>("/api/approval-rules", brandId === null ? undefined : { brandId }, signal),
  });
type Named = { id: string; name: string };
export const brandsQuery = queryOptions({
  queryKey: ["account", "brands"],
  queryFn: ({ signal }) => api.get<{ brands: Named[] }>("/api/brands", undefined, signal),
});
export const agentsQuery = queryOptions({
  queryKey: ["people", "agents"],
  queryFn: ({ signal }) => api.get<{ agents: (Named & { state: string })[] }>("/api/agents", undefined, signal),
});
export const teamsQuery = queryOptions({
  queryKey: ["people", "teams"],
  queryFn: ({ signal }) => api.get<{ teams: Named[] }>("/api/teams", undefined, signal),
});

type On = { id: string; expectedVersion: number };
const act =
  <More extends object>(path: string) =>
  ({ id, expectedVersion, ...more }: On & More, commandId: string) =>
    api.post<ApprovalView>(`/api/desk/approvals/${id}/${path}`, more, { commandId, expectedVersion });
export const approve = act<{ text: string | null }>("approve");
export const giveBack = act<{ reason: string }>("return");
export const withdraw = act<object>("withdraw");
export const confirm = act<object>("confirm");
export const comment = ({ id, says }: { id: string; says: string }, commandId: string) =>
  api.post<ApprovalView>(`/api/desk/approvals/${id}/comments`, { says }, { commandId });

export const checkRules = (rules: ApprovalRules, commandId: string) =>
  api.post<{ findings: ApprovalFinding[] }>("/api/approval-rules/check", { rules }, { commandId });
export const saveRules = (
  { expectedVersion, ...asked }: { brandId: string | null; rules: ApprovalRules; expectedVersion: number },
  commandId: string,
) => api.put<ApprovalRulesView>("/api/approval-rules", { ...asked, from: null }, { commandId, expectedVersion });
