/**
 * What everybody tries first, in small letters: the passwords seen most often in leaks, as far as they fit the alphabet (frequency list of
 * zxcvbn 4.4.2, © 2012–2016 Dan Wheeler and Dropbox, MIT), and what people of this town would think of, typed in either layout.
 */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `
  000 000000 000001 000007 000111 0007 007 007007 01011 01011900 01011910 01011970 01011975 01011977 01011979 01011980 01011981
  01011982 01011983 01011984 01011985 01011986 01011987 01011988 01011989 01011990 01011991 01011992 01011993 01011999 01012000
  01012001 01012010 01012011 010180 010203 01020304 01031988 01081989 01091989 02011980 02011984 02011985 02011986 02011987
  02011988 02021979 02021981 02021982 02021983 02021984 02021985 02021986 02021987 02021988 02021989 02031981 02031982 02031984
  02031985 02031986 02031987 02041979 02041981 02041982 02041983 02041984 02041985 02041986 02041987 02041988 02041989 02051982
  02051983 02051984 02051986 02051987 02051988 02051989 02061980 02061982 02061983 02061984 02061985 02061986 02061987 02061988
  02061989 02071980 02071982 02071984 02071986 02071987 02071988 02081977 02081982 02081984 02081985 02081986 02081987 02081988
  02081989 02091980 02091981 02091983 02091984 02091985 02091986 02091987 02101984 02101985 02101987 02101989 03082006 0420
  05051985 05051987 06061986 08031986 1000 100000 1000000 1001 10011986 1002 100200 1005 1007 10101 1011 1012 1013 1017 1020
  10203 102030 10203040 1022 1023 1024 102938 1029384756 1066 11051987 111000 111111 11111111 111111a 111111q 11112222 1112
  111222 111222333 111333 111qqq 1121 1122 112211 11223 112233 11223344 1122334455 1123 112358 11235813 1123581321 12011987
  12051988 120676 1211 12121 121212 1213 121314 12131415 1215 1221 1223 122333 1224 1225 123000 123098 12312 123123 12312312
  123123a 123123q 1232323q 12332 123321 123321123 123321a 123321q 1234 1234321 12344321 12345 123451 123454321 123455 1234554321
  123456 1234560 123456654321 1234567 12345678 123456789 1234567890 1234567890a 1234567890q 1234567891 12345678910 123456789a
  123456789q 123456789s 123456789z 12345678a 12345678q 12345679 1234567a 1234567q 123456a 123456aa 123456k 123456l 123456m
  123456q 123456qw 123456qwe 123456qwerty 123456r 123456s 123456z 123457 12345a 12345q 12345qwe 12345qwert 12345t 12345z 123465
  1234abcd 1234asdf 1234qw 1234qwe 1234qwer 12365 123654 12365478 123654789 1236987 12369874 123698745 123789 123789456 123987
  123aaa 123abc 123asd 123qaz 123qq123 123qw 123qwe 123qwe123 123qweasd 123qweasdzxc 123qwerty 123zxc 124578 128500 12qw12
  12qw34er 12qwas 12qwaszx 13041988 131313 132435 13243546 134679 134679852 135246 1357 13579 135790 135791 135792468 1357924680
  1366613 1369 141627 142536 147258 14725836 147258369 147369 147741 147852 147852369 1478963 14789632 147896325 147963 1488
  1492 15051981 150781 153624 15426378 159357 159632 15975 159753 159951 162534 1701 18436572 192837 192837465 19411945 1945
  1980 1981 1982 1983 1984 1985 1986 1987 1988 1989 1990 1991 1992 1993 1994 1995 1996 1997 1998 1999 1a2b3c 1a2b3c4d 1a2s3d4f
  1passwor 1pussy 1q2w3e 1q2w3e4r 1q2w3e4r5 1q2w3e4r5t 1q2w3e4r5t6y 1qa2ws 1qa2ws3ed 1qaz 1qaz2ws 1qaz2wsx 1qaz2wsx3edc 1qazxsw2
  1qwerty 1x2zkg8w 1z2x3c 1z2x3c4v 2000 200000 2012 2013 2014 2015 2016 2017 2018 2019 2020 2021 2022 2023 2024 2025 2026
  21031987 21031988 2112 2128506 22041987 222333 223344 225588 228 235689 2468 246810 2469 2580 25802580 258456 258852 26061987
  314159 31415926 315475 321123 321456 321654 321654987 322 332211 333666 333777 336699 362436 369258 369852 369963 4121 4128
  420247 420420 426hemi 4417 445566 456123 456321 456654 456852 4815162342 4runner 50cent 50spanks 5150 555 5551212 55555 555666
  555777 654123 654321 655321 666 666666 666777 666999 6751520 6969 69696 696969 7007 73501505 741852 741852963 753159 753951
  7753191 777 7777777 777888 7779311 778899 784512 787898 789123 78945 789456 78945612 789456123 7894561230 7895123 789654
  789987 794613 7ugd5hip2j 81fukkc 852456 8675309 8j4ye3uz 90210 906090 911911 9293709b13 9379992 951753 9562876 963852
  963852741 987123 987456 987456321 987654 998877 999 9maya a11111 a12345 a123456 a1234567 a12345678 a123456789 a1a2a3 a1b2c3
  a1b2c3d4 a1s2d3 a1s2d3f4 aa123456 aaa111 aaliyah aardvark aaron1 abc abc12 abc123 abc1234 abc12345 abcd123 abcd1234 aberdeen
  abgrtyu abnormal abrakadabra absolut abstr access access14 accord achilles achtung action adam12 adgjmptw adidas admin admin1
  admin123 adonis aezakmi agent007 aggies aikido airborne airbus airforce airplane airwolf akira alabama aladin alaska albany
  albatros albion alejandr aleks aleksandr aleksandra aleksey alena alenka alessandro alex alex1 alex123 alexande alexander
  alexandr alexey alexis alfa alibaba aliens alina alisa allmine allsop allstar aloha alpha alpha1 alphabet alpine altima
  alucard amadeus amanda1 amateur amateurs amazon amber1 america america1 amerika amigo amsterda amsterdam anaconda anai anakin
  anal analsex anarchy anastasi anastasia anastasiya andrea1 andrei andrew1 andrey android andromed andromeda anfield angel
  angel1 angel123 angelok angels angus anhyeuem animal anime anna annie1 anthon anthony1 anthrax anton antoni anubis anya apache
  apollo apollo13 apple apple1 apple123 applepie apples aprel aptiva aquarius aragorn arcadia area51 arizona arjay armagedon
  armani arrow arrows arsenal arsenal1 artem artemis artemka artur asd asd123 asdasd asddsa asdf asdf12 asdf123 asdf1234
  asdfasdf asdfg asdfgh asdfghj asdfghjk asdfghjkl asdfjkl asdfzxcv asdzxc ashley1 aspire aspirine assassin assfuck asshole
  asshole1 assholes assman assword asterix astra astro astros athlon atlanta atlantis atomic attila auburn audia4 aussie austin
  austin1 australi avalanch avalon avatar avenger avgust awesome azamat azazel azerty azov azsxdc azsxdcfv babe babes babushka
  babyblue babyboy babydoll babyface babygirl babylon babylon5 babylove bacardi bacchus backdoor badass badboy baddog badger
  badgers badgirl badman baggins baggio bagira bailey1 baller ballin balloon balloons balls bambam bamboo banana bananas banane
  bandit bang banger bangkok banker banner banshee banzai barbados barbie barcelon barcelona barefoot barkley barney barsik
  bartman basebal baseball baseball1 basket basketba basset bassman bastard batman batman1 bayern bcfields bdfy bdfyjd bdsm
  beaches beagle beamer beaner beanie bear bearcat beardog beast beast1 beastie beatle beatles beautifu beauty beaver beavis
  beckham beefcake beemer beer beerman beetle bella1 benfica beng bengals beowulf beretta bergkamp berlin bhbirf bian biao
  bicycle bigass bigballs bigbear bigben bigbird bigblock bigblue bigbob bigboobs bigboss bigboy bigbutt bigcat bigcock bigdaddy
  bigdick bigdog bigfish bigfoot biggie biggles bigguy bigmac bigman bigmike bigmoney bigone bigred bigsexy bigtime bigtit
  bigtits bikini bilbo billy1 billybob billyboy bimmer bing bingo bingo1 binladen bird33 birdie birdman biscuit bitch bitch1
  bitchass bitches biteme bizkit blabla black1 blackbir blackcat blackdog blackhaw blackie blackjac blackjack blackout blacks
  blacky blade blades blahblah blam blaster blaze blazer blessed blessing blink182 blizzard blonde blondes blondie blowjob
  blowme blue blue12 blue123 blue22 bluebell bluebird blueboy bluedog blueeyes bluefish bluemoon blues bluesky bob123 bobafett
  bobby1 bobcat bobdylan boeing bog bogart bogdan bogey bohica bollocks bollox bombay bomber bombers bond007 bondage bonehead
  boner bones bonjour bonjovi bonkers bonsai boob boobie boobies booboo boobs booger boogie bookworm boomboom boomer boomer1
  booster bootie boots booty boozer boricua borussia bosco bossman boston bot bounce bounty bowler bowling bowwow boxer boxers
  boxing boxster br0d3r br549 brando brandon1 brandy brasil braves brazil breast breasts breeze brian1 brighton bristol britney
  brodie broker bronco broncos broncos1 brooklyn brownie browns brucelee bruins bruiser bruno1 brutus bubba bubba1 bubba69
  bubbas bubble bubbles buceta bucket buckeye buckeyes buckshot budapest buddah buddha buddie buddy buddy1 buddyboy budlight
  budman budweise buffalo buffett buffy1 bugger builder bull bulldog bulldog1 bulldogs bullet bullfrog bulls bullseye bullshit
  bummer bumper bunghole bunnies bunny bunny1 burger burrito bushido buster buster1 busty butch butter buttercu butterfl
  butterfly buttfuck butthead butthole buttman buttons buzzard bynthytn byteme cabbage cabron cactus cadillac caesar calgary
  calico caliente californ caligula callum camaro cambiami camel camelot camels cameltoe cameron cameron1 camper canada cancer
  cancun candle candyman cang cannabis canon cantona capone capslock captain caramel caravan cardinal carlito carlitos carmex2
  carnage carolina carpedie carpet carrera carrot cartman cartoon casanova caserta casey1 casino casper cassie cat123 catch22
  catdog catfish catherin catman cats cavalier caveman cbr600 cbr900rr ccbill cdtnbr cdtnf cdtnkfyf celeb celeron celica celine
  celtic celtics ceng cerberus cessna cfitymrf cgfhnfr chai chainsaw champ champion champs changeme chao chaos charger chargers
  charles1 charli charlie charlie1 charlott charlton charly charmed chase1 chaser chay cheater checkers cheech cheeks cheers
  cheese cheese1 cheetah chehov chekhov chelsea chelsea1 cherokee cherry chester chester1 chevelle chevrole chevrolet chevy
  chevy1 chewie cheyenne chiara chicago chicago1 chichi chicken chicken1 chickens chicks chico chiefs chilli chillin chilly
  chimera chinook chipmunk chipper chippy chivas chloe1 chocolat choochoo chopin chopper chou chris1 chrisbln chriss chrissy
  christ christia christin christma christop chrome chronic chrono chrysler chuai chuang chubby chuckie chuckles chucky chui
  chunky chuo ciccio cicero cigars cinder cindy1 cinnamon citadel cjkysirj cjkywt clancy clapton clarinet classic classics
  claudi claymore clemson clevelan climber clipper clippers clit clitoris cloud9 clouds clover clowns cnfybckfd cobain cobalt
  cobra cobra1 cobras cocacola cocaine cock cocks cocksuck coconut codered coffee cohiba coke coldbeer colnago colombia colorado
  colors colt45 coltrane comanche comet commando compaq compass compute computer concord concorde concrete condom condor cong
  connect connor consumer cookie cookie1 cookies cooldude cooler coolguy coolio coolman coolness cooter copper corleone corolla
  corona corrado corsair corvette cosmic cosmo cosmos cosworth cougar cougars cowboy cowboy1 cowboys cowboys1 coyote cracker
  cramps crazy1 crazybab creampie creamy creative cricket cricket1 crimson critter crjhgbjy cruise cruiser crunch crusader
  crusher crysis crystal1 cska ctdfcnjgjkm cthtuf cthulhu cthutq ctrhtn cuan cubbies cubswin cuddles cumming cumshot cunt cunts
  cupcake curious custom cutlass cutter cxfcnmt cyber cyclone cyclops cygnus cypress dabears dacha dacha1 dacha123 daddy1 daemon
  daewoo dagger daisy1 dakota dalejr dallas dallas1 dalshe dammit damnit dancer dang danger danie daniel1 daniil danil danila
  danni danny1 dannyboy danzig daria darklord darkman darkness darkside darkstar dasha david1 davide davids dawg daytona dbrnjh
  dbrnjhbz deadhead deadman deadpool death1 death666 dedushka deejay deepthroat deeznuts deeznutz defender defiant deftones
  dekabr delete delight delphi delta delta1 deluxe demo demon denali deng denis deniska depeche desert designer desire deskjet
  destiny detroit deutsch devil devil666 devildog devils dexter dfcbkbq dfcz dfkthbz dfkthf dfktynbyf dfvgbh dharma diablo
  dialog diamond diamond1 diamonds diao dick dickhead dickie dicks diehard diesel dietcoke dieter digger diggler digimon digital
  digital1 dilbert dildo dilligaf dima dima1 dimon dinamo dinara ding dingdong dinosaur dipshit dirtbike discover disney diver
  divine dkflbckfd dkflbvbh dmitriy dmitry doberman doch dochka doctor dodge1 dodger dodgeram dodgers dodgers1 dog123 dogbert
  dogboy dogcat dogfood dogg dogger doggie doggy doghouse dogman dogs dogshit doitnow dollar dolphin dolphin1 dolphins dom dom1
  dom123 domino don161 donetsk donkey donuts doobie doodle doofus doogie dookie doomsday dotcom doughboy dracula drago dragon
  dragon1 dragon12 dragonba dragonball dragons dragoon drakon dreamer dreams drifter driver drizzt droopy drowssap drpepper
  drummer drummer1 druzhba dthjybrf duan dublin ducati duchess duck duckie dumbass dundee durango duster dusty1 dutchess
  dynamite dynamo eagle eagle1 eagles eagles1 earnhard eastside eastwood eatme eatpussy eatshit eclipse eddie1 eduard edward1
  eeyore egor einstein ekaterina eldorado electra electric electro electron element elena elephant elizabet elizaveta elvis1
  emerald emily1 eminem empire engage engineer enigma enrico enter enter1 enterpri enterprise entropy epsilon eraser ericsson
  erotic erotica escort eternal eternity eureka europa everest everton evgeniy evgeny excalibu excalibur exigen exigent exodus
  exotic explorer express extreme fabie fabric facial faggot falcon falcon1 falcons fallen fallout fandango fang fantasy
  farscape farside fart fastball faster fatass fatboy fatcat fatman feather felix1 fender fender1 feng fergie fergus fernand
  ferrari ferrari1 ferret fester fetish fevral fghtkm fgtkmcby ficken fidelio fiesta figaro fighter filter finger fire fireball
  firebird firefly firefox fireman firewall fish fishbone fishes fishhead fishin fishing fishing1 fisting fitness fktrcfylh
  fktrcfylhf fktrctq flames flamingo flash flash1 flatron fletch flexible flipper floppy florian florida florida1 flounder
  flower fluffy flyboy flyers flyfish foobar footbal football football1 fordf150 forest foreve forever forfun formula formula1
  forsaken fortuna foryou fossil foxtrot foxy franc francesc frank1 franky freaks freaky freckles freddy freebird freedom
  freedom1 freepass freeporn freesex freeuser freeway friday fright frisco frisky frodo frog frogger froggy frogman front242
  frontier frosty fubar fuck fuck_inside fucked fucker fuckers fuckface fuckhead fuckher fucking fuckinside fuckit fuckme
  fuckme1 fuckoff fuckoff1 fuckthis fucku fucku2 fuckyo fuckyou fuckyou1 fuckyou2 fugazi fulham fullmoon funtime fusion futbol
  fuzzy fyfcnfcbz fylhtq fytxrf fyutkbyf gabrie gabriel1 gabriell gadget galaxy galina galore gambit gameboy gamecock gamecube
  gameover gandalf gandalf1 ganesh gangbang gangsta gangster garden garfield gargoyle garion gasman gateway gateway1 gator
  gator1 gatorade gators gawker gaz gbpltw gegcbr geheim gemini gena generic genesis genesis1 geng genius georg george1 geronimo
  gesperrt getmoney getout getsome gfhjkm gfhjkm1 gfhjkm123 gfhjkm12345 gfhjkmgfhjkm ghbdtn ghbdtnbr ghblehjr ghbywtccf ghetto
  ghjcnj ghjcnjnfr ghost ghost1 ghostrider giants gilles ginger ginger1 giorgi giorgio giraffe girls gizmo gizmo1 gizmodo gjhjkm
  gjkbyf gkh gladiator gmoney gn56gn56 goalie goat goaway gobears goblin goblue gobucks goddess godfathe godfather godsmack
  godzilla gofish goforit goirish goku golden goldfish goldstar goldwing golf golfball golfer golfer1 golfing goliath gollum
  gonavy gong gonzo goober good123654 goodboy goodluck goodtime goofy google gooner goose gopher gordon24 gorilla gospodi
  gosuslugi gotcha gothic gotohell govols granny grapes grease great1 greatone green1 green123 greenbay greenday greens gregor
  gremlin grendel gretzky griffey gringo grizzly gromit groove groovy groucho grumpy gsxr750 gtnz guai guang guardian guest
  guest123 guiness guinness guitar guitar1 guitars gundam gunnar gunner gunners gustav guyver gypsy hack hacked hacker haggis
  hairy hal9000 halflife halifax hallo hambone hamburg hamish hamlet hammer hammer1 hammers hamster handyman hannah hannah1
  hannibal hansolo happy1 happy123 happyday hardcock hardcore hardon hardrock harley harley1 harry1 harrypotter harvest havana
  havefun hawaii hawaii50 hawaiian hawkeye hawkeyes hayabusa hearts heater heather1 heaven heckfy hedgehog heineken hellboy
  hellfire hello hello1 hello123 helloo hellos hellyeah helmet helpme hendrix heng henry1 hentai herbie hercules hermes hershey
  hesoyam hewlett heynow hidden highbury highheel highland hiphop hippie hithere hitler hitman hjccbz hjvfirf hobbes hobbit
  hockey hockey1 hokies holiday holly1 hollywoo holyshit homeboy homer1 homerj homers homerun honda honda1 hondas honey1
  hongkong honolulu hookem hooker hookup hooligan hoosier hoosiers hooter hooters hootie hopeful horizon horndog hornet horney
  horny horny1 horse horses hotbox hotboy hotdog hotpussy hotred hotrod hotsex hotshot hotstuff hottie hounddog house1 hover
  huai hummer hunter hunter1 hunting hurrican husker huskers huskies hustler hyperion iamgod ib6ub9 ibanez iceberg icecream
  icehouse iceman icu812 idontkno idontknow idunno ifkeyfz iforgot igor iguana ihateyou illini illusion iloveme ilovesex iloveu
  iloveyo iloveyou iloveyou2 ilya ilya1 imation immortal impala incubus indiana indians indigo inferno infiniti infinity inkomus
  inkomus1 inkomus123 inkomuz inkomys insane insert insomnia inspiron install integra intel internet intrepid intruder inuyasha
  iomega iphone ipswich ira irina irina1 irinka irish1 irishman ironman iscool islander istanbul italia itsme ivan ivan123
  ivanov ivanova iverson iverson3 iwantu iyul iyun jabroni jackal jackass jackoff jackpot jackson1 jackson5 jacob1 jagger jaguar
  jamaica james007 james1 james123 jamesbon jamesbond jamie1 jammer jammin january jarhead jasmine jasmine1 jason1 jasper java
  jaybird jayden jayhawk jayhawks jazzman jedi jeep jefferso jelly jellybea jenn jennife jenny1 jenya jericho jerkoff jerry1
  jessic jessica1 jester jesus1 jethro jets jetski jewels jezebel jiang jiao jiggaman jimbo jimbo1 jimbob jimmy1 jing jingle
  jiong jkh jkmuf jktuf jktymrf jockey johann johannes john316 johnboy johndeer johnson1 joker joker1 jokers jones1 jorda jordan
  jordan1 jordan23 joseph1 josephin joshua1 jrcfyf jubilee juggalo juice juicy julia julie1 julien jumper junebug jungle junior
  junior1 jupiter just4fun just4me justdoit justice justin1 justme juventus kabinet kabinet1 kahuna kakashka kaktus kamaz
  kamikaze kamila kangaroo kansas karate karen1 karina karolina kartoshka kashmir kasper katana katarina katerina katie1 katrin
  katya katya1 kawasaki kazantip kcj9wx5n keeper kelly1 keng kenshin kenwood kenworth kevin1 keyboard keystone keywest kfhbcf
  kickass kicker kidrock killbill killer killer1 killer12 killers killjoy killme kilroy kimmie kingfish kingkong kingpin
  kingston kinky kipper kirill kirpich kirsty kisa kiska kissa kissa1 kisses kissme kissmyass kitkat kitten kittens kitty kitty1
  kittycat kittykat kjkszpj kjrjvjnbd klaster kleopatra klingon knickers knicks knights knockers knopka kodiak kofe kolobok
  kolya kommunalka komodo konstantin kool korn koroleva koshka kosmos kostya kotaku kotenok kotik krasotka krishna kristina
  krusty krypton ksenia ksusha ktyjxrf kuai kuang kukla kukushka kume kungfu kvartira kvartira1 kvartplata labrador labtec
  lacrosse lada lada2107 ladybug laguna lakers lakota lancelot lancer lansing lantern laptop larisa larry1 laser lassie lasvegas
  latinas latino laura1 laurent lazarus lbvf leather leavemealone ledzep legacy legend legion legolas leha lemonade lena lena1
  leng lennon leonid leopard lesbian lesbians lesha lespaul lestat letmein letmein1 letmein2 leto leto2024 leto2025 leto2026
  letsgo lev lexa lexmark lexus lhfrjy liang liao liberty lichkab lick lickabinet licker licking lickit lickme lifehack lighter
  lightnin lightning lights linda1 lindros lineage lineage2 lion lionking liquid lisa lithium liverpoo liverpool liza lizard
  ljubov lkabinet lobster loco logan1 login login1 login123 logins logitech lokomotiv lol123 lolipop lollipop lollol lollypop
  london london1 lonestar lonewolf longbow longhorn longjohn looker looser lopata loser losers lotus love love1 love12 love123
  love69 lovebug loveit lovelife lovely loveme lover lover1 loverboy lovers lovesex loveyou lowrider ltybcrf luan lubov lubov1
  lucifer lucky lucky1 lucky13 lucky7 luckydog ludmila lumber lust lvbnhbq lyubov lyubov1 lyuda macbeth macdaddy machine macross
  maddie maddog madina madison madison1 madman madmax madness madonna maestro magelan maggie maggie1 maggot magic magic1
  magician magick magicman magnet magnum magnus magpie maiden mailcreated5240 mailman mailru majestic makaveli maksim maksimka
  malaka malibu malina mallard malysh mama mama1 mama123 mamapapa manchest manchester mancity mandarin mandingo mandy1 mang
  mango maniac mankind manolo manowar manson mantis manutd maradona marathon marcello maria maria1 marika marina marina1 marine
  marine1 mariners marines marino marino13 mariposa marius mariya marker marlboro marley mart martin1 martini maryjane masamune
  masha mashina mason1 massive maste master master1 master12 matador matrix matteo matthew1 mature matvey maverick max max1
  max123 maxell maxim maxima maxime maximus maxwell maxwell1 maxx maxxxx mayday mayhem mazafaka mazda mazda626 mazdarx7 mclaren
  meatball meathead meatloaf mechanic medic medion medusa medved megadeth megaman megan1 megapass megatron meister melissa1
  mellon mellow memorex memphis menace meng meowmeow mephisto mercedes mercury meridian merlin merlin1 merlot mermaid mersedes
  metallic metallica mets mexico miami mian miao michae michael1 michael2 michigan mick mickey mickey1 micro microlab micron
  microphone microsof microsoft midget midnight midway mighty mihail mike1 mike123 mikey mikey1 mikhail milana milano milena
  milkman miller1 millwall minecraft minime mir mir123 mirage misfit misfit99 misfits misha misha1 mishka missy1 mister mistress
  misty1 mittens mnbvcxz mobydick modena moiparol mojo molly1 mollydog moloko molson momoney monaco monalisa monarch monday
  mondeo money money1 moneyman moneys mongoose monitor monke monkey monkey1 monkey12 monkeybo monkeys monopoly monster monster1
  montana montgom240 montreal moocow mookie moomoo moonbeam moondog moonlight moose moose1 mordor morgan1 moritz morpheus
  mortgage mortimer moscow moskva mother mother1 motherlode motorola mountain mouse mouse1 moyparol mozart mudvayne muffin
  mulder mullet multiplelo munchkin muppet musashi muscle muscles mushroom music1 musica musicman mustafa mustang mustang1
  mustangs mustard mybaby mydick mygirl mykids mylife mylove myname mypass mypassword mystic nadezhda nadya naked namaste nang
  nanook napass napoli napster naruto nascar nascar24 nasty nasty1 nastya nastya1 natali natalia nataly natasha nathan1 naughty
  ncc1701 ncc1701a ncc1701d ncc1701e ne1469 nebraska nemesis neng neptune netscape nevada nevermind newbie newcastl newlife
  newpass newpass6 newport newyork newyork1 nextel nfnmzyf nfufyhju nfyz niang niao niceass niceguy nickel nicola nicole1 nigga
  nigger nike nikita nikitos nikki1 nikola nikolai nikolay nimbus nimrod nina niners ning ninja ninja1 ninjas nintendo nipper
  nipple nipples nirvana nissan nitram nofear nokia nokia6300 nolimit nomore nong noodle noodles nookie nopass norwich nostromo
  novell noyabr ntktajy nuan nude nudist nugget nuggets number1 nutmeg nuttertools nwo4life nygiants nyjets nylons nymets
  oakland oasis oatmeal obelix obiwan oblivion oceans odnoklassniki ogorod ohyeah oicu812 oilers oksana oktyabr oldman oleg
  olesya olga olga1 oliver oliver1 olivier olya omega omega1 onelove onetime onetwo online onlyme openup operator oplata oplata1
  optimus oracle orange orange1 oranges orchid orel orgasm orient orioles orion orion1 oscar1 osen osen2026 osiris othello ou812
  ou8122 outkast outlaw overkill overlord oxford ozzy p0015123 pa55w0rd pa55word pacers packard packer packers packers1 pacman
  paddle padres paintbal paintball pakistan paladin pallmall paloma panama panasoni panasonic pancho panda pandora pang pantera
  panther panther1 panthers panties pantyhos panzer papa papa123 paradise paradox parol parol1 parol123 parol12345 parola paroli
  parrot pascal pasha pass pass123 pass1234 passat passion passme passport passw0rd passwd passwor passwor1 password password1
  password12 password123 password2 passwords passwort pasword patches patric patrick1 patriot patriots paulie pavel pavilion
  pavlov pdtplf peach peaches peaches1 peanut peanuts pearljam pebbles pecker peekaboo peewee pegasus pelican pencil peng
  penguin penguins penis penny1 pensia pensioner penthous pentium pepito pepper pepper1 pepsi pepsi1 persik pervert peter1
  peterpan petrov petrova petya peugeot pfhfpf phantom pharmacy pheonix philippe philips phillies philly phish phoeni phoenix
  phoenix1 photos phpbb pian pianoman piao picard picasso piccolo pickle pickles pickup pics picturs pigeon piglet pikachu
  pillow pimp pimpin pinball pineappl pineapple ping pingpong pinhead pink pinkfloy pinkfloyd pinky pioneer pipeline pippen
  pippo piramida pirate pirates pisces pissing pissoff pistol pistons pitbull pivo pixies pizza pizzas placebo planet plasma
  plastic platinum platypus playboy playboy1 player playstat playstation playtime plumber pluto plymouth pobeda pobeda1945
  poison poiuyt poiuytrewq poka pokazaniya pokemon pokemon1 polaris police polina polniypizdec0211 polo polska pomidor pompey
  poncho ponedelnik pontiac pony poochie poodle pooh poohbear pookie poontang poop pooper poopie poopoo poopy pooter popcorn
  popeye popper poppy porkchop porn porno porno1 pornos pornstar porsche porsche1 porsche9 portland portugal poseidon possum
  postal postman potato pothead powder power1 preacher precious predator prelude premium presario presiden presto primus prince
  princes princess pringles printer prissy private privet privet1 privet123 prodigy prophet prowler proxy psycho puddin pudding
  puffin puffy pulsar pumpkin pumpkin1 pumpkins punisher punkin punkrock puppies puppy pupsik purdue purple puss pussey pussie
  pussies pussy pussy1 pussy123 pussy69 pussycat pussyman pussys putter pyramid python q12345 q123456 q1q2q3 q1w2e3 q1w2e3r4
  q1w2e3r4t5 q1w2e3r4t5y6 q2w3e4r5 qawsed qawsedrf qaz qaz123 qazqaz qazwsx qazwsx1 qazwsx12 qazwsx123 qazwsxed qazwsxedc
  qazwsxedc123 qazwsxedcrfv qazxsw qazxswedc qazzaq qiang qiao qing qiong qqq111 qqqqq1 quan quantum quartz quattro queens quest
  qwaszx qwe qwe123 qwe123qwe qweasd qweasd123 qweasdzxc qweqwe qwer12 qwer123 qwer1234 qwerasdf qwert qwert1 qwert123
  qwert12345 qwerty qwerty-1 qwerty1 qwerty11 qwerty12 qwerty123 qwerty1234 qwerty12345 qwerty123456 qwerty_1 qwertyu qwertyui
  qwertyuio qwertyuiop qwertz r2d2c3po rabbit rabota racecar racer racerx rachel1 racing radiohea radiohead radost ragnarok
  raider raiders raiders1 rainbow rainbow1 rainbow6 rainman raisa raistlin rambler rambo rammstein ramones ramrod ramses rancid
  random rang ranger ranger1 rangers rangers1 raptor rascal rasdzv3 rasputin rasta rastaman raven raven1 ravens razz rbcf rbhbkk
  rctybz reader realmadrid reaper rebecca1 rebel rebel1 rebels reckless red123 redalert redbaron redbird redbull reddevil reddog
  reddwarf redfish redfox redhead redhot redline redman redneck redrose redrum reds redskins redsox redsox1 redwing redwings
  redwood reebok reefer reload renault renegade reng rereirf rescue retard rfhbyf rfnthbyf rfnz rfrfirf rfrnec rhbcnbyf rhfcjnrf
  rhino rhjrjlbk rhtdtlrj richard1 rightnow ripken ripper ripple rjhjktdf rjirf rjirfrgbde rjntyjr rjycnfynby roadkill roadking
  roadrunn roadster rober robert1 robot robotech robotics rocker rocket rockets rockford rockhard rockon rocks rockstar rocky1
  rodina rodman roller rolltide roma roma1 roman romans romashka rommel ronaldo rong rookie rooster root rootbeer rosebud rossia
  rossiya rostov rostov161 rostovdon rotten route66 rover rovers royals rtyuehe ruan rubber rulez rulezzz runescape runner
  rush2112 ruslan russia russia1 russian rustam rusty1 sabbath sabine sabres sadie1 safari sahara sailboat sailing sailor saints
  sairam saiyan sakura salamander salasana saleen sally1 salmon salomon salsero sam123 samantha samiam sammy1 samson samsun
  samsung samsung1 samtron samurai sancho sandiego sandman sandro sandy1 sanfran santafe sapper sapphire sarah1 saratoga sascha
  sasha sasha1 sassy sassy1 sasuke satan satan666 satana saturn saun sauron sausage sausages sayang sber sberbank sberbank1
  scania scanner scarface scarlet schalke schastie schastye schet schetchik schetchiki scooby scoobydo scoobydoo scooter
  scooter1 scorpio scorpio1 scorpion scotch scotland scott1 scotty scout scrabble scrappy scream scruffy scuba scully seadoo
  seagull seahawks seamus searay seattle sebastia secret secret1 security seeker seinfeld select seminole semperfi semya
  senators seng sensei sentinel sentyabr septembe serega serenity sergei sergey sergi sersolution server sesame seven7 severin
  sex123 sex4me sexsex sexual sexx sexxxx sexxxy sexy sexy1 sexy69 sexyboy sexygirl sexyman shado shadow shadow1 shaggy shai
  shalom shaman shamrock shaney14 shang shania shannon1 shao shaolin shark sharks sharky shasta shaved shazam sheba1 shei shelby
  shemale sheng sherlock shiloh shiner shitface shithead shitty shocker shogun shooter shorty shotgun shou showme showtime shuai
  shuang shui shun shuo shutup sidorov siemens sierra silver silver1 silverad simba simon1 simple simpsons sinatra sinbad
  sinister sinned sinner sirius sithlord sixers skate skater skeeter skidoo skiing skinny skipper skippy skittles skorpion
  skydive skylar skyler skyline skywalke skywalker slacker slamdunk slapper slappy slapshot slava slavarossii slave slave1
  slavik slayer sleeper sleepy slick slick1 slider slim slinky slipknot slippery slowhand slut sluts slutty smashing smeghead
  smegma smelly smiles smiley smirnoff smiths smitty smoke smoker smokes smokey smokey1 smokie smokin smooth smudge smut snake
  snake1 snakes snapon snapper snapple snappy snatch sneakers snickers sniper snooker snoop snoopdog snoopy snoopy1 snowball
  snowboar snowboard snowflak snowman snuffy snuggles sobaka soccer soccer1 soccer12 socrates sofia softail softball software
  sojdlg123aljg sokol soldier soleil solnce solnishko solnyshko sommer sonic sonics sonoma sony sooners sophi sophie soprano
  soso123aljg soulmate southpar southpark sowhat spaceman spam spank spanking spankme spanky sparkle sparky sparky1 sparta
  spartak spartan spartans spawn speaker specialk spectre spectrum speedo speedy spencer1 sphinx spice spider spider1 spiderma
  spiderman spidey spike spike1 spiker spikes spinner spirit spitfire splash splinter spock sponge spongebo spongebob spooky
  sporty spring sprint sprite spunky spurs spurs1 sputnik spyder squall squash squirrel squirt srinivas stalin stalker stallion
  stanislav star star69 starbuck starcraf starcraft stardust starfire starfish stargate starligh starman starship starter
  startrek starwars stas stasik static stealth steeler steelers stefano steffi stepan steph stephani stereo sterlin steve1
  sticks sticky stiffy stimpy sting stinger stingray stinky stocking stocks stone55 stonecol stonecold stoned stones stoney
  storm storm1 stormy stranger stratus strawberry strider strike striker stripper stroker stubby stud studly stumpy stunner
  stupid stylus suan subaru sublime submit subway subzero success suck sucker suckit suckme sucks sugar sugar1 sultan summer
  summer1 summer99 summit sundance sunday sunflowe sunflower sunny1 sunnyday sunrise sunset sunshin sunshine super super1
  super12 super123 superb superfly superma superman superman1 supersta superstar surf surfer surfing survivor suzuki svet sveta
  svetik svetlana svoboda swallow sweet1 sweetnes sweetpea sweets sweety swimmer swimming swinger swingers sword swordfis
  swordfish swords sydney syncmaster synok syracuse syzygy tacobell tacoma taganrog taganrog1 taganrog161 talisman talon tamara
  tango tanker tanya tardis target tarheel tarheels tarzan tasty tatarin tatiana tattoo tatyana taurus taxman taylor1 tazman
  tazmania tbone tdutybq tdutybz teacher technics techno teddy1 teddybea teddybear teen teens tekken telefon telefon1 telegram
  telegram1 telephon temp temp123 tempest templar temppass teng tennis teplo tequila terminat terminator terrapin terror test
  test1 test123 test1234 tester testing testing1 testpass texas1 thailand thanatos thankyou theboss thecat thedog thedoors
  thedude theend thegame thegreat thekid theking theman theone therock thesims thirteen thisisit thoma thomas1 thong thongs thor
  thuglife thumbs thumper thunder thunder1 thunderb thx1138 tian tiao tiberius tiburon tickle tiffany1 tiger tiger1 tiger123
  tiger2 tigers tigers1 tigger tigger1 tigger2 tights tigr timber timur ting tinker tinkerbell tinman tintin tipper titan
  titanic titanium titans titleist tits titten titties titty tkbpfdtnf toaster toejam toffee tolkien tomato tomcat tommy1
  tommyboy toolman toon toor tootie tootsie topcat topdog topgun topher topper tornado toronto toshiba tottenha tottenham toyota
  tracker tractor trader trainer traktor trance tranny transam translator trapper travel traveler treasure trebor trfnthbyf
  triangle tricky trident trigger trinity tripod tripper triton triumph trixie trojan trojans trombone trooper trouble truck
  trucker trucks truelove trumpet trunks trustno1 tsunami tuesday tulips tunafish tundra tuning turbo turbo1 turkey turkey50
  turtle tweety twilight twinkle twisted twister tyler1 typhoon udacha ufkbyf ulia ultima ultimate ultra umbrella underdog
  undertak undertaker unicorn unreal upyours uranus usa123 usarmy user user1 user123 usmc usnavy usuckballz1 utopia vacation
  vader vadim vagina valentin valentina valera valhalla valkyrie valya vampire vanguard vanhalen vanilla varvara vasilisa
  vasiliy vasya vasya1 vaz2107 vaz2109 vaz2110 vector vectra vedder vegeta velvet venera vera verbatim veritas verizon vermont
  veronika versace vertigo vesna vesna2026 vette vfczyz vfhbyf vfhecz vfhufhbnf vfibyf vfitymrf vfksirf vfrcbv vfrcbvrf vfvekz
  vfvfgfgf vfvjxrf vh5150 viagra victory viewsonic vika vika1 viking vikings vikings1 viktor viktoria viktoriya vintage violetta
  violin viper viper1 vipers virgin visa vision vitalik vitya vjcrdf vkontakte vlad vladik vladimir vladislav voda vodka volcom
  volk volley volvo voodoo vortex vova voyager voyeur vsegda vsjasnel12 vtornik vulcan walleye walmart walnut walrus wanker
  wapbbs warcraft wareagle warhammer warlock warlord warrior warrior1 warriors warthog washingt wasser wassup watcher water1
  waterloo weasel webhompas webmaste webmaster weed weezer welcom welcome welcome1 welder weng werder werewolf westham westside
  westwood wetpussy wg8e3wjf whatever whatsup wheels whiskers whiskey whisky whisper white1 whiteout whitesox whitey whocares
  whore whynot wibble wicked wifey wildcard wildcat wildcats wildfire wildman william1 willow windmill windows windsor windsurf
  wingman winner winner1 winston winston1 winter wisdom wishbone wizard wolf359 wolfgang wolfie wolfman wolfpack wolverin
  wolverine wolves wombat woodland woody woody1 woofer woofwoof woohoo wookie wordpass wraith wrangler wrench wrestle wrestlin
  wrinkle1 wsx wutang xanadu xavier xbox360 xerxes xfiles xiang xiaomi xing xtreme xxx123 xxxpass xyz123 yamaha yandex yankee
  yankees yankees1 yankees2 yanvar ybrbnf ybrjkfq yeahbaby yellow yfcntymrf yfcnz yfnfif yfnfkmz yjdsqgfhjkm yoda yogibear
  yomama yosemite yourmom yousuck ytrewq yugioh yulia yummy yura yuri yzerman z123456 z1x2c3 z1x2c3v4 zachary1 zaika zalupa zang
  zaphod zappa zaq123 zaq12wsx zaq1xsw2 zaqwsx zaqxsw zaqxswcde zaraza zaychik zayka zebra zeng zenit zenith zephyr zeppelin
  zerocool zeus zhai zhao zhei zheng zhenya zhigulli zhjckfd zhkh zhong zhou zhuai zhuang zhui zhun zhuo zidane ziggy zigzag
  zildjian zima zima2025 zima2026 zipper zippy zodiac zombie zong zorro zoya zuan zvezda zxasqw12 zxc zxc123 zxcasd zxcasdqwe
  zxcv zxcv1234 zxcvb zxcvbn zxcvbnm zxcvbnm1 zxcvbnm123 zzzxxx
`
    .trim()
    .split(/\s+/),
);
