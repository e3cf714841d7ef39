import { readSaid } from "../../server/modules/conversations/domain/said.ts";
import { stitch } from "../../server/modules/conversations/domain/stitch.ts";
import {
  emptyWorld,
  type StitchMessage,
  type StitchWorld,
} from "../../server/modules/conversations/domain/stitch-world.ts";

export const MONDAY = Date.parse("2026-03-02T09:00:00Z");

export type Line = Partial<StitchMessage> & { id: string; text: string; after?: number; from?: string; to?: string };

export function build(line: Line): StitchMessage {
  const { text, after = 0, from = "alice", to, ...rest } = line;
  const us = from === "us";
  const audience = rest.audience ?? "public";
  return {
    at: MONDAY + after,
    key: line.id,
    parentKey: to ?? null,
    thread: `${audience}/${audience === "private" ? from : (to ?? line.id)}`,
    linear: audience === "private",
    audience,
    by: us ? "us" : "customer",
    handleId: us ? null : `h-${from}`,
    customerId: us ? null : `c-${from}`,
    deliveredFor: null,
    noise: false,
    addressed: audience === "private" ? "direct" : to ? "reply" : "mention",
    intent: "complaint",
    thanksOnly: false,
    workAlone: false,
    said: readSaid(text),
    ...rest,
  };
}

export function town(lines: Line[], world: StitchWorld = emptyWorld()) {
  const stitched = stitch(world, lines.map(build));
  return new Map(stitched.map((s) => [s.message.id, s.decision]));
}

export const parcel: Line = { id: "a1", text: "@northwind my parcel for order A55102 has not come" };
