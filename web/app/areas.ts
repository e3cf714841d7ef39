import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { IconName } from "../shared/ui/icon.tsx";

export type AreaId = "desk" | "insights" | "team" | "channels" | "policy" | "start";

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
  /** In the phone's bottom bar; the others are in the account menu there. */
  phone: boolean;
  /** At the foot of the rail, as a gear. */
  foot?: boolean;
};

/** Every area there can be, in the order of the menu. The menu shows those that have a page in pages.ts. */
export const areas: readonly Area[] = [
  {
    id: "desk",
    path: "/desk",
    also: ["/customers"],
    label: msg`Desk`,
    icon: "inbox",
    key: "d",
    verb: "work.read",
    phone: true,
  },
  {
    id: "insights",
    path: "/insights",
    label: msg`Insights`,
    icon: "chart",
    key: "i",
    verb: "insights.read",
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
    phone: true,
  },
  { id: "policy", path: "/policy", label: msg`Policy`, icon: "filter", key: "o", verb: "work.read", phone: false },
  { id: "start", path: "/start", label: msg`Start`, icon: "flag", key: "b", phone: false, foot: true },
];

/** The area a path lies in. */
export function areaOf(path: string, all: readonly Area[] = areas): Area | null {
  const lies = (at: string) => path === at || path.startsWith(`${at}/`);
  return all.find((area) => [area.path, ...(area.also ?? [])].some(lies)) ?? null;
}
