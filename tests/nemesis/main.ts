import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { hunt } from "./hunt.ts";
import { mutants } from "./mutants.ts";
import { reportOf } from "./report.ts";
import { runLanes } from "./run-lanes.ts";
import { keepSum, kindsOf, sumOf, tableOf } from "./sums.ts";

const SUMS = join(import.meta.dirname, "../../bench/nemesis-sums.jsonl");

const HELP = `npm run nemesis -- [--seeds N] [--from S] [--minutes M] [--short] [--lanes L] [--sums FILE] [--no-sums]
npm run nemesis -- --mutant NAME | --mutants

Starts the real processes (PostgreSQL, one or two servers, the playground), lets customers speak and agents answer, breaks
things by seed, mends them, and holds what the network accepted against our tables. Ends with 1 when a seed broke something.

  --seeds N     how many seeds (200)            --from S    the first one (1)
  --minutes M   begin no seed after M minutes   --lanes L   worlds beside one another (1)
  --short       the schedules of npm test
  --sums FILE   one line of JSON for each run is added here (bench/nemesis-sums.jsonl)
  --mutant      breaks one guard on purpose and ends with 0 when its oracle sees it; --mutants does so with each:
${Object.entries(mutants)
  .map(([name, { about }]) => `                  ${name.padEnd(24)}${about}`)
  .join("\n")}`;

async function main(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      seeds: { type: "string", default: "200" },
      from: { type: "string", default: "1" },
      minutes: { type: "string" },
      lanes: { type: "string", default: "1" },
      short: { type: "boolean", default: false },
      sums: { type: "string", default: SUMS },
      "no-sums": { type: "boolean", default: false },
      mutant: { type: "string" },
      mutants: { type: "boolean", default: false },
      help: { type: "boolean", short: "h" },
    },
  });
  const [seeds, from, lanes] = [values.seeds, values.from, values.lanes].map(Number) as [number, number, number];
  const minutes = values.minutes === undefined ? Number.POSITIVE_INFINITY : Number(values.minutes);
  const wrong = ![seeds, from, lanes].every((n) => Number.isInteger(n) && n > 0) || !(minutes > 0);
  const strange = values.mutant !== undefined && !Object.hasOwn(mutants, values.mutant);
  if (values.help || wrong || strange) {
    if (strange) console.error(`There is no mutant "${values.mutant}".\n`);
    else if (wrong) console.error("--seeds, --from, --lanes and --minutes are whole numbers above 0.\n");
    console.log(HELP);
    return wrong || strange ? 64 : 0;
  }
  const folder = () => mkdtemp(join(tmpdir(), "hubbub-nemesis-"));
  if (values.mutant !== undefined || values.mutants) {
    let missed = 0;
    for (const name of values.mutant === undefined ? Object.keys(mutants) : [values.mutant]) {
      const { seen, seeds: lived, violations } = await hunt(name, await folder());
      const by = mutants[name]!.seenBy;
      const says = violations.find(({ oracle }) => oracle === by)?.says ?? "";
      console.log(
        `${name}: ${seen ? `seen in seed ${lived} by "${by}": ${says.slice(0, 200)}` : `NOT SEEN in ${lived} seeds`}`,
      );
      if (!seen) missed++;
    }
    return missed === 0 ? 0 : 1;
  }
  const length = values.short ? ("short" as const) : ("long" as const);
  const results = await runLanes({
    ...{ folder: await folder(), length, lanes, seeds: Array.from({ length: seeds }, (_, i) => from + i) },
    until: performance.now() + minutes * 60_000,
    onSeed: (result, schedule) => console.log(reportOf(result, schedule)),
  });
  if (results.length === 0) return 1;
  const sum = sumOf(results, length, new Date().toISOString());
  const all = values["no-sums"] ? [sum] : await keepSum(values.sums, sum);
  console.log(`\n${tableOf(all)}\n\nfaults of this run: ${kindsOf(sum)}`);
  if (sum.failing.length > 0) console.log(`broken: seeds ${sum.failing.join(", ")}`);
  return sum.violations === 0 ? 0 : 1;
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
process.exit(await main(process.argv.slice(2)));
