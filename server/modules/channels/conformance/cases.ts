import type { Audience, Capabilities, LengthRule } from "#shared/capabilities";
import type { Adapter } from "../domain/adapter.ts";

/** True, or why this network has nothing that the case could try. Reads nothing but what is handed in. */
export type Applies = (capabilities: Capabilities, adapter: Adapter) => true | string;

export interface Case {
  readonly id: string;
  readonly title: string;
  readonly applies: Applies;
}

const always: Applies = () => true;
const both =
  (...rules: readonly Applies[]): Applies =>
  (capabilities, adapter) => {
    for (const rule of rules) {
      const verdict = rule(capabilities, adapter);
      if (verdict !== true) return verdict;
    }
    return true;
  };

const pushes: Applies = ({ receive }, { webhook }) =>
  webhook ? true : `nobody pushes to us by request, it is heard by ${receive.modes.join(" and ")}`;
const handshakes: Applies = (_, { webhook }) =>
  webhook?.handshake ? true : "the adapter has no handshake: an address is not proved before the first push";
const sends: Applies = (_, { send }) => (send ? true : "the adapter sends nothing");
const moderates: Applies = ({ canHide, canDelete, canBlock, canReport }, { moderate }) => {
  if (!moderate) return "the adapter does nothing about messages (hide, delete, block, report) yet";
  return [canHide, canDelete, canBlock, canReport].some((cap) => cap?.supported)
    ? true
    : "the network allows none of it";
};
const echoes: Applies = ({ receive }) =>
  receive.echoes === false ? "what we send does not come back by the way in (receive.echoes is false)" : true;
const edits: Applies = ({ receive }) =>
  receive.emitsEdits === "never" ? "the network tells of no edits (receive.emitsEdits is never)" : true;
const deletes: Applies = ({ receive }) =>
  receive.emitsDeletes === "never" ? "the network tells of no deletions (receive.emitsDeletes is never)" : true;
const changes: Applies = (capabilities, adapter) =>
  edits(capabilities, adapter) === true || deletes(capabilities, adapter) === true
    ? true
    : "what was said stays as it is: neither edits nor deletions are told";
const receipts: Applies = ({ receipts }) => (receipts.length > 0 ? true : "the network gives no receipts");
const pulls: Applies = ({ receive }, { pull }) =>
  pull?.streams.some((s) => s.purpose !== "backfill")
    ? true
    : `nothing is pulled but history on demand, it is heard by ${receive.modes.join(" and ")}`;
const cursors: Applies = ({ receive }, { pull, stream }) =>
  pull || stream ? true : `nothing is read by a cursor, it is heard by ${receive.modes.join(" and ")}`;
const reconciles: Applies = ({ receive }, { webhook, pull }) => {
  if (!webhook) return `a push cannot be lost: it is heard by ${receive.modes.join(" and ")}`;
  return pull?.streams.some((s) => s.purpose === "reconcile")
    ? true
    : "no pull looks for what a push lost, because the network has none";
};
const lengths: Applies = ({ length }, { send }) => {
  if (!send) return "the adapter sends nothing";
  const limited = [length.public, length.private].some((rule) => rule && rule.unit !== "none");
  return limited ? true : "texts may be as long as one likes (length.unit is none)";
};
const parts: Applies = (capabilities, adapter) => {
  const limited = lengths(capabilities, adapter);
  if (limited !== true) return limited;
  const { onOver } = capabilities.length;
  return onOver.startsWith("split") ? true : `a long text is not sent in parts (length.onOver is ${onOver})`;
};
const limits: Applies = ({ rate }) =>
  rate.length > 0 ? true : "the network states no limits of calls (rate is empty)";
const credentials: Applies = ({ credentials }) =>
  credentials === "none" ? "we need no credential there (credentials is none)" : true;
const files: Applies = ({ attachments }) =>
  attachments.public.length + attachments.private.length > 0 ? true : "messages carry no files (attachments is empty)";
const rich: Applies = ({ richText }) =>
  richText === "facets" || richText === "entities" ? true : `rich text is ${richText}, it has no offsets`;

/** The cases that every adapter is tried with, in the order of their numbers. */
export const cases: readonly Case[] = [
  { id: "C1", title: "the same delivery twice, and fifty times at once, is one message", applies: always },
  { id: "C2", title: "two messages of somebody new at once stand in one thread", applies: always },
  { id: "C3", title: "creation, edits and deletion in any order leave the same message", applies: changes },
  { id: "C4", title: "an edit or deletion that comes first is not forgotten", applies: changes },
  { id: "C5", title: "an edit keeps the former text and is told to whoever answered already", applies: edits },
  { id: "C6", title: "a deletion takes text, files and former texts away and leaves a tombstone", applies: deletes },
  {
    id: "C7",
    title: "receipts in any order never fall back; a failure after it was sent is seen",
    applies: both(sends, receipts),
  },
  { id: "C8", title: "what nobody has heard of leaves the channel well", applies: always },
  { id: "C9", title: "one poisoned event among a hundred takes none of the others along", applies: always },
  {
    id: "C10",
    title: "what comes together, of several people and for several accounts, is told apart",
    applies: always,
  },
  {
    id: "C11",
    title: "our own message that comes back before, after or without the answer is one message",
    applies: both(sends, echoes),
  },
  {
    id: "C12",
    title: "reading twice, and a crash between page and cursor, lose nothing and double nothing",
    applies: pulls,
  },
  {
    id: "C13",
    title: "a position that the network has forgotten is a gap that is shown, and reading goes on",
    applies: cursors,
  },
  { id: "C14", title: "what a push lost is found by the poll, and counted", applies: reconciles },
  { id: "C15", title: "people without a name are people, and a new name is the same person", applies: always },
  {
    id: "C16",
    title: "texts and names as nobody of good will writes them are kept or put aside, never lost",
    applies: always,
  },
  { id: "C17", title: "files that lie, run out, never end or lead inside do no harm", applies: files },
  {
    id: "C18",
    title: "times that senders claim, of 1970, of 2099 and of an hour that comes twice, bend no order",
    applies: always,
  },
  { id: "W1", title: "the network's own signature is accepted", applies: pushes },
  { id: "W2", title: "any other signature is refused, and nothing is stored", applies: pushes },
  { id: "W3", title: "the signature is over the bytes as they came", applies: pushes },
  {
    id: "W4",
    title: "a repeated request is stored once; one from five minutes ago or ahead is refused",
    applies: pushes,
  },
  { id: "W5", title: "the address is proved to the network, and to nobody else", applies: both(pushes, handshakes) },
  {
    id: "W6",
    title: "with a slow database the answer comes in time, and nothing that was acknowledged is lost",
    applies: pushes,
  },
  { id: "W7", title: "a proxy before us changes nothing", applies: pushes },
  { id: "W8", title: "another account's address takes nothing of ours", applies: pushes },
  {
    id: "S1",
    title: "a text of exactly the limit is one message; one more is cut between words, or refused",
    applies: lengths,
  },
  {
    id: "S2",
    title: "too many calls: it waits as long as it is told, in order, and nobody else waits",
    applies: both(sends, limits),
  },
  {
    id: "S3",
    title: "a credential that has run out is renewed once; one that is refused is told once",
    applies: both(sends, credentials),
  },
  { id: "S4", title: "killed between the network's acceptance and our note: found, not sent again", applies: sends },
  {
    id: "S5",
    title: "no answer: looked up; sent again only when it surely is not there; else a person decides",
    applies: sends,
  },
  { id: "S6", title: "a part that fails is where it goes on", applies: parts },
  { id: "S7", title: "a reply whose time ends while it waits is not sent", applies: sends },
  { id: "S8", title: "each refusal is told as what it is", applies: sends },
  {
    id: "S9",
    title:
      "files that the network does not take are refused before the call; one whose post failed is not sent up twice",
    applies: both(sends, files),
  },
  { id: "S10", title: "a double click is one reply", applies: sends },
  {
    id: "S11",
    title: "the disclosure stands in it as permitted, and what is private never goes out in public",
    applies: sends,
  },
  { id: "S12", title: "marked places stand where they stood, whatever signs come before", applies: both(sends, rich) },
  {
    id: "S13",
    title: "told to stop in the middle of a call, it ends the call and sends nothing twice",
    applies: sends,
  },
  {
    id: "S14",
    title: "what is done about a message is done once, taken back where that can be, and never lost by a bad line",
    applies: moderates,
  },
  { id: "O1", title: "whatever ails the channel is seen", applies: always },
  { id: "O2", title: "a flood of listening leaves the calls that answers need", applies: both(sends, limits) },
  { id: "O3", title: "a long run leaves nothing behind in memory", applies: always },
  { id: "O4", title: "no bytes make the parser throw", applies: always },
  { id: "O5", title: "reading the stored copies again changes nothing", applies: always },
  {
    id: "O6",
    title:
      "switched off it neither hears nor sends and goes on where it stood; disconnected it ends; who is gone is gone",
    applies: always,
  },
  { id: "O7", title: "logs hold no secret, and no words of customers", applies: always },
];

/** Where strangers speak and we answer first of all: in public where the network has that. */
export function mainAudience({ public: isPublic, canReplyPublic }: Capabilities): Audience {
  return isPublic && canReplyPublic.kind !== "never" ? "public" : "private";
}

/** Where somebody can speak at all, whether or not we may answer there. */
export function spokenAudience(capabilities: Capabilities): Audience {
  return capabilities.public ? "public" : "private";
}

export function lengthRule(capabilities: Capabilities, audience: Audience): LengthRule {
  return capabilities.length[audience] ?? { unit: "none" };
}
