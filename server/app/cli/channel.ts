import { parseArgs } from "node:util";
import { blueskyChannel, channelsOf, connectChannel, reconnectChannel } from "#modules/channels";
import { audit } from "#modules/people";
import { systemClock } from "#platform/clock";
import { addEmail } from "./add-email.ts";
import { type Command, CommandError, EXIT, type Io, UsageError } from "./command.ts";
import { withDatabase } from "./open-database.ts";
import { accountMeant } from "./which-account.ts";
import { brandMeant } from "./which-brand.ts";

export const channel: Command = {
  usage: `npm run hubbub -- channel add bluesky --handle HANDLE --app-password-stdin [--keyword WORD]… [options]
npm run hubbub -- channel add email --address ADDRESS --secrets-stdin [--imap-host NAME --smtp-host NAME] [options]
npm run hubbub -- channel list [--account NAME]

A mailbox (docs/guides/connect-email.md): --provider google or microsoft, else --imap-host, --imap-port, --imap-security (tls, starttls,
plain), the same with smtp; --user, --smtp-user, --from-name, --signature, --aliases, --folders, --sent-folder, --after-reading, --move-to,
--plus-addresses, --client-id, --token-url, --scope, --private-network. On standard input a line per secret: password=…, refreshToken=…

Connects an account on Bluesky, or on any other AT Protocol network. Signs in once, so a wrong password, an unknown handle or a
service that is not there is told at once. The app password is made on Bluesky (settings, app passwords) and read from standard
input: it stands in no list of processes. Said again for the same account it renews password and settings and keeps what was heard.

  --handle              our handle there, such as northwind.bsky.social, or our DID
  --app-password-stdin  read the app password from standard input
  --keyword             a word or phrase to listen for beside mentions, replies and quotes; may be said often
  --language            language tag of what we write; the language of the answered post unless given; at most three
  --name                what the channel is called here; the handle unless given
  --service             PDS or entryway; https://bsky.social unless given
  --firehose            address of a relay or PDS to hear posts, deletions and new names from (com.atproto.sync.subscribeRepos)
  --jetstream           the same as JSON lines; on bsky.social that is Bluesky's own unless another is given
  --no-stream           hear of posts by polls only: deletions and new names are not heard
  --no-app-view         the service passes no app.bsky calls on: no notifications, no search
  --plc                 directory of did:plc; https://plc.directory unless given
  --private-network     the addresses may lie in a private network and speak plain http
  --account, --brand    name or id; may be left out where there is one only`,

  async run(args, io) {
    const [verb, ...rest] = args;
    if (verb === "list") return list(rest, io);
    if (verb !== "add") throw new UsageError(`Say "channel add" or "channel list".`);
    const [network, ...options] = rest;
    if (network === "email") return addEmail(options, io, readSecrets);
    if (network !== "bluesky")
      throw new UsageError(
        `Say which network: "channel add bluesky" or "channel add email". Others are connected on the screen for channels.`,
      );
    return add(options, io);
  },
};

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;

async function add(args: readonly string[], io: Io): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{
        handle: text,
        name: text,
        service: text,
        firehose: text,
        jetstream: text,
        plc: text,
        account: text,
        brand: text,
      },
      ...{ keyword: { ...text, multiple: true }, language: { ...text, multiple: true } },
      ...{ "app-password-stdin": flag, "no-stream": flag, "no-app-view": flag, "private-network": flag },
    },
  });
  const handle = values.handle?.trim().replace(/^@/, "") ?? "";
  if (handle === "") throw new UsageError("--handle is missing.");
  if (values["app-password-stdin"] !== true)
    throw new UsageError(
      "--app-password-stdin is missing: the app password is read from standard input and nowhere else.",
    );
  if ([values.firehose, values.jetstream, values["no-stream"]].filter(Boolean).length > 1)
    throw new UsageError("--firehose, --jetstream and --no-stream exclude one another.");
  for (const name of ["service", "plc", "firehose", "jetstream"] as const) checkAddress(name, values[name]);
  const appPassword = await readPassword(io);
  return withDatabase(io, {}, async ({ db }) => {
    const account = await accountMeant(db, values.account);
    const brand = await db.withAccount(account.id, (tx) => brandMeant(tx, account.name, values.brand));
    const made = await blueskyChannel(systemClock, {
      ...{ brandId: brand.id, name: values.name?.trim() || `@${handle}`, handle, appPassword },
      ...{ service: values.service, plc: values.plc, appView: values["no-app-view"] !== true },
      stream: streamOf(values),
      ...{ keywords: values.keyword ?? [], languages: values.language ?? [] },
      privateNetwork: values["private-network"] === true,
    });
    if (!made.ok) throw new CommandError(made.why);
    const { externalId, handle: shown } = made.channel;
    const known = await db.withAccount(account.id, async (tx) => {
      const found = (await channelsOf(tx)).find((c) => c.network === "bluesky" && c.selfIds[0] === externalId);
      if (found) await reconnectChannel(tx, found.id, made.channel);
      const id = found?.id ?? (await connectChannel(tx, made.channel)).channelId;
      await audit(tx, null, found ? "channel.reconnected" : "channel.connected", "channel", id, { by: "command line" });
      return found !== undefined;
    });
    io.out(`${known ? "Connected again" : "Connected"}: @${shown} (${externalId}) speaks for ${brand.name}.`);
    return EXIT.ok;
  });
}

function streamOf(values: {
  firehose?: string | undefined;
  jetstream?: string | undefined;
  "no-stream"?: boolean | undefined;
}) {
  if (values.firehose) return { kind: "repos" as const, url: values.firehose };
  if (values.jetstream) return { kind: "jetstream" as const, url: values.jetstream };
  return values["no-stream"] ? null : undefined;
}

function checkAddress(name: string, value: string | undefined): void {
  const schemes = name === "firehose" || name === "jetstream" ? ["ws:", "wss:"] : ["http:", "https:"];
  if (value !== undefined && !(URL.canParse(value) && schemes.includes(new URL(value).protocol)))
    throw new UsageError(
      `--${name} "${value}" is no address. It begins with ${schemes.map((s) => `${s}//`).join(" or ")}.`,
    );
}

async function readSecrets(io: Io): Promise<string> {
  return (await (io.stdin ?? readStdin)()).slice(0, 20_000);
}

async function readPassword(io: Io): Promise<string> {
  const said = (await (io.stdin ?? readStdin)()).trim();
  if (said === "" || said.length > 500)
    throw new CommandError(
      "No app password came on standard input. Give it there, for example: … --app-password-stdin < FILE.",
    );
  return said;
}

async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) {
    chunks.push(chunk as Buffer);
    if (chunks.length > 100) break;
  }
  return Buffer.concat(chunks).toString("utf8");
}

async function list(args: readonly string[], io: Io): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { account: text } });
  return withDatabase(io, {}, async ({ db }) => {
    const account = await accountMeant(db, values.account);
    const channels = await db.withAccount(account.id, channelsOf);
    if (channels.length === 0) io.out("No channel yet.");
    for (const c of channels)
      io.out(`${c.id}  ${c.network}  ${c.name}  ${c.state}${c.trouble === null ? "" : `: ${c.trouble}`}`);
    return EXIT.ok;
  });
}
