import type { ConversationView } from "#contracts/desk";

export type Change =
  | { kind: "owner"; name: string | null }
  | { kind: "wrote"; name: string; text: string; at: string }
  | { kind: "answered"; name: string; text: string; at: string }
  | { kind: "noted"; name: string; at: string }
  | { kind: "done" }
  | { kind: "opened" };

/** What somebody else did between two looks at a conversation; `me` is not told of what I did. */
export function whatChanged(before: ConversationView, after: ConversationView, me: string): Change[] {
  const changes: Change[] = [];
  if (before.work && !after.work) changes.push({ kind: "done" });
  if (!before.work && after.work) changes.push({ kind: "opened" });
  if (before.work && after.work && before.work.owner?.id !== after.work.owner?.id)
    changes.push({ kind: "owner", name: after.work.owner?.id === me ? null : (after.work.owner?.name ?? null) });
  const known = new Set(before.timeline.map((entry) => entry.id));
  for (const entry of after.timeline) {
    if (known.has(entry.id)) continue;
    const { at } = entry;
    if (entry.type === "message" && entry.direction === "in")
      changes.push({ kind: "wrote", name: entry.author.name || entry.author.handle, text: entry.text, at });
    else if (entry.type === "reply" && entry.agent.id !== me)
      changes.push({ kind: "answered", name: entry.agent.name, text: entry.text, at });
    else if (entry.type === "note" && entry.agent.id !== me)
      changes.push({ kind: "noted", name: entry.agent.name, at });
  }
  return changes;
}
