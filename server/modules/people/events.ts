import { eventType } from "#platform/journal/event";

/** An agent was added or changed (name, state, skills, teams, grants). With `grants`, `agentId` is the subject of the right, which `subjectKind` tells. */
export const AgentChanged = eventType<{
  agentId: string;
  what: "added" | "changed" | "skills" | "teams" | "grants";
  subjectKind?: "agent" | "team" | "api-key";
}>("AgentChanged");
