/** Outcomes as an account lists them: a key and a name each, with reasons of two levels. */
export interface Listed {
  key: string;
  name: string;
  reasons?:
    | readonly { key: string; name: string; below?: readonly { key: string; name: string }[] | undefined }[]
    | undefined;
}

/** `now`: it can be chosen; `before`: it could, and keeps its last name; `never`: nobody listed it, its key is its name. */
export type Standing = "now" | "before" | "never";
export interface Named {
  name: string;
  listed: Standing;
}

/**
 * Names of a path: an outcome, its reason, its finer reason. `now`: the lists in force of the brands asked for, which may name one key
 * differently; `history`: all lists there ever were, the latest first.
 */
export function namesOf(now: readonly (readonly Listed[])[], history: readonly (readonly Listed[])[]) {
  return (path: readonly string[]): Named => {
    const names = [...new Set(now.flatMap((list) => find(list, path) ?? []))];
    if (names.length > 0) return { name: names.join(" / "), listed: "now" };
    for (const list of history) {
      const name = find(list, path);
      if (name !== null) return { name, listed: "before" };
    }
    return { name: path.at(-1) ?? "", listed: "never" };
  };
}

function find(list: readonly Listed[], [outcome, reason, finer]: readonly string[]): string | null {
  const found = list.find((one) => one.key === outcome);
  if (reason === undefined) return found?.name ?? null;
  const top = found?.reasons?.find((one) => one.key === reason);
  if (finer === undefined) return top?.name ?? null;
  return top?.below?.find((one) => one.key === finer)?.name ?? null;
}
