import type { ChannelAccess, Cursor, Known, Page, Streamer } from "../../domain/adapter.ts";
import type { RateBudget } from "../../domain/rate-budget.ts";
import { followLine } from "../../pulls/follow-line.ts";
import { settingsOf } from "../settings.ts";
import type { Kept } from "./batch.ts";
import { describeAuthor } from "./hydrate.ts";
import { jetstreamReader } from "./jetstream.ts";
import type { FrameReader, StreamDeps } from "./reader.ts";
import { repoReader } from "./repos.ts";
import { openLine } from "./socket.ts";
import { wantedBy } from "./wanted.ts";

/** The network's own stream of everything, of which a channel keeps what belongs to it. */
export function blueskyStreamer(deps: StreamDeps): Streamer {
  return {
    name: "stream",
    isOn: (access) => settingsOf(access.config).stream !== null,
    open: (access, since, known, budget, signal) => readLine(deps, access, since, known, budget, signal),
  };
}

async function* readLine(
  deps: StreamDeps,
  access: ChannelAccess,
  since: Cursor | undefined,
  known: Known,
  budget: RateBudget,
  signal: AbortSignal,
): AsyncGenerator<Page> {
  const { stream, privateNetwork } = settingsOf(access.config);
  if (!stream) return;
  const wanted = wantedBy(access);
  const make = stream.kind === "repos" ? repoReader : jetstreamReader;
  const reader = await make({ ...deps, access, wanted, budget, url: stream.url });
  yield* followLine({
    ...{ clock: deps.clock, reader, since, known },
    open: (address) => openLine(address, privateNetwork, signal),
    body: (kept) => pageOf(deps, access, reader, kept, budget, signal),
  });
}

/** The kept lines with their authors; null when there are none. */
async function pageOf(
  deps: StreamDeps,
  access: ChannelAccess,
  reader: FrameReader,
  kept: readonly Kept[],
  budget: RateBudget,
  signal: AbortSignal,
): Promise<Uint8Array | null> {
  const lines = await Promise.all(
    kept.map(async ({ candidate, found }) => {
      if (!(await reader.isTrue(candidate, signal))) return null;
      const line = candidate.line(found);
      if (line.kind === "account") return line;
      const did = String(line.did);
      if (line.kind === "identity") {
        const { handle, displayName } = await describeAnew(deps, access, did, budget, signal);
        return handle ? { ...line, identity: { handle, ...(displayName && { name: displayName }) } } : null;
      }
      const isPost = (line.commit as { record?: unknown } | undefined)?.record !== undefined;
      return isPost ? { ...line, author: await describeAuthor(deps, access, did, budget, signal) } : line;
    }),
  );
  const text = lines.flatMap((line) => (line ? [`${JSON.stringify(line)}\n`] : [])).join("");
  return text === "" ? null : new TextEncoder().encode(text);
}

/** The event's own handle is a claim like any other: the document is read again. */
async function describeAnew(
  deps: StreamDeps,
  access: ChannelAccess,
  did: string,
  budget: RateBudget,
  signal: AbortSignal,
) {
  await deps.identities.handleOf(access, did, budget, AbortSignal.any([signal, AbortSignal.timeout(4_000)]), true);
  return describeAuthor(deps, access, did, budget, signal);
}
