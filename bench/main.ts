import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { acknowledged } from "./acknowledged.ts";
import { arrival } from "./arrival.ts";
import { channelIsolation } from "./channel-isolation.ts";
import { commits } from "./commits.ts";
import { fanOut } from "./fan-out.ts";
import { firehose } from "./firehose.ts";
import { fullPath } from "./full-path.ts";
import { history } from "./history.ts";
import { inbox } from "./inbox.ts";
import { journal } from "./journal.ts";
import { matcher } from "./matcher.ts";
import { type Bench, type Figure, machine, parseRate, seconds } from "./measure.ts";
import { memory } from "./memory.ts";
import { overload } from "./overload.ts";
import { routing } from "./routing.ts";
import { routingDurableBench } from "./routing-durable.ts";
import { screen } from "./screen.ts";
import { screenSoak } from "./screen-soak.ts";
import { search } from "./search.ts";
import { soakBench } from "./soak.ts";
import { startUp } from "./start-up.ts";
import { stitchBench } from "./stitch.ts";

/** `npm run bench [-- name …] [--json FILE] [--minutes N]`: speed as ratios within one run. Prints medians of rounds taken in turns. */
const benches: Readonly<Record<string, Bench>> = {
  "start-up": startUp,
  acknowledged,
  journal,
  "full-path": fullPath,
  history,
  stitch: stitchBench,
  matcher,
  firehose,
  routing,
  overload,
  "routing-durable": routingDurableBench,
  arrival,
  inbox,
  search,
  "fan-out": fanOut,
  commits,
  memory,
  screen,
  "screen-soak": screenSoak,
  soak: soakBench,
  "channel-isolation": channelIsolation,
};

const HELP = `npm run bench -- [name …] [--json FILE] [--minutes N]

${Object.entries(benches)
  .map(([name, { about }]) => `  ${name.padEnd(14)}${about}`)
  .join("\n")}

Every bench runs on a fresh embedded PostgreSQL in a temporary folder. "per parse" is the figure divided by lines of JSON.parse
per second on one core in the same round; "times" compares with the named baseline of the same run.`;

function line(f: Figure): string {
  const round = (n: number) => (n >= 100 ? n.toFixed(0) : n.toPrecision(3));
  const parse = f.perParse === undefined ? "" : `  per parse ${f.perParse.toPrecision(3)}`;
  const base = f.baseline
    ? `  ${f.baseline.ratio.toPrecision(3)} times ${f.baseline.what} (${round(f.baseline.value)})`
    : "";
  return `  ${f.what.padEnd(44)}${round(f.value).padStart(9)} ${f.unit}${parse}${base}\n${" ".repeat(46)}rounds ${f.rounds.map(round).join(", ")}`;
}

async function main(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { json: { type: "string" }, minutes: { type: "string" }, help: { type: "boolean", short: "h" } },
  });
  const strange = positionals.find((name) => !Object.hasOwn(benches, name));
  if (values.help || strange !== undefined) {
    if (strange !== undefined) console.error(`There is no bench "${strange}".\n`);
    console.log(HELP);
    return strange === undefined ? 0 : 64;
  }
  const minutes = values.minutes === undefined ? undefined : Number(values.minutes);
  if (minutes !== undefined && !(minutes > 0 && minutes <= 600)) {
    console.error(`--minutes is "${values.minutes}". Give a number above 0 and up to 600.`);
    return 64;
  }
  const report: Record<string, Figure[]> = {};
  const calibration: Record<string, { before: number; after: number }> = {};
  console.log(machine());
  for (const name of positionals.length > 0 ? positionals : Object.keys(benches)) {
    const bench = benches[name]!;
    const folder = await mkdtemp(join(tmpdir(), "hubbub-bench-"));
    try {
      console.log(`\n${name}: ${bench.about}`);
      const before = parseRate();
      const took = await seconds(async () => {
        report[name] = await bench.run({ folder, minutes, say: (text) => console.log(`  (${text})`) });
      });
      for (const figure of report[name]!) console.log(line(figure));
      calibration[name] = { before, after: parseRate() };
      const parsed = [before, calibration[name].after].map((rate) => `${(rate / 1_000).toFixed(0)} k`).join(" and ");
      console.log(`  took ${took.toFixed(0)} s; JSON.parse before and after: ${parsed} lines/s`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  if (values.json)
    await writeFile(values.json, `${JSON.stringify({ machine: machine(), calibration, report }, null, 2)}\n`);
  return 0;
}

process.exitCode = await main(process.argv.slice(2)).catch((error: Error & { code?: string }) => {
  const said = error.code?.startsWith("ERR_PARSE_ARGS");
  console.error(said ? `${error.message}\n\n${HELP}` : error);
  return said ? 64 : 1;
});
