import type { Instant } from "#platform/clock";
import { change } from "./capacity.ts";
import { decide } from "./decide.ts";
import type { Item, World } from "./model.ts";

/** Everybody who could take it has declined, or let it pass over other work: the declines are forgotten, so that nothing becomes unroutable. */
export function forgetDeclines(world: World, item: Item, now: Instant): void {
  const text = item.excluded.some((one) => one.passed)
    ? "Everybody who could take it has declined it or let it pass; it is offered anew."
    : "Everybody who could take it has declined; it is offered anew.";
  change(world, item, { excluded: [] });
  decide(world, item, now, "tried-all", [{ code: "all-declined", text }]);
}
