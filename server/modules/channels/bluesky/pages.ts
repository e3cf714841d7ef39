import type { Cursor } from "../domain/adapter.ts";
import { field, isFields, text } from "../domain/read-json.ts";
import { POST } from "./at-uri.ts";

/** One GET of an XRPC method as our account; throws `NetworkFailure`. */
export type Ask = (method: string, query: Record<string, string | number | undefined>) => Promise<unknown>;

export function pageOfLines(lines: readonly object[]): Uint8Array | null {
  if (lines.length === 0) return null;
  return new TextEncoder().encode(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
}

/** A walk backwards. `seen`: the newest that was read before; `top` and `page` while a run of pages goes back to it. */
export interface Walk {
  seen: string;
  top?: string;
  page?: string;
}

export function readWalk(since: Cursor | undefined): Walk | undefined {
  try {
    const value = JSON.parse(since?.value ?? "") as unknown;
    if (!isFields(value)) return undefined;
    const [top, page] = [text(value, "top"), text(value, "page")];
    return { seen: text(value, "seen"), ...(top && { top }), ...(page && { page }) };
  } catch {
    return undefined;
  }
}

/** The greatest of all that were seen, by the order of their letters. */
export const newest = (walk: Walk | undefined, names: readonly string[]): string =>
  [walk?.top ?? "", walk?.seen ?? "", ...names].reduce((a, b) => (a > b ? a : b));

/** A notification or post view as one line of ours; whatever else it holds stays outside. */
export function seenLine(view: unknown): Record<string, unknown>[] {
  const [uri, cid, record, author] = [
    text(view, "uri"),
    text(view, "cid"),
    field(view, "record"),
    field(view, "author"),
  ];
  if (cid === "" || !uri.includes(`/${POST}/`) || !isFields(record)) return [];
  const names = ["handle", "displayName", "avatar", "followersCount"];
  const known = names.flatMap((name) =>
    field(author, name) === undefined ? [] : [[name, field(author, name)] as const],
  );
  return [{ kind: "post", uri, cid, record, indexedAt: text(view, "indexedAt"), author: Object.fromEntries(known) }];
}
