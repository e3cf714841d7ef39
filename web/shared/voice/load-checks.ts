import type { HouseVoice, VoiceDraft, VoiceFinding } from "#shared/voice/check";

export type Checks = (draft: VoiceDraft, voice: HouseVoice) => VoiceFinding[];

/** `checkVoice` of shared/voice/check in four parts that come side by side: together they are larger than any one screen may be. */
export async function loadChecks(): Promise<Checks> {
  const [{ readInWords }, { checkPrivacy }, { weighAll }, { logitOfWording }] = await Promise.all([
    import("#shared/voice/in-words"),
    import("#shared/voice/privacy"),
    import("#shared/voice/weigh/weigh"),
    import("#shared/voice/weigh/wording"),
  ]);
  return (draft, voice) => weighAll(readInWords(draft, voice, checkPrivacy), logitOfWording);
}
