import { type Clock, SECOND } from "#platform/clock";
import { parseBluesky, redactBluesky } from "../bluesky/parse.ts";
import { DEFAULT_JETSTREAM } from "../bluesky/settings.ts";
import type { Kept } from "../bluesky/stream/batch.ts";
import { jetstreamReader } from "../bluesky/stream/jetstream.ts";
import { openLine } from "../bluesky/stream/socket.ts";
import { wantedBy } from "../bluesky/stream/wanted.ts";
import type { Adapter, ChannelAccess } from "../domain/adapter.ts";
import { field, text } from "../domain/read-json.ts";
import { followLine } from "../pulls/follow-line.ts";
import { blueskyNetworkCapabilities } from "./capabilities.ts";
import { lineConnector, lineSettings } from "./connect.ts";

/**
 * Every public post of Bluesky, by one line: what no monitor wants is dropped before it costs a row or a call. Nobody of us is there,
 * so nothing is "to us"; authors are known by their DID alone (asking for each one's name would be a call for each post).
 */
export function blueskyNetworkAdapter(clock: Clock): Adapter {
  const open = (access: ChannelAccess, address: string, signal: AbortSignal) =>
    openLine(address, lineSettings(access.config).privateNetwork, signal);
  return {
    network: "bluesky-network",
    capabilities: blueskyNetworkCapabilities,
    neverTestedLive: true,
    parse: parseBluesky,
    redactRaw: redactBluesky,
    connect: lineConnector({
      fallback: DEFAULT_JETSTREAM,
      schemes: ["wss:", "ws:"],
      handle: (url) => url.host,
      open: async (access, signal) => {
        const reader = jetstreamReader({ url: lineSettings(access.config).url, wanted: wantedBy(access) });
        return open(access, reader.address(undefined), AbortSignal.any([signal, AbortSignal.timeout(8 * SECOND)]));
      },
    }),
    stream: {
      name: "stream",
      tellsEnd: true,
      isOn: (access) => lineSettings(access.config).url !== "",
      open: (access, since, known, _budget, signal) =>
        followLine({
          ...{ clock, since, known, tellsEnd: true },
          reader: jetstreamReader({
            url: lineSettings(access.config).url,
            // Nobody of us: the channel's name there is no account.
            wanted: wantedBy({ ...access, externalId: "", handle: "", config: {} }),
          }),
          open: (address) => open(access, address, signal),
          body: async (kept) => linesOf(kept),
        }),
    },
  };
}

function linesOf(kept: readonly Kept[]): Uint8Array | null {
  const lines = kept.map(({ candidate, found }) => {
    const line = candidate.line(found);
    const did = text(line, "did");
    return `${JSON.stringify(field(line, "commit") === undefined ? line : { ...line, author: { handle: did } })}\n`;
  });
  return lines.length === 0 ? null : new TextEncoder().encode(lines.join(""));
}
