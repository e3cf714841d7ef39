import { eventType } from "#platform/journal/event";

/** An agent was added or changed (name, state, skills, teams, grants). */
export const AgentChanged = eventType<{ agentId: string; what: "added" | "changed" | "skills" | "teams" | "grants" }>(
  "AgentChanged",
);
