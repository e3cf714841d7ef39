import { useLingui } from "@lingui/react/macro";
import { languages } from "../../shared/look/language.ts";
import { changeLook, type Density, type Theme, useLook } from "../../shared/look/look.ts";
import { usePreferences } from "../../shared/session/preferences.ts";
import type { Session } from "../../shared/session/session.ts";
import { Avatar } from "../../shared/ui/avatar.tsx";
import { Button } from "../../shared/ui/button.tsx";
import { Menu, type MenuGroup } from "../../shared/ui/menu.tsx";
import css from "./account-menu.module.css";

type AccountMenuProps = {
  session: Session;
  locale: string;
  onKeys: () => void;
  onSettings: () => void;
  onSignOut: () => void;
  /** Pages that no menu of areas names. */
  further: readonly { id: string; label: string; go: () => void }[];
};

/** Who I am, how it looks, the keys, sign out. */
export function AccountMenu({ session, locale, onKeys, onSettings, onSignOut, further }: AccountMenuProps) {
  const { t } = useLingui();
  const look = useLook();
  const [, save] = usePreferences();
  const themes: Record<Theme, string> = { system: t`As the system`, light: t`Light`, dark: t`Dark` };
  const densities: Record<Density, string> = { compact: t`Compact`, regular: t`Regular`, roomy: t`Roomy` };
  const offered = Object.entries(languages).filter(([, one]) => !one.testing || session.demo || import.meta.env.DEV);

  const groups: MenuGroup[] = [
    {
      heading: `${session.agent.name}, ${session.account.name}`,
      entries: [
        ...further.map((area) => ({ id: `go ${area.id}`, label: area.label })),
        { id: "settings", label: t`Your settings`, keys: "g ," },
        { id: "keys", label: t`All keys`, keys: "?" },
      ],
    },
    choice(t`Light or dark`, "theme", themes, look.theme),
    choice(t`Density`, "density", densities, look.density),
    ...(offered.length > 1
      ? [choice(t`Language`, "locale", Object.fromEntries(offered.map(([id, one]) => [id, one.name])), locale)]
      : []),
    { heading: t`Session`, entries: [{ id: "sign-out", label: t`Sign out`, icon: "leave" }] },
  ];

  function act(id: string): void {
    const [what, value = ""] = id.split(" ");
    if (what === "keys") onKeys();
    if (what === "settings") onSettings();
    if (what === "sign-out") onSignOut();
    if (what === "theme") changeLook({ theme: value as Theme });
    if (what === "density") changeLook({ density: value as Density });
    if (what === "locale") {
      changeLook({ locale: value });
      // Where it cannot be kept now, this page speaks it all the same.
      void save({ language: value }).catch(() => undefined);
    }
    if (what === "go") further.find((area) => area.id === value)?.go();
  }

  return (
    <Menu label={t`Your account`} placement="bottom end" groups={groups} onAct={act}>
      <Button look="bare" className={css.me ?? ""} aria-label={t`${session.agent.name}, your account`}>
        <Avatar name={session.agent.name} />
      </Button>
    </Menu>
  );
}

function choice(heading: string, what: string, names: Record<string, string>, chosen: string): MenuGroup {
  return {
    heading,
    entries: Object.entries(names).map(([id, label]) => ({ id: `${what} ${id}`, label, chosen: id === chosen })),
  };
}
