import { parseArgs } from "node:util";
import { brandsOf, setStop, stops } from "#modules/company";
import { audit } from "#modules/people";
import { iso } from "#platform/clock";
import { type Command, CommandError, EXIT, UsageError } from "./command.ts";
import { withDatabase } from "./open-database.ts";
import { accountMeant } from "./which-account.ts";

export const stopSwitch: Command = {
  usage: `npm run hubbub -- stop-switch on --reason TEXT [--account NAME] [--brand NAME]
npm run hubbub -- stop-switch off [--account NAME] [--brand NAME]
npm run hubbub -- stop-switch show [--account NAME]

While it is on nothing leaves: replies, acknowledgements and surveys wait. Switched for the whole account unless a brand is named.

  --reason   shown to the agents
  --account  name or id; may be left out where there is one account only
  --brand    name or id of one brand`,

  async run(args, io) {
    const [verb, ...rest] = args;
    if (verb !== "on" && verb !== "off" && verb !== "show")
      throw new UsageError(`Say "stop-switch on", "stop-switch off" or "stop-switch show".`);
    const text = { type: "string" } as const;
    const { values } = parseArgs({ args: rest, options: { account: text, brand: text, reason: text } });
    const reason = values.reason?.trim() ?? "";
    if (verb === "on" && reason === "") throw new UsageError("--reason is missing: say why, agents see it.");
    if (reason.length > 300) throw new UsageError("--reason is longer than 300 characters.");
    return withDatabase(io, {}, async ({ db }) => {
      const { id, name } = await accountMeant(db, values.account);
      const on = await db.withAccount(id, async (tx) => {
        const brands = await brandsOf(tx);
        const brand = brands.find((b) => b.id === values.brand || b.name === values.brand);
        if (values.brand !== undefined && !brand)
          throw new CommandError(
            `${name} has no brand "${values.brand}". It has: ${brands.map((b) => b.name).join(", ")}.`,
          );
        if (verb !== "show") {
          await setStop(tx, { brandId: brand?.id ?? null, on: verb === "on", reason, by: null });
          const act = verb === "on" ? "outbound.stopped" : "outbound.released";
          await audit(tx, null, act, "account", brand?.id ?? id, { reason, by: "command line" });
        }
        const named = new Map<string | null, string>(brands.map((b) => [b.id, b.name]));
        const present = await stops(
          tx,
          brands.map((b) => b.id),
        );
        return present.map((s) => ({ ...s, of: named.get(s.brandId) ?? "everything" }));
      });
      if (on.length === 0) io.out(`${name}: nothing is stopped.`);
      for (const s of on) io.out(`${name}: ${s.of} is stopped since ${iso(s.since)}: ${s.reason}`);
      return EXIT.ok;
    });
  },
};
