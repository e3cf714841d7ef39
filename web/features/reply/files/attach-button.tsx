import { useLingui } from "@lingui/react/macro";
import { useRef } from "react";
import { useKeyFor, useKeys } from "../../../shared/keys/use-keys.ts";
import { announce } from "../../../shared/ui/announcer.tsx";
import { Button } from "../../../shared/ui/button.tsx";

type AttachProps = { refused: string | null; onFiles: (files: File[]) => void };

/** Opens the machine's own chooser of files. */
export function AttachButton({ refused, onFiles }: AttachProps) {
  const { t } = useLingui();
  const chooser = useRef<HTMLInputElement>(null);
  const open = () => (refused === null ? chooser.current?.click() : announce(refused, true));
  useKeys("screen", [{ id: "write.attach", keys: ["u", "alt+u"], label: t`Attach files`, group: t`Write`, run: open }]);
  const key = useKeyFor("write.attach", "u");
  return (
    <>
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        tabIndex={-1}
        aria-label={t`Files to attach`}
        onChange={(event) => {
          const { files } = event.target;
          if (files && files.length > 0) onFiles([...files]);
          event.target.value = "";
        }}
      />
      <Button
        look="bare"
        size="small"
        icon="attach"
        iconOnly
        aria-label={t`Attach files`}
        title={key ? `${t`Attach files`} (${key.toUpperCase()})` : t`Attach files`}
        refused={refused}
        onClick={open}
      />
    </>
  );
}
