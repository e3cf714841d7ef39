import { QueryClient } from "@tanstack/react-query";
import { isProblem } from "./problem.ts";

/** Reads are tried again only when no answer came or the server was not ready; a refusal stays one. */
function again(failures: number, error: unknown): boolean {
  if (!isProblem(error)) return false;
  return failures < 3 && (error.kind === "offline" || error.kind === "failed");
}

type Asked = { state: { data: unknown; error: unknown } };

/** Looks again while the page is open; not where nothing has come yet: what is wrong there stays to be read. */
export const every = (ms: number) => (query: Asked) =>
  query.state.data === undefined && query.state.error ? false : ms;

/** The live stream says what changed, so nothing is fetched again merely because time passed or a window got focus. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5 * 60_000,
        gcTime: 30 * 60_000,
        networkMode: "always",
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: again,
        retryDelay: (failures) => Math.min(500 * 2 ** failures, 5_000),
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
}
