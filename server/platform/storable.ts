/** Text for a text column: without NUL and lone surrogates, which PostgreSQL refuses. */
export function storable(text: string): string {
  return text.replaceAll("\u0000", "\ufffd").toWellFormed();
}

/** An escape that jsonb refuses, or one half of a pair that is whole: rare enough to look twice. */
const DOUBTFUL = /\\u(?:0000|d[89a-f])/i;

/** JSON for a jsonb column: every text and key in it can be stored. */
export function json(value: unknown): string {
  const text = JSON.stringify(value);
  return text.includes("\\u") && DOUBTFUL.test(text) ? JSON.stringify(mended(JSON.parse(text))) : text;
}

function mended(value: unknown): unknown {
  if (typeof value === "string") return storable(value);
  if (Array.isArray(value)) return value.map(mended);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [storable(key), mended(inside)]));
}
