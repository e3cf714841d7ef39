import { channelPhrases } from "./channels.ts";
import { customerPhrases } from "./customers.ts";
import { formPhrases } from "./forms.ts";
import { wordPhrases } from "./parts.ts";
import { makeBook } from "./phrase-book.ts";
import { placingPhrases } from "./placing.ts";
import { queryPhrases } from "./queries.ts";
import { refusalPhrases } from "./refused.ts";
import { rightPhrases } from "./rights.ts";
import { routingPhrases } from "./routing.ts";
import { settingPhrases } from "./settings.ts";

/** The sentences of the server that people see. A test takes them from its sources: none may be missing here without being named there. */
export const serverPhrases = makeBook([
  ...routingPhrases,
  ...placingPhrases,
  ...customerPhrases,
  ...refusalPhrases,
  ...channelPhrases,
  ...rightPhrases,
  ...formPhrases,
  ...settingPhrases,
  ...queryPhrases,
  ...wordPhrases,
]);
