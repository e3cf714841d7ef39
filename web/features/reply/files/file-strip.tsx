import { useLingui } from "@lingui/react/macro";
import type { AttachedFile } from "#contracts/desk";
import type { Finding, PreflightCode } from "#shared/preflight";
import { Button } from "../../../shared/ui/button.tsx";
import { Icon } from "../../../shared/ui/icon.tsx";
import { useSizeWords } from "../../../shared/ui/use-size-words.ts";
import css from "./files.module.css";
import type { Rising } from "./use-attach.ts";

type StripProps = {
  files: readonly AttachedFile[];
  rising: readonly Rising[];
  faults: readonly Finding<PreflightCode>[];
  /** How long a description may be; null where the network takes none. */
  altMost: number | null;
  onAlt: (file: AttachedFile, alt: string) => void;
  onRemove: (file: AttachedFile) => void;
};

/** What goes along with the reply: each with its picture, its description and what is wrong with it. */
export default function FileStrip({ files, rising, faults, altMost, onAlt, onRemove }: StripProps) {
  const { t } = useLingui();
  return (
    <ul className={css.strip} aria-label={t`Files of this reply`}>
      {files.map((file, at) => {
        const fault = faults.find((one) => one.file === at);
        return (
          <li key={file.id} className={`${css.one} ${fault ? css.faulty : ""}`}>
            <Picture file={file} />
            <div className={css.about}>
              <Named file={file} />
              {file.kind === "image" && altMost !== null ? (
                <input
                  className={css.alt}
                  value={file.alt}
                  maxLength={5_000}
                  dir="auto"
                  placeholder={t`Describe it for those who cannot see it`}
                  aria-label={t`Description of ${file.name}`}
                  aria-invalid={fault?.code === "alt-too-long" || undefined}
                  onChange={(event) => onAlt(file, event.target.value)}
                />
              ) : null}
              {fault ? <p className={css.fault}>{fault.message}</p> : null}
            </div>
            <Button
              look="bare"
              size="small"
              icon="close"
              iconOnly
              aria-label={t`Take out ${file.name}`}
              onClick={() => onRemove(file)}
            />
          </li>
        );
      })}
      {rising.map((one) => (
        <li key={one.key} className={css.one}>
          <span className={css.thumb}>
            <Icon name="attach" />
          </span>
          <div className={css.about}>
            <bdi className="clip">{one.name}</bdi>
            {one.part < 1 ? (
              <progress value={one.part} aria-label={t`${one.name} is being sent up`} />
            ) : (
              <p className={css.looked}>{t`It is being looked through. A large picture may wait its turn.`}</p>
            )}
          </div>
          <Button
            look="bare"
            size="small"
            icon="close"
            iconOnly
            aria-label={t`Stop sending up ${one.name}`}
            onClick={one.stop}
          />
        </li>
      ))}
    </ul>
  );
}

function Picture({ file }: { file: AttachedFile }) {
  return (
    <span className={css.thumb}>{file.thumbUrl ? <img src={file.thumbUrl} alt="" /> : <Icon name="attach" />}</span>
  );
}

function Named({ file }: { file: AttachedFile }) {
  const { t } = useLingui();
  const size = useSizeWords();
  return (
    <span className={css.named}>
      <bdi className="clip">{file.name}</bdi>{" "}
      <span className="mute num">{file.state === "waiting" ? t`being looked through` : size(file.bytes)}</span>
    </span>
  );
}
