/**
 * A program for tests: opens the data folder, starts PostgreSQL in it, prints one line of JSON, and stops in order at
 * SIGTERM. With a second argument it first becomes that user (number), as an ordinary user would start it.
 */
import { openDataDir } from "../../../server/platform/data-dir.ts";
import { StartError } from "../../../server/platform/errors.ts";
import { startEmbeddedPostgres } from "../../../server/platform/postgres/index.ts";

const [folder, uid] = process.argv.slice(2);
// The modules are loaded by now, so the checkout need not be reachable for that user.
if (uid) {
  process.setgroups?.([]);
  process.setgid?.(Number(uid));
  process.setuid?.(Number(uid));
}
const say = (text: string) => process.stderr.write(`${text}\n`);
try {
  const dataDir = await openDataDir({ env: { HUBBUB_DATA_DIR: folder }, waitMs: 0 });
  const postgres = await startEmbeddedPostgres({ dataDir: dataDir.path, log: { info: say, warn: say, error: say } });
  process.once("SIGTERM", async () => {
    await postgres.stop();
    dataDir.release();
    process.exit(0);
  });
  console.log(JSON.stringify({ pid: postgres.pid, cluster: postgres.cluster, folder: postgres.folder }));
} catch (error) {
  say((error as Error).message);
  process.exit(error instanceof StartError ? error.exitCode : 1);
}
