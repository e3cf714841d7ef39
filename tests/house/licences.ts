/** Which licences the runtime dependencies may have. Pure: the test hands in what it read. */

export interface Dependency {
  name: string;
  version: string;
  /** The SPDX expression of its package.json; undefined when it names none. */
  licence: string | undefined;
}

export interface LicenceException {
  name: string;
  licence: string;
  reason: string;
}

/** Permissive licences, and weak copyleft that asks nothing of a program that merely uses the package. */
const permitted = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT-0",
  "MPL-2.0",
  "PostgreSQL",
  "Python-2.0",
  "Unlicense",
  "Zlib",
]);

/** True when an SPDX expression leaves us a permitted choice: one side of OR, all sides of AND. */
export function isPermitted(expression: string): boolean {
  const tokens = expression.match(/\(|\)|[^\s()]+/gu) ?? [];
  let at = 0;
  const either = (): boolean => {
    let ok = all();
    while (tokens[at] === "OR") {
      at++;
      const other = all();
      ok = ok || other;
    }
    return ok;
  };
  const all = (): boolean => {
    let ok = one();
    while (tokens[at] === "AND") {
      at++;
      const other = one();
      ok = ok && other;
    }
    return ok;
  };
  const one = (): boolean => {
    if (tokens[at] === "(") {
      at++;
      const ok = either();
      at++;
      return ok;
    }
    const name = tokens[at++] ?? "";
    if (tokens[at] === "WITH") at += 2;
    return permitted.has(name);
  };
  const ok = either();
  return ok && at === tokens.length;
}

/** One sentence for each package that may not ship, and for each exception that excuses nothing any more. */
export function licenceFaults(dependencies: readonly Dependency[], exceptions: readonly LicenceException[]): string[] {
  const used = new Set<LicenceException>();
  const faults: string[] = [];
  for (const { name, version, licence } of dependencies) {
    if (licence !== undefined && isPermitted(licence)) continue;
    const exception = exceptions.find((e) => e.name === name && e.licence === licence && e.reason.length > 20);
    if (exception) used.add(exception);
    else
      faults.push(
        `${name} ${version} is under ${licence ?? "no named licence"}: replace it, or list it with its reason.`,
      );
  }
  for (const exception of exceptions)
    if (!used.has(exception)) faults.push(`The exception for ${exception.name} excuses nothing: remove it.`);
  return faults;
}
