import { checkOutside, InsideAddress } from "#platform/outside";
import type { Line } from "../bluesky/stream/socket.ts";
import type { ChannelAccess } from "../domain/adapter.ts";
import { failing, passed } from "../domain/connect-check.ts";
import type { Connector } from "../domain/connector.ts";
import { NetworkFailure } from "../domain/errors.ts";
import { field, text } from "../domain/read-json.ts";

export interface LineSettings {
  readonly url: string;
  /** Of a stream that takes one: the name of the parameter that says from where to go on. */
  readonly resumeBy: string;
  /** Its address may lie in a private network and speak without encryption. */
  readonly privateNetwork: boolean;
}

export function lineSettings(config: Readonly<Record<string, unknown>>): LineSettings {
  const resumeBy = text(config, "resumeBy");
  return {
    url: text(config, "url"),
    resumeBy: /^[A-Za-z][\w.-]{0,39}$/.test(resumeBy) ? resumeBy : "",
    privateNetwork: field(config, "privateNetwork") === true,
  };
}

interface LineKind {
  readonly fallback?: string;
  readonly schemes: readonly string[];
  /** It can be told where to go on. */
  readonly resumes?: boolean;
  handle(url: URL): string;
  open(access: ChannelAccess, signal: AbortSignal): Promise<Line>;
}

/** A stream is connected by its address and looked at by opening it. */
export function lineConnector(kind: LineKind): Connector {
  return {
    needs: [
      {
        name: "address",
        kind: "url",
        required: kind.fallback === undefined,
        ...(kind.fallback && { fallback: kind.fallback }),
      },
      ...(kind.resumes ? [{ name: "resumeBy", kind: "text" as const, required: false }] : []),
      { name: "privateNetwork", kind: "switch", required: false, fallback: "false" },
    ],
    async prepare(answers, signal) {
      const address = (answers.address || kind.fallback || "").trim().slice(0, 2_000);
      const no = (fault: "refused" | "private-address" | "unreachable", says: string) => ({
        ...{ ok: false as const, need: "address", fault, says },
      });
      const url = URL.canParse(address) ? new URL(address) : null;
      if (!url || !kind.schemes.includes(url.protocol))
        return no("refused", `Give the address of a stream; it begins with ${kind.schemes[0]}//.`);
      const privateNetwork = answers.privateNetwork === "true";
      try {
        if (!privateNetwork) checkOutside(url);
      } catch (error) {
        if (error instanceof InsideAddress) return no("private-address", error.message);
        throw error;
      }
      const config = {
        url: url.href,
        privateNetwork,
        ...(kind.resumes && { resumeBy: (answers.resumeBy ?? "").trim() }),
      };
      const made = { externalId: url.href, handle: kind.handle(url), config, secret: {} };
      const why = await tried(kind, { channelId: "", ...made }, signal);
      return why === null ? { ok: true, made } : no("unreachable", why);
    },
    async check(access, _where, _budget, signal) {
      const why = await tried(kind, access, signal);
      return [why === null ? passed("receive", "The stream is open.") : failing("receive", "unreachable", why)];
    },
    answersOf({ config }) {
      const { url, resumeBy, privateNetwork } = lineSettings(config);
      return { address: url, ...(kind.resumes && { resumeBy }), privateNetwork: String(privateNetwork) };
    },
  };
}

/** Opens the line and closes it again; why it cannot be opened, or null. */
async function tried(kind: LineKind, access: ChannelAccess, signal: AbortSignal): Promise<string | null> {
  try {
    const line = await kind.open(access, signal);
    try {
      await line.opened;
    } finally {
      line.close();
    }
    return null;
  } catch (error) {
    if (error instanceof NetworkFailure) return `The stream cannot be opened: ${error.data.message}`;
    throw error;
  }
}
