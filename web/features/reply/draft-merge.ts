import type { AttachedFile } from "#contracts/desk";

export type Audience = "public" | "private" | "note";
export type DraftText = {
  audience: Audience;
  text: string;
  answersMessageId: string | null;
  files?: readonly AttachedFile[];
  /** Who gets a copy; null or left out: as the answered mail has it. */
  copies?: readonly string[] | null | undefined;
};
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
  if (!local.dirty || sameContent(local, server)) return { draft: clean(server), other: null };
  if (local.base === server.version) return { draft: local, other: null };
  if (isEmpty(local) || goesOn(server, local)) return { draft: clean(server), other: null };
  if (isEmpty(server) || goesOn(local, server)) return { draft: { ...local, base: server.version }, other: null };
  return { draft: local, other: server };
}

export function clean(server: ServerDraft): LocalDraft {
  const { audience, text, answersMessageId, files = [], copies, version } = server;
  return { audience, text, answersMessageId, files, ...(copies && { copies }), base: version, dirty: false };
}

/** Nothing that could be lost stands in it. */
export function isEmpty({ text, files = [] }: Pick<DraftText, "text" | "files">): boolean {
  return text.trim() === "" && files.length === 0;
}

/** The same words with the same files. */
export function sameContent(a: Pick<DraftText, "text" | "files">, b: Pick<DraftText, "text" | "files">): boolean {
  const named = ({ files = [] }: Pick<DraftText, "files">) => JSON.stringify(files.map((f) => [f.id, f.alt]));
  return a.text.trimEnd() === b.text.trimEnd() && named(a) === named(b);
}

/** The one begins with all of the other and has its files: nothing of the other is lost with it. */
export function goesOn(longer: DraftText, shorter: DraftText): boolean {
  const named = (f: AttachedFile) => JSON.stringify([f.id, f.alt]);
  const files = new Set((longer.files ?? []).map(named));
  return (
    longer.audience === shorter.audience &&
    longer.text.startsWith(shorter.text.trimEnd()) &&
    (shorter.files ?? []).every((f) => files.has(named(f)))
  );
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
      ...(Array.isArray(value.copies) && {
        copies: (value.copies as unknown[]).filter((one): one is string => typeof one === "string"),
      }),
      ...(Array.isArray(value.files) && { files: (value.files as unknown[]).filter(isFile) }),
      base: Number.isSafeInteger(value.base) ? (value.base as number) : 0,
      dirty: value.dirty === true,
    };
  } catch {
    return null;
  }
}

function isFile(value: unknown): value is AttachedFile {
  const file = value as Partial<Record<keyof AttachedFile, unknown>> | null;
  const words = [file?.id, file?.name, file?.mime, file?.alt, file?.state, file?.kind, file?.url];
  return words.every((one) => typeof one === "string") && typeof file?.bytes === "number";
}
