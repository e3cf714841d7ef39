import { parseArgs } from "node:util";
import { afterRestoreState } from "#modules/channels";
import { type Stop, setStop, stops } from "#modules/company";
import { audit } from "#modules/people";
import { iso } from "#platform/clock";
import type { Database } from "#platform/db";
import { IMPORTED, RESTORED } from "../backup/after-restore.ts";
import { type Command, EXIT, type Io, UsageError } from "./command.ts";
import { withDatabase } from "./open-database.ts";
import { type AccountLine, accountMeant, allAccounts } from "./which-account.ts";

export const outbound: Command = {
  usage: `npm run hubbub -- outbound show [--account NAME]
npm run hubbub -- outbound resume [--account NAME]

After a restore nothing leaves until a person has looked. "show" says what is stopped, what is not known to have been sent, and which channels
have not been read up to the present yet. "resume" lets every account go on that a restore or an import has stopped, and no other
(those are released by: npm run hubbub -- stop-switch off).`,

  async run(args, io) {
    const [verb, ...rest] = args;
    if (verb !== "show" && verb !== "resume") throw new UsageError(`Say "outbound show" or "outbound resume".`);
    const { values } = parseArgs({ args: rest, options: { account: { type: "string" } } });
    return withDatabase(io, {}, async ({ db }) => {
      const accounts = values.account === undefined ? await allAccounts(db) : [await accountMeant(db, values.account)];
      if (accounts.length === 0) io.out("No account yet.");
      for (const account of accounts) await one(db, account, verb === "resume", io);
      return EXIT.ok;
    });
  },
};

async function one(db: Database, { id, name }: AccountLine, resume: boolean, io: Io): Promise<void> {
  const { stop, state } = await db.withAccount(id, async (tx) => {
    const present = (await stops(tx, []))[0];
    const found = { stop: present, state: await afterRestoreState(tx) };
    if (resume && present && byRestore(present)) {
      await setStop(tx, { brandId: null, on: false, reason: "", by: null });
      await audit(tx, null, "outbound.released", "account", id, { reason: present.reason, by: "command line" });
    }
    return found;
  });
  const ours = stop && byRestore(stop);
  if (!stop) io.out(`${name}: sending is not stopped.`);
  else if (resume && ours) io.out(`${name}: sending goes on.`);
  else io.out(`${name}: sending is stopped since ${iso(stop.since)}: ${stop.reason}`);
  if (resume && stop && !ours) io.out(`  It was not a restore that stopped it: npm run hubbub -- stop-switch off`);
  if (state.unknown > 0)
    io.out(`  ${state.unknown} deliveries may have left or not; each is looked for on its network before it is sent.`);
  if (state.forPeople > 0) io.out(`  ${state.forPeople} of them only a person can settle: the desk shows them.`);
  if (state.unread > 0)
    io.out(
      `! ${state.unread} channels have not been read up to the present since the restore: answers given after the backup may be missing in the desk.`,
    );
}

function byRestore({ reason }: Stop): boolean {
  return reason.startsWith(RESTORED) || reason.startsWith(IMPORTED);
}
