import { join } from "node:path";
import type { Page } from "playwright-core";
import { PHONE, WIDE } from "./surf.ts";

/** Pictures for whoever wants to look at them: both sizes, light and dark, into the folder HUBBUB_SHOTS names. */
export async function shoot(page: Page, name: string): Promise<void> {
  const shots = process.env.HUBBUB_SHOTS;
  if (!shots) return;
  for (const [size, viewport] of [["wide", WIDE] as const, ["phone", PHONE] as const])
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.screenshot({ path: join(shots, `${name}-${size}-${colorScheme}.png`), fullPage: true });
    }
  await page.setViewportSize(WIDE);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
}
