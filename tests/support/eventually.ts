const DEADLINE_MS = 40_000;
/** The first looks follow at once; what takes long is looked at less often, as each look costs those who work on it. */
const LOOK_EVERY_MS = { first: 15, last: 100, growth: 1.15 };

/** Looks until the answer is neither undefined, null nor false; fails with the last failure when a long deadline has passed. */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | undefined | null | false> | T | undefined | null | false,
  deadlineMs = DEADLINE_MS,
): Promise<T> {
  const end = performance.now() + deadlineMs;
  let last: unknown = "it never came";
  let wait = LOOK_EVERY_MS.first;
  for (;;) {
    try {
      const seen = await look();
      if (seen !== undefined && seen !== null && seen !== false) return seen;
    } catch (error) {
      last = error;
    }
    if (performance.now() > end) throw new Error(`waited for: ${what}`, { cause: last });
    await new Promise((resolve) => setTimeout(resolve, wait));
    wait = Math.min(wait * LOOK_EVERY_MS.growth, LOOK_EVERY_MS.last);
  }
}
