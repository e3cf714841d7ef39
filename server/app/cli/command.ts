/** Exit codes of the command line beside those of docs/errors.md. */
export const EXIT = { ok: 0, findings: 1, usage: 64 } as const;

/** Where a command reads its surroundings and where its words go: results to `out`, troubles to `err`. */
export interface Io {
  env: NodeJS.ProcessEnv;
  out(line: string): void;
  err(line: string): void;
  /** All of standard input; the process's own unless given. */
  stdin?(): Promise<string>;
}

export interface Command {
  /** The whole help of the command; its first line says how it is called. */
  readonly usage: string;
  /** Resolves with the exit code. `args` are the words after the command's name. */
  run(args: readonly string[], io: Io): Promise<number>;
}

/** The words given do not make a call of the command: the sentence is printed with the usage under it. */
export class UsageError extends Error {}

/** Something the caller can mend: one sentence, no stack. */
export class CommandError extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode: number = EXIT.findings) {
    super(message);
    this.exitCode = exitCode;
  }
}
