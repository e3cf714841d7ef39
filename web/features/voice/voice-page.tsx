import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useLocation, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import type { BrandVoices } from "#contracts/voice";
import { useMay } from "../../shared/session/session.ts";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { Fetched } from "../../shared/ui/fetched.tsx";
import { Select } from "../../shared/ui/field.tsx";
import { Tabs } from "../../shared/ui/tabs.tsx";
import { BrandForm } from "./brand-form.tsx";
import css from "./voice-page.module.css";
import { voicesQuery } from "./voice-query.ts";

const MacrosTab = lazy(() => import("./macros-tab.tsx"));

/** How each brand speaks: its guide, its signature, the customs of places, and what may leave all the same; and everybody's macros. */
export default function VoicePage() {
  const { t } = useLingui();
  const may = useMay("settings.manage");
  const navigate = useNavigate();
  const tab = useLocation({ select: ({ hash }) => (hash === "macros" || !may ? "macros" : "guide") });
  const [visited, setVisited] = useState<readonly string[]>([tab]);
  if (!visited.includes(tab)) setVisited([...visited, tab]);
  return (
    <div className={css.page}>
      <header>
        <h2 className={css.title}>
          <Trans>Voice</Trans>
        </h2>
        <p className="mid">
          <Trans>
            How a brand speaks. It stands beside the text where agents write, and drafts are held against it.
          </Trans>
        </p>
      </header>
      <Tabs
        label={t`Voice`}
        tabs={[
          ...(may ? [{ id: "guide" as const, label: t`Guide` }] : []),
          { id: "macros" as const, label: t`Macros` },
        ]}
        chosen={tab}
        onChoose={(id) => void navigate({ to: "/voice", hash: id === "macros" ? id : "", replace: true })}
      >
        {/* Both stay: a draft is not lost by a look at the other. */}
        {visited.includes("guide") ? (
          <div hidden={tab !== "guide"} className={css.panel}>
            <Voices />
          </div>
        ) : null}
        {visited.includes("macros") ? (
          <div hidden={tab !== "macros"} className={css.panel}>
            <Suspense fallback={null}>
              <MacrosTab />
            </Suspense>
          </div>
        ) : null}
      </Tabs>
    </div>
  );
}

function Voices() {
  const query = useQuery(voicesQuery);
  return <Fetched query={query}>{(data) => <Brands data={data} />}</Fetched>;
}

function Brands({ data }: { data: BrandVoices }) {
  const { t } = useLingui();
  const [brandId, setBrandId] = useState(data.brands[0]?.brand.id ?? "");
  const chosen = data.brands.find((one) => one.brand.id === brandId) ?? data.brands[0];
  if (!chosen) return <EmptyState title={t`There is no brand yet`}>{t`Add a brand first.`}</EmptyState>;
  return (
    <>
      {data.brands.length > 1 ? (
        <div className={css.brand}>
          <Select
            label={t`Brand`}
            value={chosen.brand.id}
            options={data.brands.map(({ brand }) => ({ value: brand.id, label: brand.name }))}
            onChange={setBrandId}
          />
        </div>
      ) : null}
      <BrandForm key={chosen.brand.id} view={chosen} networks={data.networks} />
    </>
  );
}
