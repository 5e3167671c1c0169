import { type Lexicon, linesBy } from './lexicon.ts';

const word = (source: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${source.replace(/ (?!\?)/g, '\\s+')})(?![\\p{L}\\p{N}])`, 'gu');
const lines = linesBy(word);

/** Words between a denial and what it denies. */
const between =
  '(?:\\s+(?:a|an|the|all|at|that|very|really|so|too|particularly|terribly|my|any|especially|need|have|want|it|this|be|to)){0,3}\\s+';

const groups =
  'team|office|department|company|class|floor|school|staff|group|site|branch|shop|building|firm|unit|crew|hospital|warehouse|plant';
const everybody = `everyone|everybody|(?:the|my|our) (?:whole|entire) (?:\\w+ )?(?:${groups})|all (?:of )?(?:our |the |us |my )?(?:staff|users|colleagues|employees|customers|students|teachers|people|coworkers|workers|members)|all of us`;
const hit =
  "(?:here |in \\w+ \\w+ |at \\w+ )?(?:is|are|has|have|had|gets?|sees?|lost|cannot|can not|can't|could ?n[o']t|can no longer|does ?n[o']t)";

export const english: Lexicon = {
  lines: [
    ...lines('anger', 0.8, {
      furious: '',
      outrageous: '',
      unacceptable: '',
      ridiculous: '',
      disgrace: 'disgrace(?:ful)?',
      pathetic: '',
      bullshit: 'bullshit|bs',
      wtf: 'wtf|what the (?:hell|heck|f\\w*)',
      'had enough': "(?:had|have) (?:just )?(?:had )?enough(?: of (?:this|it|you))?(?=[.!,;]|$)|i've had it(?: with)?",
      'speak to your manager': '(?:your|the|a) (?:manager|boss|supervisor|superior)',
      'worst support':
        'worst (?:\\w+ )?(?:support|service|help|helpdesk|desk|bot|chatbot|chat|company|system|experience)',
      "for heaven's sake": "ffs|for (?:god|heaven|christ|goodness|pete|fuck)'?s'? sakes?",
      useless: "(?:you are|you're|what a|this is|this|is|totally|completely|a|so) useless",
      'fed up': '',
      'sick of': '(?:sick|tired|sick and tired) of',
      hate: 'i (?:really |absolutely )?hate(?! to)',
      incompetent: 'incompeten(?:t|ce)|clueless|amateurs?|unprofessional|shameful|insulting|an insult|rip-?off',
      garbage:
        '(?:is|are|such|total|absolute|complete|piece of|what a) (?:\\w+ )?(?:garbage|crap|rubbish|trash|shit|nightmare|farce)',
      'cancel my contract':
        '(?:cancel|terminat|end)\\w* (?:my|our|the) contract|(?:switch|chang|mov)\\w* to (?:your competitor|another provider)|(?:want|demand) (?:my money back|compensation)|my lawyer|our lawyer|legal action',
    }),
    ...lines('anger', 0.6, {
      angry: "(?:i am|i'm|we are|we're|really|very|so|getting|quite|pretty|makes? me) (?:really |very |so )?angry",
      annoyed:
        "(?:i am|i'm|we are|we're|really|very|so|getting|quite|extremely) (?:really |very |so |extremely )?(?:annoyed|irritated|mad|livid|exasperated|enraged|pissed(?: off)?)|(?:is|really|very|so|how|extremely|just) (?:infuriating|maddening|annoying|upsetting|exasperating)|do you (?:even|actually|ever) (?:read|listen|understand|care)|no help at all|nonsense|(?:don't|do not|no longer|n't) trust",
      frustrated: 'frustrat(?:ed|ing)',
      'driving me crazy': 'driv(?:ing|es) (?:me|us) (?:crazy|mad|insane|nuts)',
      'losing patience': 'los(?:ing|t) (?:my|our) patience',
      'wasting my time': 'wast(?:e|ing) (?:of )?(?:my |our )?time',
      'terrible service':
        '(?:terrible|horrible|awful|appalling|lousy|poor|bad|dreadful|abysmal|shocking|horrendous|atrocious) (?:customer )?(?:service|support|help|bot|experience)|(?:service|support|help) (?:is|was) (?:so |really |just )?(?:terrible|horrible|awful|appalling|lousy)',
      'is a joke': '(?:is|what) a joke',
      'are you kidding': 'are you (?:kidding|joking|serious)',
      complain: '(?:want|like|going|have) to (?:make a complaint|complain)|file a complaint',
      stupid: '(?:stupid|idiotic|idiots?|morons?|dumb|damn|damned|bloody|crappy|shitty|fucking?|goddamn)',
      dissatisfied:
        '(?:dissatisfied|disappointed|disappointing|upset|unhappy|not (?:at all )?happy|appalling|disgusting|dreadful|(?:absolutely|totally|really|simply|just) (?:terrible|horrible|awful))',
      'what kind of support': 'what kind of (?:support|service|help|bot|company)',
      'does anybody work there': 'does (?:anybody|anyone)(?: at all)? (?:work|read)',
      'for the last time': '',
      'no help':
        "(?:you|you guys|you people|this|it|bot|chat|that)(?: are| is|'re|'s) (?:of )?(?:no help|no use|not helping|not helpful|unhelpful|not (?:at all )?helpful)",
      'on my nerves':
        "(?:getting|gets|grating) on (?:my|our) (?:last )?nerves?|wits'? end|(?:about|going|starting) to (?:lose it|explode|scream)|los(?:e|ing) (?:my|our) (?:mind|temper)|at the end of my tether",
      unbelievable:
        "(?:this|that|it)(?: is|'s) (?:just |simply |absolutely |totally )?(?:unbelievable|insane|absurd|unreal|outrageous|madness|crazy)(?! fast)|unbelievable(?=\\s*[.!?]*$)|can(?:not|'t| not) believe (?:this|it|you|that|how|what)",
      'seriously?': 'seriously\\s*[?!]+',
      'is a disaster':
        '(?:is|was|been) (?:just |such )?(?:a |an )?(?:complete |total |absolute |utter )?(?:disaster|mess|disgrace|shambles|catastrophe|waste|scandal)',
      swearing:
        '(?:fuck\\w*|shit\\w*|crap|bollocks|piece of (?:junk|crap|shit|garbage)|what the hell|damn it|dammit|goddamnit)',
      'hung up on me':
        'hung up (?:on me|the phone)|nobody (?:told|tells|informed|warned) (?:me|us)|report (?:this|you|it) to (?:my|your|the) (?:manager|boss|management|director)|why do (?:i|we) (?:even )?pay|not going to (?:try|do|repeat) (?:that|this|it)(?: all)? again',
      'never listens':
        '(?:you|they|you people|you guys|people|support) never (?:listens?|answers?|repl(?:y|ies)|helps?|calls? back|picks? up|cares?|reads?)',
      'not what i asked':
        "not what i (?:asked|said|meant|wrote)|(?:you|it|bot) (?:do not|don't|does not|doesn't|did not|didn't) (?:even )?(?:understand|get|listen to|read) (?:me|it|what i|my|anything|a thing)|read (?:what i|my message)",
      'someone competent':
        "(?:someone|somebody|anyone) (?:competent|who (?:knows|understands|has a clue|can (?:actually |really )?(?:fix|help|solve)|actually))|(?:don't|do not) (?:want|need|send me) (?:another|more|any more|these|your) (?:links?|articles?|answers?|instructions?|excuses)|no more (?:links|articles|excuses)",
      'what a mess': 'what a (?:mess|disaster|shambles|disgrace|circus)',
      'come on': '(?:oh )?come on(?=\\s*[,!.]|$)',
      'how hard can it be':
        'how (?:hard|difficult) (?:can|could) (?:it|this|that) be|why is (?:this|it|everything) (?:always )?so (?:hard|difficult|complicated)',
      'give up':
        "i(?:'m| am)? (?:giv(?:e|ing)|gave) up|(?:i'm|i am) (?:so |totally |absolutely )?done with (?:this|you|it)",
      'makes no sense':
        'your (?:\\w+ )?(?:answers?|instructions?|steps|advice|replies|reply) (?:makes?|made|make) no sense',
    }),
    ...lines('repeated', 0.6, {
      'still not working':
        "still (?:not|does ?n[o']t|does not|is ?n[o']t|can ?not|can't|won't|fails?|broken|the same|crash(?:es|ing)?|no)",
      'again the same':
        '(?:same|the) (?:problem|error|issue|thing|message|fault)s? (?:again|keeps?|came back|is back|comes? back)|(?:broken|down|gone|dead|offline|locked out|frozen|stuck|blocked|here|back|happening|failing) again|again (?:and again|broken|today|this morning|now)|(?:error|problem|message|fault|issue) is back|(?:fail|crash|happen|stop|freez|froze|disconnect|break|broke|lost|lose)\\w* (?:yet )?again',
      'over and over': '(?:over and over|time and again|again and again)',
      'tried everything': '(?:tried|done) (?:everything|it all|all of (?:that|this|it))',
      'nothing works': 'nothing (?:(?:you|i|we|that|at) (?:\\w+ ){1,3})?(?:works|helps|worked|helped|changes|changed)',
      'no matter what': 'no matter (?:what|how)',
      'no difference':
        '(?:no|without any|without) (?:difference|change|improvement|success|luck|effect|avail|progress)|nothing (?:has |have )?(?:changed|improved|happened)|in vain|to no avail|same (?:result|outcome)|(?:square one|going round in circles|going in circles)|(?:made|makes) no difference|still (?:nothing|no (?:luck|change|answer|connection|network|sound))|(?:nobody|no one) (?:does|did|cares|is doing)|for (?:days|weeks|months|hours) (?:now|and)',
      'third time': '(?:second|third|fourth|fifth|sixth|seventh|tenth|nth|umpteenth|\\d+(?:st|nd|rd|th)) time',
      'several times':
        '(?:tried|called|written|wrote|asked|told|explained|restarted|reset|phoned|emailed)(?! to (?:me|us))(?: \\w+){0,5} (?:twice|(?:two|three|four|five|six|ten|many|several|\\d+) times)',
      'already told you':
        '(?:already|just) (?:told|said|explained|written|wrote|asked)|(?:told|asked|explained|reported)(?: \\w+){0,2} before',
      'how many times': 'how (?:many times|often) do i (?:have|need) to|how many more times',
      'going on for weeks':
        '(?:going on|been like this) for (?:\\w+ ){0,3}(?:days?|weeks?|months?|years?|hours?)|(?:said|told me|claimed|promised) it (?:was|is|had been|would be) (?:fixed|solved|repaired|done)|told (?:you|them) (?:already|before|that|this)|lost (?:\\w+ )?(?:days?|hours?|weeks?) of work|are not listening|aren.t listening',
      'closed without fixing':
        '(?:closed|ended|marked) (?:my|the|our|this) (?:ticket|case|request)(?: \\w+){0,2} (?:without|but|although|though)|another (?:day|week|time),? another|every (?:other )?(?:week|month|morning|meeting)(?: \\w+){0,2} (?:same|again)|(?:same|the) (?:\\w+ )?(?:every|each) (?:single )?(?:day|week|morning|time)',
      'not again': '(?:oh )?(?:no,? )?not (?:this )?again',
      'same answer':
        '(?:the|that|this) same (?:answer|reply|response|advice|article|steps)|same thing (?:you|i was|as)|(?:sending|giving|telling) me the same',
      'nobody answered':
        "(?:nobody|no one|noone) (?:has |have |ever |here )?(?:answered|answers|replied|replies|called|calls|helped|helps|responded|responds|got back|gets back|listens|listened)|(?:nobody|no one) (?:is |ever )?(?:helping|answering|listening|picks? up|picking up|there)|(?:does|do|did) (?:nobody|no one|anybody|anyone) (?:ever )?(?:answer|pick up|reply|care|help)|never (?:got|received|had|heard) (?:any |an |a )?(?:answer|reply|response|back|call)|no (?:answer|reply|response|reaction)(?= (?:so far|yet|for|since|until)|[.!,]|$)|waiting (?:for )?(?:\\w+ )?(?:hours|days|weeks|ages|forever)|still waiting|(?:been|am|i'm) waiting (?:all|since|for (?:over|more))|waiting all (?:day|morning|afternoon|week)",
    }),
    ...lines('repeated', 0.4, {
      'already tried':
        '(?:already|also|even) (?:tried|done|did|restarted|reinstalled|checked)|(?:tried|did|done) (?:that|this|it) (?:already|too|twice|before)',
      'did not work either': "(?:(?:did|does) ?n[o']t|did not|does not) (?:work|help) either|does not help|didn't help",
      'keeps happening':
        'keeps? (?:on )?(?:crash|happen|fail|freez|stopp|coming|gett|show|appear|ask|disconnect|restart|say|drop)\\w*|every (?:single )?(?:day|time|hour)',
      'once again': 'once (?:again|more)(?! (?:thank|please))',
    }),
    ...lines('urgency', 0.7, {
      urgent:
        "(?:is|it's|its|that's|very|really|extremely|quite|so|most) urgent|urgent(?:ly)?(?=\\s*[:!.,]|\\s*$)|urgently|urgent (?:help|matter|case|problem|issue|request)",
      asap: 'asap|as soon as possible|as quickly as possible',
      emergency: "(?:is|it's|have) an emergency|emergency(?=\\s*[:!]|\\s*$)",
      immediately:
        '(?:help|need|now|it|this|me|us|fix\\w*|done|answer|reply|call|back|someone|please) immediately|immediate (?:help|attention|action|support)|immediately please',
      'right now':
        '(?:need|help|fix|working|it|this|me|us|want|done)(?: \\w+){0,3} right now|(?:need|want|fix|do) (?:it|this|help|that) now',
      "can't wait": "(?:can ?not|can't|cant) wait",
      'time-critical': 'time[- ]critical|business[- ]critical|mission[- ]critical',
      'high priority':
        '(?:high|top|highest|first|as a) priority|prioriti[sz]e this|priority (?:one|1)|critical (?:issue|problem|situation|case)|(?:is|very|really|extremely) critical|(?:extremely|very|really|most|so) important (?:that|for)|(?:about|going) to start(?=[.!,]|$)|(?:important|crucial|vital) (?:meeting|deadline|presentation|exam|call)',
      'straight away':
        '(?:straight|right) away|(?:help|fix\\w*|need|answer|reply|call|please|done)(?: \\w+){0,3} at once|this (?:minute|second|instant)|without (?:further )?delay|promptly',
      desperate:
        'i(?: am|.m)? begg?(?:ing)?(?: you)?|help\\s*!{2,}|desperate(?:ly)?|panick?(?:ing|ed)|in (?:a )?panic|freaking out|(?:lose|losing|cost me) my job|(?:get|be|getting) fired|life or death',
      'running out of time':
        '(?:running|run) out of time|no time (?:left|to lose)|(?:little|short of|short on) time|clock is ticking',
      'starts in minutes':
        '(?:start|begin|leav|board|depart|open|in|due|have|need|want|work|fix|answer|reply|present|submit)\\w*(?: \\w+){0,6}? (?:in|within) (?:the |an? |next |half an |less than )*(?:(?:\\d+|one|two|three|five|ten|fifteen|twenty|thirty) )?(?:minutes?|mins?|hour|hours)',
      'due today':
        '(?:deadline|due|exam|interview|presentation|pitch|audit|submit|deliver|fixed|finished|ready|need|sent|send|must|has to|have to|running|done)(?: \\w+){0,5} (?:today|tonight|this (?:morning|afternoon|evening)|by noon|by tonight|by (?:end of day|eod)|(?:by|before|until) (?:\\d{1,2}(?:[:.]\\d\\d)? ?(?:am|pm)|noon|midnight|lunch))',
    }),
    ...lines('urgency', 0.5, {
      hurry:
        '(?:please|must|in a|need to|have to|to) hurry(?: up)?|hurry up|hurry(?=\\s*[.!]*$)|quick(?:ly)?,? please|please,? quick(?:ly)?',
      'taking forever': 'taking (?:forever|ages|an eternity|way too long|far too long)',
      'starts soon':
        '(?:exam|meeting|call|presentation|interview|class|lesson|webinar|conference|flight|shift|demo)(?: \\w+){0,2} (?:starts?|begins?|is starting|is about to start|leaves) (?:very |really )?(?:soon|now|shortly|any minute|any moment)',
      quickly: '(?:please|do|need|fix|help|it|this|me|act|react)(?: \\w+){0,3} (?:quickly|fast)',
      'customer waiting': '(?:customer|client|patient|guest|people|visitor|audience|boss)s? (?:is|are) waiting',
    }),
    ...lines('stopped', 0.9, {
      'production down':
        '(?:production|(?:production|assembly) line|operations?|business|factory|plant|the line|our line)(?: \\w+){0,2} (?:stopped|stands still|standing still|halted|down|idle|interrupted|blocked|paralysed|paralyzed|offline)|(?:at|to) a (?:complete |total |grinding )?(?:standstill|halt)|(?:completely|totally|business is|company is) (?:completely |totally )?(?:paralysed|paralyzed|crippled)',
      "can't work":
        "(?:we|i|nobody|no one|they|team|staff|office|everyone|employees) (?:can ?not|can't|cant|can|could ?n[o']t) (?:do any |even |do our )?work(?! (?:out|with|together|from|remotely))(?: at all| anymore)?|(?:cannot|can not|can't|cant|unable to) (?:get|do) (?:any|anything|my|our|much) ?(?:work|done)|(?:unable|not able|impossible) (?:for us )?to (?:work|do (?:my|our|any|their) (?:work|jobs?))|(?:cannot|can not|can't|cant|can|could ?n[o']t) do (?:my|our|their|any of our) (?:jobs?|work)|prevents? (?:us|me) from working|(?:sitting|standing) (?:around )?idle",
      'server down':
        "(?:server|servers|website|web ?site|web ?shop|shop|system|systems|erp|database|site|cash ?registers?|registers?|tills?|pos|checkout) (?:is|are|has been|went|have been|'s) (?:\\w+ )?(?:down|offline|dead)|(?:checkout|registers?|tills?|payments?|card terminals?|ordering|webshop|order system)(?: (?:is|are|system))* (?:not work\\w*|does ?n[o']t work|do ?n[o']t work|broken|fail\\w*)|losing (?:sales|money|customers|orders|business)|cost(?:s|ing)? (?:us|me) (?:money|sales|thousands|a fortune|customers|orders|business|dearly)|(?:shop|store|branch|clinic|restaurant|counter|office) (?:cannot|can not|can't) open",
      'no orders':
        "(?:can ?not|can't|unable to) (?:take|process|accept|ship|deliver|sell|invoice|serve|bill|produce|manufacture|treat|dispatch)(?: \\w+){0,2} (?:orders?|anything|goods|customers?|products?|payments?|patients?|guests?|parcels?)",
      'had to close':
        '(?:had to|have to|must|cannot|can not|unable to) (?:close|shut|open)(?: \\w+){0,2} (?:shop|store|office|counter|branch|clinic|restaurant)',
      'blocks our work': 'block(?:ing|s|ed)? (?:\\w+ )?(?:our|my|all|the) (?:work|business|operations?)',
    }),
    ...lines('many', 0.7, {
      everybody: `(?:${everybody}) (?:\\w+ ){0,3}?${hit}|(?:nobody|no one|none of (?:us|our \\w+|my \\w+|the \\w+))(?: (?:in|on|at|from)(?: \\w+){1,3}?| here| else)? (?:can|has|is able|gets|could)(?! hear| see me| answered| replied| called| helped| responded)`,
      'several colleagues':
        "(?:same|too) (?:for|with) (?:all|everyone|everybody)(?: (?:of )?(?:my|our|the))?(?: (?:colleagues|people|users|team|staff|others|coworkers|employees))?|(?:several|many|some|other|multiple|my|all my|lots of|a lot of) (?:of (?:my|our) )?(?:colleagues|people|users|employees|customers|coworkers|co-workers|others|students)(?: here)? (?:are|have|get|can ?not|can't|see|report|too|as well)",
    }),
  ],
  denies: new RegExp(
    `(?:(?<![\\p{L}])(?:not|no|never|without|nothing|hardly|neither|nor|aint)|n't)(?:${between}|\\s+)$`,
    'u',
  ),
  deniesAfter: /^(?!)/u,
  empty:
    /(?:sorry|apologies|apologise|apologize|thanks?|thank you|welcome)(?:[\s,]+\w+){0,4}[\s,]+again|again[\s,]+thank|could you[^.?!]*again|no (?:rush|hurry|need to hurry)|(?:mark|flag|report|label|send|file|subject|mails?|messages?)(?:\s+\w+){0,3}\s+(?:as\s+)?["'“]?urgent["'”]?|["“][^"”]{1,40}["”]/gu,
  people:
    /(?<!(?:invite|for|of|with|add|to)\s)(?:(?:about|around|over|all|roughly|nearly|almost|at least|more than)\s+)?(?<![\p{N}.])(\d{1,6}|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|hundred)\s+(?:of us(?=[\s.,;!?]|$)|(?:of (?:us|our)\s+)?(?:people|users|employees|colleagues|staff|persons|customers|students|members|workers|computers|machines|devices|agents)\s+(?:here\s+)?(?:are|is|have|has|had|can ?not|can't|get|lost|could|see|report|without))/gu,
  numbered: (people) => `${people} people`,
};
