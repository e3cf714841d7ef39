import type { Instant } from "#platform/clock";
import { ElsewhereNow } from "#platform/elsewhere";

/** Another process serves this account's waiting work; nothing of the act was done. It may be tried again when its lease has run out. */
export class NotTheRouter extends ElsewhereNow {
  readonly until: Instant;
  constructor(until: Instant) {
    super("Another process of this installation leads the routing of this account now. Nothing was done here.");
    this.name = "NotTheRouter";
    this.until = until;
  }
}
