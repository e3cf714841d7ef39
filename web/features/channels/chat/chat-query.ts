import { queryOptions } from "@tanstack/react-query";
import type { ChatSettingsView, ChatSetUp } from "#contracts/webchat";
import { api } from "../../../shared/api/api.ts";

export type Settings = ChatSettingsView;
export type Greeting = Settings["greeting"][number];

const addressOf = (id: string) => `/api/channels/${encodeURIComponent(id)}/webchat`;

/** What a chat is set to, and what its sites need. Looked at again while it waits for its first site. */
export const chatQuery = (id: string) =>
  queryOptions({
    queryKey: ["channels", "chat", id],
    queryFn: ({ signal }) => api.get<ChatSetUp>(addressOf(id), undefined, signal),
    refetchOnWindowFocus: true,
  });

export type SaveChat = { id: string; settings: Settings; expectedVersion: number };
export const saveChat = ({ id, settings, expectedVersion }: SaveChat, commandId: string) =>
  api.put<ChatSetUp>(addressOf(id), { settings }, { commandId, expectedVersion });

export type NewSecret = { id: string; expectedVersion: number };
export const newSecret = ({ id, expectedVersion }: NewSecret, commandId: string) =>
  api.post<{ identitySecret: string; version: number }>(
    `${addressOf(id)}/identity-secret`,
    {},
    { commandId, expectedVersion },
  );
