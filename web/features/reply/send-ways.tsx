import { useLingui } from "@lingui/react/macro";
import { runBinding } from "../../shared/keys/registry.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Menu } from "../../shared/ui/menu.tsx";
import css from "./composer.module.css";

type SendWaysProps = {
  audience: "public" | "private";
  /** The name of the outcome that goes with it. */
  resolve: string;
  refused: string | null;
  onResolve: () => void;
};

/** Beside the button that sends: send and resolve, send later. */
export function SendWays({ audience, resolve, refused, onResolve }: SendWaysProps) {
  const { t } = useLingui();
  return (
    <Menu
      label={t`Other ways to send`}
      placement="top end"
      onAct={(id) => (id === "later" ? runBinding("write.later") : onResolve())}
      groups={[
        {
          entries: [
            {
              id: "resolve",
              label: audience === "public" ? t`Publish and resolve: ${resolve}` : t`Send and resolve: ${resolve}`,
              icon: "done",
              keys: "mod+shift+enter",
              disabled: refused !== null,
            },
            { id: "later", label: t`Send later …`, icon: "clock", keys: "alt+l", disabled: refused !== null },
          ],
        },
      ]}
    >
      <Button
        look={audience}
        iconOnly
        icon="down"
        aria-label={t`Other ways to send`}
        refused={refused}
        className={css.more ?? ""}
      />
    </Menu>
  );
}
