import type { Instant } from "#platform/clock";
import { change } from "./capacity.ts";
import { decide } from "./decide.ts";
import type { Item, World } from "./model.ts";

/** Everybody who could take it has declined: the declines are forgotten, so that nothing becomes unroutable. */
export function forgetDeclines(world: World, item: Item, now: Instant): void {
  change(world, item, { excluded: [] });
  const text = "Everybody who could take it has declined; it is offered anew.";
  decide(world, item, now, "tried-all", [{ code: "all-declined", text }]);
}
