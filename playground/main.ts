import { startPlayground } from "./index.ts";

const { env } = process;
const port = Number(env.PLAYGROUND_PORT ?? 3900);
if (!Number.isInteger(port) || port < 0 || port > 65_535)
  fail("PLAYGROUND_PORT must be a port number from 0 to 65535.");

try {
  const playground = await startPlayground({
    port,
    host: env.PLAYGROUND_HOST,
    dataDir: env.PLAYGROUND_DATA_DIR,
    simulatorKey: env.PLAYGROUND_SIMULATOR_KEY,
    seed: env.PLAYGROUND_SEED,
    publicUrl: env.PLAYGROUND_PUBLIC_URL,
  });
  process.stdout.write(`playground ready at ${playground.url}\n`);
  if (!env.PLAYGROUND_SIMULATOR_KEY) process.stdout.write(`simulator key ${playground.simulatorKey}\n`);
  // Started by the desk: when that is gone, even by force, nobody is left to play for.
  process.once("disconnect", () => playground.close().then(() => process.exit(0)));
  process.channel?.unref();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => playground.close().then(() => process.exit(0)));
  }
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE") fail(`Port ${port} is taken: set PLAYGROUND_PORT to a free one.`);
  if (code === "EACCES" || code === "EROFS") fail(`The data folder cannot be written (${message}).`);
  fail(message);
}

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
