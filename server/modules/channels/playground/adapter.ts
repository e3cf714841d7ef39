import type { Clock } from "#platform/clock";
import type { Adapter } from "../domain/adapter.ts";
import { playgroundCapabilities } from "./capabilities.ts";
import { parsePlayground, redactPlayground } from "./parse.ts";
import { playgroundPuller } from "./pull.ts";
import { playgroundSender } from "./send.ts";
import { verifyPlayground } from "./verify.ts";

/** The playground network (API in `playground/API.md`). Config: `baseUrl`, `network`; secret: `token`, `appSecret`. */
export function playgroundAdapter(clock: Clock): Adapter {
  return {
    network: "playground",
    capabilities: playgroundCapabilities,
    neverTestedLive: false,
    parse: parsePlayground,
    redactRaw: redactPlayground,
    webhook: {
      verify: verifyPlayground,
      head: (request) => ({ delivery: request.headers["x-playground-delivery"]?.slice(0, 100) ?? null }),
      deadlineMs: 10_000,
    },
    pull: playgroundPuller(clock),
    send: playgroundSender(clock),
  };
}
