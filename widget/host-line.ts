/** The words between the loader (in the host's page) and the frame (at the desk's address). Both check the other's origin exactly. */

import type { ChatConfig, ChatMessage } from "#contracts/webchat";

/** The page of the host on which the visitor is: its address without query and fragment. */
export interface HostPage {
  url: string;
  title: string;
  referrer: string;
}

/** How the window would look to a visitor: shown to whoever sets it up, by the desk's own pages only. Nothing is asked of the server. */
export interface Preview {
  config: ChatConfig;
  lines: ChatMessage[];
}

/** What the loader tells the frame. `full`: the frame covers the whole window, as on phones; `quiet`: the focus stays where it is. */
export type ToFrame =
  | {
      do: "hello";
      page: HostPage;
      /** What stands behind the question mark of the page's address; the server takes it only where the chat is set so. */
      search?: string;
      identity: string | null;
      language: string | null;
      full: boolean;
      open: boolean;
      preview?: Preview;
    }
  | { do: "preview"; preview: Preview }
  | { do: "open"; quiet: boolean }
  | { do: "close" }
  | { do: "full"; full: boolean }
  | { do: "page"; page: HostPage; search?: string }
  | { do: "identify"; identity: string | null };

/** How the launcher looks. Colours are `#rrggbb`; the words are in the visitor's language. */
export interface Look {
  side: "left" | "right";
  colour: string;
  ink: string;
  badge: string;
  badgeInk: string;
  open: string;
  close: string;
  frame: string;
}

/**
 * What the frame tells the loader. `here`: ready for a hello. `peek`: so high is what it shows beside the launcher, 0 for nothing.
 * `gone`: there is no such chat, take the launcher away.
 */
export type ToHost =
  | { say: "here" }
  | { say: "look"; look: Look }
  | { say: "unread"; count: number; words: string }
  | { say: "peek"; height: number }
  | { say: "open"; quiet: boolean }
  | { say: "shut" }
  | { say: "gone" };

/** Marks our messages among all those that pages send one another. */
export type Marked<T> = T & { hubbub: 1 };
