import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { type Desk, type DeskOptions, openDesk } from "../support/server.ts";
import { type Story, storyOf } from "../support/story.ts";
import { openSurf, type Surf } from "./surf.ts";

/** Filled before the first test of the file. */
export interface Here {
  desk: Desk;
  story: Story;
  surf: Surf;
}

/**
 * Opens the house, a company in it and a browser beside it for the tests of a file, and fails each of whose pages anything
 * complained. Windows are a test's own: they are closed behind it.
 */
export function surfedDesk(options: DeskOptions = {}): Here {
  const here = {} as Here;
  beforeAll(async () => {
    here.surf = await openSurf();
    // A browser lives in the present.
    here.desk = await openDesk({ startsAt: Date.now(), ...options });
    here.story = storyOf(here.desk);
  }, 120_000);
  afterAll(async () => {
    await here.surf?.close();
    await here.desk?.stop();
  });
  afterEach(async () => {
    await here.surf.sweep();
    expect(here.surf.complaints()).toEqual([]);
  });
  return here;
}
