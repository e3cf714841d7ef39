import { useLingui } from "@lingui/react/macro";
import { useQueries, useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { customerQuery, earlierOfCustomer } from "../../features/customer/customer-query.ts";
import { CustomerPage } from "../../features/customer/page/customer-page.tsx";
import { asProblem } from "../../shared/api/problem.ts";
import { Button } from "../../shared/ui/button.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { Skeleton } from "../../shared/ui/skeleton.tsx";
import { BackArrow } from "../frame/top-bar.tsx";

/** `/customers/$customerId`. Whoever was joined to another is found at the other's address. */
export default function CustomerRoute() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { customerId = "" } = useParams({ strict: false }) as { customerId?: string };
  const customer = useQuery(customerQuery(customerId));
  const [cursors, setCursors] = useState<{ of: string; before: readonly string[] }>({ of: customerId, before: [] });
  const before = cursors.of === customerId ? cursors.before : [];
  const pages = useQueries({ queries: before.map((one) => earlierOfCustomer(customerId, one)) });
  const present = customer.data?.id;

  useEffect(() => {
    if (present !== undefined && present !== customerId)
      void navigate({ to: "/customers/$customerId", params: { customerId: present }, replace: true });
  }, [present, customerId, navigate]);

  return (
    <>
      <BackArrow to="/desk" />
      {customer.data ? (
        <CustomerPage
          key={customer.data.id}
          view={customer.data}
          earlier={{
            pages: pages.flatMap((page) => (page.data ? [page.data] : [])),
            busy: pages.some((page) => page.isFetching),
            ask: (cursor) => setCursors({ of: customerId, before: [...before, cursor] }),
          }}
        />
      ) : customer.isError ? (
        <ProblemNotice
          problem={asProblem(customer.error)}
          acts={<Button size="small" onClick={() => void customer.refetch()}>{t`Try now`}</Button>}
        />
      ) : (
        <Skeleton shape="lines" count={8} />
      )}
    </>
  );
}
