import { parseArgs } from "node:util";
import { checkAccount } from "../check.ts";
import { type Command, EXIT } from "./command.ts";
import { withDatabase } from "./open-database.ts";
import { accountMeant, allAccounts } from "./which-account.ts";

export const check: Command = {
  usage: `npm run hubbub -- check [--account NAME]

Looks through every account for what contradicts itself: rows that name something that is not there, messages that were never
placed, work without an episode. Changes nothing. The server does the same once a day and writes findings to its log.
Ends with 1 when something was found.`,

  async run(args, io) {
    const { values } = parseArgs({ args: [...args], options: { account: { type: "string" } } });
    return withDatabase(io, {}, async ({ db }) => {
      const accounts = values.account ? [await accountMeant(db, values.account)] : await allAccounts(db);
      let findings = 0;
      for (const { id, name } of accounts)
        for (const finding of await checkAccount(db, id)) {
          findings++;
          io.out(`${name}: ${finding.count} × ${finding.says}`);
          io.out(`    ${finding.examples.join(", ")}${finding.count > finding.examples.length ? ", …" : ""}`);
        }
      io.out(findings === 0 ? `${accounts.length} accounts looked through: nothing found.` : `${findings} findings.`);
      return findings === 0 ? EXIT.ok : EXIT.findings;
    });
  },
};
