import { useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import type { OfferView } from "#contracts/desk";
import { presentMoment } from "../../shared/time/clock.ts";
import { announce } from "../../shared/ui/announcer.tsx";
import { networkSign } from "../../shared/ui/network-sign.ts";
import { offerTime } from "./row-facts.ts";

/** Tells screen readers of each offer once, when it comes. */
export function useOfferNews(offers: readonly OfferView[]): void {
  const { t } = useLingui();
  const told = useRef(new Set<string>());
  useEffect(() => {
    for (const offer of offers) {
      if (told.current.has(offer.offerId)) continue;
      told.current.add(offer.offerId);
      const name = offer.row.customer.name || offer.row.customer.handle;
      const network = networkSign(offer.row.mark.network).name;
      const { seconds } = offerTime(offer, presentMoment());
      announce(
        offer.row.mark.audience === "public"
          ? t`Offer: ${name}, ${network}, public. ${seconds} seconds to accept.`
          : t`Offer: ${name}, ${network}, private. ${seconds} seconds to accept.`,
      );
    }
  }, [offers, t]);
}
