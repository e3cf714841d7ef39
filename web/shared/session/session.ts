import { type QueryClient, queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import type { SessionView } from "#contracts/session";
import { api } from "../api/api.ts";
import { isProblem } from "../api/problem.ts";

export type Session = SessionView;

/** Who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: async ({ signal, client }): Promise<Session | null> => {
    try {
      return await api.get<Session>("/api/session", undefined, signal);
    } catch (error) {
      if (!isProblem(error) || error.kind !== "signed-out") throw error;
      // While a page stands open the last session stays until the way to the sign-in is done (app/main.tsx).
      return client.getQueryData<Session>(["session"]) ?? null;
    }
  },
  staleTime: Number.POSITIVE_INFINITY,
  // Nobody waits long before an empty page: app/hard-pages.tsx says that there is no line, and asks again.
  retry: (failures, error) =>
    isProblem(error) && failures < (error.kind === "offline" ? 1 : error.kind === "failed" ? 3 : 0),
});

/** Forgets what was fetched for the one who left; what the sign-in page itself shows stays. */
export function forgetSession(client: QueryClient): void {
  client.removeQueries({ type: "inactive" });
  client.getMutationCache().clear();
  client.setQueryData(sessionQuery.queryKey, null);
}

/** The session of a page behind the sign-in. */
export function useSession(): Session {
  const { data } = useSuspenseQuery(sessionQuery);
  if (data === null) throw new Error("This part of the page stands behind the sign-in.");
  return data;
}

/** Whether a button should be shown at all; the server decides again. Without a place: anywhere. */
export function mayDo(session: Session, verb: string, scopeId?: string): boolean {
  return session.grants.some(
    (grant) =>
      grant.verb === verb &&
      (grant.scope === "account" || grant.scope === "own" || scopeId === undefined || grant.scopeId === scopeId),
  );
}

export function useMay(verb: string, scopeId?: string): boolean {
  return mayDo(useSession(), verb, scopeId);
}
