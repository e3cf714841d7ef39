import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type { figureRow, figureRows, figuresView } from "#contracts/insights";
import { api } from "../../shared/api/api.ts";
import type { Span } from "./spans.ts";

export type FiguresView = z.infer<typeof figuresView>;
export type FigureRow = z.infer<typeof figureRow>;
export type FigureRows = z.infer<typeof figureRows>;

/** What narrows the figures; messages know only their network. */
export type Narrowing = { brandId?: string; queueId?: string; network?: string };
export type Asked = Narrowing & { from: string; to: string };

/** Not under "insights": the live stream would fetch on every event, and figures move with every message. */
export const FIGURES = "figures";
export const ROWS_A_PAGE = 50;
/** The most the server gives at once; for the export. */
export const ROWS_AT_MOST = 200;

export function askedFor(span: Span, narrowing: Narrowing): Asked {
  return { ...narrowing, from: new Date(span.from).toISOString(), to: new Date(span.to).toISOString() };
}

export function figuresQuery(asked: Asked) {
  return queryOptions({
    queryKey: [FIGURES, "all", asked],
    queryFn: ({ signal }) => api.get<FiguresView>("/api/insights/figures", asked, signal),
    placeholderData: keepPreviousData,
  });
}

export function rowsPage(asked: Asked, key: string, cursor: string | null, limit: number, signal?: AbortSignal) {
  return api.get<FigureRows>("/api/insights/rows", { ...asked, key, cursor, limit }, signal);
}

export function rowsQuery(asked: Asked, key: string) {
  return infiniteQueryOptions({
    queryKey: [FIGURES, "rows", key, asked],
    queryFn: ({ signal, pageParam }) => rowsPage(asked, key, pageParam, ROWS_A_PAGE, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page: FigureRows) => page.next,
  });
}

type Named = { id: string; name: string };

/** Brands and queues for the filters; who may not see queues gets no such filter. */
export const brandsQuery = queryOptions({
  queryKey: ["account", "brands"],
  queryFn: ({ signal }) => api.get<{ brands: Named[] }>("/api/brands", undefined, signal),
});
export const queuesQuery = queryOptions({
  queryKey: ["settings", "queues"],
  queryFn: ({ signal }) => api.get<{ queues: Named[] }>("/api/queues", undefined, signal),
});
