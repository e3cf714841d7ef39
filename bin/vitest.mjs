import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { run } from "./child.mjs";
import { environmentFor } from "./runtime.mjs";
import { complain, duration, say } from "./say.mjs";

/** More red files than these are no accident of a busy machine: they are not run again. */
const FEW = 4;

/**
 * Runs vitest and prints the counts as the last line. Zero tests are a failure. `beside` resolves with
 * the exit code of what runs at the same time, with its text and its last word: if that failed, they are the end and nothing
 * is counted, because the tests were stopped. Resolves with the exit code.
 */
export async function runVitest(root, node, args, beside) {
  const startedAt = performance.now();
  const first = await vitest(root, node, args);
  const checks = await beside;
  process.stdout.write(checks.text);
  if (checks.code !== 0) {
    complain(checks.word);
    return checks.code;
  }
  const { code, report } = args.length > 0 ? first : await lookedAtAgain(root, node, args, first);
  const { passed, failed, notRun } = countTests(report);
  say(`tests ended after ${duration(performance.now() - startedAt)}${notRun ? `, ${notRun} not run` : ""}`);
  if (passed + failed === 0) complain("no test ran, which counts as a failure");
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  if (code !== 0) return code;
  return passed > 0 && failed === 0 ? 0 : 1;
}

/** `npm run test:peers`: the real counterparts, each printed as run or *not run*. */
export async function runPeers(root, node, args) {
  const config = join("tests", "peers", "vitest.config.ts");
  if (!existsSync(join(root, config))) {
    say("*not run*: no counterparts yet (tests/peers/vitest.config.ts does not exist)");
    return 0;
  }
  const way = ["-c", config];
  const first = await vitest(root, node, [...way, ...args]);
  const { code, report } = args.length > 0 ? first : await lookedAtAgain(root, node, way, first);
  for (const line of describePeers(report)) say(line);
  return code;
}

/**
 * Of a whole run: the few files that were red among all the others are run once more, one after another, with the machine to
 * themselves. What is red then is red; what is green is named as unsteady, a fault to be mended, and does not stop the run
 * (docs/decisions/0019). An error that belongs to no test stays a failure.
 */
async function lookedAtAgain(root, node, args, first) {
  const red = (first.report?.testResults ?? []).filter((file) => file.status === "failed");
  if (first.code === 0 || first.strays || red.length === 0 || red.length > FEW) return first;
  const names = red.map((file) => relative(root, file.name));
  say(`red among the others, now each by itself: ${names.join(", ")}`);
  const second = await vitest(root, node, [...args, "--maxWorkers=1", ...names]);
  const now = new Map((second.report?.testResults ?? []).map((file) => [file.name, file]));
  const green = (file) => now.get(file.name)?.status === "passed";
  for (const file of red.filter(green))
    complain(`unsteady: ${relative(root, file.name)} was red among the others and is green by itself`);
  const testResults = first.report.testResults.map((file) => (red.includes(file) && now.get(file.name)) || file);
  return { code: red.every(green) ? second.code : first.code, report: { testResults } };
}

/**
 * Runs vitest with its JSON report beside the usual output. `report` is undefined when vitest did not get that far; `strays`
 * says whether an error was thrown that belongs to no test, of which the report is silent.
 */
async function vitest(root, node, args) {
  const folder = mkdtempSync(join(tmpdir(), "hubbub-test-"));
  const file = join(folder, "report.json");
  try {
    const guard = ["--import", pathToFileURL(join(root, "bin", "preload.mjs")).href];
    const bin = join(root, "node_modules", "vitest", "vitest.mjs");
    const strays = join(folder, "strays");
    const reporters = [
      ...["--reporter=default", "--reporter=json", `--reporter=${join(root, "bin", "strays.mjs")}`],
      `--outputFile.json=${file}`,
    ];
    const env = { ...environmentFor(node), HUBBUB_TEST_STRAYS: strays };
    const { code } = await run(node, [...guard, bin, "run", ...reporters, ...args], { cwd: root, env, guarded: true });
    const report = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
    return { code, report, strays: existsSync(strays) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Counts from vitest's JSON report. A file that broke before its first test counts as one failure. */
export function countTests(report) {
  const files = report?.testResults ?? [];
  const tests = files.flatMap((file) => file.assertionResults);
  const broken = files.filter((file) => file.status === "failed" && !file.assertionResults.some(failed)).length;
  return {
    passed: tests.filter((test) => test.status === "passed").length,
    failed: tests.filter(failed).length + broken,
    notRun: tests.filter((test) => test.status !== "passed" && !failed(test)).length,
  };
}

function failed(test) {
  return test.status === "failed";
}

/** One line per test file under tests/peers: "bluesky: run (4 passed, 0 failed)" or "bluesky: *not run*". */
export function describePeers(report) {
  const files = report?.testResults ?? [];
  if (files.length === 0) return ["*not run*: no counterpart test was found"];
  return files.map((file) => {
    const name = file.name.replace(/^.*[/\\]/, "").replace(/\.test\.[a-z]+$/, "");
    const counts = countTests({ testResults: [file] });
    if (counts.passed + counts.failed === 0) return `${name}: *not run*`;
    return `${name}: run (${counts.passed} passed, ${counts.failed} failed)`;
  });
}
