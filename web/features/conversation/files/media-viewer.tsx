import { useLingui } from "@lingui/react/macro";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { Dialog as AriaDialog } from "react-aria-components/Dialog";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { announce } from "../../../shared/ui/announcer.tsx";
import { Button } from "../../../shared/ui/button.tsx";
import { Icon } from "../../../shared/ui/icon.tsx";
import css from "./files.module.css";

type Picture = { name: string; alt: string; url: string | null };
type ViewerProps = {
  pictures: readonly Picture[];
  at: number;
  onAt: (at: number) => void;
  onClose: () => void;
};

/** A picture as large as the screen, with its description under it. Arrows go on, Esc goes back. */
export default function MediaViewer({ pictures, at, onAt, onClose }: ViewerProps) {
  const { t } = useLingui();
  const stage = useRef<HTMLDivElement>(null);
  const picture = pictures[at] ?? pictures[0];
  useEffect(() => stage.current?.focus(), []);
  if (!picture) return null;
  const said = picture.alt || t`No description came with it.`;

  function go(by: number): void {
    const to = (at + by + pictures.length) % pictures.length;
    onAt(to);
    announce(t`Picture ${to + 1} of ${pictures.length}. ${pictures[to]?.alt ?? ""}`);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const rightToLeft = getComputedStyle(event.currentTarget).direction === "rtl";
    const by = { ArrowRight: rightToLeft ? -1 : 1, ArrowLeft: rightToLeft ? 1 : -1 }[event.key];
    if (by === undefined || pictures.length < 2) return;
    event.preventDefault();
    go(by);
  }

  return (
    <ModalOverlay className={css.viewerShade ?? ""} isOpen isDismissable onOpenChange={(stays) => stays || onClose()}>
      <Modal className={css.viewerModal ?? ""}>
        <AriaDialog className={css.viewer ?? ""} aria-label={t`Picture ${at + 1} of ${pictures.length}`}>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the arrows turn the pages of the dialog around them. */}
          <div className={css.stage} ref={stage} tabIndex={-1} onKeyDown={onKeyDown}>
            <header className={css.viewerHead}>
              <bdi className="clip grow">{picture.name}</bdi>
              {pictures.length > 1 ? (
                <>
                  <Button look="bare" icon="left" iconOnly aria-label={t`The one before`} onClick={() => go(-1)} />
                  <span className="num">
                    {at + 1} / {pictures.length}
                  </span>
                  <Button look="bare" icon="right" iconOnly aria-label={t`The next one`} onClick={() => go(1)} />
                </>
              ) : null}
              <a href={`${picture.url}?download`} download={picture.name || "picture"} className={css.save}>
                <Icon name="download" label={t`Save`} />
              </a>
              <Button look="bare" icon="close" iconOnly aria-label={t`Close`} onClick={onClose} />
            </header>
            <img className={css.large} src={picture.url ?? ""} alt={said} />
            <p className={css.said} dir="auto">
              {said}
            </p>
          </div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
