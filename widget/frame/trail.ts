import type { HostPage } from "../host-line.ts";
import type { Memory } from "./memory.ts";

/** Who was on no page for so long begins another visit. */
const OVER_MS = 30 * 60_000;
const MOST = 10;

interface Kept {
  at: number;
  /** The newest first; the present one is the first. */
  pages: HostPage[];
}

/** Notes the page on which the visitor is now; gives those before it in this visit, the newest first, each page once. */
export function trailOf(memory: Memory, page: HostPage, now: number): HostPage[] {
  const kept = read(memory.get("trail"));
  const pages = now - kept.at < OVER_MS ? kept.pages : [];
  const before = pages.filter((one) => one.url !== page.url).slice(0, MOST);
  memory.set("trail", JSON.stringify({ at: now, pages: page.url === "" ? before : [page, ...before] } satisfies Kept));
  return before;
}

function read(kept: string | null): Kept {
  try {
    const { at, pages } = JSON.parse(kept ?? "") as Kept;
    if (typeof at === "number" && Array.isArray(pages))
      return { at, pages: pages.filter((one) => typeof one?.url === "string") };
  } catch {
    // Nothing was kept, or by another hand.
  }
  return { at: 0, pages: [] };
}
