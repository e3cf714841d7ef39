/** What the company says of its own accord; people comment below. Templates of `compose.ts`. */
export const notices: readonly string[] = [
  "[Planned|Short] work on the mast in {place} tonight from one to four. You may lose signal for [ten|twenty] minutes; sorry to the night owls.",
  "Our {place} shop has moved to {street}. [Same people, more light|Come and say hello|There is tea].",
  "{plan} now [costs {money} less in the first year|has roaming in {country}|comes with a month to try]. No small print, we counted.",
  "Fibre has reached {street} in {place}. {house} houses can order from {day} on.",
  "Meet {engineer}, who has climbed every mast between {place} and the sea. Ask {engineer} anything below.",
  "The {device} is in the shops from {day}. [Bring the old one, we take it back|Trade-in up to {money}|First fifty get a case].",
  "Be careful: somebody calls in our name and asks for {money}. We never do. [Hang up, then tell us|Tell {kin}].",
  "Holiday in {country}? [Data roaming has to be switched on once|Here is the one switch you need], then {plan} works as at home.",
  "We answered {metres} questions last week, {minutes} minutes in the middle. [We want to be faster|Which one did we miss]?",
  "Winter is coming and with it trees on lines. {place}, we have [two more vans|a second crew] this year.",
];
export const outageNotices: readonly string[] = [
  "We see it too: no service around {place}. {cause}. Engineers are on the way, next news here at the full hour.",
  "{place} and around: still down. {cause}. We expect it back {eta}. We read every one of your messages.",
  "{place} is coming back, street by street. Sorry for the evening you had. {credit} for everybody concerned, you need not ask.",
];
