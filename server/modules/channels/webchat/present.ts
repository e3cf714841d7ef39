import type { ChatFile, ChatMessage } from "#contracts/webchat";
import { DAY, type Instant, iso } from "#platform/clock";
import type { AccountId } from "#platform/ids";
import type { Line, LineFile } from "../store/webchat-line-store.ts";
import type { ChatHouse } from "./house.ts";

const IMAGE = /^image\/(?:png|jpeg|gif|webp|avif)$/;

type Signs = Pick<ChatHouse, "blobs" | "clock">;

export function presentFile({ blobs, clock }: Signs, accountId: AccountId, file: LineFile): ChatFile {
  const { id, name, mime, bytes } = file;
  const url = blobs.signedPath({ accountId, hash: file.hash, mime }, clock.now(), DAY);
  return { id, name, mime, bytes, image: IMAGE.test(mime), url };
}

/** A line as the window shows it. */
export function presentLine(house: Signs, accountId: AccountId, line: Line): ChatMessage {
  const { seq, id, sender, name, body } = line;
  return {
    ...{ type: "message", seq, id, from: sender, text: body, at: iso(line.at) },
    ...(name !== "" && { name }),
    ...(sender === "visitor" && { clientMsgId: line.clientKey }),
    files: line.files.map((f) => presentFile(house, accountId, f)),
  };
}

export const hoursFrame = (hours: { open: boolean; opensAt: Instant | null }) => ({
  open: hours.open,
  opensAt: hours.opensAt === null ? null : iso(hours.opensAt),
});

/** An address as far as whoever looks over a shoulder may see it. */
export function maskedAddress(address: string): string {
  const at = address.lastIndexOf("@");
  return at < 1 ? "" : `${[...address][0]}…${address.slice(at)}`;
}
