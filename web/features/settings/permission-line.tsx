import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Banner } from "../../shared/ui/banner.tsx";
import { Button } from "../../shared/ui/button.tsx";
import { Chip } from "../../shared/ui/chip.tsx";

type Permission = NotificationPermission | "unsupported";
const now = (): Permission => ("Notification" in globalThis ? Notification.permission : "unsupported");

/** Whether this browser shows notices. It is asked on a press only: who is asked without a reason says no for ever. */
export function PermissionLine() {
  const { t } = useLingui();
  const [permission, setPermission] = useState(now);
  if (permission === "granted")
    return (
      <p>
        <Chip look="good" icon="done">{t`This browser shows notices.`}</Chip>
      </p>
    );
  if (permission === "unsupported")
    return (
      <Banner look="plain" title={t`This browser cannot show notices.`}>
        {t`On an iPhone or iPad, put the desk on the home screen first. Sounds work everywhere.`}
      </Banner>
    );
  if (permission === "denied")
    return (
      <Banner look="soon" icon="bell" announce="polite" title={t`This browser was told to show no notices.`}>
        {t`Only you can change that: open the sign beside the address, allow notifications there, and load the page anew. Sounds work meanwhile.`}
      </Banner>
    );
  return (
    <Banner
      look="plain"
      icon="bell"
      title={t`This browser shows no notices yet.`}
      acts={
        <Button
          size="small"
          look="primary"
          onClick={() => void Notification.requestPermission().then(setPermission)}
        >{t`Allow notices`}</Button>
      }
    >
      {t`It asks you once, after you press.`}
    </Banner>
  );
}
