import { useLingui } from "@lingui/react/macro";
import type { FormFault } from "./calendar-form.ts";

export function useFaultWords(): (fault: FormFault) => string {
  const { t } = useLingui();
  return (fault) =>
    ({
      name: t`Give it a name.`,
      time: t`A time is not complete: write it like 08:30.`,
      date: t`A date is not complete.`,
      twice: t`A date is there twice.`,
      zone: t`Choose a time zone of the list.`,
      closed: t`The last week never opens.`,
    })[fault];
}
