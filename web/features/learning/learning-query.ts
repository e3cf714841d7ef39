import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type {
  DailyPostView,
  LearningView,
  LearntLabelView,
  ModelVersionView,
  ShareView,
  TodayView,
  VersionChanges,
  VersionChosen,
} from "#contracts/learning";
import type { SampleList, SamplePosts, SampleView, SetAsidePage } from "#contracts/set-aside";
import { api } from "../../shared/api/api.ts";
import { every } from "../../shared/api/query-client.ts";

export type { DailyPostView, LearntLabelView, ModelVersionView, SampleView, ShareView };
export type SetAsidePost = SetAsidePage["items"][number];
export type SamplePost = SamplePosts["posts"][number];

const LEARNING = ["learning"] as const;
/** A version is learnt within a minute of a mark; no live notice tells of it. */
const LOOK_AGAIN = 20_000;

export const labelsQuery = queryOptions({
  queryKey: [...LEARNING, "labels"],
  queryFn: ({ signal }) => api.get<LearningView>("/api/learning", undefined, signal),
  refetchInterval: every(LOOK_AGAIN),
});
export const todayQuery = queryOptions({
  queryKey: [...LEARNING, "today"],
  queryFn: ({ signal }) => api.get<TodayView>("/api/learning/today", undefined, signal),
});
export const brandsQuery = queryOptions({
  queryKey: ["account", "brands"],
  queryFn: ({ signal }) => api.get<{ brands: { id: string; name: string }[] }>("/api/brands", undefined, signal),
});
export function changesQuery(task: string, from: number, to: number) {
  return queryOptions({
    queryKey: [...LEARNING, "changes", task, from, to],
    queryFn: ({ signal }) => api.get<VersionChanges>(`/api/learning/${task}/changes`, { from, to }, signal),
  });
}
export function samplesQuery(brandId: string) {
  return queryOptions({
    queryKey: [...LEARNING, "samples", brandId],
    queryFn: ({ signal }) => api.get<SampleList>(`/api/set-aside/${brandId}/samples`, undefined, signal),
  });
}
export function samplePostsQuery(brandId: string, sampleId: string) {
  return queryOptions({
    queryKey: [...LEARNING, "sample", brandId, sampleId],
    queryFn: ({ signal }) => api.get<SamplePosts>(`/api/set-aside/${brandId}/samples/${sampleId}`, undefined, signal),
  });
}
export function setAsideQuery(brandId: string, reason: string) {
  return infiniteQueryOptions({
    queryKey: [...LEARNING, "set-aside", brandId, reason],
    queryFn: ({ pageParam, signal }) =>
      api.get<SetAsidePage>(
        `/api/set-aside/${brandId}`,
        { limit: 25, reason: reason || undefined, cursor: pageParam },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}

export function chooseVersion(
  { task, expectedVersion, ...body }: { task: string; version: number; pinned: boolean; expectedVersion: number },
  commandId: string,
): Promise<VersionChosen> {
  return api.put<VersionChosen>(`/api/learning/${task}/version`, body, { commandId, expectedVersion });
}
export function answerDaily(
  { day, place, answer }: { day: string; place: number; answer: "yes" | "no" | "skip" },
  commandId: string,
): Promise<unknown> {
  return api.put(`/api/learning/days/${day}/${place}`, { said: answer }, { commandId });
}
export function drawSample({ brandId }: { brandId: string }, commandId: string): Promise<SampleView> {
  return api.post<SampleView>(`/api/set-aside/${brandId}/samples`, {}, { commandId });
}
export function markSample(
  {
    brandId,
    sampleId,
    place,
    verdict,
  }: { brandId: string; sampleId: string; place: number; verdict: "work" | "leave" },
  commandId: string,
): Promise<unknown> {
  return api.put(`/api/set-aside/${brandId}/samples/${sampleId}/${place}`, { verdict }, { commandId });
}
export function markPost(
  { messageId, value }: { messageId: string; value: "yes" | "no" },
  commandId: string,
): Promise<unknown> {
  return api.post(`/api/desk/messages/${messageId}/mark`, { task: "actionable", value }, { commandId });
}
