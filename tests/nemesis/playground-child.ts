import { startPlayground } from "../../playground/index.ts";
import { endWithRunner, jumpingClock } from "./jumping-clock.ts";

/** The real network with its log on disk, on a clock that the runner can move, and in a hurry to push again. */
endWithRunner();
const { env } = process;
const UNLIMITED = { max: 1_000_000, windowMs: 60_000 };
await startPlayground({
  port: Number(env.PLAYGROUND_PORT),
  dataDir: env.PLAYGROUND_DATA_DIR!,
  simulatorKey: env.PLAYGROUND_SIMULATOR_KEY!,
  clock: jumpingClock(),
  seed: "nemesis",
  limits: { write: UNLIMITED, read: UNLIMITED },
  webhookRetry: { firstMs: 20, maxMs: 200, timeoutMs: 2_000 },
});
process.send!({ ready: true });
