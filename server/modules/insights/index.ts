/** The front door of `insights`: figures, each made of facts that are folded from events. */
import { FiguresChanged } from "#events/insights";
import { type LiveMapping, live } from "#platform/journal/live";

export { insightsRoutes } from "./api/insights-routes.ts";
export { outcomeRoutes } from "./api/outcome-routes.ts";
export { replayRoutes, stitchReplayRoutes } from "./api/replay-routes.ts";
export { definitionOf, type FigureKey, figures } from "./domain/figures.ts";
export { type Figure, figuresOf } from "./insights.ts";
export { reader } from "./reactions/fold-facts.ts";

export const liveMappings: readonly LiveMapping[] = [
  // Whatever moved them, whoever sees figures asks again for theirs; which episode it was is nobody's business here.
  live(FiguresChanged, (e) => [{ kind: "figures", id: e.id, version: 1, needs: { verb: "insights.read" } }]),
];
