import { useState } from "react";
import { Button, LinkButton } from "../../shared/ui/button.tsx";
import { Dialog } from "../../shared/ui/dialog.tsx";
import { Menu } from "../../shared/ui/menu.tsx";
import { Pill } from "../../shared/ui/pill.tsx";
import { Popover } from "../../shared/ui/popover.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import { Tooltip } from "../../shared/ui/tooltip.tsx";
import css from "./book.module.css";
import { Sample } from "./sample.tsx";

export function ActsSection() {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Sample name="Buttons" note="ink acts; a hue says who reads">
        <div className={css.flow}>
          <Button look="primary" keys="t">
            Take it
          </Button>
          <Button look="soft" keys="shift+t">
            Decline
          </Button>
          <Button keys="e">Resolve</Button>
          <Button look="bare">Assign</Button>
          <Button look="bare" icon="more" iconOnly aria-label="More" />
        </div>
        <div className={css.flow}>
          <Button look="public" icon="globe" keys="mod+enter">
            Publish
          </Button>
          <Button look="private" icon="lock" keys="mod+enter">
            Send to Ines
          </Button>
          <Button look="note" icon="note" keys="mod+enter">
            Add note
          </Button>
          <Button look="stop">Erase for ever</Button>
        </div>
        <div className={css.flow}>
          <Button look="primary" busy>
            Sending
          </Button>
          <Button refused="38 characters over">Publish</Button>
          <Button disabled>Not now</Button>
          <Button size="small" look="soft">
            Whole transcript
          </Button>
          <span className="small mid">
            Not the same? <LinkButton>Split</LinkButton>
          </span>
          <Pill keys=".">6 new</Pill>
        </div>
      </Sample>
      <Sample name="Menu, panel, tooltip, dialog, toast">
        <div className={css.flow}>
          <Menu
            label="Sort"
            onAct={(id) => toasts.add({ text: `Sorted: ${id}` })}
            groups={[
              {
                heading: "Sorted by",
                entries: [
                  { id: "due", label: "Due first", chosen: true },
                  { id: "new", label: "Newest first", chosen: false },
                ],
              },
              {
                heading: "More",
                entries: [
                  { id: "snooze", label: "Snooze", icon: "snooze", keys: "s", detail: "Comes back by itself" },
                  { id: "never", label: "Not open to you", disabled: true },
                ],
              },
            ]}
          >
            <Button look="bare">Due first</Button>
          </Menu>
          <Popover trigger={<LinkButton>Why not others?</LinkButton>} label="Why this agent">
            <p>Network faults 4 (3 needed), English, 3.5 of 10 units in use.</p>
          </Popover>
          <Tooltip text="Opens the post where it stands">
            <Button icon="open-outside" iconOnly look="bare" aria-label="Open on Mastodon" />
          </Tooltip>
          <Button look="soft" onClick={() => setAsking(true)}>
            Erase…
          </Button>
          <Button
            look="soft"
            onClick={() => toasts.add({ text: "Resolved as answered", undo: () => toasts.add({ text: "Open again" }) })}
          >
            Resolve
          </Button>
        </div>
        <Dialog
          open={asking}
          onClose={() => setAsking(false)}
          role="alertdialog"
          title="Erase Ines Rocha for ever?"
          foot={
            <>
              <Button onClick={() => setAsking(false)}>Keep her</Button>
              <Button look="stop" onClick={() => setAsking(false)}>
                Erase for ever
              </Button>
            </>
          }
        >
          <p>Words and name go; counts remain. This cannot be undone.</p>
        </Dialog>
      </Sample>
    </>
  );
}
