import type { Clock } from "#platform/clock";
import type { NewChannel } from "../../channels.ts";
import type { ConnectCheck, ConnectNeed } from "../../domain/connector.ts";
import { createRateBudget } from "../../domain/rate-budget.ts";
import { emailAdapter } from "../adapter.ts";
import { EMAIL_NEEDS } from "./answers.ts";

const WITHIN = 30_000;

/** What `connectMailbox` asks for; the sealed ones are secrets. */
export const mailboxNeeds: readonly ConnectNeed[] = EMAIL_NEEDS;

export type Mailbox =
  | { ok: true; channel: Omit<NewChannel, "brandId" | "name">; halves: readonly ConnectCheck[] }
  /** `need`: the answer that is wrong, where it is one. */
  | { ok: false; need: string | null; why: string };

/** Signs in on both sides, and says how the channel is to be made and which half of it works. */
export async function connectMailbox(clock: Clock, answers: Readonly<Record<string, string>>): Promise<Mailbox> {
  const connector = emailAdapter(clock).connect!;
  const done = await connector.prepare(answers, AbortSignal.timeout(WITHIN));
  if (!done.ok) return { ok: false, need: done.need, why: done.says };
  const { externalId, handle, config, secret } = done.made;
  const open = EMAIL_NEEDS.flatMap(({ name, sealed }) => (sealed || !answers[name] ? [] : [[name, answers[name]]]));
  const channel = {
    ...{ network: "email", externalId, handle, secret: { ...secret } },
    config: { ...config, answers: Object.fromEntries(open) },
  };
  const halves = await connector.check(
    { channelId: externalId, ...done.made },
    { hookUrl: "", now: clock.now() },
    createRateBudget(),
    AbortSignal.timeout(WITHIN),
  );
  return { ok: true, channel, halves };
}
