import { useLingui } from "@lingui/react/macro";
import { lazy, Suspense, useState } from "react";
import type { AttachedFile, MessageFile } from "#contracts/desk";
import { Icon } from "../../../shared/ui/icon.tsx";
import { useSizeWords } from "../../../shared/ui/use-size-words.ts";
import css from "./files.module.css";
import { useWhyWords } from "./use-why-words.ts";

const MediaViewer = lazy(() => import("./media-viewer.tsx"));

type Shown = MessageFile | AttachedFile;

/** What came or went with a message: pictures to look at, sound and film to play, all else to save; and what is not here, with the reason. */
export default function MessageFiles({ files }: { files: readonly Shown[] }) {
  const { t } = useLingui();
  const [open, setOpen] = useState<number | null>(null);
  const pictures = files.filter((file) => file.state === "here" && file.kind === "image" && file.thumbUrl);
  const others = files.filter((file) => !pictures.includes(file));
  return (
    <div className={css.files}>
      {pictures.length > 0 ? (
        <ul className={css.pictures} aria-label={t`Pictures`}>
          {pictures.map((file, at) => (
            <li key={file.thumbUrl}>
              <button type="button" className={css.picture} onClick={() => setOpen(at)}>
                <img
                  src={file.thumbUrl ?? ""}
                  alt={file.alt || t`Picture without a description: ${file.name || "?"}`}
                  loading="lazy"
                  {...(file.width && file.height ? { width: file.width, height: file.height } : {})}
                />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      {others.length > 0 ? (
        <ul className={css.others} aria-label={t`Files`}>
          {others.map((file, at) => (
            <li key={file.id ?? at}>
              <Other file={file} />
            </li>
          ))}
        </ul>
      ) : null}
      {open === null ? null : (
        <Suspense fallback={null}>
          <MediaViewer pictures={pictures} at={open} onAt={setOpen} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </div>
  );
}

function Other({ file }: { file: Shown }) {
  const { t } = useLingui();
  const size = useSizeWords();
  const why = useWhyWords();
  const name = file.name || file.alt || t`a file`;
  if (file.state !== "here" || !file.url)
    return (
      <p className={css.away}>
        <Icon name={file.state === "waiting" ? "clock" : "warning"} size="small" /> <bdi>{name}</bdi>: {why(file)}
      </p>
    );
  if (file.kind === "audio")
    return (
      // biome-ignore lint/a11y/useMediaCaption: a stranger's recording has none.
      <audio controls preload="none" src={file.url} aria-label={name} className={css.player} />
    );
  if (file.kind === "video")
    return (
      // biome-ignore lint/a11y/useMediaCaption: a stranger's film has none.
      <video controls preload="none" src={file.url} aria-label={name} className={css.player} />
    );
  return (
    <a href={file.url} download={file.name || "file"} className={css.save}>
      <Icon name="download" size="small" /> <bdi>{name}</bdi>{" "}
      {file.bytes === null ? null : <span className="mute num">{size(file.bytes)}</span>}
    </a>
  );
}
