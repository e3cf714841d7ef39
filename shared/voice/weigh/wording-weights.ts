// Made by tools/train/weigh-drafts.ts from bench/judge/data/replies; not written by hand.
/** A word or two, and what it adds for any rule, in hundredths of a logit; parted by "|" and ends of lines. */
export const WORDING = `
0 -151|0 0 -61|0 00 -167|0 000 57|0 a -116|0 and -46|0 april -36|0 bis -31|0 days -49|0 de 53|0 december -50|0 euro -77|0 february 74|0 hours -82|0 january -93|0 juni 43|0 kg -33|0 may 176|0 pm 58
0 since -40|0 the -119|0 to -63|0 uhr -76|0 which -64|0 working -34|00 -38|00 00 -82|00 a -117|00 are -54|00 as 33|00 back 36|00 bring -82|00 cm -33|00 days -131|00 de -34|00 december -118|00 dias 30
00 e -50|00 euro 58|00 euros -36|00 for -45|00 from -34|00 h -89|00 hours 43|00 if -47|00 it 34|00 january -53|00 jb 50|00 kg -34|00 m -36|00 may 58|00 months 33|00 no 42|00 november -186|00 of -47
00 so -87|00 sorry -43|00 that's 57|00 the -36|00 to 33|00 uhr -55|00 was -37|00 went -44|00 with -39|00 you 88|000 0 -37|000 00 42|000 000 -139|000 0000 42|000 for -39|000 now -45|000 on 54
000 points 31|0000 -49|0000 000 -65|0000 if -68|0000 the -39|00000 -33|00000 000 -48|000000 -35|0000000 55|00h -103|00th 65|0am -71|0pm -48|a 0 -74|a 00 -35|a better -70|a bientot -35|a big 49
a bit 80|a blue -39|a bug -76|a bus 104|a car -35|a cold 35|a colleague -48|a contract -59|a copy -34|a date -71|a day -36|a direct -33|a dm -142|a espera -35|a face 54|a fair 36|a fault -101|a few 60
a form -46|a free 57|a grandchild 50|a hora -74|a horrible -47|a known -34|a la -95|a las -84|a linha -40|a little 172|a look 160|a los 53|a lot 40|a mail 32|a matter 81|a miserable -98|a mobile 52
a morning 43|a nice 74|a no -42|a pain 58|a partir 42|a peek 34|a person -68|a phone 60|a power -42|a private -134|a proper 60|a reason -36|a refund -41|a reply 35|a room -79|a seat -39|a second 31
a shop 37|a shrug -31|a single 62|a small 48|a su 46|a sua 31|a third -31|a ticket -63|a toute -33|a ver 61|a vous -97|a week 48|a word 89|a wrong -35|a year -33|aan 44|ab 0 56|abierta 42|able -48
able to -38|about 116|about 0 -48|about 00 -31|about a 93|about it 52|about that 90|about the 114|about this -70|about what 48|above all -59|abrazo -35|accept -82|access -66|account 34|account is -42
ad -79|add 49|address -46|address is -60|adresse 50|adviser 33|adviser idris 41|advisers 51|affected 49|afraid 38|after 112|after all 76|after that -92|after the 49|after two 73|after your 45
again 115|again soon 35|against -70|agree -94|ah 70|ahora -87|ahora mismo -46|aid -41|ainda -95|ainda nao -141|alegria -100|algo 97|all -86|all i'm 33|all it 48|all of -32|all right -32|all the -36
all week -106|alle -30|alles 32|alles gute -41|allowed -40|along 58|along and 46|along with 49|already 88|als -37|also -49|always 131|always turn 52|am -78|am 00 -72|am schalter -37|among -36
among them -36|amount 43|an der -54|an die -45|an earlier 42|an extra -55|an hour 53|analise -54|anche -30|ancora 57|and -82|and 00 47|and 000 -48|and about 75|and add 73|and after 82|and all -45
and at 36|and can -45|and come 56|and don't -83|and enjoy 76|and every -66|and everything -97|and from 32|and has 55|and he'll -59|and i -35|and i'd 78|and i'm -65|and i've -90|and if -51|and is -96
and it'll 34|and it's 35|and let 136|and may -73|and message 62|and on -62|and our -77|and postcode 56|and roughly -41|and runs -54|and someone -87|and tell -113|and thanks 55|and that 58|and the 63
and then -66|and they 75|and they'll -30|and we'll 69|and we're -39|and what -59|and write -56|and you -35|and you'll 126|andere 38|anderen 44|anger -50|anliegen 41|annoying 34|annoying i -55
annual -36|annual report -36|another -102|answer -83|answer is -47|answer the -75|answer to 31|answered 33|any -89|any desk -92|any inconvenience 42|any of -69|any other -35|anyone 115|anyone who 82
anyone's -69|anything -142|anything about -48|anything else 48|anyway 83|ao -40|aos 102|apologise -38|apologise for 67|apology 40|app -104|app and -75|app or -43|app under -41|apply 59|approved -36
apres -45|ar 49|are 00 -37|are a 45|are always 113|are at -58|are being -80|are checked -52|are covered 42|are free -38|are here 38|are no -88|are open 48|are six 54|are sorry 33|are still -63
are the 51|are waiting 70|are welcome -68|are with 63|aren't -38|argerlich -94|around 139|around it -45|around the 38|arrange -62|arrive 55|arrived 86|artist -66|as 122|as 00h -102|as a 98|as good 63
as i -35|as it 63|as of -50|as soon -41|as that 96|as the 62|as they 57|as we 79|as you 57|as you're 71|ashamed 59|ashamed of 55|asi 62|asi que 67|ask -153|ask at -38|ask away -50|ask for -100
ask the -80|ask your -84|asked -175|asked for -89|asked the -34|asking 65|asking again 50|asks -48|asks for -63|assessment 57|assim 45|at -64|at 0 51|at 00 65|at all -33|at home -71|at it -44
at night -48|at once -93|at our -62|at present -100|at ten 50|at the 114|at what -33|at your 39|attach 32|attorney -35|au -112|auch -57|auf 45|auf dem 80|auf die 32|aun -61|aun no -42|aunt 72|aura 48
aus -99|aussi -51|ausweis 42|auto -107|automated -45|automatic -42|automatically -57|aux -46|avait 64|avant 66|aviso -58|aw 70|away 88|away and -45|away i'm -52|awful 86|aww 89|babies 39|back 74
back and 45|back by -50|back for 33|back from 33|back in 81|back of -36|back since -38|back the -78|back to 102|bad -51|bad place -35|bags -43|bakery -88|bald -31|ban 120|banco 56|banking 83|banks -69
basic -65|batch 55|batteries 40|battery -34|be 44|be back 74|be called -64|be charged -43|be found 70|be glad -74|be in -31|be looked 31|be paid 35|be the -50|bea 114|bea fennet 114|bear -33
beaucoup -95|because 36|bed 38|been 45|been down -89|been out -31|been renewed -44|been told -128|before 50|before christmas 39|before it 52|before the 74|before you -94|before you've -65|bei 88
bei der -38|bei ihnen 56|bei uns 72|being 140|being checked 40|being looked 47|bekannt -35|bekommt -114|bel -64|believe -33|bell 57|belle -77|belongs 40|belongs to 82|below 35|bem 36|bene -41
bereavement 84|beside -40|best -108|best of 38|best service -41|best to -31|better not -78|better soon 60|between -45|between us 67|bewertung 51|bien 90|big 106|bij -55|bij de -126|bij het 80
bike is -82|bikes 34|bill -34|billing -74|bills -34|birthday -44|birthday to -72|bis -76|bis 0 39|bis dahin -55|bis zu -64|bit 41|bit more 45|bit of 80|bite 68|bitter -84|bk 91|bleibt -30|block -61
block the -36|blue -102|boa -94|board -76|boiler 36|bois -39|bon -30|bonjour 45|bonne -32|bonus -59|book 87|booked -74|booked and -39|bot -51|both -128|both of -99|bother 36|bottle -82|bottom -74
bounced 127|box 51|box so 45|boxes 63|boy -64|branch -75|brandt 61|brass -35|brass otter -35|brassotter 40|brassotter example 40|braucht -87|braucht es -59|breath 48|breathe 69|bridge 35|brief -57
brightfell -79|brightfell example -81|bring -38|bring a -37|bringing 87|brings -87|broke 95|broken -39|brought 94|brought it 64|browser 36|buen -61|building 54|buses -34|busy 61|but -67|but i've 44
but the -68|but with 52|butter -70|buy 80|buys 34|by 43|by 00 -60|by a -64|by dm 100|by phone -120|by post -41|by summer 31|by tomorrow -52|by tonight 41|c'e 53|c'est -37|c'est vraiment 40|ca -61
ca coince -38|cable 56|calendar 36|call -80|call 000 -79|call you 36|calle 61|calle olmo 84|called 46|calling -43|calm down 51|calma -34|came 109|came in -81|came without 78|camino -44|can -108
can always -82|can answer 47|can be 50|can change -43|can count 67|can explain -34|can have 41|can i -73|can keep 33|can look 71|can put -33|can see -36|can speak -34|can stay -57|can tell 51
can use -73|can't -105|can't be 45|can't give -34|can't judge -68|can't promise -81|can't say -80|can't tell -56|cancelled -88|cannot 47|capisco -88|car -41|car and -45|card 51|card you 51
cards are -36|care 65|care and 44|care of 84|carrier -48|carries 96|carry -43|carta -42|cases 63|cash -55|catalina -49|catalina second -49|cats 62|causa -41|cause -56|caused 41|ce qui -31|cela 68
central -49|certain 134|certificate -89|certo -107|ces 37|chairs -44|change -155|change the -35|charged -108|charges -36|chase -54|chasing 73|chat 50|che -95|cheaper -32|check 257|check it 31
check-in -70|checked 42|cheers -72|chez 78|chin 48|chin up 48|choice -91|choix -42|choose -51|ci 88|ci dispiace 67|ci scriva 40|clara 44|clara fennet 44|claro 78|claro que 86|clean -41|clear 47
cleared -51|click 30|client 43|cliente 81|clinic 41|clinica 52|clock -35|close 76|closed -108|closed on -46|closing 37|club 70|cm -41|co -45|code 92|code and 40|codigo -68|coffee -89|cole 41
colere -57|colleague 91|colleagues -49|collection 30|com -69|come 63|come and -38|come as 50|come from 45|come to -40|comes back -57|comes from 71|comes on -55|comes out -44|comes to 37|comes with 87
comet -77|coming 87|coming to 44|comme 95|comments 49|comments and 44|compare -55|complain 31|complaint -42|complaints 90|compra 33|comprends votre 68|compte 58|con -69|con la -34|con los 54
con un -45|con una -75|conditions 46|condolences -45|confirm -33|confirmed 70|congratulations -142|consider it 30|considered 42|consigo -53|console 73|consultation 59|contact 53|contacting 83
contacting us 38|contigo -62|conto 39|contrato -52|control 54|cool 81|copy -46|copy of -34|corner 67|correo 33|cosi -34|cost 57|costs 35|costs 0 -51|costs 00 55|council -35|count -79|counted -68
counter 62|counts -63|counts as -42|courage -56|course -56|course you 35|cover -46|covered 140|cp 49|crash 63|credit 31|crew -113|cuando -74|cuatro 68|cuenta -45|cuesta -51|custa 80
customer number -44|customer we -67|customers 84|da hat 66|da sind 43|dabei -41|dad and -67|dados -31|dafur -40|dahin -55|daily -87|dal -47|dan -43|danach -61|dank -61|dank fur 60|danke -64
danke fur 37|dann -35|dans -105|daqui -51|darf -72|das 37|das freut -42|das kann -35|das liegt 99|das nervt 38|das tut -69|das verstehe 63|das war 79|dass sie -45|dat er 101|date -51|date of 85
dates -35|daughter -83|day -112|day of -48|day that -34|day the -32|days -131|days for -55|days is 54|days the -52|de -123|de 0 -99|de 00 132|de app -88|de la 42|de su 51|de verdad -32|de votre 42
deal -74|dealt 52|dealt with 52|dear 136|december -161|deception 49|decide -78|decide on -43|decided -40|decides -75|decision -116|del -50|delete -33|deliver 81|delivered 39|delivery to 59|dem 86
demain 33|demasiado -61|demasiado lo -61|den -48|denn -75|dental 67|department 59|depends -40|depends on -40|depot and 42|depuis -174|der -38|der ist -70|der techniker 34|des -80|desculpe -55
desde -60|desk -78|desk and -31|desk at -42|desk is 34|desole -102|desole pour -48|desolee -34|desolee pour 49|details here -72|detour 33|deux 35|devices 52|di 42|di solito 67|dia -32|dia de 47
diary 33|did and 38|did not 31|did the -35|did your -56|didn't 53|die technik -50|difference 99|different 48|digital 103|digits of 41|digo 36|direct 46|direct message -33|discount 45|dispiace tanto 33
dit 70|divorce 45|dm -80|dms 65|do 52|do get 37|do have -31|do in -86|do it -86|do message 43|do not 65|do send -33|do tell -34|do the -68|do understand 41|do with -36|do write 83|doch 87|doctor -65
doctor's 51|does 66|does it -51|does make -51|does that 51|doesn't 72|doesn't have 61|dog -83|dogs 60|don't -104|don't eat 65|don't have -70|don't know -180|don't need 45|don't post -46|don't put -49
don't want -54|done 59|dont 64|door that 45|doors -47|dort -66|dos semanas -61|down since -34|down the 102|down to -37|drama 52|drei wochen 79|dreimal -37|drie -72|drink -58|drive me 38|driver 85
drivers 33|driving 67|dropped 35|du 52|due 124|due on 73|durch 106|during -83|duty -31|e -141|e ainda -43|e as -36|e com -39|e le 38|e nao -48|e non -53|e o 52|e so -47|e vemos 36|e-mail 161|each -140
each day -56|earlier 120|earplugs 40|easier 35|easily 37|easy 88|eat 60|eben 154|echt 35|een privebericht -100|eens 56|eh 73|ein 59|eine -48|eine private -45|einen termin -55|einmal 81|either -158
either way -62|el 94|el 0 37|el 00 -41|el correo 93|el dia 80|else's -36|elsewhere 40|em -56|em todas -85|emails 40|emergencies -41|emergency 41|empty -51|en -54|en 0 42|en 0000 99|en el -149
en het 42|en message -70|en met -58|en panne -50|en plus -38|en prive -84|en tu 45|en un 128|encore -58|end -47|end yet 33|ended on -34|ending in 31|ends -32|engineer -30|engineer has -35
engineers are -41|enjoy -55|enough -64|enough for -43|enough to -33|entrance -65|entscheidet -91|equipo -63|er -31|er ist -78|erlaubt -57|erzahlen -67|es -80|es 00 -51|es an -38|es de -32
es demasiado -61|es einen -37|es ging -40|es ist 52|es noch -54|es tut 74|es un 69|es wieder -38|esa 95|escribame -52|escribame por -52|escribe por -36|escribenos 101|escribenos por 101|eso 32
est -143|est en -78|esta 69|esta a 113|esta misma 33|esta no 45|estamos 64|este 51|et a -43|et votre 52|et vous 33|ete 32|etwas 107|eu 31|even -147|even if -30|evening 56|evenings 54|event 37|ever -41
every 62|everybody who 54|everybody's 58|everyone on -63|everything else -39|everything we 33|everywhere -49|exactly 82|exactly that 60|example and 37|example claims 63|example lost 35|except -56
exchanged -54|excuses -60|exists -39|expect 139|expected 97|experience 116|explained 46|explains -42|eye 50|eyes 57|f 31|f0 70|face 67|fahrt -87|fair -117|fair to -34|fais 46|fait -71|fall 92|far -46
far and -76|far i've -68|far too 33|fare -77|fares -35|fast 50|faster 133|fault -104|fault in -67|fault since -45|faut 60|favor 39|favourite -95|february 107|fecha -59|fed -39|fed up -41|feed -49
feedback 134|feel 46|feel better 93|feel for 53|feelings 41|feels 49|fehler -48|fell 31|felt 79|fennet 210|fetch -66|few 40|fewer 48|fibre 34|ficam -73|figure -33|fijn -86|file 64|fill 60|fill in 87
films -33|find it -87|find out -58|find the 136|fine 43|finger 81|fino -58|first aid -41|first and 41|first if -39|first name 145|first then -45|fish 81|fit -49|five 83|five minutes 31|fixed -34
flat 97|flat 0 35|flight -54|floors -49|flying 57|follows 59|food 57|for 00 31|for 000 57|for a -80|for any 41|for as 51|for being 76|for coming -45|for contacting 83|for everybody -45|for exactly -56
for her -85|for letting 84|for more 33|for nothing -45|for now 89|for one -49|for reaching 45|for some 43|for speaking 74|for sticking -47|for telling -33|for that -78|for them -79|for those 79
for two 36|for us 82|for word -71|for you 147|for your 96|forever 60|form 00 49|form and 39|form is -91|foto -50|found it 48|four 40|four days 36|four digits 41|four is -75|four times 49|fourth 89
foyer 82|frage -40|fragen sie -47|frame -60|fraud 41|free -115|free and -49|free on 42|freut -68|friday's 68|fridays -95|friendly 40|friends 34|fright 34|fright please 44|from 00 -110|from 0000 57
from all 38|from me -68|from now 56|from the 31|from us -101|from your 62|front of 35|fue 63|full amount 30|fun -50|fun to -36|fund -64|fur die -31|fur ihr 42|fur ihre 105|future -32|game -32|ganz -43
gap 83|gate 91|gave 44|gear -61|gecondoleerd 40|geen 52|geht -153|geht es -31|gems 39|gentile 49|gently -83|gern -34|gern an 71|gerust -67|gestort -41|get 116|get it 57|get out -33|get to -67
get well -82|get your -35|gets -38|gets a -52|getting 34|gibt -101|gibt es -95|give -65|give the -46|give them -44|give up 51|give you -76|given -103|gives -99|glad -67|glad it 42|glad it's -59
glad the -42|gleich -46|glide -76|gn 93|go into -40|go through -62|go up -38|goed -41|goes -70|goes back -35|goes through 62|goes to -32|going on 49|going to 83|gold 53|gone -55|good as 63
good that -52|google -44|got 205|got home 68|got it 51|got that 37|got to 78|graag -42|gracias -34|gracias por -50|grandchild 50|grande 37|gratuitos -68|grazie -75|grazie per -38|great 129
great question 67|guard -32|guardo -33|guess -35|gut 81|gut dass 58|guten 109|guten tag 77|gym 59|h -53|h0 34|ha -150|habe ich -38|haben 128|haben sie 63|haben wir 38|had 82|had 00 -32|had a 96
half -58|half an 33|hall -49|hallo 51|halt 37|handed -57|handed in -37|handles -61|hands 37|hang -44|hang in 75|hang up -85|hangen -84|hanging 45|hangt 39|happen -42|happened -85|happened and -60
happens to -31|happy birthday -86|happy to 91|harbour 60|hard 142|hard i'm 46|harder 36|hardly 34|has -48|has come 73|has gone -52|has had -87|has it -62|has its 63|has no 42|has the -35|hasta -38
hat 54|have 105|have 00 -54|have a -36|have been 45|have fun -130|have given -53|have got -44|have had -36|have one -40|have you 102|have your 43|haven't 82|having a 44|hay -54|hd -37|he has -76
he was 105|he'll -93|he's -43|he's in 59|heading 56|hear 101|hear about 39|hear that 38|hear the 42|hear you 30|heard -58|hearing -41|hears it -61|heart 54|heart of 33|heating 45|hebben 53
hello first 33|help 37|help with -40|her -71|here -137|here as -52|here but -49|here please -83|here send -32|here until -58|here your 52|here's -62|heute 85|heute noch 78|hey 126|hi 247
hi customer 48|hi first 95|hi there 67|hier -167|hilft -132|hint 64|his own -54|hit -62|hoje -58|hola 81|hold 80|hold the -59|holds for -35|honest -137|honest answer -84|hoor 76|hope -145|hope she -77
hope the -45|hope you 39|hopes -88|hora -88|horrible -47|hose -58|hospital 94|hot -71|hotline 58|hour at 30|hours -48|hours are -43|hours is -36|hours on -31|hours with 46|how 46|how good -38
how is -66|how it 104|how long -54|how that 39|how to -72|however -34|hoy 37|human 48|hundred -44|hurry 34|hurt 50|hurts 31|hv -65|i -63|i am 45|i can 76|i can't -246|i do -46|i don't -133|i feel 53
i had 46|i have -60|i hear 55|i hope -131|i promise -59|i understand 41|i won't -124|i'd be -33|i'd like -77|i'd love 41|i'd rather -115|i'll -60|i'll ask -40|i'll get 57|i'll go -32|i'll have 47
i'll put 91|i'll see 84|i'll stay -37|i'll take -37|i'll tell -46|i'm 34|i'm afraid 30|i'm asking -32|i'm here -46|i'm really 60|i'm so 39|i'm sure 126|i'm taking -49|i'm very -70|i've -137
i've handed -36|i've just -46|i've looked -78|i've noted 49|i've reported 37|i've seen 67|i've sent -174|i've told 31|ic 55|ich -54|ich gut 34|ich nach 52|ich noch -49|ich verstehe 58|ici -57|idea -50
idris cole 41|if -228|if he -84|if it -128|if it's -62|if that -78|if the -55|if you -97|if you'd -48|if you're -69|if your -35|if yours -31|ihnen 71|ihnen noch 77|ihr 145|ihre 61|ihre nachricht 61
ihrem 69|ik -74|il suo 71|ill 34|im 118|im moment -61|immer -57|important 64|important to 65|improve 45|in 0 63|in 00 60|in 0000 -36|in a -34|in an 42|in case -35|in danger -36|in de -99|in een -45
in full 50|in it -134|in june -59|in leeds 95|in may 66|in mill -35|in on -39|in one -117|in order 55|in our -61|in person -94|in public -51|in so 31|in that 91|in the 45|in two 54|inbox 76
included -130|inconvenience 55|ines 122|ines here 89|information 31|inside -46|instead -78|instead of 59|into -34|into the -82|into your 34|invoice 37|inzwischen 55|is -41|is 0 -105|is 000 -35
is about 49|is all -50|is an -49|is awful 60|is back -45|is being 50|is closed -33|is due 35|is een 75|is er -34|is fine -39|is from 54|is going -74|is hard 41|is held -44|is here -30|is important 50
is it 70|is not 30|is nothing 37|is one -97|is open -49|is our -68|is ours -42|is over 52|is planned -39|is printed -38|is reading -42|is right 46|is running -40|is she -63|is still 114|is stored 41
is that 33|is the -222|is too -31|is what 72|is where -31|is why 45|is your -40|is yours -41|isn't -65|isn't it 45|isn't there -37|isso 74|isso e 85|issue 127|ist argerlich -60|ist der -71|ist die 80
ist in 90|ist noch -86|ist seit -94|ist uns 35|it -40|it a 52|it again 51|it all 41|it as -48|it at -102|it back 45|it before 66|it but -46|it by -42|it can't 104|it costs -35|it feels 56|it from -72
it gets 60|it goes 57|it happened 52|it happens -62|it hasn't -34|it i -53|it i'm -51|it if -102|it in 78|it is -153|it isn't -126|it just -76|it looks 44|it makes -30|it may -72|it message -48
it off -67|it on 32|it out 87|it please -31|it says 42|it send 54|it shows -103|it since -32|it so 38|it stays 53|it takes -47|it thank -37|it the 46|it there -34|it through -79|it to 92
it together 39|it too -61|it under -61|it wasn't 30|it went -78|it what 66|it with 55|it yet 47|it you -58|it's 0 -52|it's 00 -70|it's all 48|it's as 34|it's been -72|it's not -62|it's on 81
it's only 37|it's reported -54|it's still -39|it's what 72|it's with -61|it's working -50|item 60|items 54|its 59|its own -35|its way 118|itself 64|itself is 41|ja -45|ja esta 86|ja hoor 66
january -75|je 40|je les 64|je n'ai -46|jeder 90|jetzt -38|jobs -73|joke 38|jonas 78|jonas here 54|joris 41|joris larkmere 45|jour -45|jours -47|jr -81|judge -76|july -110|juni 68|juntos -45|just 40
just as -37|just ask 36|just now 60|just say 55|just send 40|k 76|kan -60|kan ik -55|kann -96|kann ich -83|karte -65|kb 43|keep 37|keep it -41|keep the -43|keer 60|kein 48|keine 100|keinen -96
kelby -64|kelder -40|kept for 35|kettle -41|kettle on -31|key -108|keyboard -42|kg -51|kids -73|kilometres -87|kind -110|kind of -107|kinder 66|kindly 60|kleine 103|knees -63|know -103|know and -30
know how 78|know it's 40|know of -134|know so -46|know that's -39|know yet -63|koffer 70|kofi 50|kofi fennet 47|kommen 34|kommt 32|konnen -62|konnen sich 43|konnen sie -102|krijg 43|krijg je 43
krijgt -51|kurz -44|l 72|l'equipe -82|l'equipe de -61|l'heure -52|l'ho -53|la 36|la calle 53|la factura -37|la linea 62|la luz 45|la manana -53|la web -60|label -68|lag 68|lake -53|lamento -63
lamento muito -47|lands 62|lang 44|lang das 64|lange -73|larkmere 88|las 00 -99|lassen -31|lasst 64|last 43|last four 43|last thing -44|lasts -60|later -36|laut 108|le -47|le bois -39|lead -63
leak -93|leak and -35|learn 85|leave 55|leave it 31|leave the 39|leaves -34|leeds 76|leer -46|leg -60|legal -48|legs -45|lei 59|leid -31|leid fur -35|leid gerade -75|leid schreiben -56|leider -156
leith -46|leo 32|lesen -42|less -68|let 70|let a -48|let go 44|let it 95|let me 46|let the -37|let us 70|let's 174|let's talk 34|lets -34|letter -85|letters -32|letting 84|letting us 84|licence -61
liegt 172|liegt seit 54|lies 67|lift 63|lifts -48|ligne -59|like 45|like a 63|like help -40|like someone 31|like that 82|like this 175|like to -135|liked 49|likely 68|likes -66|limit is -37
lindenweg 130|lindqvist 43|line 63|line 0 -31|line 0000 36|line by 48|linea 58|lines 87|linha -40|lire 41|list -38|list of -31|listing -52|lit -56|little 127|little one 48|live 45|lives -54|llama -78
llega -57|lo 55|lo sentimos 32|lo vemos -33|loans -58|local 93|locked 124|locker -43|log 88|log in 33|login -81|logs 49|long i -71|long to -52|long when 70|longer 62|look 135|look into 44
looked and -37|looked at 31|looks -63|looks at -31|lorry -41|losing -58|loss -46|loss and -39|lot of -59|love to -47|lovely 89|lovely that 41|loyalty 48|lp -45|lu 53|luck with 42|lucky 31|lui 55
lunch 82|lunes -123|luz 46|ma -45|maar 62|machen 53|machine -149|machines -51|maddening 32|made -167|made a -41|made the -55|madre 39|mae 32|mai 48|mail 113|mais -81|make one -30|make the 77|makes -30
makes it 89|mal 52|man 113|manage 158|manager 48|manda 111|mande-nos -57|mande-nos uma -57|many sorry -49|map 31|march is -33|march so 57|mark 43|marsh 108|mat 66|matin -93|matter 97|matter of 73
matters 63|matters and 37|may 82|may at 84|may have 62|may it -44|may that's 49|may the -117|maybe 75|md -80|me a -90|me and -53|me if 90|me up 38|means a -92|meanwhile -141|measure -44|measured -31
medicine 36|medicines -75|meeting -89|mehr -38|meist 36|mejor -101|mensagem -68|mensagem privada -99|mention 34|menu -63|merci -184|merci a -33|merci pour -54|mes -56|mesi 92|message me -182
message prive -97|message us 247|message with -64|messages are 35|met -56|meter 97|mh 78|mi dispiace -49|mic -62|mich -39|midnight -106|mientras -46|might 70|mill -41|mill road 40|mill street -42
mind -32|mine -42|minute -81|minuten -62|minutes late -46|minutes so 61|minutos -54|mir -61|mir leid 31|mir sehr -31|miramos juntos -45|miserable -53|miserable thing -45|misma 77|miss -45|missed 86
mit 52|mit etwas 35|mk 51|mobile 82|mobile number 50|mode -34|model -66|moet -37|mogen -73|moment -41|moment to 74|monate -54|monday -130|monday and -55|money 69|montag -97|month 51|month if -60
more -81|more water -38|morgen 118|morning -52|mornings -41|most 161|most of 54|most people 38|mostly 73|mot -32|mouth -33|moved 62|mr 104|mrs 43|ms 67|much 50|much to 80|mucha -42|mucho lo -36
mudlark -32|muito -91|mum -48|musste 45|must -97|must be -34|must have 62|my 146|my condolences -45|myself -42|n'ai -46|n'ai pas -46|na 74|na clinica 51|naar -126|nach dem 90|nach der 48
nachste woche 44|nacht -45|nada -45|nadia -106|name 86|name great 58|name is 96|name on -37|named 58|nan -51|nan's -60|nao -215|nao e -49|nao ha -37|nao posso -68|nap 47|nas -48|ne 32|near 57|nee 32
need 33|needed -109|needn't -70|needs to 33|nehmen -65|nein 38|neither -80|nell 63|nell second 63|nem 52|nervt 38|network -53|neue 68|next 36|next bill 58|next time 36|next to -49|next week 37
next year 49|ni -64|nia 34|nia strut 34|nice 96|nicely 63|nicht -34|nicht mehr 77|nicht sagen -58|nicht und -44|nichts -37|niets -39|night 31|night and 77|nine 33|ninguem -43|no -218|no a 52
no answer -61|no date -116|no decision -62|no es -35|no fun 34|no i'm 48|no it's -43|no me -46|no new -53|no not -36|no one 49|no plans -82|no problem 85|no se 52|no small -32|no that 42|no tiene -38
no time -39|no way -41|no we 43|no you -47|nobody 67|nobody can -34|nobody is 78|nobody's 73|noch -100|noch nicht -87|nodig 35|nog -39|nog een 45|nombre 88|nome 95|non -131|non e -101|none -96
normal -67|nos 113|not -143|not here -73|not how 39|not in -58|not just -34|not on 70|not out 49|not to -55|not what -41|not yet -47|nota -81|noted 44|notes 40|nothing about -70|nothing else -39
nothing is -79|notice 69|nous -47|november -169|november and -66|november if -56|now and 65|now on 54|now please -36|now that 37|now the 80|nowhere 57|nudge -32|nuestra 48|nuit -87|number 00 60
number and 69|number ending 41|number in -53|number is -58|number on -76|numero 35|nur -44|nurse 39|nurses 96|o que 109|ob -39|october -60|od 47|odd 56|oder -77|of 00 -37|of a 50|of attorney -35
of birth 49|of course -36|of everything 37|of our -89|of ours -76|of that -44|of the -84|of us -55|of you -78|of your -75|of yours 38|off 64|off with 46|offen -154|office -108|often 83|oh 83
oh dear 71|ohne -76|old -104|olmo 84|om -75|on 0 135|on 00000 37|on a -51|on every 57|on file 96|on from -40|on her -42|on in 33|on it 142|on its 73|on monday -75|on order -41|on page 49
on request -69|on so 50|on that 34|on the 71|on their 33|on thursday -87|on time 77|on until -71|on wednesdays -89|on weekdays -43|on you 62|on your 71|once 64|once more 37|once so 37|one -61
one by 41|one for -82|one happy -35|one i 41|one is 33|one up -30|one was 79|one with -52|ones -88|online -69|only -148|only a 122|only for -58|only if -56|only not -32|only one -70|ons -95
ons een -50|onze -46|op 00 34|open again 39|open the -69|opens -76|opinion 31|options 54|or -328|or a -34|or ask -38|or in -39|or not 52|or the -100|or you -31|order and -57|order it 46|ordered 59
os -38|other -49|other people 33|otra 86|otter -35|ou -116|ouch 80|ought 87|ought to 87|oui -186|our 54|our best -71|our crew 33|our customers 31|our drivers 43|our hands -44|our own -60
our pharmacists -47|our side 41|our website -41|ours -73|ours but -32|out and -66|out everywhere -40|out for 63|out here -57|out on 83|out since -63|out who -67|out with -56|overdue 31|own -119
owner 40|pace -47|pack 154|page 00 -60|page is 32|page one 38|pagina -65|paid for 36|paid nothing 34|pain 117|pair 96|pair of 42|paket 121|panel 39|panic 42|papers -43|papers are -33|par 69
para la -73|parabens 45|parcels 80|pardon -61|part is -31|parte -57|partir 42|partir de 50|parts -51|party 70|pas 56|pas de 74|pas encore -35|paso 67|pass on 53|pass your -53|passa 48|passe -59
passed it 61|passed on -97|passed that -42|passenger -37|passing -80|passport 117|past 52|path -41|patience 64|patient 73|pavement -49|payday 64|payment 50|pedido 33|pedimos 32|pedir -32|peek 34
pena 56|pendant -71|penny 30|pension 39|people in 71|people who -109|people would 40|per -40|percebo -70|percent -48|perfect 45|perfectly 86|perhaps 111|pero -67|person -207|person and -31|persona -93
personally 68|peter 44|petit 64|petra 43|peu 51|pharmacist -37|pharmacists -63|phone number -46|photo 38|photos 59|pick 44|pieces -77|pilar 60|pile -38|pint -95|pl 34|place -64|place to -61|places 85
plain 32|plaisir -90|planning 81|plans -88|plate -38|platform -47|platform 0 -55|platz -55|play -34|player 85|playing 40|plays -60|please be 73|please keep -44|please leave -60|please message 47
please not -31|please send -80|please take -33|please tell -58|please unplug 41|please write 30|plenty 70|plug 64|plus -35|pm 58|pn 77|po 50|pode -41|point 42|pool's 106|poor 42|pop 146|pop the 76
por 00 -89|por aqui -68|por favor 39|por la -87|por las 82|porque 43|porta -61|portal -43|porto -56|possible -41|posso -68|post a 90|post example 107|post it -53|postcode 89|pounds 49|pour la 56
pour rien 37|pour votre 69|pouvez -38|power of -35|pp000 -55|pr -52|practice -38|precio 33|prefer 48|prenom 74|prepare 62|prepay -34|prescription -85|present -102|press -38|pretend -44|price 62
price back 66|prima 66|privada -99|privado y 46|privat dann 79|private message -116|private nachricht -45|privately -161|privately and -46|privato -32|prive -157|privebericht -129|privebericht dan -70
probably 72|problem 123|prochain 43|promise -135|proper 60|protection -80|public -112|published -59|puede -38|puedes 68|pull 54|puo -96|purchases -59|purtroppo -31|put 35|put a 67|put in 46|put it 54
put right -35|put your -49|puzzles 33|quando -50|quay 70|que alegria -100|que la -50|que no -41|que vous 57|queda 50|quel -57|quella 63|quelle -120|quem 66|question 95|question and 119|questions 62
qui -39|quick 85|quickly 31|quieres -75|quiet -80|quieter -69|quite 67|rain -78|range -32|rate -39|rather -188|rather be -55|rather say -40|razon -84|reaches -35|reaching 45|reaching out 45
read about 63|read by -47|read it 46|read the 73|read this -60|reader -46|reads -75|reads this -57|ready for 48|real 42|really not 37|really sorry 58|reason -143|reason is -33|reason to -38
recalled 61|received 82|received and 37|reception 71|rechnung -33|recipe -43|record -46|recorded -50|red 55|refund -99|refunded -44|registered 45|reglages -36|regret 31|release 38|repair -77
reply here 61|reply with 55|report -54|report it 31|report the -90|request is 33|requested 60|respect 34|rest -83|rest of -88|reste 42|revient 67|review to -91|reviews 43|reyes 43|rides -59|rien 87
right -50|right at -30|right now 42|ring 000 -55|ring at 34|ring the -44|ring you 70|ring your -39|rings 63|rings you 33|road 55|roads 49|rob 43|roof -126|room -87|roughly -73|row 39|rows -54|rua 59
ruhe 62|rule -33|run 47|run the 34|runs on 32|runs until -77|rute 62|rute larkmere 64|ruth 62|s 36|s'en -32|sad 40|saddle -77|sadly -104|safe -42|safely -90|sagen -104|sagen sie -39|said 102
said no 54|sale 49|sale a 50|salen 56|saludo -53|same 35|samen -61|sans -53|sao -52|sara 83|saturday 88|sauna 100|save -105|saw 63|say -76|say it -51|say no -39|say that -32|say what -64|say who -31
saying 85|saying so 45|says -67|says 00 46|says so -45|scan -36|scare -54|scared 61|scarf -56|schade -34|schauen wir -46|schicken -47|schneller 90|schon -66|schon dass -34|school 39|schreiben -53
scrivici -35|se -39|se ha 43|se lo -47|se puede -71|sea -33|sealed 61|search with 32|seat -45|seats -76|second -34|second half 41|second time -64|second-hand 85|seconds 89|security 49|see how -39
see it 56|see that -52|see the 44|see to 34|see what 55|see why -90|seem 56|seen 78|sees -32|sehen 60|sehen wir 55|sehr leid -31|seit -61|seit 0 -72|selbst -66|semana 76|sempre 84|send -55|send a -45
send it 47|send the -36|sending -100|sense 48|sent you -74|sent your -62|sentimos 35|separately -66|ser 36|sera 58|series 70|serious -60|sertraline 34|server 48|servers 68|service 30|set 117
set off -47|set up 111|settings -219|seu 30|seven -42|shall i -42|shall we 45|shame -67|sharing -32|sharp -58|she can -102|she was 57|she'll -97|she's 59|shelf -39|shift -40|shock 52|shoes -69|shop 35
shops -88|short -140|should -52|should be 97|should have -68|should you -61|shouldn't have -39|shout 54|shouting 72|show the -48|shower -37|shown 56|shows -92|shows a -33|shows it -41|shrug -31
shut 74|shuts you -43|si -109|si la 43|si no -70|si nos -35|si quieres -39|si vous -41|sich 67|sick 83|side 36|side and 50|side of -31|sides 59|sie die 41|sie mir -60|sie mogen -57|sie nicht -31
sie sich 40|sie uns -46|sie wieder 53|siempre 62|siento mucho 33|sign out -40|signale -44|signature 40|signed 94|silence 52|silenzio 34|sim em -91|simple 136|simple as 78|since 0 -31|since 00 -42
since 0000 -99|since january 41|since march -62|since may 39|since the 67|since this -52|since you 72|since your 52|sind sie -43|sinds -40|sing -39|singing 36|single 75|sit 95|site -95|site under -57
site's 90|six 107|size -67|sizes -39|skill 51|skill issue 51|skip -51|slipped 56|slow 50|sm -57|smashing 37|smell 97|smell of 78|smoke 83|so 160|so at -53|so do 52|so etwas 49|so far -53|so glad -94
so happy -34|so i 74|so i'd 88|so let's 57|so many 47|so maybe 55|so much 34|so nobody -67|so only -68|so sorry 110|so thank -38|so that -88|so the 165|so there's 68|so we 90|so your -77|sobald 78
sobre -96|socks 38|sold -62|sole 58|solito 67|solo -102|solo en -51|somebody 91|something 67|something to 33|sometimes -49|somewhere -83|son 88|sonntags -64|sono -46|sonst -64|soon as -41|sooner 47
sorry 39|sorry about 65|sorry and 69|sorry for -42|sorry i -65|sorry i've 33|sorry nobody -30|sorry please -73|sorry that's -47|sorry there 42|sorry to 135|sorry we 45|sorry you -95|sorry your 135
sort 47|sort of 64|sorted 74|sorts 79|souci 76|sound -48|sounds 73|sous 43|spam 43|spare -41|spatestens 39|speak about -36|speaking 70|speaking up 74|spent 45|spijt 31|spijt me 31|splash -34|spoke 31
staff -77|stairs -75|stand -45|standing 119|standing there 80|stands -86|start -77|start the -59|start to 61|start with -68|starts -152|starts at -64|state -67|stay -44|stay on -63|staying -81
stays 116|steht 55|stelle -46|step -50|sterkte -72|sticking -47|sticking with -44|still -90|still on 63|still the 81|stood -102|stop -43|store -94|stored 30|storing -59|story 52|straight away 44
strength -50|strike -39|stunden 30|stuur -40|su 47|sua 38|such 94|such a 96|suerte -64|suis desole -40|suits -48|sul -93|summer 49|suo 53|support 32|sur -85|sur la 50|sure 149|sure it 100|surely 34
surname 58|swap 46|swim 39|switch 41|switches -49|system 83|table -62|tage -40|take -36|take it 48|take the -74|take this -32|take your -37|taken -30|takes -73|takes 0 -57|talk 107|talk about 65
tan 61|tap the -78|tariff -35|tarn -36|tasha 78|tasha larkmere 79|taste -43|te 69|te lo 45|tea -57|team -157|team in -32|team is 56|team that -42|team will -42|technical 31|technik -50|techniker 34
telefon 46|tell -207|tell her -46|tell the -174|tell us -65|tell you -115|tell your -50|telling -31|tem -56|temos -42|ten 115|ten minutes 32|ten tonight 30|tenants 66|tengo -72|ter 48|term 91
termin -98|terminal -35|terrible 38|test 175|text 33|than -83|than just 33|than that 33|thank -78|thank you -93|thanks 75|thanks a 86|thanks for 35|that 98|that came 118|that can't -30|that has -54
that he's -51|that i -46|that i'm -63|that i've 40|that in -38|that isn't -32|that it's -88|that looks -64|that makes -52|that night 37|that nobody -34|that one's -52|that shouldn't -69|that than -31
that the 39|that was 59|that wasn't -31|that we -33|that would 57|that your 104|that'll 33|that'll be 33|that's -55|that's a -166|that's all 73|that's awful 42|that's no -56|that's not -59
that's the 77|that's what -100|that's why 49|the 0 35|the 00 59|the 000 74|the 0000 -31|the 00th 65|the anger -50|the annual -36|the answer 39|the baby 62|the back 34|the bakery -55|the ban 72
the bank 36|the battery -30|the bell 44|the bereavement 88|the best -110|the bike -82|the black -35|the booking -36|the bottom -74|the box -74|the bus -93|the button 93|the card 43|the carrier -48
the check 54|the claim -71|the clock -44|the club 68|the code 82|the cold 59|the comments 43|the contract 53|the corner 37|the counter 68|the crash 63|the credit -39|the crew -131|the customer -51
the damage 32|the date 66|the day -51|the department 43|the depot -36|the difference 52|the doctor's 41|the door 46|the driver -36|the e-mail 61|the end -87|the engineers -47|the entrance -33
the fault 37|the feedback 31|the first 54|the form -64|the fourth 79|the fraud 63|the fright 47|the full -52|the gate 34|the green -64|the hint 45|the hose -58|the invoice 32|the key -81|the kids -37
the kind -36|the kitchen -37|the label -95|the lake -32|the late 31|the leak -32|the left -49|the letters -37|the light -54|the limit 50|the list 43|the listing -52|the log 47|the machine -51
the main -52|the manager 48|the manual 67|the matter -41|the meter 61|the mic -62|the moment -47|the money 48|the month 52|the morning -74|the name 32|the new 70|the next -99|the night -37
the notice 49|the number -64|the office -43|the old -87|the one 58|the ones -33|the only -51|the oxygen 86|the packing -43|the park -54|the pavement -49|the payment 88|the people -92|the phone 98
the photo 53|the plan 86|the portal -42|the power -31|the practice 44|the question 38|the quiet -43|the reason -99|the refund -49|the report 56|the rest -90|the road -68|the router -38|the saddle -77
the sauna 38|the scare -35|the school 42|the screen 41|the second -63|the shop 87|the side -41|the sign 45|the silence 64|the spring 32|the step 40|the store -68|the system 111|the team -71
the technician 40|the ten -61|the three -67|the tickets -48|the time 68|the timetable -89|the title -54|the toilet 58|the town -67|the trouble 40|the van 80|the version -42|the water -52|the week 35
the weekend 61|the whole -52|the window 88|the word 47|the works 80|the worst -43|their 149|their own -48|them -94|them a -74|them and 81|them from -47|them in 35|them the -32|then -159|then and 81
then it -63|then it's -52|then message -55|then nothing 56|then tell 42|then the -51|theo -41|theo brass -51|there a 47|there for 44|there on -46|there were 36|there will -40|there's -80|there's a -67
there's always 57|there's an -34|there's nothing -44|there's time -42|these 167|these things 47|they can -90|they look -70|they'll -33|they're 67|they've -50|thin -35|thing -44|thing to -121
things 174|things like 54|things up 50|think 137|think about 59|third 140|third time 92|this 104|this account -43|this afternoon 41|this and 44|this evening -39|this month -44|this morning -113
this thread -58|this time 34|this was 81|this week 53|this year 47|those 124|those who 112|though and 61|though i -47|though so -104|thought 76|three in -64|three months -41|three of -37
three times 32|three weeks 46|through -43|through the -44|through this 43|thursday -128|thursday at -30|ticket -33|tiempo 45|tiene -35|tienen 34|tienes 62|tienes en 64|till -60|time 59|time is -54
time so 44|time with 36|times 93|times a 70|timetable -74|timing 62|title 35|tl -74|to 0 -55|to 00 -103|to 000 33|to a 51|to anybody -55|to anyone 75|to be -45|to change -65|to check 49|to come -47
to do -56|to explain 31|to give 32|to go 72|to hear 85|to him 52|to look 81|to me 30|to one 68|to our 80|to post -59|to put 102|to read -51|to say -58|to see -115|to send 42|to sit 37|to somebody 34
to tell -64|to that -40|to the -152|to think 39|to this 44|to those -66|to understand 84|to you -49|to your -135|toda -125|todas -84|todas as -85|todavia -103|todavia no -78|today -175|today and -36
today tell -42|today's -45|todo 143|toilet 35|told the 42|told us 69|told you 61|tone 41|tonight and -32|too -119|took the 66|top 37|tot -71|tot en -58|touch 58|touched -52|toujours 30|tout 49
toutes -54|town -63|train -72|tranquila 80|travels -89|tre 60|treat 38|treated 49|trial -65|tried 81|trip 71|trop -72|trouble 74|true -117|truly 37|try -78|try that 33|try to -137|tuesday -54
tuesdays -113|tuesdays and -106|turn up 36|turned 82|turned down 52|turns 34|tut -51|tut uns -54|tutti -92|tv 49|tv in 43|twice 124|two 90|two missed 36|two years 31|type -56|typing -36|u -33
u ons -31|uber -61|uhr -117|uit -45|um -104|um 0 -59|um 00 52|uma 51|uma mensagem -57|un 31|un abrazo -35|un message -31|un petit 63|un saludo -53|una -38|una foto 43|una persona -68|und -30
und bis 60|und die -43|under -94|under settings -33|under your 35|understand 127|understand it 66|understand the 102|understand what 57|understood -42|undo -36|une 53|ungefahr -40|unit -103
unit is -65|unplug 47|unplug it 39|uns bitte -70|uns eine -34|uns leid -54|unsere 70|unseren 39|unter -122|unterwegs 33|until -190|until 00 -41|until 0000 53|until june -33|until then -74|up -31
up and -93|up by -35|up for 47|up here -47|up the 38|up to -145|up with -51|update 43|upgrade 68|urgent 55|us 114|us a -117|us and 126|us at 48|us by 37|us if -35|us in 39|us know 99|us more -32
us no -31|us on 67|us please 71|us privately -98|us so 76|us that 49|us the 55|us where -42|us which -51|us will -31|us your 51|use 57|use a 56|use it -31|used 56|using 111|usual -31|usually 74
uur -59|uw -50|va -66|vai 56|value 35|van -41|van 0 -36|van ons -45|vaya 56|veces 70|vegan -97|vemos 69|vemos con -35|verdict -79|version -77|version 0 -34|verstehe 36|verstehen 43|vervelend 30
very -101|very sorry -89|vez 172|vezes -36|via 32|viele 38|viernes -67|visit 42|visits 86|vista 52|visto 74|vito 81|vito fennet 105|volgende 102|vom 91|von 79|von 00 61|voor -70|vor 39|vorher 50
vos 86|votre 150|votre colere -57|voucher 45|vouchers -35|vous pouvez -38|vraiment 40|wagen 51|wait -51|wait and -64|waiting 64|walk 60|walking 69|wall -65|wann -60|want -105|want it 45|want to -95
wanted 71|wants -36|war 89|ware ich -49|waren -38|warm -81|warning 118|was 168|was 00 -39|was a 58|was and -57|was approved -35|was handed -58|was it -87|was never 98|was not 40|was our 53|was the 77
was there 68|wat -215|wat naar -76|water -108|water and -57|water is -61|wave -45|way back 48|way in -42|way message 68|we 31|we accept -72|we can 135|we could 47|we did 35|we do -97|we don't -111
we get 90|we know -147|we look -37|we miss -71|we said 152|we see 60|we sent 58|we should -66|we take 69|we thank 31|we value 35|we will 34|we'd -61|we'd like -88|we'd love -93|we'll be -30
we'll have 51|we'll look 103|we'll pass -50|we'll ring 31|we'll see 55|we'll take -41|we'll tell -44|we're 63|we're looking -46|we're sorry 143|we've -47|we've asked -50|wearing 38|weather 145
website -50|wednesday 45|wednesdays -89|week 61|week and 50|weekdays -45|weeks 79|weeks at 41|weeks is -37|weer 84|weet -45|weet ik -35|wegen 102|wegen der 68|weights -80|weil 58|weil sie 61
weiter -80|weiß 54|welche -47|welcome -162|welcome in -60|welcome to -43|well and 74|well at 45|well before 34|well soon -82|well the 42|wendlerail 37|wendlerail example 37|wenn -60|wenn es -45
wenn sie -53|went 82|went out -60|went through 36|went to 120|wer 91|werden -116|were you 50|weren't 71|wet 92|whale -115|what -55|what a -77|what can -56|what comes -38|what do -41|what happened -79
what happens 75|what i 44|what makes 46|what the -46|what there 40|what we -59|what were -47|what you 76|what's the 119|what's your -41|whatever 64|whatever the 63|wheel -56|wheels 58|when 65
when a 38|when people 100|when so -31|when we 34|whenever -76|where -129|where it -33|whether 38|whether it -51|whether the 89|whether you 59|which is -51|which one -65|which train -51|whichever -61
while 31|while the 38|white 60|who 42|who can -31|who can't 46|who had -39|who it -88|who look 47|who's -83|whole -59|whose 118|why it's 31|why that -47|why you're 40|wie 61|wieder 83|wieder lauft -54
wife 39|wifi 41|wij 51|will come 91|will do -36|will make 34|will pass 43|will read -36|will write -75|willing -45|window 80|wins -56|winter 71|wir 36|wir gern -48|wir haben 78|wir noch -53|wir uns 51
wissen -72|wissen wir -48|with 46|with 0 -40|with a -43|with an 53|with form 63|with him 122|with it -44|with no 50|with one 42|with our 65|with that -46|with them 59|with those 52|with you -99
within -57|within 0 -96|within 00 -42|wochen 63|won't be 70|won't pretend -44|wonder 57|wonders 57|wood -101|word 65|word for -40|word is -32|words to -55|worked -51|working -65|working days -56
workshop 33|world 40|worry about -44|worte -65|worum -36|worum es -36|would 125|would drive 38|would like 82|would you -80|wrist 46|write -69|write us -33|writing 42|wrong and 72|y a -61|y con 44
y el 42|y la -42|y los -70|y no 39|ya 200|yay 95|year 68|year is -57|yearly -55|years -44|years and -94|years is -54|years of -49|yes -62|yes 00 -42|yes and -31|yes it -30|yes your 42|yet -65
yet and -44|yet i'm -31|yet when -39|york -137|you again -41|you and -99|you asked -94|you at 82|you before 38|you both -80|you by -74|you can -45|you can't 34|you did -90|you didn't 36|you do -76
you down 41|you for 61|you from -51|you got 70|you have -83|you here -106|you i 76|you i'll -65|you if -51|you in -135|you it's 52|you know 98|you like -52|you message 35|you must -31|you on 74
you ordered 62|you out -30|you paid 70|you please -65|you send -87|you signed 52|you that -37|you then -53|you there 38|you think 38|you to 46|you told 115|you up 36|you used 43|you want -45
you well 33|you were -44|you when 33|you with 51|you without -49|you'd -41|you'd rather -53|you'll 153|you'll be 81|you'll get 41|you'll have 46|you're here -37|you're in -38|you're right -124
you're welcome -114|you're willing -45|you've got 84|you've just -74|young 43|your address -39|your adviser 50|your area 33|your bank -33|your bill -43|your boxes 38|your card 42|your case 46
your customer -40|your dad -38|your daughter -83|your doctor -75|your evening -38|your experience 71|your feedback 46|your friend -39|your inbox 70|your job 37|your letter -34|your line 57
your loss -46|your message 105|your messages -67|your mum -60|your name -72|your nan -89|your next 61|your order -69|your own -40|your parcel -31|your post -100|your request 74|your review -54
your right -83|your son 64|your verdict -72|your wife 39|your words -90|yours -64|yours is -51|yourself -34|zahlen 76|zahlt -52|ze -65|zeigen -43|zeit -72|zero 92|zet 31|zich 67|zitten -67|zo -59
zone 93|zum 45|zur 140|zuruck 89|zwei -101
`;
