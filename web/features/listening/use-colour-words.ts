import { useLingui } from "@lingui/react/macro";
import type { Monitor } from "./monitors-query.ts";

/** In the order of the contract. */
export const monitorColours: readonly Monitor["colour"][] = [
  "grey",
  "red",
  "orange",
  "yellow",
  "green",
  "teal",
  "blue",
  "purple",
  "pink",
];

export function useColourWords(): (colour: Monitor["colour"]) => string {
  const { t } = useLingui();
  return (colour) =>
    ({
      grey: t`Grey`,
      red: t`Red`,
      orange: t`Orange`,
      yellow: t`Yellow`,
      green: t`Green`,
      teal: t`Teal`,
      blue: t`Blue`,
      purple: t`Purple`,
      pink: t`Pink`,
    })[colour];
}
