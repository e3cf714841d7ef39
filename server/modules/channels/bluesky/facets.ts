import { findEntities } from "#shared/entities";
import { byteOffsets } from "./offsets.ts";

export interface Facet {
  index: { byteStart: number; byteEnd: number };
  features: Record<string, string>[];
}

/** The lexicon's limit of one tag. */
const MAX_TAG = 64;

/** Handles in a text that may be mentions, lower case, each once. */
export function mentionedHandles(text: string): string[] {
  const found = findEntities(text).flatMap((e) =>
    e.kind === "mention" && e.value.includes(".") ? [handle(e.value)] : [],
  );
  return [...new Set(found)];
}

const handle = (value: string) => value.toLowerCase().replace(/[.-]+$/, "");

/** Links, tags and the mentions of those in `dids` (handle → DID), in UTF-8 bytes; undefined when there are none. */
export function facetsOf(text: string, dids: ReadonlyMap<string, string>): Facet[] | undefined {
  const at = byteOffsets(text);
  const facets = findEntities(text).flatMap(({ kind, start, end, value }): Facet[] => {
    const over = (feature: Record<string, string>, stop = end): Facet[] => [
      { index: { byteStart: at(start), byteEnd: at(stop) }, features: [feature] },
    ];
    if (kind === "link" && URL.canParse(value)) return over({ $type: "app.bsky.richtext.facet#link", uri: value });
    if (kind === "hashtag" && [...value].length <= MAX_TAG)
      return over({ $type: "app.bsky.richtext.facet#tag", tag: value });
    const did = kind === "mention" ? dids.get(handle(value)) : undefined;
    // A full stop behind the handle is the sentence's.
    return did ? over({ $type: "app.bsky.richtext.facet#mention", did }, start + 1 + handle(value).length) : [];
  });
  return facets.length > 0 ? facets : undefined;
}
