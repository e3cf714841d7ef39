import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { silentLog } from "../../server/platform/log.ts";
import { migrate } from "../../server/platform/migrate.ts";
import { createDatabase, startEmbeddedPostgres } from "../../server/platform/postgres/index.ts";
import { proveRouting } from "./routing/main.ts";
import { simulate } from "./simulate.ts";

if (process.argv[2] === "routing") {
  const code = proveRouting(process.argv.slice(3), (line) => process.stdout.write(`${line}\n`));
  await new Promise((written) => process.stdout.write("", written));
  process.exit(code);
}

const { values } = parseArgs({
  options: {
    hours: { type: "string", default: "1000" },
    seed: { type: "string" },
    twice: { type: "boolean", default: false },
  },
});
const hours = Number(values.hours);
if (!Number.isFinite(hours) || hours <= 0) {
  process.stderr.write("--hours wants a number of simulated hours, such as 1000.\n");
  process.exit(2);
}
const seed = values.seed ?? `s${Date.now()}`;
const folder = await mkdtemp(join(tmpdir(), "hubbub-simulation-"));
const server = await startEmbeddedPostgres({ dataDir: folder, log: silentLog });
let bad = false;
try {
  const journals: string[] = [];
  for (let round = 0; round < (values.twice ? 2 : 1); round++) {
    const began = performance.now();
    const address = await createDatabase(server.cluster, `simulation_${round}`);
    await migrate(address.owner, Date.now());
    process.stdout.write(
      `seed ${seed}, ${hours} simulated hours (again: npm run simulate -- --seed ${seed} --hours ${hours})\n`,
    );
    const done = await simulate(address, { seed, hours, tell: (line) => process.stdout.write(`  ${line}\n`) });
    const { faults, journal, ...counts } = done;
    journals.push(journal);
    process.stdout.write(
      `${JSON.stringify({ ...counts, faults: faults.length, journal: journal.slice(0, 16), seconds: Math.round((performance.now() - began) / 1_000) })}\n`,
    );
    for (const fault of faults) process.stdout.write(`  FAULT ${fault}\n`);
    bad ||= faults.length > 0;
  }
  if (journals.length === 2 && journals[0] !== journals[1]) {
    process.stdout.write("  FAULT the same seed gave another journal\n");
    bad = true;
  }
} finally {
  await server.destroy();
  await rm(folder, { recursive: true, force: true });
}
process.exitCode = bad ? 1 : 0;
