import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { exitCodes } from "../../server/platform/errors.ts";

const part = (name: string) => import(new URL(`../../bin/${name}.mjs`, import.meta.url).href);
const root = fileURLToPath(new URL("../../", import.meta.url));

it("uses the exit codes that the server documents", async () => {
  const { usage, ...shared } = (await part("refusal")).EXIT;
  expect(usage).toBe(64);
  for (const [name, code] of Object.entries(shared)) expect(exitCodes).toHaveProperty(name, code);
});

it.each([
  ["getaddrinfo ENOTFOUND registry.example", /registry cannot be reached/, "install-failed"],
  ["npm error nospc ENOSPC: no space left on device", /disk is full/, "disk-full"],
  [
    "npm error Error: EACCES: permission denied, mkdir '/srv/x'",
    /could not be written to \/srv\/hubbub/,
    "install-failed",
  ],
  ["npm error code EUSAGE\nMissing: a@1.0.0 from lock file", /does not agree/, "install-failed"],
  ["npm error code EINTEGRITY", /not the one the lock file names/, "install-failed"],
  ["npm error code E403", /refused the request/, "install-failed"],
  ["something new", /ended with 1/, "install-failed"],
] as const)("explains npm's %j", async (output, sentence, code) => {
  const { explainNpmFailure } = await part("install-failure");
  const refusal = explainNpmFailure({ code: 1, output }, "/srv/hubbub");
  expect(refusal.message).toMatch(sentence);
  expect(refusal.message).toContain(output.split("\n").at(-1));
  expect(refusal.exitCode).toBe(exitCodes[code]);
});

it("hands an older Node over to the locked one, and says what to do where there is none", async () => {
  const { findNode } = await part("runtime");
  expect(findNode("/nowhere", "24.0.0")).toBe(process.execPath);
  expect(findNode(root, "20.20.2")).toContain(`node-${process.platform}-${process.arch}`);
  expect(() => findNode("/nowhere", "20.20.2")).toThrow(/Install Node 24/);
});

it("calls tools that are there", async () => {
  const { TOOLS } = await part("suite");
  const programs = [...Object.values(TOOLS as Record<string, string>), "vitest/vitest.mjs", "vite/bin/vite.js"];
  expect(programs.filter((program) => !existsSync(join(root, "node_modules", program)))).toEqual([]);
});

it("drops the echo of a signal, but not a second wish", async () => {
  const { isEcho } = await part("child");
  expect([isEcho(undefined, 5), isEcho(0, 999), isEcho(0, 1000)]).toEqual([false, true, false]);
});

it("prints each counterpart as run or not run", async () => {
  const { describePeers } = await part("vitest");
  const report = {
    testResults: [
      {
        name: "/x/tests/peers/bluesky.test.ts",
        status: "passed",
        assertionResults: [{ status: "passed" }, { status: "skipped" }],
      },
      { name: "/x/tests/peers/mail.test.ts", status: "passed", assertionResults: [{ status: "skipped" }] },
      { name: "/x/tests/peers/nats.test.ts", status: "failed", assertionResults: [] },
    ],
  };
  expect(describePeers(report)).toEqual([
    "bluesky: run (1 passed, 0 failed)",
    "mail: *not run*",
    "nats: run (0 passed, 1 failed)",
  ]);
  expect(describePeers(undefined)).toEqual(["*not run*: no counterpart test was found"]);
});
