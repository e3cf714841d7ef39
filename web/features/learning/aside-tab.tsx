import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { Fetched } from "../../shared/ui/fetched.tsx";
import { Select } from "../../shared/ui/field.tsx";
import { AsideList } from "./aside-list.tsx";
import { brandsQuery } from "./learning-query.ts";
import { SampleCard } from "./sample-card.tsx";

/** What was heard and left, brand by brand: measured by a sample each week, and there to be looked through. */
export function AsideTab() {
  const { t } = useLingui();
  const [wanted, setWanted] = useState("");
  return (
    <Fetched query={useQuery(brandsQuery)}>
      {({ brands }) => {
        const brand = brands.find((one) => one.id === wanted) ?? brands[0];
        if (!brand) return <EmptyState title={t`There is no brand yet`} />;
        return (
          <>
            {brands.length > 1 ? (
              <Select
                label={t`Brand`}
                value={brand.id}
                options={brands.map((one) => ({ value: one.id, label: one.name }))}
                onChange={setWanted}
              />
            ) : null}
            <SampleCard key={brand.id} brandId={brand.id} />
            <AsideList key={`list ${brand.id}`} brandId={brand.id} />
          </>
        );
      }}
    </Fetched>
  );
}
