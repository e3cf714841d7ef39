import type { VoiceFinding } from "#shared/voice/check";
import type { Mark } from "../check-reply.ts";
import type { VoiceState } from "./found.ts";

/**
 * Length and signature are preflight's and are said there. Where nothing is written down of a case, an answer cannot go beyond it:
 * what the agent knows by heart is no fault.
 */
export const ofVoice = (finding: VoiceFinding, casesKnown: boolean): boolean =>
  finding.rule !== "length" && finding.rule !== "disclosure" && (casesKnown || finding.code !== "more-than-known");

/** As the server holds it (server/modules/desk/voice/hold.ts). */
export const isHeld = (finding: VoiceFinding): boolean =>
  finding.severity === "stop" && (finding.rule === "privacy" || finding.code === "placeholder");

export function stateOf(text: string, found: readonly VoiceFinding[]): VoiceState {
  // A finding about the whole text would underline all of it: it is said below only.
  const whole = text.trim().length * 0.8;
  const marks = found
    .filter((one) => one.end - one.start < whole || one.severity === "stop")
    .map(({ start, end, severity }): Mark => ({ start, end, kind: severity === "stop" ? "stop" : "doubt" }));
  return { text, marks, holds: found.some(isHeld) };
}
