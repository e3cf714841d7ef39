import { join } from "node:path";
import { defineConfig } from "vitest/config";

/** Real counterparts, one file each; what the machine does not have is skipped and printed as not run. */
export default defineConfig({
  root: join(import.meta.dirname, "../.."),
  test: {
    environment: "node",
    include: ["tests/peers/**/*.test.ts"],
    globalSetup: "tests/support/global-setup.ts",
    pool: "forks",
    // One after the other: a counterpart may want the machine for itself.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    retry: 0,
    allowOnly: false,
  },
});
