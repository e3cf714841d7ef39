import { z } from "zod";
import type { QueueDraft, SetupChange } from "../domain/rehearse/change-setup.ts";
import type { Setup } from "../domain/rehearse/model.ts";
import * as f from "./route-shapes.ts";

const span = { from: f.instant, to: f.instant };
const ends = (of: { from: number; to: number }) => of.to > of.from;
const queueDraft = z.strictObject({
  team: f.name.optional(),
  targets_s: f.targets.partial().optional(),
  ...f.queueParts,
});
const agentDraft = z.strictObject({
  ...{
    teams: f.teams.optional(),
    skills: f.skills.optional(),
    budget: f.budget.optional(),
    limits: f.limits.optional(),
  },
});
const staff = z
  .strictObject({
    ...{ team: f.name, add: z.int().min(1).max(500), ...span, skills: f.skills.optional() },
    ...{ budget: f.budget.default(100), limits: f.limits.default({}) },
  })
  .refine(ends, "ends before it begins");
const draft = z.strictObject({
  queues: z.record(f.name, queueDraft).default({}),
  agents: z.record(f.name, agentDraft).default({}),
  media: f.mediaDraft.default({}),
  skills: z
    .record(f.name, z.strictObject({ level: z.int().min(0).max(100).optional(), kind: f.kind.optional() }))
    .default({}),
  staffing: z.array(staff).max(100).default([]),
  absent: z
    .array(z.strictObject({ agent: f.name, ...span }).refine(ends, "ends before it begins"))
    .max(1_000)
    .default([]),
  behaviour: f.behaviour.default({}),
  wrap_up_s: f.perMedium(f.seconds).default({}),
  most_transfers: z.int().min(0).max(20).optional(),
});

/** Reads a draft (docs/formats/route.md) against what is there. A sentence where it cannot be used: a draft is used whole or not at all. */
export function readDraft(said: unknown, setup: Setup): SetupChange | string {
  const read = draft.safeParse(said);
  if (!read.success) return f.firstFault(read.error);
  const { queues, agents, staffing, absent, wrap_up_s, most_transfers, ...rest } = read.data;
  const { behaviour, media, skills } = rest;
  const queue = Object.keys(queues).find((id) => !setup.queues.has(id));
  if (queue !== undefined) return `The history has no queue "${queue}".`;
  const agent = [...Object.keys(agents), ...absent.map((one) => one.agent)].find((id) => !setup.agents.has(id));
  if (agent !== undefined) return `The history has no agent "${agent}".`;
  const both = { ...setup.behaviour, ...f.asBehaviour(behaviour) };
  if (both.declines + both.misses > 0.9) return '"behaviour": of ten offers one at least has to be taken';
  return {
    queues: new Map(Object.entries(queues).map(([id, one]) => [id, asQueueDraft(one)])),
    agents: new Map(Object.entries(agents).map(([id, one]) => [id, f.defined(one)])),
    media,
    skills: new Map(Object.entries(skills).map(([skill, one]) => [skill, f.defined(one)])),
    staffing: staffing.map(({ from, to, ...one }) => ({
      ...one,
      here: [{ from, to }],
      skills: one.skills ?? new Map(),
    })),
    absent,
    behaviour: f.asBehaviour(behaviour),
    wrapUp: f.defined(wrap_up_s),
    maxTransfers: most_transfers,
  };
}

function asQueueDraft({
  team,
  targets_s,
  rings,
  overflow,
  choice,
  needs,
  ...rest
}: z.infer<typeof queueDraft>): QueueDraft {
  const targets = targets_s && f.defined(targets_s);
  return { ...f.defined({ team, targets, rings, overflow, choice, needs }), ...f.renamed(rest) } as QueueDraft;
}
