import { eventType } from "#platform/journal/event";

/** Figures moved; it names the last of the episodes that moved them. */
export const FiguresChanged = eventType<{ episodeId: string }>("FiguresChanged");
