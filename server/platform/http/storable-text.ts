import { AppError } from "../errors.ts";

/** Deeper than any body of ours; what lies below is refused by its shape. */
const DEEPEST = 32;

/** Text with NUL or half a surrogate pair cannot be stored: it is refused once, here, for every address. */
export function refuseUnstorableText(request: { params: unknown; query: unknown; body: unknown }): void {
  for (const part of ["params", "query", "body"] as const) {
    const path = unstorable(request[part], part, 0);
    if (path !== null)
      throw new AppError(
        "invalid-request",
        `${path} holds a character that no text can hold (NUL, or half of a surrogate pair). Take it out.`,
        { errors: [{ path, message: "holds NUL or half of a surrogate pair" }] },
      );
  }
}

function unstorable(value: unknown, path: string, depth: number): string | null {
  if (typeof value === "string") return value.includes("\u0000") || !value.isWellFormed() ? path : null;
  if (value === null || typeof value !== "object" || Buffer.isBuffer(value) || depth > DEEPEST) return null;
  for (const [key, inside] of Object.entries(value)) {
    if (key.includes("\u0000") || !key.isWellFormed()) return path;
    const found = unstorable(inside, `${path}/${key.slice(0, 60)}`, depth + 1);
    if (found !== null) return found;
  }
  return null;
}
