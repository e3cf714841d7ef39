import { parseArgs } from "node:util";
import { dataDirPath, openDataDir } from "#platform/data-dir";
import { rotateByEnvironment, rotateMaster } from "../rotate-master.ts";
import { withClosers } from "./closing.ts";
import { type Command, CommandError, EXIT, type Io } from "./command.ts";
import { withDatabase } from "./open-database.ts";
import { allAccounts } from "./which-account.ts";

export const rotateKey: Command = {
  usage: `npm run hubbub -- rotate-key [--new-links]

Makes another master key. The key of every account is sealed anew under it, so everything that is sealed (secrets of channels,
attachments, raw input) opens as before and the old master key opens nothing any more. Broken off at any place, it is begun again
and goes on. The server has to be stopped. The old key is kept beside the new one: backups made before open with it alone.

Where HUBBUB_MASTER_KEY gives the key: make another one (openssl rand -hex 32), start every node with it as HUBBUB_MASTER_KEY_NEXT
beside the old one, run this with both set, then start the nodes with the new one as HUBBUB_MASTER_KEY and with the
HUBBUB_MASTER_ROOT that is printed.

  --new-links  the old key may be in wrong hands: links to files, invitations and chats of before are void as well`,

  async run(args, io) {
    const { values } = parseArgs({ args: [...args], options: { "new-links": { type: "boolean" } } });
    return io.env.HUBBUB_MASTER_KEY
      ? byEnvironment(values["new-links"] === true, io)
      : byFile(values["new-links"] === true, io);
  },
};

async function byFile(newLinks: boolean, io: Io): Promise<number> {
  return withClosers(async (closers) => {
    // With a database of its own the folder is not locked by opening that.
    if (io.env.DATABASE_URL) {
      const locked = await openDataDir({ env: io.env });
      closers.push(() => locked.release());
    }
    return withDatabase(io, {}, async ({ db, serverRuns }) => {
      if (serverRuns) throw new CommandError("The server runs. Stop it first: it holds the old key in memory.");
      const accounts = (await allAccounts(db)).map((account) => account.id);
      const done = await rotateMaster({ db, accounts, dataDir: dataDirPath(io.env), newLinks });
      io.out(`The master key is another one. ${done.rewrapped} keys of ${done.accounts} accounts were sealed anew.`);
      io.out(`The old key is kept in ${done.oldKeyFile} for backups made before. Take it away from here.`);
      if (newLinks) io.out("Links to files, invitations and chats of before are void.");
      return EXIT.ok;
    });
  });
}

async function byEnvironment(newLinks: boolean, io: Io): Promise<number> {
  if (!io.env.HUBBUB_MASTER_KEY_NEXT)
    throw new CommandError(
      "Set HUBBUB_MASTER_KEY_NEXT to the new key (openssl rand -hex 32) beside HUBBUB_MASTER_KEY.",
    );
  return withDatabase(io, {}, async ({ db }) => {
    const accounts = (await allAccounts(db)).map((account) => account.id);
    const { rewrapped, root } = await rotateByEnvironment(db, accounts, dataDirPath(io.env), io.env);
    io.out(`${rewrapped} keys of ${accounts.length} accounts were sealed anew under HUBBUB_MASTER_KEY_NEXT.`);
    io.out("Now start every node with that key as HUBBUB_MASTER_KEY, and take HUBBUB_MASTER_KEY_NEXT away.");
    if (newLinks) io.out("Take HUBBUB_MASTER_ROOT away as well: links of before are void then.");
    else io.out(`HUBBUB_MASTER_ROOT=${root}`);
    return EXIT.ok;
  });
}
