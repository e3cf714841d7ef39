import { createApi } from "./client.ts";
import { newId } from "./new-id.ts";
import type { Problem } from "./problem.ts";

const signedOutListeners = new Set<(problem: Problem) => void>();

/** Called whenever the server says the session is over. */
export function onSignedOut(listener: (problem: Problem) => void): () => void {
  signedOutListeners.add(listener);
  return () => signedOutListeners.delete(listener);
}

/** The one client of this page. */
export const api = createApi({
  fetch: (input, init) => fetch(input, init),
  cookies: () => document.cookie,
  online: () => navigator.onLine,
  newId,
  now: () => Date.now(),
  wait: (ms) => new Promise((done) => setTimeout(done, ms)),
  onSignedOut: (problem) => {
    for (const listener of signedOutListeners) listener(problem);
  },
});
