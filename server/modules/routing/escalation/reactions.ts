import type { Rung } from "#contracts/escalation";
import { ChannelIll, ChannelWell } from "#events/channels";
import { EpisodeOpened } from "#events/conversations";
import { AlarmClosed, AlarmOpened } from "#events/listening";
import { PageFailed } from "#events/routing";
import { channelOf } from "#modules/channels";
import { conversationsById } from "#modules/conversations";
import { type Reaction, reaction } from "#platform/journal/reader";
import { causeIsGone, ladderOf, openEscalation } from "./escalate.ts";
import { alarmIsOver, raiseByAlarm } from "./raise-by-alarm.ts";
import { webhooksOf } from "./store/reach-store.ts";

const fitsRisk =
  (risks: readonly string[]) =>
  ({ trigger }: Rung): boolean =>
    trigger.kind === "risk" && trigger.risks.some((risk) => risks.includes(risk));

/** The customer's words carry a risk that the ladder names. Of many episodes a statement per brand; more only for those it names. */
const onRisk = reaction(EpisodeOpened, async (tx, events) => {
  const risky = events.map((e) => e.payload).filter((e) => e.risks.length > 0);
  const named: typeof risky = [];
  for (const [brandId, own] of Map.groupBy(risky, (e) => e.brandId)) {
    const { rungs } = (await ladderOf(tx, brandId)).value;
    named.push(...own.filter((e) => rungs.some(fitsRisk(e.risks))));
  }
  if (named.length === 0) return;
  const conversations = await conversationsById(
    tx,
    named.map((e) => e.conversationId),
  );
  for (const e of named)
    await openEscalation(tx, {
      ...{ topic: `risk:${e.conversationId}`, kind: "risk", otherwise: null, brandId: e.brandId },
      fits: fitsRisk(e.risks),
      says: `${conversations.get(e.conversationId)?.number ?? "A conversation"}: the customer's words carry a risk (${e.risks.join(", ")}).`,
      conversationId: e.conversationId,
    });
});

const onChannelIll = reaction(ChannelIll, async (tx, events) => {
  for (const channelId of new Set(events.map((e) => e.payload.channelId))) {
    const channel = await channelOf(tx, channelId);
    await openEscalation(tx, {
      ...{ topic: `channel:${channelId}`, kind: "channel-dead", otherwise: null, brandId: channel.brandId },
      fits: ({ trigger }) => trigger.kind === "channel-dead",
      says: `${channel.name} does not work: ${channel.trouble ?? "an alarm stands"}.`,
    });
  }
});
const onChannelWell = reaction(ChannelWell, async (tx, events) => {
  for (const channelId of new Set(events.map((e) => e.payload.channelId)))
    await causeIsGone(tx, `channel:${channelId}`);
});

/** A webhook that takes nothing any more is itself something that somebody has to look at. */
const onPageFailed = reaction(PageFailed, async (tx, events) => {
  const dead = new Set(events.filter((e) => e.payload.way === "webhook").map((e) => e.payload.toId));
  for (const hook of await webhooksOf(tx))
    if (dead.has(hook.id) && hook.state === "dead")
      await openEscalation(tx, {
        ...{ topic: `way-dead:${hook.id}`, kind: "way-dead", otherwise: 2 },
        fits: ({ trigger }) => trigger.kind === "way-dead",
        says: `The webhook "${hook.name}" takes no pages any more: ${hook.trouble ?? "no answer"}.`,
      });
});

/** Unusually much is said: the ladder says from how much on somebody is asked. */
const onAlarm = reaction(AlarmOpened, async (tx, events) => {
  for (const { payload } of events) await raiseByAlarm(tx, payload);
});
const onAlarmClosed = reaction(AlarmClosed, async (tx, events) => {
  for (const monitorId of new Set(events.map((e) => e.payload.monitorId))) await alarmIsOver(tx, monitorId);
});

export const escalationReactions: readonly Reaction[] = [
  ...[onRisk, onChannelIll, onChannelWell, onPageFailed, onAlarm, onAlarmClosed],
];
