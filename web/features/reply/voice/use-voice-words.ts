import { useLingui } from "@lingui/react/macro";
import type { VoiceCode, VoiceRule } from "#shared/voice/check";

/** The findings in the words of the screen: what is wrong and what to do. */
export function useVoiceWords(): { rule: Record<VoiceRule, string>; why: Record<VoiceCode, string> } {
  const { t } = useLingui();
  return {
    rule: {
      length: t`Length`,
      disclosure: t`Signature`,
      canned: t`Canned`,
      tone: t`Tone`,
      privacy: t`Private`,
      promise: t`Promise`,
    },
    why: {
      "too-long": t`Longer than the network takes. Shorten it.`,
      "not-disclosed": t`It does not say who wrote it. End it with your signature.`,
      "other-persons-mark": t`This is somebody else's signature. Use yours.`,
      "not-said-automatic": t`An automatic reply has to say that it is one.`,
      "pretends-human": t`An automatic reply may not speak as a person.`,
      repeated: t`An earlier reply says this almost word for word. Say what is new.`,
      placeholder: t`A field was not filled in. Put the words in, or take it out.`,
      "stock-phrase": t`Every company sends this phrase. Say it in your own words.`,
      "says-nothing": t`This would fit any post. Name what they wrote about.`,
      "wrong-name": t`The case has another name. Check whom you write to.`,
      blame: t`This puts the blame on them. Say what can be done instead.`,
      command: t`This orders them about. Ask, or offer.`,
      shouting: t`Capitals and rows of signs read like shouting.`,
      sarcasm: t`This can be read as mockery. Say it straight.`,
      defensive: t`This defends us or waves them off. Take up what they said first.`,
      "too-cheerful": t`They are angry or in distress, and this is cheerful.`,
      "no-care": t`Somebody is hurt or grieving. Begin with them.`,
      "makes-small": t`Something bad befell them, and this makes little of it.`,
      "runs-down": t`This makes others bad to look good. Say what we do about it.`,
      "too-casual": t`They write formally or of something grave, and this is chatty.`,
      "word-to-avoid": t`The brand does not say this. Choose other words.`,
      "contact-data": t`An address or number of theirs does not belong in public.`,
      "number-of-theirs": t`They did not say this number here. Take it out, or answer in private.`,
      "name-of-theirs": t`They did not use this name here. Take it out, or answer in private.`,
      address: t`This tells where somebody is. Take it out, or answer in private.`,
      "account-fact": t`This tells everybody something of their account. Answer it in private.`,
      "asks-for-data": t`This asks for personal data where everybody reads. Ask in private.`,
      guarantee: t`Nobody can guarantee this. Say what is being done.`,
      liability: t`This admits a liability, which is not decided here.`,
      compensation: t`Nothing known of the case says they get this.`,
      "time-not-known": t`Nothing known of the case says this time. Say what is known.`,
      "amount-not-known": t`Nothing known of the case says this amount. Check it.`,
      "more-than-known": t`What is known does not carry this. Say what is still open.`,
    },
  };
}
