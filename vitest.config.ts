import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { pureFolders } from "./tests/support/pure-folders.ts";

// An odd zone (+12:45, +13:45 in summer) and a locale whose "i" has no dot when it grows: what assumes UTC or English
// fails here and not at the customer's. Set before the workers start, because ICU and tzset read them once.
const place = { TZ: "Pacific/Chatham", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" };
Object.assign(process.env, place);

const places = ["server", "shared", "contracts", "web", "widget", "playground", "scenarios", "tests", "bench", "tools"];

const tests = (folder: string) => `${folder}/**/*.test.{ts,tsx}`;
const pure = pureFolders.map(tests);
const never = ["**/node_modules/**", "**/dist/**", "tests/peers/**"];

/** Has a server, a network or a browser of its own, but starts and stops them itself and changes nothing of the process. */
const tidy = [
  ...["server", "tests/{browser,fuzz,journeys,screens,simulation}"].map(tests),
  // That one looks at all event types there are, and a test of a neighbour may have made one of its own.
  "tests/house/!(events-golden).test.ts",
];
/** Says other files' tests once more by importing them; a worker that has read them already would find none in it. */
const again = ["server/modules/routing/mirror/without-pictures.store.test.ts"];

/** What takes long begins first: one long file at the end leaves the other core idle for minutes. The longest first. */
const LONG = [
  /^tests\/nemesis\/nemesis/,
  /^tests\/api\/(?:hostile|sceptic|start)/,
  /^tests\/(?:browser|screens)\//,
  /conformance/,
  /^tests\/(?:simulation|journeys)\//,
  /\/email\//,
];
const rank = ({ moduleId }: TestSpecification): number => {
  const path = moduleId.slice(import.meta.dirname.length + 1);
  const at = LONG.findIndex((long) => long.test(path));
  return at < 0 ? LONG.length : at;
};
/** Files that share workers stand together: a worker goes on to the next file only when that one may share it, too. */
const BLOCKS = ["alone", "again", "tidy", "pure"];
const block = ({ project }: TestSpecification): number => BLOCKS.indexOf(project.name);
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => block(a) - block(b) || rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongFirst },
    environment: "node",
    projects: [
      { extends: true, test: { name: "alone", include: places.map(tests), exclude: [...never, ...tidy, ...pure] } },
      { extends: true, test: { name: "again", include: again } },
      { extends: true, test: { name: "tidy", isolate: false, include: tidy, exclude: [...never, ...pure, ...again] } },
      { extends: true, test: { name: "pure", isolate: false, include: pure, exclude: never } },
    ],
    globalSetup: "tests/support/global-setup.ts",
    env: place,
    // Processes, not threads: a test may change the environment and signal itself, and a crash names its file.
    pool: "forks",
    // A third of what a worker does is waiting: for a browser, a database, a server that starts. A fourth worker made all of them later.
    maxWorkers: availableParallelism() > 1 ? 3 : 2,
    // Deadlines, not expectations: beside the checks a machine of two cores is three times as slow as by itself.
    testTimeout: 90_000,
    hookTimeout: 150_000,
    teardownTimeout: 60_000,
    // A test that passes on its second try is a bug of the first rank.
    retry: 0,
    allowOnly: false,
    unstubEnvs: true,
    unstubGlobals: true,
    restoreMocks: true,
    reporters: ["default", "json"],
    outputFile: { json: "node_modules/.hubbub-test/results.json" },
  },
});
