/** Something the person at the keyboard can mend: one sentence, no stack, and an exit code. */
export class Refusal extends Error {
  constructor(message, exitCode) {
    super(message);
    this.name = "Refusal";
    this.exitCode = exitCode;
  }
}

/** The numbers of server/platform/errors.ts (`exitCodes`), which the launcher cannot import before a new Node is there; a test compares them. */
export const EXIT = {
  usage: 64,
  "data-folder": 11,
  "disk-full": 12,
  "runtime-missing": 16,
  "install-failed": 17,
  "build-failed": 18,
};
