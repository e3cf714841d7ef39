import type { QueryClient } from "@tanstack/react-query";
import type { OfferView } from "#contracts/desk";
import { offersQuery } from "./work-query.ts";

/** So long after the page began to load the first offer may still be on its way, ms. */
const FIRST_MOMENTS = 15_000;
const PAUSE = 500;
const LOOKS = 3;

/**
 * The offer that is held out to an agent who has only just come: whoever asks for work before it is there has not asked too
 * early, but a moment too soon. Null when none comes in that moment, or when the agent has been here for longer.
 */
export async function offerOnItsWay(client: QueryClient, now = performance.now()): Promise<OfferView | null> {
  if (now > FIRST_MOMENTS) return null;
  for (let look = 0; look < LOOKS; look += 1) {
    await new Promise((done) => setTimeout(done, PAUSE));
    const [offer] = await client.fetchQuery({ ...offersQuery, staleTime: 0 }).catch(() => []);
    if (offer) return offer;
  }
  return null;
}
