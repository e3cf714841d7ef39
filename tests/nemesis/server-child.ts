import { readConfig } from "../../server/app/config.ts";
import { start } from "../../server/app/start.ts";
import { endWithRunner, jumpingClock } from "./jumping-clock.ts";

/** The real server, as `server/main.ts` starts it, but on a clock that the runner can move. */
endWithRunner();
const config = readConfig(process.env);
const sendTimeoutMs = Number(process.env.NEMESIS_SEND_TIMEOUT ?? 1_000);
try {
  await start({ ...config, sendTimeoutMs }, process.env, () => {}, jumpingClock());
  process.send!({ ready: true });
} catch (error) {
  process.stderr.write(`could not start: ${(error as Error).stack ?? error}\n`);
  process.exit(1);
}
