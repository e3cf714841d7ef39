/** The front door of `listening`: what is said and heard. */
import type { LiveMapping } from "#platform/journal/live";
import type { Reader } from "#platform/journal/reader";
import type { TimerHandler } from "#platform/timers";
import { LEARN_TIMER, learnMarks } from "./learn-marks.ts";
import { onMessageDeleted, onMessageEdited, onMessageReceived } from "./reactions/on-message-received.ts";

export { type UnderstandInput, type Understanding, understand } from "./domain/understand.ts";
export { learnYesNo } from "./learn-yes-no.ts";
export { labelsOfMessages, MARKS, markLabel, understandingOf } from "./listening.ts";
export { loadModels } from "./models/load-models.ts";
export type { LabelRow, UnderstandingRow } from "./store/understanding-store.ts";

export const reader: Reader = { name: "listening", reactions: [onMessageReceived, onMessageEdited, onMessageDeleted] };
export const timers: Readonly<Record<string, TimerHandler>> = { [LEARN_TIMER]: learnMarks };
/** Labels reach screens with the placement that uses them. */
export const liveMappings: readonly LiveMapping[] = [];
