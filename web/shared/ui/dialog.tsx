import { useLingui } from "@lingui/react/macro";
import { type CSSProperties, type ReactNode, useRef } from "react";
import { Dialog as AriaDialog, Heading } from "react-aria-components/Dialog";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { holdsTyped } from "../text/typed.ts";
import { Button } from "./button.tsx";
import css from "./pop.module.css";

type DialogProps = {
  open: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  /** Buttons named for their act; the safe one first. */
  foot?: ReactNode;
  /** Width in px on a desk; a phone takes what it has. */
  width?: number;
  /** "alertdialog" for what cannot be undone: a press outside then does nothing. */
  role?: "dialog" | "alertdialog";
};

/** Only for what cannot be undone, and for lists like the keys. Focus is kept inside and goes back where it came from. */
export function Dialog({ open, onClose, title, children, foot, width = 520, role = "dialog" }: DialogProps) {
  const { t } = useLingui();
  const box = useRef<HTMLDivElement>(null);
  return (
    <ModalOverlay
      className={css.shade ?? ""}
      isOpen={open}
      isDismissable={role === "dialog"}
      // A press that only missed the dialog takes no words away; Esc and Close do.
      shouldCloseOnInteractOutside={() => !(box.current && holdsTyped(box.current))}
      onOpenChange={(stays) => (stays ? undefined : onClose())}
    >
      <Modal ref={box} className={css.dialogBox ?? ""} style={{ "--wide": `${width}px` } as CSSProperties}>
        <AriaDialog className={css.dialog ?? ""} role={role}>
          <header className={css.dialogHead}>
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <Button look="bare" icon="close" iconOnly aria-label={t`Close`} onClick={onClose} />
          </header>
          <div className={css.dialogBody}>{children}</div>
          {foot ? <footer className={css.dialogFoot}>{foot}</footer> : null}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
