import type { Channel } from "#modules/channels";

/** Why nothing can be written on a channel now; null where it can. What is written while it is paused or does not answer is kept and goes later. */
export function channelShut({ name, state }: Pick<Channel, "name" | "state">): string | null {
  if (state === "needs-reauth")
    return `${name} wants a new sign-in, so nothing can be sent. Ask whoever manages channels.`;
  if (state === "misconfigured")
    return `${name} is wrongly set up, so nothing can be sent. Ask whoever manages channels.`;
  return null;
}
