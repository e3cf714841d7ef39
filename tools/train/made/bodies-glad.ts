/** Frames of praise and thanks, of what only looks like them, and of mockery; slots as in `bodies.ts`. */
export const POSITIVE = `thank you for the great {thing}
thanks for the help
thanks so much for fixing my {thing}
thank you to your {staff}, so kind
thank you for the quick reply
thanks for getting us home
thanks for finding my {thing}
thank you, that worked
thank you, got it sorted
thanks, your {staff} is awesome
many thanks to the {staff} for saving my day
big thanks to your {staff}
shout out to your {staff} today
shoutout to the {staff}, what a star
kudos to the {staff}
props to your {staff}
compliments to the {staff}, very friendly
hats off to your {staff}
I want to praise your {staff}
your {staff} was fantastic
your {staff} was so helpful
your {staff} is the best
the {staff} went above and beyond
the {staff} made my day
the {staff} could not have been nicer
great {staff}, great service
great {thing} today
great service as always
great customer service
excellent service from the {staff}
excellent {thing}
amazing {thing}
awesome {thing}
fantastic {thing}, friendly {staff}
wonderful experience
lovely {staff}, lovely {thing}
best {thing} I've had
best {staff} ever
best {thing} in town, hands down
love your {thing}
I love the new {thing}
loving my new {thing}
in love with this {thing}
absolutely love it
so happy with my {thing}
very happy with the {thing}
really pleased with the {thing}
super impressed with the {staff}
impressed by how fast you fixed it
that was fast
wow, that was quick
quick and easy, thanks
smooth and on time, well done
on time and comfy, well done
well done to the {staff}
good job today
nice work
nice {thing}
nice one, all fixed
perfect, thank you
perfect {thing}
brilliant {staff}
beautiful {thing}
gorgeous {thing}, so soft
delicious, we will be back
will definitely buy again
will fly with you again
would recommend you to anyone
highly recommend this {thing}
you guys are amazing
you guys rock
you are the best
you're awesome
y'all are great
you saved us today
you've made a customer very happy
you have a customer for life
you never disappoint
always a pleasure
always great with you
always a good experience with the {staff}
can't say enough good things about the {staff}
can't wait for my {thing}
can't wait to fly with you
so excited for my {thing}
excited about the new {thing}
yay, my {thing} arrived
yay, {thing} is back
finally a {thing} that works, thanks
finally somebody who helps, thank you
finally got my {thing}, so worth the wait
my {thing} came early
my {thing} arrived safely, thanks
got my refund, thank you
got upgraded, thank you
the {thing} looks great
the {thing} is a dream
the {thing} works perfectly
no problem at all, everything went smoothly
no complaints, great {thing}
not bad at all, pleasantly surprised
never had a problem, great company
couldn't be happier with the {thing}
appreciate the help
I appreciate it, thank you
appreciate you looking after us
glad I chose you
glad to be back with you
happy to be on board again
feeling welcome, thank you
good to know you care
that's why I fly with you
this is why I stay with you
kind {staff}, fast help, thanks
what a great {thing}
what a lovely surprise
what a nice {staff}
congrats on the new {thing}
happy birthday to my favourite company
respect to the {staff}
bravo to the {staff}
my kids loved the {thing}
my daughter loves her {thing}
cool {thing}
sweet, thanks
so good
so fast! thanks
five stars for the {staff}
10 out of 10 {thing}
top notch {staff}
first class service
outstanding help from the {staff}
really appreciate your {staff} staying late
solved in minutes, thank you
sorted, cheers
cheers for the quick help
it works again, thank you so much
much better now, thanks`;
export const MOCK = `great, {woe} again|love a {woe} first thing in the morning|thanks for the {woe}|thank you so much for the {woe}|wow thanks for the {woe}, really made my day|nothing like a {woe} to start the week|another {woe}, fantastic|awesome, a {woe}|well done on the {woe}|brilliant, yet another {woe}|congratulations on the {woe}|bravo, {woe} number three|best {woe} ever, 10/10|so happy about the {woe}, said no one|oh joy, a {woe}|oh great, a {woe}|oh look, a {woe}. what a surprise|just what I needed, a {woe}|I do love waiting {wait} for nothing|loving the {wait} wait, keep it up|{wait} on hold, lovely music at least|great job losing my {thing}|good job on the {woe}, as usual|nice work breaking my {thing}|so kind of you to lose my {thing}|how generous, you only kept me waiting {wait}|only {wait} late, impressive|amazing service if you enjoy a {woe}|thanks for nothing|thanks a lot for ruining my day|thanks for making me wait {wait}|thanks for hanging up on me|thanks for losing my {thing}|thank you for wasting {wait} of my life|thank you for ignoring me|cheers for the {woe}|cheers for breaking my {thing}|top marks for the {woe}|what a joy to talk to a machine for {wait}|who doesn't love a {woe}|my favourite thing: a {woe}|I just love how your {thing} never works|so glad I paid extra for a {woe}|glad to see your {thing} is as slow as ever|five star {woe}|thrilled to get a {woe} on my birthday|delighted to spend {wait} in your queue|perfect timing for a {woe}|super helpful of the {staff} to hang up|very professional of your {staff} to laugh at me|thanks to the {staff} who yelled at me|how nice of your {staff} to ignore us|stellar work, {staff}, {woe} and not a word|impressive how you manage a {woe} every week|wonderful, {wait} without {thing}|excellent, no {thing} and nobody picks up|glorious {woe}, slow clap`;
export const THANKS_NOT = `thanks in advance|thank you in advance for your help|many thanks in advance|can you send me {ask}? thanks|please tell me about {ask}, thank you|could you check my {thing} please, thanks|where do I find {ask}? thank you|need {ask}, thanks|please fix my {thing}, thank you|no thanks|no thank you, I'll go elsewhere|no thanks to you I got home|thank god I'm home|thank goodness it's Friday|thankfully I kept the receipt|thanks to my neighbour I have my {thing}|my brother says thanks for the present|thank you note for my teacher|looking for a thank you card|happy thanksgiving|I appreciate a reply by tomorrow|would appreciate an answer|I'd be grateful for {ask}|thanking you in anticipation|it says thank you for your patience on the screen|"thank you for holding" for {wait}|your recording thanks me for my patience|I would thank you if my {thing} had come`;
