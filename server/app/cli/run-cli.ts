import { AppError, StartError } from "#platform/errors";
import { type Command, CommandError, EXIT, type Io, UsageError } from "./command.ts";

interface Entry {
  summary: string;
  load(): Promise<Command>;
}

/** Loaded when called: a backtest needs no database driver and an account no text model. */
const commands: Readonly<Record<string, Entry>> = {
  account: {
    summary: "make an account with its first agent, list accounts, move one to another installation",
    load: async () => (await import("./account.ts")).account,
  },
  backtest: {
    summary: "how well a decision would have done on posts whose answers are known",
    load: async () => (await import("./backtest.ts")).backtest,
  },
  backup: {
    summary: "copy everything into a new folder, while the server runs",
    load: async () => (await import("./backup.ts")).backup,
  },
  blobs: {
    summary: "stored files: move them from disk to a bucket, or back",
    load: async () => (await import("./blobs.ts")).blobs,
  },
  channel: {
    summary: "connect an account on a network, list channels",
    load: async () => (await import("./channel.ts")).channel,
  },
  check: {
    summary: "what in the database contradicts itself",
    load: async () => (await import("./check.ts")).check,
  },
  health: {
    summary: "what waits, failed or stands still",
    load: async () => (await import("./health.ts")).health,
  },
  export: {
    summary: "all messages of an account as a file, in the format of import",
    load: async () => (await import("./export.ts")).exportCommand,
  },
  import: {
    summary: "history of any network from a file",
    load: async () => (await import("./import.ts")).importCommand,
  },
  listen: {
    summary: "hand a file of posts, or a stream of them, to the monitors",
    load: async () => (await import("./listen.ts")).listen,
  },
  outbound: {
    summary: "after a restore: what is not known to have left, and sending again",
    load: async () => (await import("./outbound.ts")).outbound,
  },
  parked: {
    summary: "events that failed five times: list them, read them again",
    load: async () => (await import("./parked.ts")).parked,
  },
  restore: {
    summary: "fill an empty installation from a backup",
    load: async () => (await import("./restore.ts")).restore,
  },
  "rotate-key": {
    summary: "another master key, without losing anything that is sealed",
    load: async () => (await import("./rotate-key.ts")).rotateKey,
  },
  scenario: {
    summary: "play a story of the field on the demo's playground, or list them",
    load: async () => (await import("./scenario.ts")).scenario,
  },
  "stop-switch": {
    summary: "stop everything outbound, or let it go on",
    load: async () => (await import("./stop-switch.ts")).stopSwitch,
  },
  traffic: {
    summary: "load: so many posts a second on the demo's playground",
    load: async () => (await import("./traffic.ts")).traffic,
  },
  trace: {
    summary: "the story of one message: every station from its arrival to the answer",
    load: async () => (await import("./trace.ts")).trace,
  },
};

const help = () =>
  [
    "npm run hubbub -- <command> [options]",
    "",
    ...Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(13)}${summary}`),
    "",
    "Help of one command: npm run hubbub -- <command> --help",
    "The database is the one of DATABASE_URL, else the embedded one of HUBBUB_DATA_DIR, whether or not the server runs.",
    `Exit codes: ${EXIT.ok} done, ${EXIT.findings} something was found or went wrong, ${EXIT.usage} the call cannot be understood, others as in docs/errors.md.`,
  ].join("\n");

/** Runs one command; resolves with the exit code. */
export async function runCli(argv: readonly string[], io: Io): Promise<number> {
  const [name, ...args] = argv;
  if (name === undefined || name === "help" || isHelp(name)) {
    if (name === "help" && args[0] && Object.hasOwn(commands, args[0])) return runCli([args[0], "--help"], io);
    io.out(help());
    return name === undefined ? EXIT.usage : EXIT.ok;
  }
  if (!Object.hasOwn(commands, name)) {
    io.err(`There is no command "${name}".\n\n${help()}`);
    return EXIT.usage;
  }
  const command = await commands[name]!.load();
  if (args[0] === undefined ? false : isHelp(args[0]) || isHelp(args.at(-1)!)) {
    io.out(command.usage);
    return EXIT.ok;
  }
  try {
    return await command.run(args, io);
  } catch (error) {
    return explain(error, command, io);
  }
}

function isHelp(word: string): boolean {
  return word === "--help" || word === "-h";
}

function explain(error: unknown, command: Command, io: Io): number {
  const code = String((error as NodeJS.ErrnoException).code ?? "");
  if (error instanceof UsageError || code.startsWith("ERR_PARSE_ARGS")) {
    io.err(`${(error as Error).message}\n\n${command.usage}`);
    return EXIT.usage;
  }
  if (error instanceof CommandError || error instanceof StartError) {
    io.err(error.message);
    return error.exitCode;
  }
  if (error instanceof AppError) {
    io.err(error.message);
    return EXIT.findings;
  }
  io.err(`The command broke: ${(error as Error).stack ?? String(error)}`);
  return EXIT.findings;
}
