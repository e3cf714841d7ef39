import { parseArgs } from "node:util";
import { channelsOf, connectChannel, connectMailbox, mailboxNeeds, reconnectChannel } from "#modules/channels";
import { audit } from "#modules/people";
import { systemClock } from "#platform/clock";
import { CommandError, EXIT, type Io, UsageError } from "./command.ts";
import { withDatabase } from "./open-database.ts";
import { accountMeant } from "./which-account.ts";
import { brandMeant } from "./which-brand.ts";

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** `channel add email`: its options are what the connector needs; secrets come by standard input only. */
export async function addEmail(args: readonly string[], io: Io, stdin: (io: Io) => Promise<string>): Promise<number> {
  const open = mailboxNeeds.filter((need) => !need.sealed);
  const sealed = mailboxNeeds.filter((need) => need.sealed).map((need) => need.name);
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...Object.fromEntries(
        open.map((n) => [
          kebab(n.name),
          n.kind === "switch"
            ? ({ type: "boolean" } as const)
            : ({ type: "string", multiple: n.kind === "list" } as const),
        ]),
      ),
      ...({ name: { type: "string" }, account: { type: "string" }, brand: { type: "string" } } as const),
      ...({ "secrets-stdin": { type: "boolean" } } as const),
    },
  }) as { values: Record<string, string | string[] | boolean | undefined> };
  if (values["secrets-stdin"] !== true)
    throw new UsageError(
      `--secrets-stdin is missing: secrets are read from standard input and nowhere else, a line each: ${sealed.map((n) => `${n}=…`).join(", ")}.`,
    );
  const answers: Record<string, string> = secretsIn(await stdin(io), sealed);
  for (const need of open) {
    const said = values[kebab(need.name)];
    if (said !== undefined) answers[need.name] = Array.isArray(said) ? said.join("\n") : String(said);
  }
  const text = (name: string) => (typeof values[name] === "string" ? (values[name] as string) : undefined);
  return withDatabase(io, {}, async ({ db }) => {
    const account = await accountMeant(db, text("account"));
    const brand = await db.withAccount(account.id, (tx) => brandMeant(tx, account.name, text("brand")));
    const done = await connectMailbox(systemClock, answers);
    if (!done.ok) throw new CommandError(done.need === null ? done.why : `--${kebab(done.need)}: ${done.why}`);
    const made = done.channel;
    const channel = { ...made, brandId: brand.id, name: text("name")?.trim() || made.handle };
    await db.withAccount(account.id, async (tx) => {
      const found = (await channelsOf(tx)).find((c) => c.network === "email" && c.selfIds[0] === made.externalId);
      if (found) await reconnectChannel(tx, found.id, channel);
      const channelId = found?.id ?? (await connectChannel(tx, channel)).channelId;
      const act = found ? "channel.reconnected" : "channel.connected";
      await audit(tx, null, act, "channel", channelId, { by: "command line" });
    });
    io.out(`Connected: ${made.handle} speaks for ${brand.name}.`);
    for (const half of done.halves) io.out(`  ${half.state === "ok" ? "ok" : half.state}  ${half.half}: ${half.says}`);
    return done.halves.some((half) => half.state === "failed") ? EXIT.findings : EXIT.ok;
  });
}

function secretsIn(text: string, names: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const line of text.split(/\r?\n/)) {
    const at = line.indexOf("=");
    const name = line.slice(0, at).trim();
    if (at > 0 && names.includes(name)) found[name] = line.slice(at + 1).trim();
    // A line by itself is the password.
    else if (line.trim() !== "") found.password = line.trim();
  }
  return found;
}
