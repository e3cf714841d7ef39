import type { Clock } from "#platform/clock";
import type { Adapter } from "../domain/adapter.ts";
import { playgroundCapabilities } from "./capabilities.ts";
import { playgroundConnector } from "./connect.ts";
import { playgroundModerator } from "./moderate.ts";
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
    connect: playgroundConnector(clock),
    pull: playgroundPuller(clock),
    send: playgroundSender(clock),
    moderate: playgroundModerator(clock),
    // It runs beside us.
    media: { rulesFor: (access, url) => ({ mayBeInside: url.origin === originOf(access.config.baseUrl) }) },
  };
}

function originOf(baseUrl: unknown): string | null {
  return URL.parse(String(baseUrl ?? ""))?.origin ?? null;
}
