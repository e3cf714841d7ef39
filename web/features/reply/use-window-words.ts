import { useLingui } from "@lingui/react/macro";
import type { ReplyWindow } from "#shared/reply-window";

/** Why the network lets nobody answer now, and what to do; null while it does. */
export function useWindowWords(): (window: ReplyWindow) => string | null {
  const { t } = useLingui();
  const why: Record<Extract<ReplyWindow, { open: false }>["why"], string> = {
    never: t`This network takes no answer here from software. Answer by hand, or by another channel.`,
    expired: t`The network's time for answering has passed. Use another way that still reaches them.`,
    "nobody-wrote": t`They have not written here, so the network lets nobody begin. Invite them to write.`,
    "used-up": t`The network allows one answer to this message, and it has gone out.`,
    limit: t`The network takes no more messages until they answer.`,
    "no-opt-in": t`They have not agreed to messages here. Ask them to opt in first.`,
    "no-consent": t`They take no messages from accounts they do not follow. Invite them to write.`,
    "not-named": t`The network takes answers only to posts that name us. Copy the text and post it there.`,
  };
  return (window) => {
    if (window.open) return null;
    return window.templateOnly ? `${why[window.why]} ${t`An approved template is still possible.`}` : why[window.why];
  };
}
