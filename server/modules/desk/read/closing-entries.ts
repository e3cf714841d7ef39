import type { z } from "zod";
import type { timelineEntry } from "#contracts/desk";
import { iso } from "#platform/clock";
import type { outcomesSetting } from "../settings.ts";
import { reasonWords } from "../together/closing.ts";
import type { Closing } from "../together/store/closing-store.ts";

type Entry = z.input<typeof timelineEntry>;
interface Known {
  outcomes: z.output<(typeof outcomesSetting)["schema"]>;
  episodes: readonly { id: string; outcome: string | null }[];
  agents: ReadonlyMap<string, { name: string }>;
}

/** Why an episode ended so, and what it told the rest of the company, on the line of time. */
export function closingEntries(closings: readonly Closing[], { outcomes, episodes, agents }: Known): Entry[] {
  return closings.map((one): Entry => {
    const ended = episodes.find((e) => e.id === one.episodeId)?.outcome;
    // Where the outcome is not known yet (the reply is on its way), the first that has this reason tells its name.
    const outcome =
      outcomes.find((o) => o.key === ended) ?? outcomes.find((o) => o.reasons?.some((r) => r.key === one.reason[0]));
    const by = one.byAgent === null ? null : agents.get(one.byAgent)?.name;
    const parts = [
      outcome?.name ?? null,
      one.reason.length > 0 ? `reason: ${reasonWords(outcome, one.reason)}` : null,
      one.lead ? "marked as a lead" : null,
      one.feedback !== "" ? `feedback on the product: ${one.feedback}` : null,
    ].filter((part) => part !== null);
    const said = parts.join("; ");
    // After the line of the end itself, which is folded below it.
    return {
      ...{ type: "line", id: `closing-${one.episodeId}`, at: iso(one.at + 1), kind: "closing", reasons: [] },
      text: `${said.charAt(0).toUpperCase()}${said.slice(1)}${by ? ` (${by})` : ""}`,
    };
  });
}
