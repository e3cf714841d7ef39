import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Icon } from "../../shared/ui/icon.tsx";

/** Whether what comes and goes is looked through, and what waits for that. */
export function FilesLine({ files: { scanned, waiting } }: { files: { scanned: boolean; waiting: number } }) {
  const { t } = useLingui();
  if (scanned && waiting === 0) return null;
  return (
    <p className="small mid">
      <Icon name="attach" size="small" />{" "}
      {scanned ? null : t`Files are not looked through for viruses: no scanner is set (HUBBUB_CLAMAV).`}{" "}
      {waiting > 0
        ? t`${plural(waiting, { one: "# file waits", other: "# files wait" })} to be fetched or looked through.`
        : null}
    </p>
  );
}
