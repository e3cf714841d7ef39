import { field, list, text } from "../domain/read-json.ts";

/** Where a channel's network is and what it listens to; the channel's `config` in typed words. */
export interface BlueskySettings {
  /** The PDS or entryway that the operator named. */
  service: string;
  /** The directory of did:plc. */
  plc: string;
  /** The service passes `app.bsky` calls on: notifications, search and profiles are there. */
  appView: boolean;
  /** `repos`: com.atproto.sync.subscribeRepos of a relay or PDS; `jetstream`: its JSON form. Null: no stream. */
  stream: { kind: "repos" | "jetstream"; url: string } | null;
  /** Words to listen for beside mentions, replies and quotes. */
  keywords: readonly string[];
  /** Tags of the languages we write in; the asked post's unless given. */
  languages: readonly string[];
  /** A test or self-hosted network: its addresses may lie in a private network and speak plain http. */
  privateNetwork: boolean;
}

export const DEFAULT_SERVICE = "https://bsky.social";
export const DEFAULT_PLC = "https://plc.directory";
export const DEFAULT_JETSTREAM = "wss://jetstream2.us-east.bsky.network/subscribe";

const strings = (of: unknown, name: string) =>
  list(of, name).filter((s): s is string => typeof s === "string" && s.trim() !== "");

export function settingsOf(config: Readonly<Record<string, unknown>>): BlueskySettings {
  const stream = field(config, "stream");
  const kind = text(stream, "kind");
  const url = text(stream, "url");
  return {
    service: withoutSlash(text(config, "service") || DEFAULT_SERVICE),
    plc: withoutSlash(text(config, "plc") || DEFAULT_PLC),
    appView: field(config, "appView") !== false,
    stream: url !== "" && (kind === "repos" || kind === "jetstream") ? { kind, url } : null,
    keywords: strings(config, "keywords").slice(0, 100),
    languages: strings(config, "languages").slice(0, 3),
    privateNetwork: field(config, "privateNetwork") === true,
  };
}

const withoutSlash = (url: string) => url.replace(/\/+$/, "");
