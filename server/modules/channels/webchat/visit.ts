import { DAY, MINUTE, type Millis, SECOND } from "#platform/clock";
import type { Tx } from "#platform/db";
import { noteSite } from "../store/webchat-site-store.ts";
import { forgetVisits, type Visitor } from "../store/webchat-visitor-store.ts";
import type { ChatDoor } from "./door.ts";
import type { ChatHouse } from "./house.ts";

/** Pages of a visit are kept for so long after it. */
const KEPT: Millis = DAY;
/** Who was at the window so long ago is still there: windows are noted every ten seconds. */
export const HERE: Millis = 30 * SECOND;
const PAGES = 10;

interface Told {
  url: string;
  title: string;
  referrer: string;
}
type Where = Pick<ChatDoor, "settings"> & { ownOrigin?: string };

/** The site of a page, when the channel names it or it is this desk's own; null else. */
export function siteOf({ settings, ownOrigin }: Where, url: string): string | null {
  if (!/^https?:/i.test(url) || !URL.canParse(url)) return null;
  const { origin } = new URL(url);
  return origin === ownOrigin || settings.origins.includes(origin) ? origin : null;
}

/** A page as it may be kept: of the chat's own sites only, without fragment, and without what stands behind the question mark unless that is wanted. */
export function keptPage(where: Where, page: Told): Told {
  const { show, query } = where.settings.visit;
  if (!show || siteOf(where, page.url) === null) return { url: "", title: "", referrer: "" };
  const { origin, pathname, search } = new URL(page.url);
  const [from, title] = [page.referrer, page.title];
  return {
    url: `${origin}${pathname}${query ? search : ""}`.slice(0, 500).toWellFormed(),
    title: title.slice(0, 300).toWellFormed(),
    // Whence somebody came is told by its site alone.
    referrer: /^https?:/i.test(from) && URL.canParse(from) ? new URL(from).origin.slice(0, 300) : "",
  };
}

/** Notes on the visitor, which the caller saves, where he is and was: nothing where the chat does not show it, or before he consented. */
export function visits(door: Where, visitor: Visitor, page: Told, before: readonly Told[], now: number): void {
  const { required, version } = door.settings.consent;
  if (required && !(visitor.consentGiven === true && visitor.consentVersion === version)) return;
  const at = keptPage(door, page);
  if (at.url === "" && before.length === 0) return;
  const earlier = before.map((one) => keptPage(door, one)).filter((one) => one.url !== "");
  Object.assign(visitor, {
    ...{ page: at, visitAt: now },
    visit: earlier.slice(0, PAGES).map(({ url, title }) => ({ url, title })),
  });
}

/** Pages of visits that are over go, a day after. */
export const purgeVisits = (tx: Tx, channelId: string): Promise<void> => forgetVisits(tx, channelId, tx.now - KEPT);

/** Notes that a page of a named site showed the chat; not more than once a minute by one node. */
export function siteNotes({ db, clock, log }: Pick<ChatHouse, "db" | "clock" | "log">) {
  const noted = new Map<string, number>();
  return async (door: ChatDoor, url: string): Promise<void> => {
    const origin = siteOf(door, url);
    if (origin === null) return;
    const key = `${door.channelId} ${origin}`;
    const now = clock.now();
    const last = noted.get(key);
    if (last !== undefined && now >= last && now - last < MINUTE) return;
    if (noted.size > 10_000) noted.clear();
    noted.set(key, now);
    await db
      .withAccount(door.accountId, (tx) => noteSite(tx, door.channelId, origin))
      // It is a note for whoever set the chat up: no visitor waits for it in vain.
      .catch((error: unknown) => log.warn({ err: error }, "web chat: that a site shows it could not be noted"));
  };
}
