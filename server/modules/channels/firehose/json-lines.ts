import type { Clock } from "#platform/clock";
import { SECOND } from "#platform/clock";
import type { Candidate, Kept } from "../bluesky/stream/batch.ts";
import type { FrameReader, Frames } from "../bluesky/stream/reader.ts";
import type { Adapter, ChannelAccess, ParseContext, ParseResult, RawInput } from "../domain/adapter.ts";
import { field, mapTexts, parseJson } from "../domain/read-json.ts";
import { followLine } from "../pulls/follow-line.ts";
import { jsonLinesCapabilities } from "./capabilities.ts";
import { lineConnector, lineSettings } from "./connect.ts";
import { openHttpLines } from "./http-line.ts";
import { eventOfLine, readHeardLine } from "./json-line.ts";

/** Any stream of posts, one JSON object a line, over HTTP: what no monitor wants is dropped before it costs a row. */
export function jsonLinesAdapter(clock: Clock): Adapter {
  const open = (access: ChannelAccess, address: string, signal: AbortSignal) =>
    openHttpLines(address, lineSettings(access.config).privateNetwork, signal);
  return {
    network: "json-lines",
    capabilities: jsonLinesCapabilities,
    neverTestedLive: true,
    parse: parseJsonLines,
    redactRaw: redactJsonLines,
    connect: lineConnector({
      schemes: ["https:", "http:"],
      resumes: true,
      handle: (url) => url.host,
      open: (access, signal) =>
        open(access, lineSettings(access.config).url, AbortSignal.any([signal, AbortSignal.timeout(8 * SECOND)])),
    }),
    stream: {
      name: "stream",
      tellsEnd: true,
      isOn: (access) => lineSettings(access.config).url !== "",
      open: (access, since, known, _budget, signal) =>
        followLine({
          ...{ clock, since, known, tellsEnd: true },
          reader: jsonLineReader(access, clock),
          open: (address) => open(access, address, signal),
          body: async (kept) => linesOf(kept),
        }),
    },
  };
}

/** A line's cursor is its own `cursor`, else its id. */
export function jsonLineReader(access: Pick<ChannelAccess, "config">, clock: Clock): FrameReader {
  const { url, resumeBy } = lineSettings(access.config);
  let missing: { reason: string; from: string } | null = null;
  return {
    address(since) {
      if (since === undefined || !URL.canParse(url)) return url;
      if (resumeBy === "") {
        missing = {
          reason: "This stream cannot go on where it broke: what was said in between has not been heard.",
          from: since,
        };
        return url;
      }
      const address = new URL(url);
      address.searchParams.set(resumeBy, since);
      return address.href;
    },
    async read(frames) {
      const done: Frames = { candidates: [], next: undefined };
      for (const bytes of frames) {
        const line = parseJson(bytes);
        const heard = readHeardLine(line, clock.now());
        if (!heard) continue;
        done.next = heard.cursor ?? heard.id;
        if (heard.at !== null) done.at = Math.max(done.at ?? 0, heard.at);
        if (missing) done.gap = { ...missing, to: done.next };
        missing = null;
        const one: Candidate = heard.deleted
          ? {
              verdict: { keep: "if-known", messages: [heard.id], otherwise: { keep: false } },
              ...{ id: null, gone: heard.id, line: () => line as Record<string, unknown> },
            }
          : {
              verdict: { keep: "if-wanted", post: heard.post },
              ...{ id: heard.id, line: () => line as Record<string, unknown> },
            };
        done.candidates.push(one);
      }
      return done;
    },
    isTrue: async () => true,
  };
}

export const linesOf = (kept: readonly Kept[]): Uint8Array | null =>
  kept.length === 0
    ? null
    : new TextEncoder().encode(kept.map(({ candidate }) => `${JSON.stringify(candidate.line(undefined))}\n`).join(""));

function parseJsonLines(input: RawInput, context: ParseContext): ParseResult {
  const events = [];
  let broken = 0;
  for (const line of new TextDecoder().decode(input.body).split("\n")) {
    if (line.trim() === "") continue;
    const value = parseJson(new TextEncoder().encode(line));
    const event = eventOfLine(value, context, input.receivedAt);
    if (event) events.push(event);
    else if (field(value, "id") === undefined) broken += 1;
  }
  return { events, ignored: [], broken };
}

const TEXTS: ReadonlySet<string> = new Set(["text", "name"]);

function redactJsonLines(body: Uint8Array, redact: (text: string) => string): Uint8Array | null {
  const lines: Uint8Array[] = [];
  for (const line of new TextDecoder().decode(body).split("\n")) {
    if (line.trim() === "") continue;
    const clean = mapTexts(new TextEncoder().encode(line), TEXTS, redact);
    if (!clean) return null;
    lines.push(clean, new Uint8Array([10]));
  }
  return Buffer.concat(lines);
}
