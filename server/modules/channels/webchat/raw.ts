import { seal } from "#modules/company";
import { json, type Tx } from "#platform/db";
import { uuidv7 } from "#platform/ids";
import { newTrace } from "#platform/trace";
import { insertRaw } from "../store/raw-store.ts";
import { type Envelope, envelopeBytes } from "./envelope.ts";

/** Puts what a visitor did into the raw inbox, in the commit in which it is acknowledged: from here it goes the way of any input. */
export async function putRaw(tx: Tx, channelId: string, ...events: readonly Envelope[]): Promise<void> {
  await insertRaw(tx, [
    {
      ...{ id: uuidv7(tx.now), channelId, source: "stream", receivedAt: tx.now, head: json({}) },
      ...{ body: await seal(tx, envelopeBytes(...events)), traceId: tx.traceId ?? newTrace(tx.now), replayKey: null },
    },
  ]);
}
