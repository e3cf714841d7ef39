import type { Capabilities } from "#shared/capabilities";
import { splitText } from "#shared/split";

/** The texts of the parts in which a network takes a reply; null when it cannot be made to fit. */
export function partsOf(
  text: string,
  audience: "public" | "private",
  capabilities: Capabilities,
  closing: string,
): string[] | null {
  const rule = capabilities.length[audience] ?? { unit: "none" };
  const split = splitText(text, rule, text.endsWith(closing) ? { closing } : {});
  if (!split.ok) return null;
  const { onOver } = capabilities.length;
  return split.parts.length === 1 || onOver === "split-thread" || onOver === "split-messages" ? split.parts : null;
}
