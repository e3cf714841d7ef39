import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { AlarmClose, AlarmList, AlarmRuleBody, AlarmRuleView, AlarmStory, AlarmView } from "#contracts/alarms";
import { api } from "../../shared/api/api.ts";

export type Alarm = AlarmView;
export type Rule = AlarmRuleView;
export type { AlarmRuleBody, AlarmStory };

export const standingQuery = queryOptions({
  queryKey: ["alarms", "standing"],
  queryFn: ({ signal }) => api.get<AlarmList>("/api/alarms", { state: "standing" }, signal),
});
export const pastQuery = infiniteQueryOptions({
  queryKey: ["alarms", "past"],
  queryFn: ({ pageParam, signal }) =>
    api.get<AlarmList>("/api/alarms", { state: "past", ...(pageParam === null ? {} : { cursor: pageParam }) }, signal),
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.next,
});
export const alarmQuery = (id: string) =>
  queryOptions({
    queryKey: ["alarms", "one", id],
    queryFn: ({ signal }) => api.get<AlarmStory>(`/api/alarms/${id}`, undefined, signal),
  });
export const ruleQuery = (monitorId: string) =>
  queryOptions({
    queryKey: ["alarms", "rule", monitorId],
    queryFn: ({ signal }) => api.get<Rule>(`/api/monitors/${monitorId}/alarm-rule`, undefined, signal),
  });

type At = { id: string; expectedVersion: number };
export const acknowledgeAlarm = ({ id, expectedVersion }: At, commandId: string) =>
  api.post<Alarm>(`/api/alarms/${id}/acknowledge`, {}, { commandId, expectedVersion });
export const closeAlarm = (
  { id, expectedVersion, ...body }: At & Pick<AlarmClose, "how" | "says">,
  commandId: string,
) => api.post<Alarm>(`/api/alarms/${id}/close`, body, { commandId, expectedVersion });
export const saveRule = ({ id, expectedVersion, ...body }: At & AlarmRuleBody, commandId: string) =>
  api.put<Rule>(`/api/monitors/${id}/alarm-rule`, body, { commandId, expectedVersion });
export const touched = () => [["alarms"]] as const;
