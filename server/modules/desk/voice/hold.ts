import { audit } from "#modules/people";
import type { Tx } from "#platform/db";
import { AppError } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { checkVoice, type VoiceFinding } from "#shared/voice/check";
import type { Prepared } from "../prepare-reply.ts";

/** Length and signature are preflight's, which nobody may pass; these are the others that hold a reply. */
const held = (found: VoiceFinding) =>
  found.severity === "stop" && (found.rule === "privacy" || found.code === "placeholder");

/**
 * The composer's checks once more before a reply leaves: what tells of the customer in public, or has an open field, is held. Where the
 * brand allows it the writer may send it all the same, with a reason that is kept.
 */
export async function holdBack(tx: Tx, actor: Actor, prepared: Prepared, anyway: string | null): Promise<void> {
  const { words, said, standing, pass } = prepared;
  const found = checkVoice(
    {
      text: words.text,
      public: words.audience === "public",
      agent: { name: actor.name, initials: "" },
      post: said.inPublic.join("\n"),
      facts: said.inPrivate,
      recent: [],
    },
    {
      limit: null,
      avoid: [],
      disclosure: { who: "nobody", mark: "", company: false, where: "end", alsoPrivate: false },
    },
  ).filter(held);
  if (found.length === 0) return;
  if (anyway !== null && pass === "with-reason") {
    const rules = [...new Set(found.map((f) => f.code))];
    await audit(tx, actor, "reply.sent-anyway", "conversation", standing.conversation.id, { rules, reason: anyway });
    return;
  }
  throw new AppError("voice-held", [...new Set(found.map((f) => f.message))].join(" "), {
    errors: found.map(({ start, end, message, code }) => ({ path: `text[${start}..${end}]`, message, code })),
  });
}
