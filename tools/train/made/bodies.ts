/**
 * Frames of posts, written by hand; `{thing}`, `{staff}`, `{woe}`, `{ask}`, `{wait}` are filled from one trade of `things.ts`.
 * Wrong things told soberly are negative, asking and telling is neutral, thanks for something done and praise are positive.
 */
export const NEGATIVE = `still waiting for my {thing}, {wait} now
been on hold for {wait}
on hold {wait} and then you hung up on me
{wait} on hold. nobody picks up
your {staff} was so rude to me
your {staff} lied to us
the {staff} couldn't care less
{staff} was no help at all
worst {staff} I have ever met
no one from {staff} ever called me back
why is nobody answering at the {staff}
can't get through to your {staff}
nobody seems to know anything at the {staff}
{wait} and still no {thing}
where is my {thing}? it's been {wait}
{thing} not working again
my {thing} is broken and the {staff} refuses to help
the {thing} you gave me is useless
you lost my {thing}
you messed up my {thing}
why would you change my {thing} without telling me
how do you lose a {thing}
I paid for a {thing} I never got
you took my money and gave me no {thing}
charged me twice for one {thing}
I want my money back for this {thing}
still no refund for the {woe}
another {woe}
a {woe} for the second time this month
{woe} again
{woe} and no explanation
{woe}, and the {staff} just shrugged
thanks to your {woe} I missed a funeral
because of the {woe} I missed my meeting
ruined our holiday with a {woe}
my whole day gone because of a {woe}
{woe}. Nobody tells us anything
how can you justify a {woe}
I have had nothing but a {woe} and excuses
is a {woe} normal with you?
what are you going to do about the {woe}?
why should I pay for your {woe}
you don't answer mails, you don't answer calls
I've been transferred five times and nobody can help
no apology, no update
no reply to my complaint in {wait}
you never respond
I've asked three times already
your {thing} is a disaster
your {thing} keeps crashing
{thing} won't load
can't log in to your {thing}
can't use the {thing} I paid for
the {thing} has been down {wait}
the {thing} was filthy
disgusting {thing}
{thing} was cold and the {staff} ignored us
worst {thing} ever
never using your {thing} again
I will never book with you again
I'm switching to someone else
I'm cancelling my {thing}, enough is enough
you just lost a loyal customer
I used to love you but this {woe} is too much
won't be back after that {woe}
terrible experience with the {staff}
horrible service today
really poor communication about the {woe}
what happened to customer service
stop sending me canned replies
you say sorry but nothing changes
don't tell me to DM you, fix my {thing}
that's not an answer
I did that and it didn't work
I already sent a DM, nobody replied
your answer doesn't help me
how is this my fault
so my {thing} is delayed again
sitting here {wait} with no information
stuck here {wait} because of the {woe}
stranded with two kids and no help from the {staff}
been standing in line {wait}, one person working
only one {staff} for a hundred people
we are all still waiting
not one {staff} in sight
the {staff} told me one thing and the next one told me another
your {staff} told me to call back tomorrow, again
{staff} hung up on my mother
it shouldn't take {wait} to fix a {thing}
I can't believe you did this to a {thing}
was told it would take a day, it's been {wait}
you promised a call back, nothing
your {staff} needs training
nobody told us about the {woe}
missed my connection thanks to you
you cancelled my {thing} and won't rebook me
you gave my {thing} to someone else
my {thing} arrived broken
my {thing} didn't arrive
my {thing} was stolen and you do nothing
sold me a {thing} that doesn't exist
{thing} is overpriced rubbish
{thing} doesn't work as advertised
misleading {thing} page
the price of the {thing} went up overnight
you want how much for a {thing}?
extra charge for a {thing}, what a rip off
you've had my money for {wait}
nothing but trouble with this {thing}
disappointed in the {thing}
not what I expected from you
not a good start to my trip
bad {thing}, bad {staff}, bad everything
so angry about my {thing}
fed up with this {thing}
tired of the {woe} every single week
sick of waiting {wait}
this is the third {woe} in a row
I had to buy a new {thing} because of you
my kid is crying because of your {woe}
we need our {thing} tonight and you can't tell us where it is
please help, no one picks up and my {thing} is gone
any chance of a human answering about my {thing}?
can somebody please do something about the {woe}
would be nice if your {staff} actually answered
would be nice to know why my {thing} is {wait} late
if only your {thing} worked
I expected better
you should be ashamed of that {staff}
how hard can it be to answer a phone
is anyone even working there today
do you even read these
it's not the {woe}, it's the lack of communication
my {thing} is late so I will miss my sister's wedding
the {staff} said there's nothing they can do
no compensation offered for the {woe}
you overcharged me for the {thing}
your {thing} deleted everything
forced me to check my bag and then lost it
waited {wait} for a {staff} who never came
gave up after {wait}
#{thing} fail again
you broke my {thing}
crap {thing}
hate your {thing}
I hate flying with you
why do you treat customers like this
all I get is a recording
your phone system is broken, it just hangs up
my {thing} has been cancelled and I can't reach anyone`;
export const NEUTRAL = `do you have {ask}?
what about {ask}?
where can I find {ask}?
how do I get {ask}?
how much is {ask}?
is there {ask}?
could you tell me about {ask}?
can I still book {ask}?
when will there be {ask}?
who do I talk to about {ask}?
need some info on {ask}
looking for {ask}
I'd like to ask about {ask}
a question about {ask}
quick question about {ask}
can you help me with {ask}?
can you check {ask} for me?
please send me {ask}
is it possible to change {ask}?
what's the phone number for {ask}?
does anyone know if they have {ask}?
what do I need for {ask}?
how long does {ask} take?
what time do you open?
do you ship to Norway?
are you open on Monday?
does the {thing} come with a cable?
can I bring my dog?
can I use my {thing} abroad?
can I pay with paypal?
can I change my {thing} online?
can I add a second {thing}?
can I get two of the {thing}?
which {thing} is better for students?
when does the sale start?
when do you start selling the new {thing}?
what's the difference between the two {thing} options?
what is the email for the {staff}?
how do I contact the {staff}?
how can I reach the {staff} about {ask}?
where is the {staff} located?
is the {thing} still available?
is my {thing} included?
is the {thing} on time?
will there be a {thing} tomorrow?
will you have {ask} this summer?
any update on {ask}?
any plans for {ask}?
any discount codes?
if I book now can I cancel later?
do I need to print my {thing}?
do you follow back so I can DM?
just sent you a DM
DM sent
sent
I sent you a message
I've DMed you my number
please follow me so I can send the details
please DM me
my number is 555 0199
my {thing} number is 88213
it's under the name Miller
order number 44-10992
confirmation ABC123
yes, that one
yes please
ok, will do
ok thanks, I'll check
okay let me try that
thanks, and what about {ask}?
thanks, I'll DM you
thank you, how do I do that?
no, from Boston
no, the other {thing}
on the 14th of March
the 7:40 one
got it, will call tomorrow
I'm at the {staff} now
I'm on the {thing} to Berlin
flying to Austin today
flying out tomorrow morning
heading to the store
waiting for my {thing} to arrive on Tuesday
trying to decide between two {thing} offers
I have a {thing} for next week and want to change the date
I booked a {thing} for two people in June
would like to book {ask}
need to change my {thing} to Friday
need to add my wife to my {thing}
need to update my email
I was wondering about {ask}
just checking about {ask}
my friend asked about {ask}
this {thing} is made in Italy
new {thing} announced today
{thing} prices compared: who is cheapest
the company opens a new store in Leeds
"A look at the new {thing}" via the daily post
article: how the {thing} changed in ten years
shares of the company rose 2 percent
photo of the new {thing} in town
watching the ad for the {thing}
they said on the radio there is a new {thing}
is that the {staff} on the picture?
which terminal is it?
who is your {staff} in Spain?
does it work with android?
what size should I take?
what's the code for the {thing}?
are kids allowed?
are there vegetarian options?
can someone from the {staff} call me on Monday?
could you send it to my office instead?
could you please reset my {thing}?
please cancel my {thing} for the 3rd
please tell me which form I need
please confirm my {thing}
please add my number
how many bags can I take?
how many points do I need?
how early should I be there?
I think it was the {thing} in May
tell me more
what's the wifi password?
hi, are you there?
is this the right account for support?
what does it cost with two kids?
have you got {ask} in red?
would love to know if you have {ask}
do you know when {ask} will be back?
thinking about getting the {thing}, any advice?
on my way to pick up the {thing}
so what is next?
see you tomorrow at the {staff}
our {thing} leaves at 9
my mum wants to know about {ask}`;
