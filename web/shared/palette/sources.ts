import type { IconName } from "../ui/icon.tsx";

/** Something the palette can open or do that is no act of the screen: a person, a conversation, an article. */
export type PaletteHit = {
  /** Stable, for "lately used": "customer 0190…". */
  id: string;
  label: string;
  /** At the end of the line: a number, a state. */
  end?: string;
  icon?: IconName;
  /** Places of the letters that answered, counted in letters of the label. */
  at?: readonly number[];
  run: () => void;
};

/** Finds more as somebody types. Slow ones hold nobody up: what they find comes under their heading. */
export type PaletteSource = {
  id: string;
  heading: string;
  /** Fewer letters are not asked about. */
  least: number;
  find: (text: string, signal: AbortSignal) => Promise<readonly PaletteHit[]>;
};

let sources: readonly PaletteSource[] = [];

/** A part of the page that knows more offers it while it is shown; returns how to take it away. */
export function offerSource(source: PaletteSource): () => void {
  sources = [...sources.filter((one) => one.id !== source.id), source];
  return () => {
    sources = sources.filter((one) => one !== source);
  };
}

export const paletteSources = (): readonly PaletteSource[] => sources;
