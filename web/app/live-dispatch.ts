import type { QueryClient, QueryKey } from "@tanstack/react-query";
import type { LiveKind } from "#contracts/live";
import { onLiveEvent, onLiveReset } from "../shared/live/live-client.ts";
import type { LiveEvent } from "../shared/live/protocol.ts";

/**
 * What each kind of live event makes stale. Query keys begin with the name of their thing: ["work"], ["offers"],
 * ["conversation", id], ["customer", id] …; a key stands for all keys that begin with it.
 */
const TOUCHES: Record<LiveKind, (event: LiveEvent) => QueryKey[]> = {
  work: (event) => [["work"], ...conversationOf(event), ["presence"]],
  offer: (event) => [["offers"], ["work"], ...conversationOf(event), ["presence"]],
  conversation: (event) => [["conversation", event.conversationId ?? event.id], ["work"], ["customer"]],
  message: (event) => [...conversationOf(event), ["work"], ...(event.conversationId ? [["customer"]] : [])],
  reply: (event) => [...conversationOf(event), ["work"]],
  note: (event) => conversationOf(event),
  invite: (event) => (event.conversationId ? [["conversation", event.conversationId, "invites"]] : []),
  customer: (event) => [["customer", event.id], ["conversation"]],
  draft: (event) => (event.conversationId ? [["draft", event.conversationId]] : []),
  presence: () => [["presence"]],
  clock: (event) => (event.conversationId ? [["conversation", event.conversationId, "clocks"]] : []),
  promise: (event) => (event.conversationId ? conversationOf(event) : [["conversation"]]),
  channel: () => [["channels"]],
  setting: () => [["settings"], ["account"], ["hours"]],
  figures: () => [["insights"]],
  policy: () => [["policy"]],
  people: () => [["people"], ["session"]],
  escalation: () => [["escalations"], ["alerts"]],
  approval: (event) => [["approvals"], ...conversationOf(event)],
  alarm: () => [["alarms"]],
  crisis: (event) => [["crises"], ["alerts"], ["escalations"], ...conversationOf(event)],
  together: (event) => (event.conversationId ? [["conversation", event.conversationId, "together"]] : []),
  "for-me": () => [["for-me"]],
  later: (event) => [["later"], ...conversationOf(event)],
};

function conversationOf(event: LiveEvent): QueryKey[] {
  return event.conversationId ? [["conversation", event.conversationId]] : [];
}

/** The query keys one event makes stale, without doubles. */
export function staleAfter(event: LiveEvent): QueryKey[] {
  // A newer server may name a kind this page does not know: it touches the key of that name.
  const known = Object.hasOwn(TOUCHES, event.kind) ? TOUCHES[event.kind as LiveKind] : null;
  const keys = known ? known(event) : [[event.kind]];
  const seen = new Set<string>();
  return keys.filter((key) => {
    const name = JSON.stringify(key);
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}

/** Collects the keys of many events that come together, so that a busy minute is one round of fetching. */
export function createDispatcher(
  invalidate: (key: QueryKey) => void,
  soon: (run: () => void) => void,
): (event: LiveEvent) => void {
  const waiting = new Map<string, QueryKey>();
  let planned = false;
  return (event) => {
    for (const key of staleAfter(event)) waiting.set(JSON.stringify(key), key);
    if (planned || waiting.size === 0) return;
    planned = true;
    soon(() => {
      planned = false;
      const keys = [...waiting.values()];
      waiting.clear();
      for (const key of keys) invalidate(key);
    });
  };
}

/** Together within this many ms is one round; well under the 50 ms in which a live change should be seen. */
const ROUND = 15;

/** Ties the stream to the query cache; the one who acted hears of it the same way as everybody else. */
export function connectLive(client: QueryClient): () => void {
  const dispatch = createDispatcher(
    (queryKey) => void client.invalidateQueries({ queryKey }),
    (run) => void setTimeout(run, ROUND),
  );
  const stopEvents = onLiveEvent(dispatch);
  const stopResets = onLiveReset((before) => {
    void client.invalidateQueries({ predicate: (query) => query.state.dataUpdatedAt < before });
  });
  return () => {
    stopEvents();
    stopResets();
  };
}
