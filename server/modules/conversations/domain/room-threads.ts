import { candidatesOf, type Groups, lineFeatures, pairFeatures } from "./room-features.ts";
import { emptyRoom, type HeardLine, hear, listen, notice, type RoomLine } from "./room-log.ts";
import { chances, type RoomModel, unpackModel } from "./room-model.ts";
import { ROOM_WEIGHTS } from "./room-weights.ts";

export type { RoomLine } from "./room-log.ts";

let shipped: RoomModel | undefined;
function shippedModel(): RoomModel {
  shipped ??= unpackModel(ROOM_WEIGHTS);
  return shipped;
}

/**
 * Tells the threads of a room apart. Each line goes on from a thread with lines among its candidates (at most fifty), or begins
 * anew: the chances of a thread's lines add up, and the most likely wins. Reads lines in the order of time and never looks ahead.
 * Returns a thread for each line, named by its first line; a notice stands alone.
 */
export function roomThreads(lines: readonly RoomLine[], model: RoomModel = shippedModel()): Map<string, string> {
  const room = emptyRoom();
  const groups = new RoomGroups();
  for (const line of lines.toSorted((a, b) => a.at - b.at)) {
    if (line.notice) {
      notice(room, line);
      groups.alone(line.id);
      continue;
    }
    const heard = listen(room, line);
    const candidates = candidatesOf(room, heard);
    const likely = chances(
      model,
      lineFeatures(room, heard),
      candidates.map((c) => pairFeatures(room, heard, c, groups)),
    );
    groups.put(heard, best(candidates, likely, groups) ?? line.id);
    hear(room, heard);
  }
  return groups.threadOf;
}

function best(candidates: readonly HeardLine[], likely: readonly number[], groups: Groups): string | null {
  const sums = new Map<string, number>();
  candidates.forEach((c, i) => {
    const group = groups.of(c);
    sums.set(group, (sums.get(group) ?? 0) + likely[i]!);
  });
  let found: string | null = null;
  let most = likely.at(-1)!;
  for (const [group, sum] of sums)
    if (sum > most) {
      most = sum;
      found = group;
    }
  return found;
}

/** The threads so far. */
export class RoomGroups implements Groups {
  readonly threadOf = new Map<string, string>();
  private readonly members = new Map<string, { who: Set<string>; last: HeardLine; size: number }>();

  put(line: HeardLine, group: string): void {
    this.threadOf.set(line.id, group);
    const found = this.members.get(group);
    if (!found) {
      this.members.set(group, { who: new Set([line.who]), last: line, size: 1 });
      return;
    }
    found.who.add(line.who);
    found.last = line;
    found.size += 1;
  }
  alone(id: string): void {
    this.threadOf.set(id, id);
  }
  of(line: HeardLine): string {
    return this.threadOf.get(line.id) ?? line.id;
  }
  has(group: string, who: string): boolean {
    return this.members.get(group)?.who.has(who) ?? false;
  }
  last(group: string): HeardLine | undefined {
    return this.members.get(group)?.last;
  }
  size(group: string): number {
    return this.members.get(group)?.size ?? 1;
  }
}
