import type { Clock } from "#platform/clock";
import type { Adapter } from "../../domain/adapter.ts";
import { guestbookCapabilities } from "./capabilities.ts";
import { parseGuestbook, redactGuestbook } from "./parse.ts";
import { guestbookPuller } from "./pull.ts";
import { guestbookSender } from "./send.ts";

/** The example of docs/guides/add-a-channel.md. Config: `baseUrl`, `book`, `privateNetwork`; secret: `token`. */
export function guestbookAdapter(clock: Clock): Adapter {
  return {
    network: "guestbook",
    capabilities: guestbookCapabilities,
    neverTestedLive: true,
    parse: parseGuestbook,
    redactRaw: redactGuestbook,
    pull: guestbookPuller(clock),
    send: guestbookSender(clock),
  };
}
