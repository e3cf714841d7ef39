import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { IconName } from "../shared/ui/icon.tsx";

export type AreaId =
  | "queues"
  | "desk"
  | "for-me"
  | "wallboard"
  | "listening"
  | "learning"
  | "insights"
  | "escalations"
  | "approvals"
  | "team"
  | "channels"
  | "policy"
  | "hours"
  | "voice"
  | "rehearse"
  | "start";

export type Area = {
  id: AreaId;
  path: string;
  /** Other addresses that belong to it. */
  also?: readonly string[];
  label: MessageDescriptor;
  icon: IconName;
  /** Second letter after G. */
  key: string;
  /** Shown only to agents who may do this. */
  verb?: string;
  /** In the phone's bottom bar; the others open from its last place, More. */
  phone: boolean;
  /** At the foot of the rail, as a gear. */
  foot?: boolean;
};

/** Every area there can be, in the order of the menu. The menu shows those that have a page in pages.ts. */
export const areas: readonly Area[] = [
  {
    id: "desk",
    path: "/desk",
    also: ["/customers", "/search"],
    label: msg`Desk`,
    icon: "inbox",
    key: "d",
    verb: "work.read",
    phone: true,
  },
  {
    id: "for-me",
    path: "/for-me",
    label: msg`For me`,
    icon: "star",
    key: "m",
    verb: "conversation.read",
    phone: false,
  },
  {
    id: "wallboard",
    path: "/wallboard",
    label: msg`Wallboard`,
    icon: "gauge",
    key: "w",
    verb: "work.read",
    phone: true,
  },
  {
    id: "listening",
    path: "/listening",
    label: msg`Listening`,
    icon: "listen",
    key: "l",
    verb: "monitor.read",
    phone: false,
  },
  {
    id: "learning",
    path: "/learning",
    label: msg`Learning`,
    icon: "medal",
    key: "k",
    verb: "insights.read",
    phone: false,
  },
  {
    id: "insights",
    path: "/insights",
    label: msg`Insights`,
    icon: "chart",
    key: "i",
    verb: "insights.read",
    phone: false,
  },
  {
    id: "escalations",
    path: "/escalations",
    label: msg`Escalations`,
    icon: "bell",
    key: "e",
    verb: "escalation.read",
    phone: true,
  },
  {
    id: "approvals",
    path: "/approvals",
    label: msg`Approval`,
    icon: "shield",
    key: "a",
    verb: "conversation.read",
    phone: true,
  },
  { id: "team", path: "/team", label: msg`People`, icon: "people", key: "p", verb: "work.read", phone: true },
  {
    id: "channels",
    path: "/channels",
    label: msg`Channels`,
    icon: "route",
    key: "n",
    verb: "channel.read",
    phone: false,
  },
  { id: "policy", path: "/policy", label: msg`Policy`, icon: "filter", key: "o", verb: "work.read", phone: false },
  {
    id: "queues",
    path: "/queues",
    label: msg`Queues`,
    icon: "swap",
    key: "q",
    verb: "settings.manage",
    phone: false,
  },
  {
    id: "hours",
    path: "/hours",
    label: msg`Hours`,
    icon: "clock",
    key: "h",
    verb: "settings.manage",
    phone: false,
  },
  {
    id: "voice",
    path: "/voice",
    label: msg`Voice`,
    icon: "pen",
    key: "v",
    verb: "work.read",
    phone: false,
  },
  {
    id: "rehearse",
    path: "/rehearse",
    label: msg`Rehearse`,
    icon: "play",
    key: "r",
    verb: "settings.manage",
    phone: false,
  },
  { id: "start", path: "/start", label: msg`Start`, icon: "flag", key: "b", phone: false, foot: true },
];

/** The area a path lies in. */
export function areaOf(path: string, all: readonly Area[] = areas): Area | null {
  const lies = (at: string) => path === at || path.startsWith(`${at}/`);
  return all.find((area) => [area.path, ...(area.also ?? [])].some(lies)) ?? null;
}
