import type { Clock } from "#platform/clock";
import type { Adapter } from "../domain/adapter.ts";
import { webchatCapabilities } from "./capabilities.ts";
import { webchatConnector } from "./connector.ts";
import { parseWebchat, redactWebchat } from "./parse.ts";
import { type ChatParts, webchatSender } from "./send.ts";

/**
 * Web chat (guide: `docs/guides/web-chat.md`): the one network of which both ends are ours. Its input comes by `/chat/...`, not by
 * hooks. Config: `ChatSettings`; secret: `identitySecret`, `formerIdentitySecret`.
 */
export function webchatAdapter(_clock: Clock, chat?: ChatParts): Adapter {
  return {
    network: "webchat",
    capabilities: webchatCapabilities,
    neverTestedLive: false,
    parse: parseWebchat,
    redactRaw: redactWebchat,
    connect: webchatConnector(),
    ...(chat && { send: webchatSender(chat) }),
  };
}
