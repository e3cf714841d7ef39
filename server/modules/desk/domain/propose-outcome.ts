/** What the last words of an episode look like, newest last. */
export interface Said {
  by: "customer" | "us";
  thanksOnly: boolean;
  noise: boolean;
}

/** Proposes what came of it, with the reason that stands on the button; null while nothing was said. */
export function proposeOutcome(said: readonly Said[]): { outcome: string; reason: string } | null {
  const last = said.at(-1);
  if (!last) return null;
  if (last.by === "customer" && last.thanksOnly && said.some((s) => s.by === "us"))
    return { outcome: "solved", reason: "they said thanks after our answer" };
  if (last.by === "us") return { outcome: "answered", reason: "our answer is the last word" };
  if (last.noise) return { outcome: "spam", reason: "the last message looks like noise" };
  return said.some((s) => s.by === "us")
    ? { outcome: "answered", reason: "we answered before" }
    : { outcome: "no-answer-needed", reason: "nothing was answered yet" };
}
