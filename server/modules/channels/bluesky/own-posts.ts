import type { ChannelAccess, Cursor, Page } from "../domain/adapter.ts";
import { field, list, text } from "../domain/read-json.ts";
import { POST, readPostUri } from "./at-uri.ts";
import { type Ask, newest, pageOfLines, readWalk } from "./pages.ts";

const LIMIT = 100;

/**
 * Our own repository read back (com.atproto.repo.listRecords, newest record key first): what a colleague wrote in another app, and
 * what became of our answers. Record keys are made of time, so the newest one seen is where to stop.
 */
export async function ownPostsPage(ask: Ask, access: ChannelAccess, since: Cursor | undefined): Promise<Page> {
  const walk = readWalk(since);
  const answer = await ask("com.atproto.repo.listRecords", {
    ...{ repo: access.externalId, collection: POST, limit: LIMIT, cursor: walk?.page },
  });
  const records = list(answer, "records").flatMap((record) => {
    const name = readPostUri(text(record, "uri"));
    return name?.did === access.externalId ? [{ record, rkey: name.rkey }] : [];
  });
  const top = newest(
    walk,
    records.map((r) => r.rkey),
  );
  if (!walk) return { body: null, next: JSON.stringify({ seen: top }), done: true };
  const fresh = records.filter((r) => r.rkey > walk.seen);
  const page = text(answer, "cursor");
  const more = records.length > 0 && fresh.length === records.length && page !== "" && page !== walk.page;
  return {
    body: pageOfLines(
      fresh.map(({ record }) => ({
        ...{ kind: "post", uri: text(record, "uri"), cid: text(record, "cid"), record: field(record, "value") },
        author: { handle: access.handle },
      })),
    ),
    next: JSON.stringify(more ? { seen: walk.seen, top, page } : { seen: top }),
    done: !more,
  };
}
