/**
 * Ordinary English words that lie one slip from another: they are taken as written, although the FAQ does not know them.
 * Without them "left" would be repaired to "let" and "rain" to "train".
 */
import { stem } from './stem.ts';

const words = `
able about above accept across actually after again against agree ahead album alive allow alone along already also alter although
always among amount angry another answer anyone anything anyway apart appear area argue around arrive article asked asks asleep
attack aunt autumn avoid awake aware away awful baby back badly bake ball band bank base based basic bath beach bear beat became
because become been before began behind being believe bell belong below bend beside best better between beyond bill bird birth
bite black blame blank blue board boat body boil bold bone book boot bored born borrow boss both bother bought bowl brain brand
bread break brief bright bring broad broke brother brought brown build built burn bury busy cable cake calm came camp candle
capital care carry case cash cast catch caught cause cease cent certain chair chance chat cheap cheat cheer cheese chief child
choice choose chose church circle city civil claim class clean clear clever climb clock close cloth cloud club coach coal coast
coat coffee coin cold college colour color comes common complain cook cool cope copper copy corn corner cost cotton could count
couple course court cover crazy cream crew crime crop cross crowd cruel cruise crying curious current curve custom cute daily damage
dance danger dare dark data date dawn days dead deaf deal dear death debt decade decide deep deny depth desk detail dialog diet differ
dinner dirt dirty dish divide does dogs doing dollar done door double doubt down dozen draft drag draw dream dress drew drink
drive driver drop drove drug drunk during dust duty each eager early earn earth ease east easy eats edge effort eight either elect
else empty engine enjoy enough enter entire equal error escape even evening event ever every exact exam excuse exist exit expect
extra eyes face fact factor fade fail faint fair fairy faith fall false fame family famous fancy farm fashion fast fate father
fault favor favour fear feed feel feet fell felt fence fever field fifth fight figure file fill film final fine finger finish
fire firm first fish five flag flat flew flight floor flow flower fold folk follow food fool foot force forest forever forgive
fork form former forth forty forward fought found four frame free fresh friday friend from front fruit fuel full funny future
gain game gang garage garden gate gather gave gentle gets gift girl give given glad glass glow goal goat goes going gold gone good
grade grain grand grant grass grave great green greet grew grey gross ground group grow guard guess guest guide guilty guitar
habit hair half hall hand handle hang happen happy harbor hard hardly harm hate have head heal health heap hear heard heart heat
heavy height held hello help hence hero hers hidden hide high hill hire hits hold hole holiday holy home honest hope horse hotel
hour house huge human humor hunger hunt hurry hurt husband idea ideal idle image imagine impress inch indeed inside instead into
invite iron island issue item itself jail jeans join joke judge juice jump just keen keep kept kick kids kill kind king kiss kitchen
knee knew knife knock know known lack lady laid lake lamp land lane large last late later latest latter laugh launch lawn laws
lead leaf league lean learn least leather leave left legal lemon lend length less lesson letter level library lies life lift light
like likely limit line lion list listen little live lived lives load loan lobby local lock logic lonely long look loose lose loss
lost lots loud love lovely lower luck lucky lunch luxury mad made mail main major make male manage many march mark market marry
mass match mate matter maybe meal mean means meant meat media medium meet melt member mental mention menu merely merry mess metal
middle might mild mile milk mind mine minor minute mirror miss mixed mode model modern moment money month mood moon more morning
most mostly mother motion motor mouse mouth move movie much muscle museum music must myself name narrow nation native nature near
nearly neat neck need neither nerve never news next nice night nine nobody noise none noon normal north nose note noted notes
nothing notice novel nurse oath obey object ocean odds offer office often older once ones only onto opera option orange order
other ought ours oven over owed owner pace pack page paid pain paint pair palace pale panel paper parade parent park part partly
party pass past paste path patient pause peace peak pencil people pepper perfect perhaps period person petrol phase photo piano
pick picture piece pilot pink pipe pity place plain plan plane plant plate play player please plenty plot plus pocket poem poet
point poker pole police policy polite pond pool poor pope port pose post pound pour powder power praise pray prefer present press
pretty price pride prince prize proof proper proud prove public pull pulse pump punch pupil pure purple purpose purse push quality
quarter queen quick quiet quit quite quote race radio rail rain raise ramp range rank rapid rare rather reach react read reader ready
real reality realize really rear reason recall recent record reduce refer refuse regard region regret relax rely remain remark
remind remote rent repeat replay reply rescue rest result retire retry return reveal review reward rice rich ride right ring rise risk river
road roast robot rock role roll roof room root rope rose rough round route royal rude ruin rule rules rush sacred safe safety said
sail salad salary sale salt same sand sang save saved saying scale scare scene scheme school science score screen seal search season
seat second secret seek seem seen self sell send sense sent series serve service seven sever sex shade shadow shake shall shame
shape share sharp sheep sheet shelf shell shift shine ship shirt shock shoe shoes shoot shop shore short shot should shout show
shower shut sick side sight sign silent silk silly silver simple simply since sing singer single sink sister site size skill skin
skirt sleep slice slide slight slip slope slow small smart smell smile smoke smooth snake snow soap social sock soft soil sold
soldier sole solid some song soon sore sorry sort soul sound soup sour south space spare speak special speech speed spell spend
spent spice spin spirit spite split spoke spoken spoon sport spot spread spring square staff stage stairs stamp stand star stare start state
stay steady steal steam steel steep step stick stiff still stole stone stood stop store storm story stove straight strange street
stress strict strike string strip strong student studio study stuff style such sudden suffer sugar suit summer sunday super supper
supply sure surely swear sweat sweet swim swing table tail take taken taking tale talk tall tank tape task taste taught taxi teach
team tear teeth tells temple tend tends tent term test text than thank that their them then there these they thick thief thin thing
things think third thirty this those though thread three threw throat through throw thus ticket tide tidy tied tight till time times
tiny tired title today told tomato tone tonight took tool tooth topic total touch tough tour toward towel tower town trace track
trade train trap travel tray treat tree trend trial trick trip truck true trust truth tube tune turn twelve twenty twice twin
type ugly unable uncle under union unique unit unless until upon upper upset urban urge used useful usual vague valley value van
vary vast verb very victim video view village visit vital voice vote wage wages wait waited wake walk wall want warm warn wash waste
watch water wave ways weak wealth wear weather wedding weed week weigh weight welcome well went were west whale what wheat wheel when
where whether which while white whole whom whose wide wife wild will wind window wine wing winter wipe wire wise wish with within
without woke woman women wonder wood wooden wool word wore work worker world worry worse worst worth would wound wrap write writer
wrong wrote yard yeah year years yell yellow yesterday young your yours yourself youth zero zone`;

const stems = new Set(words.trim().split(/\s+/).map(stem));

/** Whether a word is an ordinary one, by its stem. */
export const isOrdinary = (stemmed: string): boolean => stems.has(stemmed);
