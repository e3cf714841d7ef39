import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ChannelView } from "#contracts/channels";
import { channelsQuery } from "../../shared/api/channels-query.ts";
import { asProblem } from "../../shared/api/problem.ts";
import { useMay } from "../../shared/session/session.ts";
import { Button, buttonClass } from "../../shared/ui/button.tsx";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { Skeleton } from "../../shared/ui/skeleton.tsx";
import { ChannelCard } from "./channel-card.tsx";
import css from "./channels-page.module.css";
import { brandsQuery } from "./channels-query.ts";
import { FilesLine } from "./files-line.tsx";
import { PastCard } from "./past-card.tsx";
import { StoppedBanners, StopSwitchCard } from "./stop-switch.tsx";

const of = (brandId: string) => (channel: ChannelView) => channel.brandId === brandId;

/** Every connected place by brand, and the switch that stops all that goes out. */
export default function ChannelsPage() {
  const { t } = useLingui();
  const query = useQuery(channelsQuery);
  const known = useQuery(brandsQuery).data?.brands ?? [];
  const channels = query.data?.channels ?? [];
  const manages = useMay("channel.manage");
  const stopped = query.data?.stopped ?? [];
  const live = channels.filter((channel) => channel.state !== "archive");
  const past = channels.filter((channel) => channel.state === "archive");
  // A channel whose brand could not be named is shown all the same.
  const brands = [...new Set(channels.map((channel) => channel.brandId))].map(
    (id) => known.find((brand) => brand.id === id) ?? { id, name: t`Brand without a name` },
  );

  return (
    <div className={css.page}>
      {query.isError ? (
        <ProblemNotice
          problem={asProblem(query.error)}
          acts={
            <Button size="small" onClick={() => void query.refetch()}>
              <Trans>Try again</Trans>
            </Button>
          }
        />
      ) : null}
      {manages ? (
        <div className={css.head}>
          <p className="small mid">
            <Trans>Every place where you are heard and answer, and how it is.</Trans>
          </p>
          <Link to="/channels/connect" className={buttonClass("primary")}>
            <Trans>Connect a channel</Trans>
          </Link>
        </div>
      ) : null}
      {manages && query.data?.files ? <FilesLine files={query.data.files} /> : null}
      <StoppedBanners stopped={stopped} brands={known} />
      {query.isSuccess ? <StopSwitchCard stopped={stopped} brands={known} /> : null}
      {query.isPending ? <Skeleton shape="lines" count={4} /> : null}
      {query.isSuccess && channels.length === 0 ? (
        <EmptyState title={t`No channel is open to you`}>
          <Trans>A channel stands here once it is connected and your rights cover its brand.</Trans>
        </EmptyState>
      ) : null}
      {brands.map((brand) => (
        <section key={brand.id} className={css.brand} aria-labelledby={`brand-${brand.id}`}>
          <h2 id={`brand-${brand.id}`}>{brand.name}</h2>
          {live.filter(of(brand.id)).map((channel) => (
            <ChannelCard key={channel.id} channel={channel} />
          ))}
          {past.some(of(brand.id)) ? <PastCard channels={past.filter(of(brand.id))} /> : null}
        </section>
      ))}
    </div>
  );
}
