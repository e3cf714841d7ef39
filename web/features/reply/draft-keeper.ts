import type { AttachedFile } from "#contracts/desk";
import {
  clean,
  type DraftText,
  goesOn,
  isEmpty,
  type LocalDraft,
  mergeDraft,
  type ServerDraft,
  sameContent,
} from "./draft-merge.ts";

/** saved: on the server since · here: only on this machine · two: another text of mine stands on the server. */
export type Kept =
  | { kind: "none" }
  | { kind: "saving" }
  | { kind: "saved"; at: string }
  | { kind: "here" }
  | { kind: "two"; other: ServerDraft };

export type KeeperState = { draft: LocalDraft | null; kept: Kept };

export type PutAnswer =
  | { ok: true; version: number; savedAt: string }
  /** Somebody (I, in another window) saved meanwhile; null: the draft is gone. */
  | { ok: false; present: ServerDraft | null }
  /** No connection, or the server broke: tried again with the next change. */
  | "later";

export type KeeperParts = {
  read: (conversationId: string) => LocalDraft | null;
  write: (conversationId: string, draft: LocalDraft | null) => void;
  put: (conversationId: string, draft: DraftText, expectedVersion: number) => Promise<PutAnswer>;
  drop: (conversationId: string) => Promise<void>;
  /** Runs later; returns how to stop it. */
  after: (ms: number, run: () => void) => () => void;
};

/**
 * How old the server's copy may grow while somebody types: it is not put off by further letters, so that whatever is killed takes the
 * last second at most. And how long to wait when the server could not be told.
 */
export const PAUSE = 800;
const AGAIN = 5_000;

type Slot = KeeperState & { stop: (() => void) | null; due: number; sending: Promise<void> | null; opened: boolean };

const nothing: KeeperState = { draft: null, kept: { kind: "none" } };

/**
 * Keeps what agents type: at once on this machine, after a pause on the server, one save at a time per conversation.
 * It lives as long as the page, so leaving a conversation neither loses nor delays its draft.
 */
export function createDraftKeeper(parts: KeeperParts) {
  const slots = new Map<string, Slot>();
  const states = new Map<string, KeeperState>();
  const listeners = new Set<() => void>();

  function slot(id: string): Slot {
    let known = slots.get(id);
    if (!known) {
      known = { ...nothing, draft: parts.read(id), stop: null, due: 0, sending: null, opened: false };
      slots.set(id, known);
    }
    return known;
  }

  function show(id: string, change: Partial<KeeperState>): void {
    const it = slot(id);
    Object.assign(it, change);
    states.set(id, { draft: it.draft, kept: it.kept });
    for (const listener of listeners) listener();
  }

  function plan(id: string, ms: number): void {
    const it = slot(id);
    // A look that comes as soon is not put off.
    if (it.stop && it.due <= ms) return;
    it.stop?.();
    it.due = ms;
    it.stop = parts.after(ms, () => {
      it.stop = null;
      void save(id);
    });
  }

  function save(id: string): Promise<void> {
    const it = slot(id);
    if (it.sending) return it.sending.then(() => save(id));
    const { draft } = it;
    if (!draft?.dirty || it.kept.kind === "two") return Promise.resolve();
    it.sending = send(id, draft).finally(() => {
      it.sending = null;
    });
    return it.sending;
  }

  async function send(id: string, draft: LocalDraft): Promise<void> {
    const { audience, text, answersMessageId, files = [], copies = null, base } = draft;
    if (isEmpty(draft)) {
      // An emptied draft is no draft: the server drops its copy.
      if (base > 0) await parts.drop(id).catch(() => undefined);
      const left = slot(id).draft;
      if (left && isEmpty(left)) keep(id, { ...left, base: 0, dirty: false });
      show(id, { kept: { kind: "none" } });
      return;
    }
    show(id, { kept: { kind: "saving" } });
    const answer = await parts
      .put(id, { audience, text, answersMessageId, files, ...(copies && { copies }) }, base)
      .catch((): PutAnswer => "later");
    const now = slot(id).draft;
    // Sent or thrown away meanwhile.
    if (now === null) return;
    if (answer === "later") {
      show(id, { kept: { kind: "here" } });
      plan(id, AGAIN);
    } else if (answer.ok) {
      const same =
        now.text === draft.text &&
        sameContent(now, draft) &&
        now.audience === audience &&
        now.answersMessageId === answersMessageId &&
        now.copies?.join() === copies?.join();
      keep(id, { ...now, base: answer.version, dirty: !same });
      show(id, { kept: { kind: "saved", at: answer.savedAt } });
      if (!same) plan(id, PAUSE);
    } else if (answer.present === null || isEmpty(answer.present) || goesOn(now, answer.present)) {
      const own = now.copies ?? answer.present?.copies;
      keep(id, { ...now, ...(own && { copies: own }), base: answer.present?.version ?? 0 });
      show(id, { kept: { kind: "here" } });
      plan(id, PAUSE);
    } else {
      show(id, { kept: { kind: "two", other: answer.present } });
    }
  }

  function keep(id: string, draft: LocalDraft | null): void {
    parts.write(id, draft);
    show(id, { draft });
  }

  function forget(id: string): void {
    const it = slot(id);
    it.stop?.();
    it.stop = null;
    keep(id, null);
    show(id, { kept: { kind: "none" } });
  }

  function change(id: string, next: DraftText): void {
    const it = slot(id);
    keep(id, { ...next, base: it.draft?.base ?? 0, dirty: true });
    if (it.kept.kind !== "two") plan(id, PAUSE);
  }

  /** Other files in the draft that stands there now, or in a new one. */
  function changeFiles(id: string, make: (files: readonly AttachedFile[]) => AttachedFile[]): void {
    const { audience = "public", text = "", answersMessageId = null, files = [], copies } = slot(id).draft ?? {};
    change(id, { audience, text, answersMessageId, files: make(files), ...(copies && { copies }) });
  }

  return {
    /** Brings together what is here and what the server has; called whenever the conversation was read. */
    meet(id: string, server: ServerDraft | null): void {
      const it = slot(id);
      // While a save is on its way the server's copy is older than what we know.
      if (it.sending || (it.opened && it.draft?.dirty && it.draft.base === (server?.version ?? 0))) return;
      it.opened = true;
      const merged = mergeDraft(it.draft, server);
      parts.write(id, merged.draft);
      const kept: Kept = merged.other
        ? { kind: "two", other: merged.other }
        : merged.draft === null
          ? { kind: "none" }
          : merged.draft.dirty
            ? { kind: "here" }
            : { kind: "saved", at: server?.savedAt ?? "" };
      show(id, { draft: merged.draft, kept });
      if (merged.draft?.dirty && !merged.other) plan(id, PAUSE);
    },
    change,
    /** A file is up: it is part of the draft. */
    attach: (id: string, file: AttachedFile): void => changeFiles(id, (files) => [...files, file]),
    detach: (id: string, fileId: string): void => changeFiles(id, (files) => files.filter((f) => f.id !== fileId)),
    /** It was looked through; its description stays as it was written. */
    refresh: (id: string, file: AttachedFile): void =>
      changeFiles(id, (files) => files.map((f) => (f.id === file.id ? { ...file, alt: f.alt } : f))),
    /** Of two texts of mine: go on with this machine's, or with the other. */
    choose(id: string, which: "here" | "other"): void {
      const it = slot(id);
      if (it.kept.kind !== "two" || !it.draft) return;
      const { other } = it.kept;
      if (which === "other") {
        keep(id, clean(other));
        show(id, { kept: { kind: "saved", at: other.savedAt } });
        return;
      }
      keep(id, { ...it.draft, base: other.version, dirty: true });
      show(id, { kept: { kind: "here" } });
      plan(id, 0);
    },
    /** Waits until nothing is on its way, so that a late save cannot bring back what was sent. */
    async quiet(id: string): Promise<void> {
      const it = slot(id);
      it.stop?.();
      it.stop = null;
      await it.sending;
    },
    /** The words went out; the server has dropped its copy. */
    forget,
    /** The agent threw the text away. */
    discard(id: string): void {
      const had = slot(id).draft?.base ?? 0;
      forget(id);
      if (had > 0) void parts.drop(id).catch(() => undefined);
    },
    flush: (id: string): Promise<void> => save(id),
    state(id: string): KeeperState {
      const known = states.get(id);
      if (known) return known;
      const it = slot(id);
      const state = { draft: it.draft, kept: it.kept };
      states.set(id, state);
      return state;
    },
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
