/** Passwords that attackers try first and that would pass the rule with a capital letter or a sign. Made by test/support/make-common-passwords.ts. */
export const commonPasswords: ReadonlySet<string> = new Set(
  `
1234567890q 123456789a 123456789q 123456789z 1234567a 1234567q 123456aa 123456qwerty 12345qwert 1234abcd 1234qwer
123qwe123 123qweasd 123qweasdzxc 12qwaszx 1a2b3c4d 1passwor 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx 1qaz2wsx3edc
1qazxsw2 8j4ye3uz a1234567 a1a2a3a4a5 a1b2c3d4 a1b2c3d4e5 a1s2d3f4 a1s2d3f4g5 a1s2d3f4g5h6 a3eilm2s2y aa123456789
aardvark abc123456789 abcd1234 abcd123456 abcde12345 aberdeen access14 achilles ad12345678 adgjmptw admin18533362
aezakmi123 afrika2002 agent007 airborne airforce airplane ajcuivd289 aksjdlasdakj89879 alabama123 alejandr alejandro1
aleksandr alexande alexander alexander1 alexandr alexandra alexandra1 alkanaft123 alpha135792468 am4h39d8nh american
amsterdam amsterdam1 an83546921an13 anastasia anderson andrey1992 angelica angelina animal2000 anthony1 anything
apollo13 aquarius arsenal1 arsenal123 asd123asd123 asdf1234 asdfasdf asdfg12345 asdfgh123456 asdfghjk asdfghjkl
asdfghjkl1 asdfghjkl123 aspirine assassin asshole1 asshole123 astra334566 atlantic atlantis auckland2010 australia
australia1 awesome123 awo8rx3wa8t azsxdcfv babydoll babygirl babylon5 badiman28200 barcelon barcelona baseball
baseball10 baseball11 baseball12 baseball21 basketba basketball basketball1 bearbear beatrice beautiful beautiful1
beefcake benjamin berlin1945 bhrh0h2oof6xbqjeh bigballs bigboobs bigdaddy billybob billyboy birthday birthday10
birthday100 birthday133 birthday21 birthday26 birthday27 birthday28 birthday299 birthday36 birthday54 blackcat blackdog
blackjac blackman blahblah blink182 blizzard bluebird blueblue blueeyes bluemoon bmvm3e46gtr bobafett bollocks bonehead
boredboi4u bot_schokk boy1cool23 boy4u2ownnyc bradford brandon1 brittany brooklyn brothers brucelee buckeyes budlight
bulldogs bullnuts2003 bullshit bunghole business butterfl butterfly butterfly1 butthead butthole c43dae874d c43qpul5rz
c7e4f8ezqh cadillac caliente californ california california1 campbell candyman cardinal carolina caroline catalina
catherin cavalier cdtnkfyf celtic1888 champion chandler changeme chargers charlie1 charlie111 charlie123 charlott
charlotte charlotte1 charlton chelsea1 cherokee chester123 chevelle chevrole cheyenne chicken123 chickenwing101 children
chocolat chocolate1 christia christian christian1 christin christine christop christopher1 cjkysirj clarence clifford
clitoris cnfc35762209 cocacola colombia colorado coltrane columbia columbus combat123654 commando computer computer12
concrete consumer cooldude corvette cosworth courtney cowboys1 creampie creative cristina crusader cvzefh1gkc danielle
dannyboy darkness darkside darkstar dbrnjhbz deadhead december deeznuts defender deftones designer devildog devilmaycry4
diamond1 diamonds dickhead dietcoke dilligaf dingdong director discover dkflbvbh dmiller12as doberman dodgeram
dogphil3650 dolphins domainlock2005 doughboy drowssap dthjybrf dunnowho89 e6pz84qfcj eatpussy efbcapa201 einstein
ekaterina ekaterina20 electric elephant elizabet elizabeth elizabeth1 emmanuel engineer enterpri enterprise eternity
excalibu explorer fatima753357 fernando fighting54 findaupair007 fireball firebird firstone123 fkg7h4f3v6 fktrcfylh
fktrcfylh1 flamingo fletcher florence football football10 football12 football123 formula1 franklin freckles frederic
fredfred freedom1 freepass freeuser front242 frontier fuck_inside fuckface fuckfuck fuckoff666 fuckyou1 fuckyou123
fuckyou2 function fyfcnfcbz fyfcnfcbz1 gangbang gangster garfield gateway1 geronimo ghbdtnbr ghhh47hj7649 ghjcnjnfr1
gilbert2707 giovanni gn56gn56 godsmack godzilla godzils4s7 goldberg goldfish golfball good123654 goodluck goodtime
gordolee85 gordon24 grateful greenday groupd2013 guardian guinness gy3yt2rgls h72sfibbnl halflife hamilton handsome
hannibal hardcore harrison hastings hd764nw5d7e1vb1 hd764nw5d7e1vbv heather1 hellfire hello123 hercules hesoyam123
highland hollister1 hollywoo hollywood1 hondas2000 hongkong hotstuff hshfd4n279 hurrican iampurehaha2 icecream
idontknow1 ihateyou ilovesex iloveyou iloveyou11 iloveyou12 iloveyou123 iloveyou143 iloveyou22 imjakie123 immortal
imperial infantry infiniti infinity internet intrepid ipo54tj45uy856 isabella isabelle j3qq4h7h2v jackson1 jamesbon
jamesbond007 jasmine123 jennifer jeremiah jessica1 jigei743ks johnjohn jonathan jordan23 josephphone7 justdoit juventus
kamelia2011 kamikaze kangaroo kanmax1994 katerina kathleen kawasaki kd189nlcih kentucky keyboard keystone kimberly
kingkong kingston kittycat kl?benhavn kristina ktjynsq40147 kudos4ever labrador lacrosse lancelot lasvegas lawrence
left4dead2 leonardo lesbians letmein1 letmein123 letmein2 lhbjkjubz2957704 lifehack lifetime lightnin lineage123
liverpoo liverpool liverpool1 logitech lollipop lololyo123 lonestar lonewolf longhorn lorraine lost4815162342 lotrfotr34
love777321777 lovelove loverboy lovezp1314 lowrider lp2568cskt lsia9dnb9y lucifer666 luckydog lzhan16889 m6cjy69u35
macdaddy magical123 magnolia mailcreated5240 makaveli manchest manchester manchester1 mandingo mangust6403 mapet123456
maprchem56458 marathon margaret margarita mariners marlboro marshall martinez maryjane maryland matchbox20 matthew1
mattylad10 maverick meatball megadeth melissa1 mercedes meridian mersedes metallic metallica metallica1 michael1
michael123 michaela michelle michigan microlab microsof microsoft midnight military minecraft minecraft123 minnesota_hp
misiaczek1 mistress mitchell mongoose monopoly monster123 montgom240 montreal morpheus morrison motorola mountain
msoracle32re munchkin mushroom musicman mustang1 mustangs napoleon nastya1995 nastya1996 nastya1997 nastya2010
natasha123 nathalie national ncc1701a ncc1701d ncc1701e nccpl25282 ne_e_pod_chehyl nebraska nemvxyheqdd5oqxyxyzi
newproject2004 nhfdvfnjkju123 nicholas nick1234-rem936 nightmare1 nikita1998 nikita2000 nintendo nintendo64 nissan350z
nokia6230i november nthvbyfnjh2 ntktdbpjh1994 nuaddn9561 nuttertools oblivion oc247ngucz oklahoma overlord p030710p$e4o
p0o9i8u7y6 pa55w0rd pa55word paintball1 pakistan panasonic panthers pantyhos paradise paraklast1974 parol12345 passport
passw0rd passwor1 password password00 password01 password1 password10 password11 password12 password123 password1234
password13 password21 password22 password23 password69 password88 password99 passwort patricia patrick1 patriots
pavilion pearljam peekaboo penelope penguins personal peterpan peugeot406 pfqwtd27121988 phezc419hv phillies phoenix1
pineappl pineapple1 pinkfloy platinum playstation2 playstation3 playtime pleasure plymouth pokemon1 pokemon123
polniypizdec0211 polniypizdec1102 polniypizdec110211 poohbear porkchop pornstar porsche9 porsche911 portland portugal
postov1000 precious predator presario primetime21 princess psychnaut1 pufunga7782 punisher punkrock pussycat q1q2q3q4q5
q1w2e3r4 q1w2e3r4t5 q1w2e3r4t5y6 q1w2e3r4t5y6u7 q1w2e3r4t5y6u7i8 q1w2e3r4t5y6u7i8o9p0 qawsedrf qaz123wsx456 qaz26101778
qazwsx123 qazwsx1234 qazwsx12345 qazwsx123456 qazwsxed qazwsxedc qazwsxedc1 qazwsxedc12 qazwsxedc123 qazwsxedcrfv
qazxswedc qazxswedc123 qq123456789 quant4307s queenas8151 qwe1234567 qwe123qwe123 qweasdzxc qweasdzxc1 qweasdzxc12
qweasdzxc123 qwer1234 qwerasdf qwert123 qwert12345 qwert54321 qwerty12 qwerty123 qwerty1234 qwerty12345 qwerty123456
qwerty123456789 qwerty2010 qwertyu123 qwertyui qwertyuio qwertyuiop qwertyuiop1 qwertyuiop10 qwertyuiop12 qwertyuiop123
qwertyuiop12345 r3vi3wpass ragnarok raiders1 raistlin rammstein rammstein1 rangers1 rashley198 redalert redskins
redwings remember renegade research rfnthbyf rfnthbyf1988 rhbcnbyf richard1 richmond robinson rockstar rolltide romashka
ronaldinho10 ronaldo123 rootbeer rosemary runescape1 rush2112 s1a2s3h4a5 sailboat samantha samsung123 sandiego santiago
sapphire sasha12345 satan666 sataniv1993 saun24865709 savannah scarface scarlett scoobydo scooter1 scorpion scotland
scoubidou2 scoubidou6 sdh686drth sdicmt7seytn sebastia sebastian sebastian1 security seinfeld selfok2013 seminole
semperfi sentinel septembe september serenity service321 sexygirl shadow1212 shamrock shaney14 shelbygt500 sherlock
shithead shopping showtime simpsons sithlord skittles skorpion39 skywalke slapshot slipknot slipknot666 snickers
snowball snuggles socrates softball software sojdlg123aljg somethin something1 soso123aljg southern spam967888 spanking
spartak1922 spartan117 spartans spectrum spiderma spiderman spiderman1 spiderman3 spitfire springer squirrel srinivas
ss6z2sw6lu stalker123 stallion standard starbuck starcraft starcraft2 stardust starfish stargate startrek starwars
starwars123 steelers stephani stephanie stephanie1 sterling stickdaddy77 stingray stocking stonecol stranger stripper
sundance sunflower1 sunshine sunshine69 super123 superfly superman superman12 superman123 sutvsc5ysaa svensps820
svetlana sweetpea swimming swingers swordfis swordfish syracuse t34vfrc1991 t5r4e3w2q1 table54781 tacobell tamwsn3sja
tarheels technics terminator testing123 thailand thankyou theodore thirteen13 thompson thuglife thunder1 titleist
tottenha tottenham1 trfnthbyf trombone truelove trustno1 twilight tylerca310 ultimate universe usuckballz1 vacation
valentin valentina vanhalen venom121293 verbatim veronica veronika vfrcbvrf vfvfgfgf123 victoria viktoria virginia
vitalik123 vkontakte vladimir vsjasnel12 w1w2w3w4w5 w2dlww3v5p walkman555 warcraft warhammer warhammer40k warriors
waterloo webmaster welcome1 welcome123 wenef45313 werewolf werty12345 westside wetpussy whatever whocares wildcats
william1 williams winnipeg261 wolfgang wolfpack wolverin wolverine wordpass wrangler wrestling1 wrinkle1 wwwooo1234
xiaoyua123 xxxp455w0rd5 yankees1 yanshi1982 z1x2c3v4b5 z1x2c3v4b5n6 z1x2c3v4b5n6m7 zaq12wsx zaq12wsxcde3 zaq1xsw2
zaq1xsw2cde3 zeppelin zexts364325 zjses9evpa zqjphsyf6ctifgu zx123456789 zxcasdqwe123 zxcv1234 zxcvb12345 zxcvbn123456
zxcvbn3215 zxcvbnm123 zxcvbnm1234 zxcvbnm123456789
`
    .trim()
    .split(/\s/),
);
