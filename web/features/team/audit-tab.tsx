import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMay } from "../../shared/session/session.ts";
import { Button } from "../../shared/ui/button.tsx";
import { type Column, DataTable } from "../../shared/ui/data-table.tsx";
import { Fetched } from "../../shared/ui/fetched.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import css from "./team-page.module.css";
import { type AuditRow, agentsQuery, apiKeysQuery, auditQuery } from "./team-query.ts";
import { useActWords } from "./use-act-words.ts";

/** Who did what, and who looked at whom, newest first. */
export function AuditTab() {
  const { t } = useLingui();
  const query = useInfiniteQuery(auditQuery);
  const agents = useQuery({ ...agentsQuery, enabled: useMay("work.read") }).data?.agents ?? [];
  const keys = useQuery({ ...apiKeysQuery, enabled: useMay("people.manage") }).data?.keys ?? [];
  const actOf = useActWords();
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const nameOf = (id: string | null) => [...agents, ...keys].find((one) => one.id === id)?.name;

  const columns: Column<AuditRow>[] = [
    {
      id: "at",
      heading: t`When`,
      cell: (row) => (
        <span className={css.whole}>
          <Moment at={row.at} />
        </span>
      ),
    },
    {
      id: "who",
      heading: t`Who`,
      names: true,
      cell: (row) =>
        row.actorKind === "system" ? (
          <span className="mute">{t`the desk itself`}</span>
        ) : (
          <bdi>{nameOf(row.actorId) ?? (row.actorKind === "api-key" ? t`a program` : t`an agent`)}</bdi>
        ),
    },
    { id: "act", heading: t`Did`, cell: (row) => actOf(row.act) },
    {
      id: "what",
      heading: t`To what`,
      cell: (row) => (
        <span>
          {nameOf(row.entityId) ?? row.entity}
          <span className={css.under}>{row.entityId}</span>
        </span>
      ),
    },
    {
      id: "detail",
      heading: t`How`,
      cell: (row) =>
        Object.keys(row.detail).length > 0 ? <code className={css.detail}>{JSON.stringify(row.detail)}</code> : null,
    },
  ];

  return (
    <Fetched query={{ data: query.data, error: query.error, refetch: query.refetch }}>
      {() => (
        <>
          <div className={css.box}>
            <DataTable
              caption={t`Audit log`}
              columns={columns}
              rows={rows}
              rowKey={(row) => row.id}
              empty={
                <p className={`${css.pad} small mid`}>
                  <Trans>Nothing was written down yet.</Trans>
                </p>
              }
            />
          </div>
          {query.hasNextPage ? (
            <Button className={css.start} busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              <Trans>Show earlier</Trans>
            </Button>
          ) : null}
        </>
      )}
    </Fetched>
  );
}
