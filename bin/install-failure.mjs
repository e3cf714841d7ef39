import { EXIT, Refusal } from "./refusal.mjs";

const CAUSES = [
  [/ENOSPC|no space left/i, EXIT["disk-full"], () => "The disk is full. Free some space and run the command again."],
  [
    /ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|FETCH_ERROR|network/,
    EXIT["install-failed"],
    () =>
      "The packages could not be fetched: npm's registry cannot be reached. Check the network (or npm's proxy setting) and run the command again.",
  ],
  [
    /EACCES|EPERM|EROFS/,
    EXIT["install-failed"],
    (root) =>
      `The packages could not be written to ${root}. Run this as the user who owns the checkout, or give that user the right to write there.`,
  ],
  [
    /EUSAGE|in sync|Missing: .* from lock file/,
    EXIT["install-failed"],
    () =>
      "package-lock.json does not agree with package.json. Take both from the same version of the project and run the command again.",
  ],
  [
    /EINTEGRITY/,
    EXIT["install-failed"],
    () =>
      'A fetched package is not the one the lock file names, so nothing was installed. Run "npm cache verify", then the command again.',
  ],
  [
    /\bE40[13]\b/,
    EXIT["install-failed"],
    () =>
      "npm's registry refused the request. Check the registry and sign-in in npm's settings and run the command again.",
  ],
];

/** Turns what npm printed into one sentence with npm's own last lines under it. */
export function explainNpmFailure({ code, error, output }, root) {
  const text = `${error?.code ?? ""}\n${output}`;
  const [, exitCode, sentence] = CAUSES.find(([pattern]) => pattern.test(text)) ?? [
    undefined,
    EXIT["install-failed"],
    () => `Installing packages failed (npm ended with ${code}). What npm said last is below.`,
  ];
  const tail = text
    .trim()
    .split("\n")
    // Not npm's stack traces and empty lines.
    .filter((line) => !/^npm (error|ERR!)\s*(at .*|\}|)$/.test(line))
    .slice(-12)
    .map((line) => `    ${line}`);
  return new Refusal([sentence(root), ...tail].join("\n"), exitCode);
}
