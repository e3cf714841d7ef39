/** The front door of `listening`: what is said and heard. */
import { AlarmChanged, AlarmClosed, AlarmOpened } from "#events/listening";
import { type LiveMapping, live } from "#platform/journal/live";
import type { Reader } from "#platform/journal/reader";
import type { TimerHandler } from "#platform/timers";
import { TELL_TIMER, tellAlarm } from "./alarms/settle-alarms.ts";
import { learnByNight, learnMarks } from "./learn-marks.ts";
import { LEARN_TIMER, NIGHT_TIMER } from "./learning/learn-times.ts";
import { onMessageDeleted, onMessageEdited, onMessageReceived } from "./reactions/on-message-received.ts";
import { followMonitors, TRENDS_TIMER } from "./trends/follow-monitors.ts";

export { alarmRoutes } from "./api/alarm-routes.ts";
export { learningRoutes } from "./api/learning-routes.ts";
export { monitorRoutes } from "./api/monitor-routes.ts";
export { thingRoutes } from "./api/thing-routes.ts";
export { trendRoutes } from "./api/trend-routes.ts";
export { COURSES, type Course, type CourseOfMood, courseOf, type Mood } from "./domain/course.ts";
export { type KindShares, kindsOf, POST_KINDS, type PostKind } from "./domain/kinds.ts";
export { type UnderstandInput, type Understanding, understand } from "./domain/understand.ts";
export { learnYesNo } from "./learn-yes-no.ts";
export { learnFromWork } from "./learning/learn-from-work.ts";
export { labelsMarked, messagesMarked } from "./learning/marked.ts";
export { labelsOfMessages, MARKS, markLabel, understandingOf } from "./listening.ts";
export { loadModels } from "./models/load-models.ts";
export { createEars } from "./monitors/ears.ts";
export { lane as matchingThread } from "./monitors/matching-lane.ts";
export { makeMonitor } from "./monitors/monitors.ts";
export { SHIPPED_RULE, saveRule as saveAlarmRule } from "./store/alarm-store.ts";
export type { LabelRow, UnderstandingRow } from "./store/understanding-store.ts";
export { thingsSetting } from "./things/things.ts";
export { lookBackAnew } from "./trends/look-back-anew.ts";

export const reader: Reader = { name: "listening", reactions: [onMessageReceived, onMessageEdited, onMessageDeleted] };
export const timers: Readonly<Record<string, TimerHandler>> = {
  [LEARN_TIMER]: learnMarks,
  [NIGHT_TIMER]: learnByNight,
  [TRENDS_TIMER]: followMonitors,
  [TELL_TIMER]: tellAlarm,
};
const alarm = (e: { entityId: string; entityVersion: number }) => [
  { kind: "alarm", id: e.entityId, version: e.entityVersion, needs: { verb: "monitor.read" } },
];
/** Labels reach screens with the placement that uses them. */
export const liveMappings: readonly LiveMapping[] = [
  live(AlarmOpened, alarm),
  live(AlarmChanged, alarm),
  live(AlarmClosed, alarm),
];
