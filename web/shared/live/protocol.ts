/** One thing that changed: ids, kind and version, never content. Positions are dense per account. */
export type LiveEvent = {
  position: number;
  kind: string;
  id: string;
  version: number;
  conversationId?: string;
};

/** `since`: epoch ms of the last word from the server. `nextTryAt`: when the next attempt begins. */
export type LiveStatus =
  | { state: "connecting" }
  | { state: "online" }
  | { state: "offline"; since: number; nextTryAt: number }
  | { state: "signed-out" };

/** From a tab to the hub, which lives in a SharedWorker or, without one, in the tab itself. */
export type ToHub = { type: "join"; session: string } | { type: "leave" } | { type: "try-now" };

/** From the hub to each tab. `reset`: things may have been missed, fetch anew what is older than `before` (epoch ms). */
export type ToTab =
  | { type: "event"; event: LiveEvent }
  | { type: "reset"; before: number }
  | { type: "status"; status: LiveStatus };

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

/** What the stream says, checked: a message of another shape is no event. */
export function readLiveEvent(data: string, id: string | null): LiveEvent | null {
  let said: Record<string, unknown>;
  try {
    const parsed: unknown = JSON.parse(data);
    if (typeof parsed !== "object" || parsed === null) return null;
    said = parsed as Record<string, unknown>;
  } catch {
    return null;
  }
  const position = Number(said.position ?? id);
  if (!Number.isSafeInteger(position) || position < 0 || !isText(said.kind) || !isText(said.id)) return null;
  const event: LiveEvent = { position, kind: said.kind, id: said.id, version: Number(said.version ?? 0) };
  return isText(said.conversationId) ? { ...event, conversationId: said.conversationId } : event;
}
