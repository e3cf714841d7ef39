import { z } from "zod";
import { cursor } from "#contracts/common";
import { searchPage } from "#contracts/search";
import type { Routes } from "#platform/http/routes";
import { MOST_SEARCH } from "#shared/search-query";
import { search } from "../find.ts";

export function searchRoutes(r: Routes): void {
  r.query(
    "/api/search",
    {
      summary: "Looks for words in everything the asker may read: the own box first, then all of it, the newest first",
      tag: "desk",
      query: z.object({
        q: z.string().max(MOST_SEARCH),
        cursor,
        limit: z.coerce.number().int().min(1).max(50).default(20),
      }),
      response: searchPage,
    },
    (tx, { actor, query }) => search(tx, actor, query),
  );
}
