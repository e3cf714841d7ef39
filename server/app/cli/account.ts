import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { brandsOf } from "#modules/company";
import { activeAgents } from "#modules/people";
import { exportAccount, importInto } from "./account-move.ts";
import { type Command, EXIT, type Io, UsageError } from "./command.ts";
import { makeCompany, type NewCompany } from "./make-company.ts";
import { withDatabase } from "./open-database.ts";
import { allAccounts } from "./which-account.ts";

/** 24 letters and digits: 142 bits. */
const PASSWORD_LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

export const account: Command = {
  usage: `npm run hubbub -- account create --name NAME --email ADDRESS [--brand NAME] [--agent NAME] [--zone ZONE] [--language TAG]
npm run hubbub -- account list
npm run hubbub -- account export NAME DIR [--key-file FILE]
npm run hubbub -- account import DIR [--key-file FILE]

"create" makes an account that is ready for its first channel: brand, calendar (Monday to Friday, 09:00 to 17:00), team, language
skill, one queue, and one agent who holds every right. The agent's password is made and printed once.

  --name      the company
  --email     with this address the agent signs in; refused when an agent has it already
  --brand     the name under which it speaks in public; the company's name unless given
  --agent     the agent's own name, shown in answers; made of the address unless given
  --zone      time zone of calendar and agent, such as Europe/London; UTC unless given
  --language  language tag of brand and agent, such as de; en unless given

"export" writes one account (its name or id) into the new folder DIR, "import" brings it into another installation of the same version, with the
same ids; an account that is there already is refused. Nothing of it is sent there before: npm run hubbub -- outbound resume. Switch it off
where it came from.

  --key-file  64 hex digits (openssl rand -hex 32) that seal the account's key on the way; say the same file at both ends. Without it the
              two installations must have the same master key`,

  async run(args, io) {
    const [verb, ...rest] = args;
    if (verb === "create") return create(rest, io);
    if (verb === "list") return list(rest, io);
    if (verb === "export") return exportAccount(rest, io);
    if (verb === "import") return importInto(rest, io);
    throw new UsageError(`Say "account create", "account list", "account export" or "account import".`);
  },
};

async function create(args: readonly string[], io: Io): Promise<number> {
  const wanted = read(args);
  const password = makePassword();
  const made = await withDatabase(io, { make: true }, ({ db }) => makeCompany(db, wanted, password));
  io.out(`Account   ${made.accountId}  ${wanted.name}`);
  io.out(`Sign in   ${wanted.email}`);
  io.out(`Password  ${password}`);
  io.out("The password is shown this once and kept nowhere: note it now.");
  return EXIT.ok;
}

function read(args: readonly string[]): NewCompany {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { name: text, brand: text, email: text, agent: text, zone: text, language: text },
  });
  const name = values.name?.trim() ?? "";
  const email = values.email?.trim().toLowerCase() ?? "";
  if (name === "" || name.length > 120) throw new UsageError("--name is missing or longer than 120 characters.");
  if (!/^[^\s@<>"]{1,64}@[^\s@<>"]{1,190}$/.test(email)) throw new UsageError("--email is no e-mail address.");
  return {
    name,
    email,
    brand: values.brand?.trim() || name,
    agent: values.agent?.trim() || nameFromAddress(email),
    zone: zoneOf(values.zone ?? "UTC"),
    language: languageOf(values.language ?? "en"),
  };
}

function zoneOf(zone: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    throw new UsageError(`--zone "${zone}" is no time zone. Zones have names such as Europe/London.`);
  }
}

function languageOf(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? "en";
  } catch {
    throw new UsageError(`--language "${tag}" is no language tag. Tags look like en, de or pt-BR.`);
  }
}

/** "priya.nair@…" → "Priya Nair". */
function nameFromAddress(email: string): string {
  const words = email
    .split("@")[0]!
    .split(/[._+-]+/)
    .filter(Boolean);
  return words.map((w) => w.slice(0, 1).toLocaleUpperCase("en") + w.slice(1)).join(" ");
}

function makePassword(): string {
  let password = "";
  // Bytes of the last, unequal round are thrown away, so that no letter is likelier.
  while (password.length < 24)
    for (const byte of randomBytes(48))
      if (byte < 256 - (256 % PASSWORD_LETTERS.length) && password.length < 24)
        password += PASSWORD_LETTERS[byte % PASSWORD_LETTERS.length];
  return password;
}

async function list(args: readonly string[], io: Io): Promise<number> {
  parseArgs({ args: [...args], options: {} });
  await withDatabase(io, {}, async ({ db }) => {
    const accounts = await allAccounts(db);
    if (accounts.length === 0) io.out("No account yet.");
    for (const { id, name } of accounts) {
      const { brands, agents } = await db.withAccount(id, async (tx) => ({
        brands: await brandsOf(tx),
        agents: await activeAgents(tx),
      }));
      io.out(`${id}  ${name}  (brands: ${brands.map((b) => b.name).join(", ")}; ${agents.length} active agents)`);
    }
  });
  return EXIT.ok;
}
