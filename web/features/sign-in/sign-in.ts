import { queryOptions } from "@tanstack/react-query";
import { api } from "../../shared/api/api.ts";
import type { Session } from "../../shared/session/session.ts";

export type DemoAccounts = { accounts: { name: string; email: string; role: string }[] };

/** The people one may sign in as without a password; none outside of a demo. */
export const demoQuery = queryOptions({
  queryKey: ["demo-accounts"],
  queryFn: async ({ signal }): Promise<DemoAccounts> =>
    api.get<DemoAccounts>("/api/session/demo", undefined, signal).catch(() => ({ accounts: [] })),
});

export function signIn(input: { email: string; password: string }, commandId: string): Promise<Session> {
  return api.post<Session>("/api/session", input, { commandId });
}

export function signInDemo(input: { email: string }, commandId: string): Promise<Session> {
  return api.post<Session>("/api/session/demo", input, { commandId });
}
