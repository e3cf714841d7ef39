import { eventType } from "#platform/journal/event";

/** Figures of an episode moved. */
export const FiguresChanged = eventType<{ episodeId: string }>("FiguresChanged");
