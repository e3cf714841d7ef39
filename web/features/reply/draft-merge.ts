export type Audience = "public" | "private" | "note";
export type DraftText = { audience: Audience; text: string; answersMessageId: string | null };
export type ServerDraft = DraftText & { version: number; savedAt: string };
/** What this machine keeps: `base` is the server's version it was written over (0: none), `dirty` what is not there yet. */
export type LocalDraft = DraftText & { base: number; dirty: boolean };

export type Merged = {
  draft: LocalDraft | null;
  /** Another text of mine, written elsewhere, when both would be lost by choosing silently. */
  other: ServerDraft | null;
};

/** Which of the two drafts stands in the composer. Nothing typed is ever lost: two different texts are both kept. */
export function mergeDraft(local: LocalDraft | null, server: ServerDraft | null): Merged {
  if (local === null) return { draft: server ? clean(server) : null, other: null };
  if (server === null) {
    // A clean local copy of a draft the server no longer has: it was sent or thrown away elsewhere.
    return { draft: local.dirty ? { ...local, base: 0 } : null, other: null };
  }
  if (!local.dirty || local.text.trimEnd() === server.text.trimEnd()) return { draft: clean(server), other: null };
  if (local.base === server.version) return { draft: local, other: null };
  if (local.text.trim() === "") return { draft: clean(server), other: null };
  if (server.text.trim() === "") return { draft: { ...local, base: server.version }, other: null };
  return { draft: local, other: server };
}

export function clean(server: ServerDraft): LocalDraft {
  const { audience, text, answersMessageId, version } = server;
  return { audience, text, answersMessageId, base: version, dirty: false };
}

const AUDIENCES: readonly unknown[] = ["public", "private", "note"];

/** A draft from this machine's storage; anything of another shape is none. */
export function readLocal(said: string | null): LocalDraft | null {
  try {
    const value = JSON.parse(said ?? "null") as Record<string, unknown> | null;
    if (typeof value !== "object" || value === null || typeof value.text !== "string") return null;
    if (!AUDIENCES.includes(value.audience)) return null;
    return {
      audience: value.audience as Audience,
      text: value.text,
      answersMessageId: typeof value.answersMessageId === "string" ? value.answersMessageId : null,
      base: Number.isSafeInteger(value.base) ? (value.base as number) : 0,
      dirty: value.dirty === true,
    };
  } catch {
    return null;
  }
}
