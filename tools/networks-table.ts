import { readFileSync, writeFileSync } from "node:fs";
import { networkAdapters } from "../server/modules/channels/index.ts";
import { systemClock } from "../server/platform/clock.ts";
import type { Capabilities, WindowRule } from "../shared/capabilities.ts";

/** Writes the table of networks in the README from their capabilities: `node tools/networks-table.ts`. */
const readme = new URL("../README.md", import.meta.url);
const BEGIN = "<!-- networks: made by tools/networks-table.ts -->";
const END = "<!-- /networks -->";

/** Against what each was tried, for people: the counterparts of its tests. */
const PROVEN: Readonly<Record<string, string>> = {
  playground: "its own server program (`npm test`)",
  bluesky: "a protocol-true fake (`npm test`); the network's own PDS and AppView (`npm run test:peers`)",
  email: "scripted IMAP and SMTP servers (`npm test`); Dovecot and Exim (`npm run test:peers`)",
  webchat: "its own widget, in Chromium (`npm test`)",
  "bluesky-network": "a protocol-true Jetstream with faults (`npm test`)",
  "json-lines": "an HTTP stream with faults (`npm test`)",
  feed: "feeds and a WebSub hub on a local server (`npm test`)",
};

const NAMES: Readonly<Record<string, string>> = {
  ...{
    playground: "Playground",
    bluesky: "Bluesky",
    email: "E-mail",
    webchat: "Web chat",
    feed: "Feeds (RSS, Atom, JSON)",
    "bluesky-network": "All of Bluesky (listening)",
    "json-lines": "Streams of JSON lines (listening)",
  },
};
const MODES: Readonly<Record<Capabilities["receive"]["modes"][number], string>> = {
  ...{ webhook: "pushes", stream: "stream", poll: "polls", imap: "IMAP", inproc: "at once" },
};
const EVENTS = { event: "yes", "on-refetch": "when read again", never: "–" } as const;

function window(rule: WindowRule): string {
  const days = rule.durationMs ? `, for ${Math.round(rule.durationMs / 86_400_000)} days` : "";
  switch (rule.kind) {
    case "always":
      return `yes${days}`;
    case "never":
      return "–";
    case "since-last-inbound":
      return `whoever wrote${days}`;
    case "once-per-item":
      return `once a post${days}`;
    case "requires-opt-in":
      return "after opt-in";
    case "requires-recipient-consent":
      return "who allows it";
    case "summoned-only":
      return "who names us";
  }
}

function privately(c: Capabilities): string {
  if (c.canPrivateReplyToPublic.kind === "never") return window(c.canReplyPrivate);
  return `${window(c.canReplyPrivate)}; to a public post ${window(c.canPrivateReplyToPublic)}`;
}

/** One line of the table. Throws when nobody has said against what the network was tried. */
function row(c: Capabilities, neverTestedLive: boolean): string {
  const proven = PROVEN[c.kind];
  if (proven === undefined) throw new Error(`Say in tools/networks-table.ts against what "${c.kind}" was tried.`);
  const live = neverTestedLive ? "; not live yet" : "";
  const cells = [
    NAMES[c.kind] ?? c.kind,
    c.receive.modes.map((mode) => MODES[mode]).join(", "),
    window(c.canReplyPublic),
    privately(c),
    EVENTS[c.receive.emitsEdits],
    EVENTS[c.receive.emitsDeletes],
    `${proven}${live}`,
  ];
  return `| ${cells.join(" | ")} |`;
}

export function networksTable(): string {
  const head =
    "| network | receives by | replies in public | replies in private | hears edits | hears deletions | proven against |";
  const rows = Object.values(networkAdapters(systemClock)).map((a) => row(a.capabilities, a.neverTestedLive));
  return [BEGIN, head, "|---|---|---|---|---|---|---|", ...rows, END].join("\n");
}

/** The README with its table made anew. */
export function withTable(content: string): string {
  const [from, to] = [content.indexOf(BEGIN), content.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`README.md has no place for the table: ${BEGIN} … ${END}`);
  return content.slice(0, from) + networksTable() + content.slice(to + END.length);
}

if (import.meta.main) {
  const content = readFileSync(readme, "utf8");
  const next = withTable(content);
  if (next !== content) writeFileSync(readme, next);
  process.stdout.write(next === content ? "The table is up to date.\n" : "The table was written.\n");
}
