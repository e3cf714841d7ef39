import { parseArgs } from "node:util";
import { channelsOf, hearLines } from "#modules/channels";
import { useKeyRing } from "#modules/company";
import { createEars, matchingThread } from "#modules/listening";
import { systemClock } from "#platform/clock";
import { dataDirPath } from "#platform/data-dir";
import { fileLines, linesOf } from "../import/input-lines.ts";
import { masterKey } from "../master-key.ts";
import { type Command, CommandError, EXIT, UsageError } from "./command.ts";
import { withDatabase } from "./open-database.ts";
import { accountMeant } from "./which-account.ts";

/** Lines that are asked about together; what has come is asked about when so many are there, or at the end. */
const BATCH = 500;

export const listen: Command = {
  usage: `npm run hubbub -- listen FILE --channel NAME [--account NAME]
something | npm run hubbub -- listen - --channel NAME [--account NAME]

Hands posts, one JSON object a line (docs/formats/heard-lines.md), to a channel of the kind "JSON lines". Your monitors are asked of each;
what none of them wants is dropped. What is kept is read by the server that runs, or by the next one. May be repeated: a post is kept once.

  FILE       a file, gzip or not; - reads standard input until it ends
  --channel  name or id of the channel
  --account  name or id; may be left out where there is one account only`,

  async run(args, io) {
    const text = { type: "string" } as const;
    const { values, positionals } = parseArgs({
      ...{ args: [...args], allowPositionals: true },
      options: { account: text, channel: text },
    });
    const [file, more] = positionals;
    if (file === undefined || more !== undefined) throw new UsageError("Name one file, or - for standard input.");
    if (values.channel === undefined) throw new UsageError("--channel is missing.");
    return withDatabase(io, {}, async ({ db }) => {
      const account = await accountMeant(db, values.account);
      const channels = await db.withAccount(account.id, (tx) => channelsOf(tx));
      const mine = channels.filter((c) => c.network === "json-lines");
      const channel = mine.find((c) => c.id === values.channel || c.name === values.channel);
      if (!channel) {
        const names = mine.map((c) => c.name).join(", ");
        throw new CommandError(
          `${account.name} has no such channel of JSON lines${names ? `; it has: ${names}` : ": connect one under Channels"}.`,
        );
      }
      useKeyRing(masterKey(dataDirPath(io.env), io.env));
      const house = { db, clock: systemClock, ears: createEars(db, systemClock) };
      const place = { accountId: account.id, channelId: channel.id };
      const sum = { heard: 0, kept: 0, unread: 0 };
      const batch: Uint8Array[] = [];
      const hand = async () => {
        const done = await hearLines(house, place, batch.splice(0));
        sum.heard += done.heard;
        sum.kept += done.kept;
      };
      for await (const line of file === "-" ? linesOf(process.stdin) : fileLines(file)) {
        if ("value" in line) batch.push(Buffer.from(JSON.stringify(line.value)));
        else if ("fault" in line) sum.unread += 1;
        if (batch.length >= BATCH) await hand();
      }
      await hand();
      await matchingThread.close();
      io.out(
        `${sum.heard} posts heard, ${sum.kept} kept${sum.unread > 0 ? `, ${sum.unread} lines could not be read` : ""}.`,
      );
      return EXIT.ok;
    });
  },
};
