import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

/**
 * axe on the page as it stands. Only what is wrong is told place by place: telling it of all that is right costs half the time.
 * Legacy mode: no second tab for each look, as there are no frames.
 */
export const axeOn = (page: Page): AxeBuilder =>
  new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });

/** What axe finds wrong on the page as it stands: rule and place. */
export async function faultsOf(page: Page): Promise<string[]> {
  const { violations } = await axeOn(page).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}`));
}
