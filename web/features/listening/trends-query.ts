import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { MonitorThemes, TrendSpan, Trends } from "#contracts/trends";
import { api } from "../../shared/api/api.ts";
import { every } from "../../shared/api/query-client.ts";

export type { MonitorThemes, TrendSpan, Trends };

/** The server counts every five minutes. */
const LOOK_AGAIN = 60_000;

export const trendsQuery = (span: TrendSpan, monitors: readonly string[] | null) =>
  queryOptions({
    queryKey: ["trends", span, monitors],
    queryFn: ({ signal }) =>
      api.get<Trends>("/api/trends", { span, ...(monitors === null ? {} : { monitors: monitors.join(",") }) }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: every(LOOK_AGAIN),
  });
export const themesQuery = (monitorId: string, span: TrendSpan) =>
  queryOptions({
    queryKey: ["trends", "themes", monitorId, span],
    queryFn: ({ signal }) => api.get<MonitorThemes>(`/api/monitors/${monitorId}/themes`, { span }, signal),
    staleTime: LOOK_AGAIN,
  });
