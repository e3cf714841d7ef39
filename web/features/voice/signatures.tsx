import { useLingui } from "@lingui/react/macro";
import type { BrandVoice, BrandVoices } from "#contracts/voice";
import { type DisclosureStyle, disclosureLine } from "#shared/disclosure";
import { useSession } from "../../shared/session/session.ts";
import { Card } from "../../shared/ui/card.tsx";
import { Select } from "../../shared/ui/field.tsx";
import css from "./voice-page.module.css";

type Style = BrandVoice["signatures"][string];
type Brand = BrandVoices["brands"][number]["brand"];
type SignaturesProps = {
  brand: Brand;
  networks: readonly string[];
  signatures: BrandVoice["signatures"];
  onChange: (signatures: BrandVoice["signatures"]) => void;
};
const STYLES: readonly Style[] = ["full-name", "initials", "first-name", "first-name-brand", "profile"];
const asRule: Record<Style, DisclosureStyle> = {
  "full-name": "signature",
  initials: "initials",
  "first-name": "first-name",
  "first-name-brand": "first-name-brand",
  profile: "none",
};

/** How a public reply says who wrote it, by network; each style is shown as it would stand there. */
export function Signatures({ brand, networks, signatures, onChange }: SignaturesProps) {
  const { t } = useLingui();
  const { agent } = useSession();
  const shown = (style: Style) =>
    style === "profile"
      ? t`Nothing: the profile says it`
      : disclosureLine(asRule[style], agent.name, brand.name, brand.locale);
  return (
    <Card title={t`Signature of public replies`}>
      <div className={css.grid}>
        <p className="small mid">{t`Added by itself, and no key can remove it.`}</p>
        {networks.map((network) => (
          <Select<Style | "brand">
            key={network}
            label={network}
            value={signatures[network] ?? "brand"}
            options={[
              { value: "brand", label: t`As the brand: ${shown(brand.disclosure)}` },
              ...STYLES.map((style) => ({ value: style, label: shown(style) })),
            ]}
            onChange={(style) => {
              const { [network]: _, ...rest } = signatures;
              onChange(style === "brand" ? rest : { ...rest, [network]: style });
            }}
          />
        ))}
      </div>
    </Card>
  );
}
