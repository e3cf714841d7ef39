import { useLingui } from "@lingui/react/macro";

/** Acts of the audit log in words; one we have no words for is shown as it is written there. */
export function useActWords(): (act: string) => string {
  const { t } = useLingui();
  const words: Record<string, string> = {
    "account.created": t`created the account`,
    "agent.added": t`added an agent`,
    "agent.changed": t`changed an agent`,
    "agent.skills": t`set skills`,
    "api-key.made": t`made an API key`,
    "api-key.revoked": t`revoked an API key`,
    "channel.backfill": t`had the history read`,
    "channel.on": t`turned a channel on`,
    "channel.paused": t`paused a channel`,
    "conversation.opened": t`looked at a customer`,
    "customer.opened": t`looked at a customer`,
    "customer.field-set": t`set a fact of a customer`,
    "customer.organisation-added": t`put a customer to an organisation`,
    "customer.organisation-dropped": t`took a customer from an organisation`,
    "customer.consent-recorded": t`recorded a consent or a refusal`,
    "customer.note-added": t`wrote a note about a customer`,
    "customer.note-dropped": t`took a note about a customer away`,
    "grant.given": t`gave a right`,
    "grant.taken": t`took a right back`,
    "outbound.released": t`let replies go out again`,
    "outbound.stopped": t`stopped what goes out`,
    "policy.set": t`saved the policy`,
    "presence.force": t`changed a presence`,
    "reply.settled": t`settled a reply`,
    "session.closed": t`signed out`,
    "session.opened": t`signed in`,
    "setting.changed": t`changed a setting`,
    "windows.set": t`saved the windows`,
    "work.assigned": t`assigned work`,
  };
  return (act) => (Object.hasOwn(words, act) ? words[act]! : act);
}
