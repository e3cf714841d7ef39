import { Plural, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem } from "../../shared/api/problem.ts";
import css from "./listening.module.css";
import { type Monitor, triedQuery } from "./monitors-query.ts";
import { Tried } from "./tried.tsx";

/** On a monitor that has caught nothing: that it counts from now on, and what of the posts heard before it would have matched. */
export function MatchedBefore({ monitor }: { monitor: Monitor }) {
  const { t } = useLingui();
  const [shown, setShown] = useState(false);
  const { query, accents, languages, brandId } = monitor;
  const tried = useQuery(triedQuery({ query, accents, languages, brandId }));
  const hits = tried.data?.hits ?? 0;
  return (
    <>
      <p className={css.under} role="status">
        {t`It counts from now on.`}{" "}
        {tried.data ? (
          <Plural
            value={hits}
            _0="None of the posts heard before would have matched."
            one="# post heard before would have matched."
            other="# posts heard before would have matched."
          />
        ) : null}
        {hits > 0 ? (
          <button type="button" className={css.there} aria-expanded={shown} onClick={() => setShown(!shown)}>
            {t`Show what would have matched`}
          </button>
        ) : null}
      </p>
      {shown || tried.error ? (
        <Tried
          tried={tried.data}
          stale={tried.isPlaceholderData}
          problem={tried.error ? asProblem(tried.error) : null}
        />
      ) : null}
    </>
  );
}
