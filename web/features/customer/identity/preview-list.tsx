import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import type { IdentityPreview } from "#contracts/identity";
import { ServerWords } from "../../../shared/text/said/server-words.tsx";
import css from "./identity.module.css";

/** What an act would change and what speaks against it. */
export function PreviewList({ preview }: { preview: IdentityPreview }) {
  const { t } = useLingui();
  const conversations = preview.conversations.length;
  return (
    <ul className={css.reasons}>
      {preview.moving.map(({ handle }) => (
        <li
          key={handle.id}
        >{t`${handle.handle || handle.name} changes its customer, with all that was said from it.`}</li>
      ))}
      {conversations > 0 ? (
        <li>{t`${plural(conversations, { one: "# conversation goes along.", other: "# conversations go along." })}`}</li>
      ) : null}
      {preview.warnings.map((warning) => (
        <li key={warning.code} className={css.warning}>
          <ServerWords code={warning.code}>{warning.text}</ServerWords>
        </li>
      ))}
    </ul>
  );
}
