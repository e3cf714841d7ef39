import type { ChannelAccess, MediaRules, OutboundPart } from "../domain/adapter.ts";
import { type ChannelErrorData, NetworkFailure } from "../domain/errors.ts";
import type { RateBudget } from "../domain/rate-budget.ts";
import { field, text } from "../domain/read-json.ts";
import { BLOB_URI } from "./at-uri.ts";
import { homeOf, type Sessions } from "./session.ts";
import { settingsOf } from "./settings.ts";
import { failureOf } from "./xrpc.ts";

/** Of one image, as the record's lexicon has it (app.bsky.embed.images). */
export const IMAGE_BYTES = 2_000_000;
const CDN = "https://cdn.bsky.app";

/**
 * The images of a post as its embed, uploaded one after the other; what an earlier try has uploaded is not uploaded again. Nothing is
 * posted yet: whatever goes wrong here may be tried again.
 */
export async function imagesEmbed(
  sessions: Sessions,
  access: ChannelAccess,
  { files = [] }: OutboundPart,
  budget: RateBudget,
  signal: AbortSignal,
): Promise<object | null> {
  if (files.length === 0) return null;
  const images: object[] = [];
  for (const file of files) {
    let blob = file.known;
    if (!isBlob(blob)) {
      const upload = { bytes: await file.read(IMAGE_BYTES), mime: file.mime };
      const spec = { method: "com.atproto.repo.uploadBlob", upload, bucket: "write" as const, for: "reply" as const };
      const done = await sessions.call(access, spec, budget, signal);
      const failure = failureOf(done);
      if (failure) throw new NetworkFailure(retryableIfLost(failure));
      blob = done.kind === "answer" ? field(done.body, "blob") : undefined;
      if (!isBlob(blob)) throw new NetworkFailure(UNREADABLE);
      await file.remember?.(blob);
    }
    const { width, height } = file;
    images.push({ image: blob, alt: file.alt ?? "", ...(width && height && { aspectRatio: { width, height } }) });
  }
  return { $type: "app.bsky.embed.images", images };
}

const UNREADABLE: ChannelErrorData = {
  ...{ class: "transient", retryable: true },
  message: "The network did not say whether it took the image.",
};

/** An upload that may have arrived does no harm: what no post names is thrown away by the network. */
function retryableIfLost(failure: ChannelErrorData): ChannelErrorData {
  return failure.class === "transient" ? { ...failure, retryable: true } : failure;
}

function isBlob(value: unknown): value is object {
  return text(value, "$type") === "blob" && text(field(value, "ref"), "$link") !== "";
}

/** In the open network from its public store of images, on a network of one's own from its server. */
export const blueskyMedia: MediaRules = {
  locate(access, address) {
    const [, did, cid] = BLOB_URI.exec(address) ?? [];
    if (!did || !cid) return null;
    if (!settingsOf(access.config).privateNetwork) return `${CDN}/img/feed_fullsize/plain/${did}/${cid}@jpeg`;
    return `${homeOf(access)}/xrpc/com.atproto.sync.getBlob?${new URLSearchParams({ did, cid })}`;
  },
  rulesFor: (access, url) => ({
    mayBeInside: settingsOf(access.config).privateNetwork && url.origin === URL.parse(homeOf(access))?.origin,
  }),
};
