import { msg } from "@lingui/core/macro";
import type { Phrase } from "./phrase-book.ts";

/** Why hours, files of holidays, profiles, ladders and rotas are not taken. */
export const settingPhrases: readonly Phrase[] = [
  msg({ message: '"{day}" is not a weekday from 1 (Monday) to 7 (Sunday).' }),
  msg({ message: "A calendar has {n} dated weeks at most. Take out the oldest." }),
  msg({ message: "A calendar has {n} special days at most. Take out old ones." }),
  msg({ message: "A day opens {n} times at most." }),
  msg`This file is larger than 512 KB. Export only the holidays, or fewer years.`,
  msg`This file holds a NUL byte; it is not a calendar file.`,
  msg`This is not a calendar file: it has no line BEGIN:VCALENDAR.`,
  msg`This file is nested too deep for a calendar.`,
  msg({ message: "This file has more than {n} events. Export only the holidays, or fewer years." }),
  msg`This file is cut or broken: its parts do not end.`,
  msg({ message: "This file repeats more than {n} events by day or week. Export only the holidays." }),
  msg({ message: "“{name}” names a queue that is not there." }),
  msg({ message: "“{name}” names a calendar that is not there." }),
  msg`Nothing could be held out with this profile. Leave at least one kind of work above 0.`,
  msg`A group that does not go together needs two kinds of work.`,
  msg`The same kinds are kept apart twice. Take one of the groups away.`,
  msg({ message: "There is no field '{{'{name}'}}'. These can be filled: {list}." }),
  msg({ message: "{value} is no value of this operator." }),
  msg({ message: "“{what}” names nobody: write letters of a name or handle after the colon." }),
  msg({ message: "“{what}” is not understood. There are {list}." }),
  msg({
    message:
      "This machine's clock is {n} minutes ahead of the network's. Set it by a time service (NTP): pushes are refused as too old and tokens run out at the wrong time until then.",
  }),
  msg({
    message:
      "This machine's clock is {n} minutes behind the network's. Set it by a time service (NTP): pushes are refused as too old and tokens run out at the wrong time until then.",
  }),
  msg`The chain comes back to somebody who was asked already. Name each only once.`,
  msg`The chain comes back to the same person: a team in it has only that one member.`,
  msg({ message: 'Severity {n} is skipped for "{kind}". Give it a rung of its own, or one raised by hand.' }),
  msg({ message: "{rota} names somebody who is not an active agent ({id})." }),
  msg({ message: "{rota} has a stand-in that ends before it begins." }),
  msg({ message: "{rota} has a stand-in who is not an active agent ({id})." }),
  msg`Training names somebody who is not here any more.`,
  msg`In training are agents and teams; a rota or the managers cannot be.`,
  msg({ message: "Customers have no field {name}: the rule never fits." }),
  msg({ message: 'No check of texts finds "{what}".' }),
  msg`Somebody is named twice: as approver or deputy, each only once.`,
  msg`Name the other conversation as otherId.`,
  msg`A split makes a new conversation: leave otherId out.`,
  msg`Name the messages as messageIds.`,
];
