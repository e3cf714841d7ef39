import { useLingui } from "@lingui/react/macro";
import type { Destination, InviteBoard } from "#contracts/invites";
import type { IconName } from "../../shared/ui/icon.tsx";
import type { MenuEntry } from "../../shared/ui/menu.tsx";

const ICON: Record<Destination, IconName> = {
  dm: "lock",
  email: "pen",
  chat: "reply",
  callback: "phone",
  call: "phone",
};

/** The places a customer can be invited to, as lines of a menu. */
export function usePlaceEntries(places: InviteBoard["places"]): MenuEntry[] {
  const { t } = useLingui();
  const names: Record<Destination, string> = {
    dm: t`a private message`,
    email: t`e-mail`,
    chat: t`the chat`,
    callback: t`ask for a call-back`,
    call: t`call us`,
  };
  return places.map(({ destination, label }) => ({
    id: destination,
    label: names[destination],
    detail: destination === "callback" || destination === "chat" ? undefined : label,
    icon: ICON[destination],
  }));
}
