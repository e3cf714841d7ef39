import type { ModerationAct } from "#modules/channels";
import type { Agent } from "#modules/people";
import { iso } from "#platform/clock";
import type { Entry } from "../read/timeline-entries.ts";

type Told = Pick<
  ModerationAct,
  "id" | "messageId" | "verb" | "reason" | "note" | "agentId" | "state" | "error" | "createdAt" | "doneAt"
> & { target: { authorHandle: string } };

const DONE: Record<ModerationAct["verb"], (who: string) => string> = {
  hide: (who) => `hid what ${who} said`,
  unhide: (who) => `showed again what ${who} said`,
  delete: () => "deleted a post of ours",
  block: (who) => `blocked ${who}`,
  unblock: (who) => `let ${who} in again`,
  report: (who) => `reported what ${who} said`,
};
const WORDS: Record<ModerationAct["reason"], string> = {
  abuse: "insults or threats",
  spam: "spam",
  misleading: "false or misleading",
  sexual: "sexual content",
  illegal: "against the law",
  "private-data": "personal data in public",
  mistake: "a mistake of ours",
  other: "another reason",
};

/** What was done about messages on their network, as lines of the timeline; what was withdrawn before it left is nobody's business. */
export function moderationLines(acts: readonly Told[], agents: ReadonlyMap<string, Agent>): Entry[] {
  return acts
    .filter((act) => act.state !== "cancelled")
    .map((act): Entry => {
      const name = agents.get(act.agentId)?.name ?? "An agent";
      const who = act.target.authorHandle || "the author";
      return {
        ...{ type: "line", id: act.id, at: iso(act.doneAt ?? act.createdAt), kind: "moderated" },
        text: `${name} ${DONE[act.verb](who)}${standing(act)}`,
        reasons: [
          { code: act.reason, text: WORDS[act.reason] },
          ...(act.note ? [{ code: "note", text: act.note }] : []),
          ...(act.error && act.state !== "done" ? [{ code: act.error.class, text: act.error.message }] : []),
        ],
      };
    });
}

function standing({ state }: Told): string {
  if (state === "pending" || state === "in-flight") return " (on its way)";
  if (state === "unknown") return " (the network has not said whether it did it: say what became of it)";
  return state === "failed" ? " (it did not work)" : "";
}
