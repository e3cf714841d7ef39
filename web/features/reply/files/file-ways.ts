import { useLingui } from "@lingui/react/macro";
import type { DragEvent } from "react";
import type { AttachmentRule } from "#shared/capabilities";
import type { Audience } from "../draft-merge.ts";

/** Why no file can be attached here, as a sentence; null: it can. */
export function useNoFiles(
  audience: Audience,
  rules: readonly AttachmentRule[] | null,
  shut: string | null,
): string | null {
  const { t } = useLingui();
  if (audience === "note") return t`Notes take no files.`;
  if (rules === null) return shut?.includes(" ") ? shut : t`Take the conversation first, then attach files.`;
  return rules.length === 0 ? t`This network takes no files here.` : null;
}

/** Files that are dropped on the composer. What is dragged inside of the page is left alone. */
export function dropOf(onFiles: (files: File[]) => void) {
  const brings = (event: DragEvent) => event.dataTransfer.types.includes("Files");
  return {
    onDragOver(event: DragEvent): void {
      if (brings(event)) event.preventDefault();
    },
    onDrop(event: DragEvent): void {
      if (!brings(event)) return;
      event.preventDefault();
      onFiles([...event.dataTransfer.files]);
    },
  };
}
