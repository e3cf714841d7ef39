import { textsById } from "#modules/channels";
import { labelsOfMessages } from "#modules/listening";
import type { Tx } from "#platform/db";
import { audienceOf, isLinear } from "../domain/medium.ts";
import { saidLater } from "../domain/said-later.ts";
import type { StitchMessage } from "../domain/stitch-world.ts";
import type { Placement } from "../store/placement-store.ts";
import { channelKey } from "./draft.ts";

/**
 * Placed messages as the stitcher would see them, to try something on the past: two statements whatever their number. Ours answer what they
 * answered on the network; what the policy asked for then, it asks for. Invites let nobody in.
 */
export async function pastMessages(tx: Tx, placed: readonly Placement[]): Promise<StitchMessage[]> {
  const ids = placed.map((p) => p.messageId);
  const texts = await textsById(tx, ids);
  const labels = await labelsOfMessages(tx, ids);
  return placed.flatMap((p): StitchMessage[] => {
    const label = labels.get(p.messageId);
    if (!label || p.deletedAt !== null) return [];
    return [
      {
        id: p.messageId,
        at: p.sentAt,
        key: channelKey(p.channelId, p.externalId),
        parentKey: p.parentExternalId === null ? null : channelKey(p.channelId, p.parentExternalId),
        thread: channelKey(p.channelId, p.threadKey),
        linear: isLinear(p.medium),
        audience: audienceOf(p.visibility),
        by: p.role === "us" ? "us" : p.role === "bot" ? "bot" : "customer",
        handleId: p.handleId,
        customerId: p.role === "us" ? null : p.customerId,
        deliveredFor: null,
        noise: label.noise,
        addressed: label.addressed,
        intent: label.intent,
        thanksOnly: label.thanksOnly,
        workAlone: p.role !== "us" && p.actionable === true,
        said: saidLater(texts.get(p.messageId) ?? ""),
      },
    ];
  });
}
