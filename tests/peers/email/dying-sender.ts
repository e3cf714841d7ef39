import { networkAdapters, startChannels } from "../../../server/modules/channels/index.ts";
import { useKeyRing } from "../../../server/modules/company/index.ts";
import { systemClock } from "../../../server/platform/clock.ts";
import { openDatabase } from "../../../server/platform/db.ts";
import type { AccountId } from "../../../server/platform/ids.ts";
import { silentLog } from "../../../server/platform/log.ts";

/**
 * A process that sends what is due for an account and kills itself (SIGKILL) when the mail server has taken a mail, before anything of it is
 * written down. Arguments: the database as JSON, the key ring in hex, the account.
 */
const [database, keyRing, accountId] = process.argv.slice(2) as [string, string, string];
useKeyRing(Buffer.from(keyRing, "hex"));
const { stream: _, ...email } = networkAdapters(systemClock).email!;
const db = openDatabase(JSON.parse(database), systemClock, { appConnections: 2, systemConnections: 2 });
startChannels({
  ...{ accounts: [accountId as AccountId], db, clock: systemClock, log: silentLog, publicUrl: "http://127.0.0.1" },
  adapters: {
    email: {
      ...email,
      send: {
        ...email.send!,
        async sendPart(...given) {
          await email.send!.sendPart(...given);
          process.kill(process.pid, "SIGKILL");
          return new Promise<never>(() => {});
        },
      },
    },
  },
});
