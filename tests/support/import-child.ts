import { importRows } from "../../server/app/import/import-rows.ts";
import { ManualClock } from "../../server/platform/clock.ts";
import { addressFromUrl } from "../../server/platform/database-url.ts";
import { openDatabase } from "../../server/platform/db.ts";
import type { AccountId } from "../../server/platform/ids.ts";
import { readersOf } from "./import-house.ts";
import { pastStory, shuffled } from "./past-story.ts";

/**
 * An import in a process of its own that kills itself (SIGKILL) while it reads its nth line ("line n"), when it says how far it is for
 * the nth time ("step n"), or "never". Arguments: address of the database, account, seed of the story, conversations, where it begins,
 * present, when to die.
 */
const [url, accountId, seed, conversations, from, now, killAt] = process.argv.slice(2) as [
  ...[string, string, string, string, string, string, string],
];
const clock = new ManualClock(Number(now));
const db = openDatabase(await addressFromUrl(url), clock, { appConnections: 3, systemConnections: 2 });
const read = readersOf(db, clock, accountId as AccountId);
const [what, number] = killAt.split(" ");
let said = 0;
function* rows() {
  const story = shuffled(pastStory(seed, Number(conversations), Number(from)), seed);
  for (const [i, row] of story.entries()) {
    if (what === "line" && i + 1 === Number(number)) process.kill(process.pid, "SIGKILL");
    yield row as never;
  }
}
const result = await importRows(db, {
  ...{ accountId: accountId as AccountId, name: "story", clock, wait: read, batchLines: 13, ahead: 17 },
  rows: rows(),
  onProgress: () => {
    said += 1;
    if (what === "step" && said === Number(number)) process.kill(process.pid, "SIGKILL");
  },
});
await read();
await db.close();
process.stdout.write(`${JSON.stringify({ ...result, said })}\n`);
