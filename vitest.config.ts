import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

// An odd zone (+12:45, +13:45 in summer) and a locale whose "i" has no dot when it grows: what assumes UTC or English
// fails here and not at the customer's. Set before the workers start, because ICU and tzset read them once.
const place = { TZ: "Pacific/Chatham", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" };
Object.assign(process.env, place);

const places = ["server", "shared", "contracts", "web", "widget", "playground", "scenarios", "tests", "bench", "tools"];

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
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongFirst },
    environment: "node",
    include: places.map((place) => `${place}/**/*.test.{ts,tsx}`),
    exclude: ["**/node_modules/**", "**/dist/**", "tests/peers/**"],
    globalSetup: "tests/support/global-setup.ts",
    env: place,
    // Processes, not threads: a test may change the environment and signal itself, and a crash names its file.
    pool: "forks",
    maxWorkers: Math.max(1, Math.min(2, availableParallelism())),
    testTimeout: 20_000,
    hookTimeout: 60_000,
    teardownTimeout: 20_000,
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
