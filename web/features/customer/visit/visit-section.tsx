import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { TheirVisit } from "#contracts/webchat";
import { api } from "../../../shared/api/api.ts";
import { Chip } from "../../../shared/ui/chip.tsx";
import { Moment } from "../../../shared/ui/moment.tsx";
import css from "./visit.module.css";

const LOOK_EVERY = 4_000;

/** On which page of the site the chat's visitor is now, and was before in this visit. */
export function VisitSection({ conversationId }: { conversationId: string }) {
  const { t } = useLingui();
  const { data } = useQuery({
    queryKey: ["visit", conversationId],
    queryFn: ({ signal }) => api.get<TheirVisit>(`/api/desk/conversations/${conversationId}/visit`, undefined, signal),
    refetchInterval: LOOK_EVERY,
    // A hidden screen asks nobody.
    refetchIntervalInBackground: false,
    staleTime: 0,
    retry: false,
  });
  const visit = data?.visit;
  if (!visit) return null;
  return (
    <section aria-labelledby="visit-title">
      <h2 id="visit-title">
        {t`On the site`}
        {visit.here ? <Chip look="good">{t`here now`}</Chip> : null}
      </h2>
      <Page page={visit.page} />
      {visit.here ? null : (
        <p className={css.when}>
          {t`Last seen`} <Moment at={visit.seenAt} />
        </p>
      )}
      {visit.before.length > 0 ? (
        <details className={css.before}>
          <summary>
            {t`Pages before`} <span className="mute num">{visit.before.length}</span>
          </summary>
          <ol>
            {visit.before.map((one) => (
              <li key={one.url}>
                <Page page={one} />
              </li>
            ))}
          </ol>
        </details>
      ) : null}
    </section>
  );
}

/** A page is told by whoever visits it: it is words here, and opened without saying from where. */
function Page({ page }: { page: { url: string; title: string } }) {
  const { host, pathname, search } = new URL(page.url);
  return (
    <p className={css.page}>
      {page.title ? <bdi className={css.title}>{page.title}</bdi> : null}
      <a href={page.url} target="_blank" rel="noreferrer noopener" className={css.url} dir="ltr">
        {host}
        {pathname === "/" ? "" : pathname}
        {search}
      </a>
    </p>
  );
}
