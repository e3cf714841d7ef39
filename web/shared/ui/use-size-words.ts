import { useLingui } from "@lingui/react/macro";

/** How large a file is, in the reader's own figures. */
export function useSizeWords(): (bytes: number) => string {
  const { i18n } = useLingui();
  return (bytes) => {
    const [unit, by] = bytes >= 1e6 ? ["megabyte", 1e6] : bytes >= 1e3 ? ["kilobyte", 1e3] : ["byte", 1];
    return new Intl.NumberFormat(i18n.locale, {
      ...{ style: "unit", unit: unit as string, unitDisplay: "short" },
      maximumFractionDigits: bytes >= 1e6 ? 1 : 0,
    }).format(bytes / (by as number));
  };
}
