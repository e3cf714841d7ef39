import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Fetched } from "../../shared/ui/fetched.tsx";
import { Select } from "../../shared/ui/field.tsx";
import { AcknowledgeForm } from "./acknowledge-form.tsx";
import { acknowledgeQuery } from "./acknowledge-query.ts";
import css from "./queues-page.module.css";
import { brandsQuery } from "./queues-query.ts";

/** What customers who have to wait are told by itself, brand by brand. */
export function AcknowledgeTab() {
  const { t } = useLingui();
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <>
      <p className="small mid">
        {t`Who has to wait can be told so, once in a conversation. It is no answer: the clock runs on, and no figure counts it. Nothing is sent while sending is stopped, in a crisis, or where nobody can say when a person will come.`}
      </p>
      <Fetched query={useQuery(brandsQuery)}>
        {({ brands }) => {
          const brand = brands.find((one) => one.id === chosen) ?? brands[0];
          if (!brand) return null;
          return (
            <>
              <div className={css.fields}>
                <Select
                  label={t`Brand`}
                  value={brand.id}
                  options={brands.map(({ id, name }) => ({ value: id, label: name }))}
                  onChange={setChosen}
                />
              </div>
              <OfBrand key={brand.id} brand={brand} />
            </>
          );
        }}
      </Fetched>
    </>
  );
}

function OfBrand({ brand }: { brand: { id: string; name: string } }) {
  return (
    <Fetched query={useQuery(acknowledgeQuery(brand.id))}>
      {(rule) => <AcknowledgeForm brand={brand} rule={rule} />}
    </Fetched>
  );
}
