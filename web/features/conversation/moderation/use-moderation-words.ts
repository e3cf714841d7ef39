import { useLingui } from "@lingui/react/macro";
import type { MessageModeration, ModerationActView, ModerationAsk, ModerationReason } from "#contracts/moderation";
import { networkSign } from "../../../shared/ui/network-sign.ts";

/** What each act is called, what it does, and for whom it can be seen. */
export function useModerationWords(about: MessageModeration) {
  const { t } = useLingui();
  const network = networkSign(about.network).name;
  const who = about.author.name || about.author.handle;
  const asks: Record<ModerationAsk, { name: string; says: string; button: string }> = {
    hide: {
      name: t`Hide it`,
      says: t`It is folded away for everybody under your post on ${network}.`,
      button: t`Hide it on ${network}`,
    },
    delete: {
      name: t`Delete it`,
      says: t`Your own post goes from ${network} for good. It cannot be brought back.`,
      button: t`Delete it for good`,
    },
    block: {
      name: t`Block ${who}`,
      says: t`They cannot answer or write to you on ${network} any more. You still have their messages here.`,
      button: t`Block ${who}`,
    },
    report: {
      name: t`Report it`,
      says: t`The moderators of ${network} are told. It cannot be taken back, and the author is not told by us.`,
      button: t`Report it to ${network}`,
    },
  };
  const reasons: Record<ModerationReason, string> = {
    abuse: t`Insults or threats`,
    spam: t`Spam`,
    misleading: t`False or misleading`,
    sexual: t`Sexual content`,
    illegal: t`Against the law`,
    "private-data": t`Personal data in public`,
    mistake: t`A mistake of ours`,
    other: t`Another reason`,
  };
  const done: Record<ModerationActView["verb"], string> = {
    hide: t`hidden`,
    unhide: t`shown again`,
    delete: t`deleted`,
    block: t`author blocked`,
    unblock: t`author let in again`,
    report: t`reported`,
  };
  const states: Record<ModerationActView["state"], string> = {
    pending: t`on its way`,
    "in-flight": t`on its way`,
    done: t`done`,
    unknown: t`${network} has not said whether it did it`,
    failed: t`did not work`,
    cancelled: t`taken back before it left`,
  };
  const undo = { withdraw: t`Take it back`, unhide: t`Show it again`, unblock: t`Let them in again` };
  return { asks, reasons, done, states, undo };
}
