import { type AcknowledgementFault, checkAcknowledgement } from "#shared/acknowledgement";

export const mediaOfTexts = ["chat", "dm", "email", "public"] as const;
export type TextMedium = (typeof mediaOfTexts)[number];
export interface AckText {
  locale: string;
  medium: TextMedium | null;
  text: string;
}
/** The setting `desk.acknowledge` of a brand, as the server keeps it. */
export interface Acknowledge {
  on: boolean;
  publicToo: boolean;
  when: "closed" | "slow";
  slowMinutes: number;
  quiet: { from: string; to: string; zone: string } | null;
  texts: AckText[];
}

export type TextFault = AcknowledgementFault | "locale" | "twice";

/** What is wrong with a text, the first of one language and kind of work counts. */
export function faultsOfText(text: AckText, before: readonly AckText[]): TextFault[] {
  const faults: TextFault[] = [...checkAcknowledgement(text.text)];
  if (!/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(text.locale)) faults.push("locale");
  if (before.some((one) => one.locale === text.locale && one.medium === text.medium)) faults.push("twice");
  return faults;
}

export type AckFault = "texts" | "slow" | "quiet";

/** What keeps the whole from being saved. */
export function faultOf({ texts, when, slowMinutes, quiet }: Acknowledge): AckFault | null {
  if (texts.length === 0 || texts.some((text, n) => faultsOfText(text, texts.slice(0, n)).length > 0)) return "texts";
  if (when === "slow" && !(Number.isInteger(slowMinutes) && slowMinutes >= 5 && slowMinutes <= 1_440)) return "slow";
  const time = /^([01]\d|2[0-3]):[0-5]\d$/;
  return quiet && !(time.test(quiet.from) && time.test(quiet.to)) ? "quiet" : null;
}
