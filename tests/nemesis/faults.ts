import type { Fault } from "./schedule.ts";
import { isNetworkFault } from "./schedule.ts";
import type { World } from "./world.ts";

/** Does what the fault says; resolves with how to mend it, or null when there was nothing to break. */
export async function inject(world: World, fault: Fault): Promise<(() => Promise<void>) | null> {
  const { server, second, playground, postgres, lines, clock, network } = world;
  if (isNetworkFault(fault.kind) && "rate" in fault) {
    const { kind, rate, wait: ms } = fault;
    await network.fault({ kind, rate, ms });
    return async () => void (await network.noFault(kind));
  }
  switch (fault.kind) {
    case "kill-server":
    case "kill-second":
    case "kill-playground": {
      const child = { "kill-server": server, "kill-second": second, "kill-playground": playground }[fault.kind];
      if (!child.runs) return null;
      await child.kill();
      return () => child.start();
    }
    case "stall-server":
    case "stall-second": {
      const child = fault.kind === "stall-server" ? server : second;
      if (!child.runs) return null;
      child.stall();
      return async () => child.resume();
    }
    case "kill-postgres":
      if (!postgres.runs) return null;
      await postgres.kill();
      return () => postgres.start();
    case "kill-backend":
      return postgres.killBackend(fault.after + fault.at) ? async () => {} : null;
    case "stall-postgres":
      if (!postgres.runs) return null;
      postgres.stall();
      return async () => postgres.resume();
    case "line-cut":
      lines[fault.line].cut();
      return async () => {};
    case "line-delay":
      lines[fault.line].delay(fault.delay);
      return async () => lines[fault.line].heal(true);
    case "line-half":
      lines[fault.line].halfClose();
      return async () => lines[fault.line].heal(true);
    case "line-hole":
      lines[fault.line].swallow();
      return async () => lines[fault.line].heal(fault.resumes);
    case "clock":
      clock.jump(fault.who, fault.by);
      // What was written while a clock stood ahead lies in the future of a clock put back: all go to the furthest.
      return async () => clock.level();
    default:
      throw new Error(`nobody knows how to do ${fault.kind}`);
  }
}
