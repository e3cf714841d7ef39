import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { subjects } from "../../server/app/cli/backtest.ts";
import { type Bars, compare } from "./bars.ts";
import { type Claim, calibrationsOf, calibrationTable } from "./calibration.ts";
import { claimsOf, drawnCourses, isHeldOut, type MoodSaid, moodsOf } from "./claims.ts";
import { findSets, type LabelledSet } from "./find-sets.ts";
import { type Figures, type Row, readRows } from "./rows.ts";
import { scoreAlarms } from "./score-alarms.ts";
import { scoreEveryLabel } from "./score-every-label.ts";
import { scoreActionable, scoreClassify, scoreSets } from "./score-labels.ts";
import { scoreQueries } from "./score-queries.ts";
import { scoreRedact } from "./score-redact.ts";
import { scoreReplies } from "./score-replies.ts";
import { scoreStitch } from "./score-stitch.ts";
import { writeTweetSets } from "./tweets/write-sets.ts";

const HELP = `npm run judge -- [FOLDER …] [--only TEXT] [--json]

Runs every backtest on the labelled sets in bench/judge and in each FOLDER, and prints each figure beside what it must reach and
what it aims at; then, over the sets held out, how far each label's "so sure" lies from "so often right".
--only: sets whose name holds TEXT, or one of several parted by commas. --json: one JSON object per set, and one of the calibration.
How a folder is laid out: docs/guides/judge.md.
Exit codes: 0 every must is reached, 1 one was missed or a set could not be judged, 64 the call cannot be understood.`;

const OWN = import.meta.dirname;
/** From so many public rows without one reply link on, what is scored is what belongs together on the network. */
const LINKLESS = 100;

async function main(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { only: { type: "string" }, json: { type: "boolean" }, help: { type: "boolean", short: "h" } },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const from = process.env.INIT_CWD ?? process.cwd();
  const folders = [OWN, ...positionals.map((p) => resolve(from, p))];
  const strange = folders.find((f) => !existsSync(f));
  if (strange) {
    console.error(`${strange} does not exist. Give a folder with data/ or examples/ in it.`);
    return 64;
  }
  const scratch = await mkdtemp(join(tmpdir(), "hubbub-judge-"));
  let failed = 0;
  let missed = 0;
  const claims: Claim[] = [];
  const moods: MoodSaid[] = [];
  try {
    const made = join(scratch, "made");
    await writeTweetSets(made);
    for (const folder of [folders[0]!, made, ...folders.slice(1)]) {
      const { sets, leftOut } = await findSets(folder);
      const bars = barsOf(folder === made ? OWN : folder);
      for (const set of sets) {
        if (values.only && !values.only.split(",").some((text) => set.name.includes(text))) continue;
        const began = performance.now();
        const answered = await judge(set, join(scratch, "answers.jsonl")).catch((error: Error) => {
          console.error(`${set.name}: ${error.message}`);
          failed += 1;
        });
        if (!answered) continue;
        const { figures, truth, found } = answered;
        if (isHeldOut(set.name)) {
          claims.push(...claimsOf(set, truth, found));
          moods.push(...moodsOf(set, truth, found));
        }
        const judged = compare(figures, bars[set.name]);
        missed += judged.filter((j) => j.missed).length;
        if (values.json)
          console.log(
            JSON.stringify({
              set: set.name,
              subject: set.subject,
              figures: judged.map(({ line: _, ...rest }) => rest),
            }),
          );
        else
          console.log(
            `\n${set.name} (${set.subject}, ${((performance.now() - began) / 1_000).toFixed(1)} s)\n${judged.map((j) => j.line).join("\n")}`,
          );
      }
      if (!values.json && !values.only) for (const { name, why } of leftOut) console.log(`\n${name}: left out, ${why}`);
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  tellCalibration([...claims, ...drawnCourses(moods)], values.json === true);
  if (!values.json)
    console.log(
      missed + failed === 0 ? "\nEvery must is reached." : `\n${missed} musts missed, ${failed} sets not judged.`,
    );
  return missed + failed === 0 ? 0 : 1;
}

/** Each label over all sets held out and, where several carry it, in each of them. */
function tellCalibration(claims: readonly Claim[], json: boolean): void {
  if (claims.length === 0) return;
  const setOf = (c: Claim) => c.post.slice(0, c.post.lastIndexOf(" "));
  const rows = [...Map.groupBy(claims, (c) => c.label)].flatMap(([label, of]) => {
    const sets = [...Map.groupBy(of, setOf)];
    const each =
      sets.length < 2 ? [] : sets.flatMap(([set, its]) => its.map((c) => ({ ...c, label: `  ${label}, ${set}` })));
    return [...of, ...each];
  });
  const calibration = calibrationsOf(rows);
  if (json) console.log(JSON.stringify({ calibration }));
  else
    console.log(
      `\nCalibration of every label, on sets held out (expected calibration error, to be ≤ .05)\n${calibrationTable(calibration)}`,
    );
}

function barsOf(folder: string): Bars {
  const file = [join(folder, "bars.json"), join(folder, "scorers", "bars.json")].find((f) => existsSync(f));
  return file ? (JSON.parse(readFileSync(file, "utf8")) as Bars) : {};
}

async function judge(set: LabelledSet, out: string): Promise<{ figures: Figures; truth: Row[]; found: Row[] }> {
  const truth = await readRows(set.gold);
  const { run } = await subjects[set.subject]!.load();
  await rm(out, { force: true });
  const code = await quietly(() => run([...inputs(set, truth), "--out", out]));
  if (typeof code === "number" && code !== 0) throw new Error("the backtest refused it; run it by hand to see why.");
  const found = await readRows(out);
  return { figures: await score(set, truth, found), truth, found };
}

async function score(set: LabelledSet, truth: readonly Row[], found: readonly Row[]): Promise<Figures> {
  if (set.subject === "classify") return scoreClassify(truth, found);
  if (set.subject === "labels") return scoreEveryLabel(truth, found);
  if (set.subject === "risk") return scoreSets(truth, found, "risks");
  if (set.subject === "queries") return scoreQueries(truth, found);
  if (set.subject === "signals") return scoreSets(truth, found, "signals");
  if (set.subject === "actionable") return scoreActionable(truth, found);
  if (set.subject === "replies") return scoreReplies(truth, found);
  if (set.subject === "redact") return scoreRedact(truth, found);
  if (set.subject === "alarms") return scoreAlarms(truth, found, await readRows(set.in!));
  return scoreStitch(truth, found, await fieldOf(set));
}

function inputs(set: LabelledSet, truth: readonly Row[]): string[] {
  const given = (option: string, file: string | null) => (file ? [option, file] : []);
  if (set.subject === "classify" && set.folds) return ["--task", set.task, "--folds", set.folds];
  return [
    ...(set.subject === "classify" ? ["--task", set.task] : []),
    ...given("--in", set.in),
    ...given("--learn", set.learn),
    ...given("--links", set.links),
    ...(set.subject === "queries" ? given("--queries", set.queries) : []),
    ...(set.subject === "labels" ? given("--companies", set.companies) : []),
    ...(set.subject === "actionable" ? given("--policies", set.policies) : []),
    ...(set.subject === "replies" ? given("--rules", set.rules) : []),
    ...(set.subject === "classify" && truth.some((t) => t.label === null) ? ["--open"] : []),
  ];
}

/** Rooms and histories without reply links are scored on what belongs together on the network, all others on conversations. */
async function fieldOf(set: LabelledSet): Promise<"conversation" | "thread"> {
  const rows = await readRows(set.in!);
  if (rows.some((r) => r.channel === "room")) return "thread";
  return rows.every((r) => !r.reply_to) && rows.filter((r) => r.private !== true).length >= LINKLESS
    ? "thread"
    : "conversation";
}

/** Backtests tell people how many rows they answered; here that is in the way. */
async function quietly<T>(run: () => Promise<T>): Promise<T> {
  const { error } = console;
  console.error = () => {};
  try {
    return await run();
  } finally {
    console.error = error;
  }
}

process.exitCode = await main(process.argv.slice(2)).catch((error: Error & { code?: string }) => {
  const usage = error.code?.startsWith("ERR_PARSE_ARGS") ?? false;
  console.error(usage ? `${error.message}\n\n${HELP}` : error);
  return usage ? 64 : 1;
});
