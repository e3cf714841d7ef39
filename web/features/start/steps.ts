/** What makes a desk one's own; each is done or not by what is there, and unknown to who may not see it. */
export type StepId = "mission" | "channels" | "people" | "policy";
export type Step = { id: StepId; done: boolean };

export type Known = {
  mission: string;
  /** Channels that are on; null: not to be seen. */
  channelsOn: number | null;
  agents: number | null;
  /** 0: the brand works by the policy it came with; null: not to be seen. */
  policyVersion: number | null;
};

/** A desk of one agent is one nobody else was let into. */
const PEOPLE = 2;

export function stepsOf(known: Known): Step[] {
  const all: { id: StepId; done: boolean | null }[] = [
    { id: "mission", done: known.mission.trim() !== "" },
    { id: "channels", done: known.channelsOn === null ? null : known.channelsOn > 0 },
    { id: "people", done: known.agents === null ? null : known.agents >= PEOPLE },
    { id: "policy", done: known.policyVersion === null ? null : known.policyVersion > 0 },
  ];
  return all.flatMap(({ id, done }) => (done === null ? [] : [{ id, done }]));
}

/** The ones that came last, newest first; equal moments by their number, so that nothing jumps. */
export function newest<Row extends { number: string; clock: { startedAt: string } }>(
  rows: readonly Row[],
  most: number,
): Row[] {
  return [...rows]
    .sort((a, b) => Date.parse(b.clock.startedAt) - Date.parse(a.clock.startedAt) || (a.number < b.number ? 1 : -1))
    .slice(0, most);
}
