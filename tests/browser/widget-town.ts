import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from "vitest";
import { openTown, type Town } from "./widget-visit.ts";

/** The town of the file that called `useTown`, from its first test on. */
export let town: Town;

/** One town for the tests of a file, swept before each; a complaint that is not `meant` fails the test it came in. */
export function useTown(meant: (complaint: string) => boolean = () => false): void {
  // A browser and a machine that others work on, too.
  vi.setConfig({ testTimeout: 60_000 });
  beforeAll(async () => {
    town = await openTown();
  }, 60_000);
  afterAll(() => town?.close());
  beforeEach(async () => {
    await town.sweep();
    town.complaints.splice(0);
  });
  afterEach(() => {
    expect(town.complaints.filter((text) => !meant(text))).toEqual([]);
  });
}
