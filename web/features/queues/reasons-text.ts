import type { OutcomeReason } from "#contracts/together";

export type Outcome = { key: string; name: string; reasons?: OutcomeReason[] };
const BELOW = /^\s*[-–•]\s+/u;

/** Reasons as lines: one each, and what lies below one with a dash before it. */
export function reasonsAsText(reasons: readonly OutcomeReason[] | undefined): string {
  return (reasons ?? [])
    .flatMap((one) => [one.name, ...(one.below ?? []).map((finer) => `- ${finer.name}`)])
    .join("\n");
}

/** Lines as reasons. A name that was there keeps its key, so that what was counted under it stays with it. */
export function reasonsFromText(text: string, before: readonly OutcomeReason[] | undefined): OutcomeReason[] {
  const found: OutcomeReason[] = [];
  for (const line of text.split("\n")) {
    const name = line.replace(BELOW, "").trim().slice(0, 80);
    if (name === "") continue;
    const parent = BELOW.test(line) ? found.at(-1) : undefined;
    if (!parent) {
      const was = before?.find((one) => one.name === name);
      found.push({ key: freeKey(was?.key ?? name, found), name });
      continue;
    }
    parent.below ??= [];
    const was = before?.find((one) => one.key === parent.key)?.below?.find((one) => one.name === name);
    parent.below.push({ key: freeKey(was?.key ?? name, parent.below), name });
  }
  return found;
}

/** A key out of a name that none of these has. */
export function freeKey(name: string, taken: readonly { key: string }[]): string {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 50);
  const base = plain || "other";
  for (let n = 1; ; n++) {
    const key = n === 1 ? base : `${base}-${n}`;
    if (!taken.some((one) => one.key === key)) return key;
  }
}
