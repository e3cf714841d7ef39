import { readConfig } from "./app/config.ts";
import type { RunningServer } from "./app/start.ts";
import { systemClock } from "./platform/clock.ts";
import { StartError } from "./platform/errors.ts";

const began = Date.now();
const say = (step: string) => process.stdout.write(`  ${step}\n`);

// Heard from the first moment: a start that is broken off closes what it has opened, PostgreSQL before all.
const leaving = new AbortController();
let server: RunningServer | undefined;
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.on(signal, () => {
    if (leaving.signal.aborted) return;
    leaving.abort();
    process.stdout.write("  stopping\n");
    server?.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });

try {
  const config = readConfig(process.env);
  // A second of reading; what is wrong with the environment is said before it.
  const { start } = await import("./app/start.ts");
  server = await start(config, process.env, say, systemClock, leaving.signal);
  const lines = [
    "",
    `  Hubbub is ready (${((Date.now() - began) / 1_000).toFixed(1)} s)`,
    "",
    `  Desk         ${server.url}`,
    ...(server.playgroundUrl ? [`  Playground   ${server.playgroundUrl}   post to @northwind as a customer`] : []),
    ...(server.playgroundUrl ? [`  Shop         ${server.url}/demo/shop   ask in the chat as a customer`] : []),
    `  API          ${server.url}/api/docs`,
    ...(server.playgroundUrl
      ? ["  Sign in      click a demo agent: Priya Nair answers, Marek Wolski supervises"]
      : ["  Sign in      make an account: npm run hubbub -- account create --help"]),
    `  Data         ${server.dataDir} (${server.databaseIs})`,
    "  Stop         Ctrl C",
    "",
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
} catch (error) {
  if (leaving.signal.aborted) process.exit(0);
  if (error instanceof StartError) {
    process.stderr.write(`\n  ${error.message}\n\n`);
    process.exit(error.exitCode);
  }
  process.stderr.write(`\n  Hubbub could not start: ${(error as Error).stack ?? error}\n`);
  process.exit(1);
}
