import t from 'tap'
import { parseDeterminationRequest } from '../../src/determination/determination-request.js'
import { determine } from '../../src/determination/determine.js'
import { remembering } from '../../src/determination/remembered.js'
import type { Condition } from '../../src/model/condition.js'
import type { Determination, Reason } from '../../src/model/determination.js'
import type { EntitlementRule } from '../../src/model/entitlement.js'
import type { Language } from '../../src/model/language.js'
import { addProgramme, type VersionSketch } from '../support/add-programme.js'
import { NOW, shippedRulebook } from '../support/shipped-rulebook.js'

const TRIAL = 'dongguan/trial'
const clause = 'dg2020-07-dibao'
const service: EntitlementRule = {
  kind: 'service',
  amount: null,
  unit: null,
  bound: 'exact',
  clause,
}

interface Asked {
  readonly sketch: Partial<VersionSketch>
  readonly household?: Record<string, unknown>
  readonly members?: readonly Record<string, unknown>[]
  readonly language?: Language
}

function ask(
  subject: 'household' | 'member',
  { sketch, household, members = [{ id: 'm1' }], language = 'en' }: Asked,
) {
  const full = {
    conditions: leaf('household.size', 'greaterThanInclusive', 1),
    entitlement: service,
    ...sketch,
  }
  const rulebook = addProgramme(shippedRulebook(), TRIAL, subject, full)
  const json = {
    asOf: '2020-06-01',
    knownAt: '2026-11-22T00:00:00Z',
    jurisdiction: '441900',
    programmes: [TRIAL],
    household: { ...household, members },
  }
  const answer = determine(rulebook, parseDeterminationRequest(rulebook, json, NOW), language)
  return { answer, determination: answer.determinations[0] as Determination }
}

function leaf(fact: string, operator: string, value: unknown): Condition {
  return { fact, operator, value, clause } as Condition
}

function reasonOf(
  condition: Condition,
  household: Record<string, unknown>,
  member: Record<string, unknown> = {},
  language: Language = 'en',
): Reason {
  const subject =
    condition && 'fact' in condition && condition.fact.startsWith('member') ? 'member' : 'household'
  return ask(subject, {
    sketch: { conditions: condition },
    household,
    members: [{ id: 'm1', ...member }],
    language,
  }).determination.reasons[0] as Reason
}

t.test('a margin is good above a floor and below a ceiling, bad on the other side', async (t) => {
  const rooms = (operator: string, value: number, actual: number) =>
    reasonOf(leaf('household.childrenCount', operator, value), { childrenCount: actual }).margin
  t.equal(rooms('lessThan', 3, 1), 2)
  t.equal(rooms('lessThan', 3, 5), -2)
  t.equal(rooms('lessThanInclusive', 3, 3), 0)
  t.equal(rooms('greaterThan', 3, 5), 2)
  t.equal(rooms('greaterThanInclusive', 3, 1), -2)
  t.equal(rooms('equal', 3, 3), 0)
  t.equal(rooms('equal', 3, 5), -2)
  t.equal(rooms('notEqual', 3, 5), 2)
})

t.test('actual values of every type are shown as they were stated or derived', async (t) => {
  const actual = (condition: Condition, member: Record<string, unknown>) =>
    reasonOf(condition, {}, member).actual
  const sick = leaf('member.disabilityCategory', 'contains', 'visual')
  t.strictSame(actual(sick, { disabilityCategory: ['visual', 'hearing'] }), ['visual', 'hearing'])
  t.equal(actual(sick, {}), null)
  t.equal(
    actual(leaf('member.dateOfBirth', 'lessThan', '1960-06-01'), { dateOfBirth: '1950-05-01' }),
    '1950-05-01',
  )
  t.equal(
    actual(leaf('member.isDisabled', 'equal', true), { disabilityCategory: ['visual'] }),
    true,
  )
  t.equal(actual(leaf('member.isDisabled', 'equal', true), { disabilityCategory: [] }), false)
  t.equal(actual(leaf('member.ageYears', 'lessThan', 18), { dateOfBirth: '2002-06-02' }), 17)
  t.equal(
    actual(leaf('member.sex', 'in', ['1', '2']), { sex: '9' }),
    null,
    'a code that means unknown',
  )
})

t.test('conditions read as sentences in both languages', async (t) => {
  const text = (condition: Condition, language: Language) =>
    reasonOf(condition, {}, {}, language).text
  const sex = leaf('member.sex', 'in', ['1', '2'])
  t.equal(
    text(sex, 'zh'),
    '性别属于男、女：符合',
    'a closed list that is named whole holds whatever the code is',
  )
  t.match(text(sex, 'en'), /Sex is one of .*ale, .*ale: met/i)
  t.match(text(leaf('household.hukouCode', 'equal', '441900'), 'zh'), /东莞市：尚不清楚$/)
  t.match(text(leaf('household.hukouCode', 'notEqual', '110000'), 'zh'), /不为110000：尚不清楚$/)
  t.match(text(leaf('household.dibaoStatus', 'equal', false), 'zh'), /须为“否”/)
  t.match(text(leaf('household.dibaoStatus', 'notEqual', false), 'en'), /must be yes/)
  t.match(text(leaf('household.dibaoStatus', 'equal', true), 'zh'), /须为“是”/)
  t.match(text(leaf('household.dibaoStatus', 'equal', false), 'en'), /must be no/)
  t.match(
    text(leaf('household.monthlyIncomeTotal', 'lessThan', 100), 'en'),
    /is below 100 CNY a month: not known yet/,
  )
  t.match(text(leaf('household.childrenCount', 'lessThan', 10), 'zh'), /低于10/)
  t.match(text(leaf('member.ageYears', 'lessThan', 18), 'zh'), /低于18周岁/)
  t.match(text(leaf('member.socialInsuranceYears', 'greaterThanInclusive', 5), 'zh'), /不低于5年/)
})

t.test('a clause of each force is worded as strongly as it is', async (t) => {
  const conditions = leaf('household.childrenCount', 'equal', 1)
  const text = (id: string, met: boolean, language: Language) =>
    ask('household', {
      sketch: { clauses: [id], conditions },
      household: { childrenCount: Number(met) },
      language,
    }).determination.text
  t.match(text('dg2020-07-dibao', true, 'en'), /entitled/)
  t.match(text('dg2014-cred-points-hukou', true, 'en'), /names the group/)
  t.match(text('dg2014-cred-points-hukou', true, 'zh'), /列出/)
  t.match(text('dg2020-07-dibao', false, 'zh'), /不符合/)
  t.match(text('dg2014-cred-points-hukou', false, 'en'), /does not name/)
  t.match(text('dg2014-cred-points-hukou', false, 'zh'), /不属于/)
  t.match(text('dg2020-07-dibao', false, 'en'), /not entitled/)
})

t.test('an amount whose facts are missing is null and names them', async (t) => {
  const entitlement: EntitlementRule = {
    kind: 'cash',
    amount: { fact: 'household.monthlyIncomeTotal' },
    unit: 'CNY/month',
    bound: 'exact',
    clause,
  }
  const { determination } = ask('household', { sketch: { entitlement } })
  t.match(determination.entitlement, {
    amount: null,
    reason: 'facts-missing',
    missing: ['household.monthlyIncomeTotal'],
    steps: [],
  })
})

t.test('an amount is explained step by step and rounded once', async (t) => {
  const third: EntitlementRule = {
    kind: 'cash',
    amount: {
      add: [
        { divide: [{ yuan: 100 }, 3] },
        { min: [{ parameter: 'extra' }, { yuan: 5 }] },
        { cap: { yuan: 9 }, at: { yuan: 1 } },
      ],
    },
    unit: 'CNY',
    bound: 'exact',
    clause,
    alsoClauses: ['sa2014-12'],
  }
  const { determination } = ask('household', {
    sketch: { entitlement: third, parameters: { extra: { value: 2.5, unit: 'CNY', clause } } },
  })
  t.equal(determination.entitlement?.amount, 36.83)
  t.strictSame(determination.entitlement?.clauses, [clause, 'sa2014-12'])
  t.strictSame(determination.entitlement?.steps, [
    '100 ÷ 3 = 33.333333',
    'the lesser of (extra 2.5 (dg2020-07-dibao), 5) = 2.5',
    'the lesser of (9, 1) = 1',
    '33.333333 + 2.5 + 1 = 36.833333',
  ])
  t.ok(determination.interpretations.includes('rounded-to-fen'))
})

t.test('a rate is given as a rate', async (t) => {
  const of = { zh: '费用', en: 'costs' }
  const { determination } = ask('household', {
    sketch: { entitlement: { kind: 'rate', rate: 0.5, of, bound: 'floor', clause } },
  })
  t.match(determination.entitlement, {
    kind: 'rate',
    rate: 0.5,
    bound: 'floor',
    amount: null,
    unit: null,
    reason: 'amount-not-in-cited-text',
  })
})

t.test('points are the sum of a scorecard, and decide by an ordinary condition', async (t) => {
  const item = (id: string, points: number, fact: string) => ({
    id,
    clause,
    points: { highest: [{ if: { fact }, then: points }] },
  })
  const sketch: VersionSketch = {
    conditions: leaf('scorecard.points', 'greaterThanInclusive', 60),
    entitlement: { ...service, kind: 'ranking' },
    scorecard: {
      items: [
        { ...item('contract', 40, 'member.hasAutism'), group: 'best' },
        { ...item('lives', 30, 'member.livesAlone'), group: 'best' },
        { ...item('works', 20, 'member.isRetired'), cap: 15 },
        item('volunteer', 10, 'member.isBlind'),
      ],
      groupCaps: { best: 35 },
      cap: 70,
    },
  }
  const points = (member: Record<string, unknown>) =>
    ask('member', { sketch, members: [{ id: 'm1', ...member }] }).determination
  const all = points({ hasAutism: true, livesAlone: true, isRetired: true, isBlind: true })
  t.equal(all.outcome, 'eligible')
  t.equal(all.reasons[0]?.actual, 60, '35 for the group, 15 capped, 10')
  const known = points({ hasAutism: true, isRetired: true, isBlind: false })
  t.equal(known.outcome, 'ineligible', 'what is unknown cannot reach the line')
  t.equal(points({ isRetired: true, isBlind: true }).outcome, 'unknown')
  t.strictSame(points({ isRetired: true, isBlind: true }).missing, [
    'members/m1/hasAutism',
    'members/m1/livesAlone',
  ])
})

const donations: VersionSketch = {
  conditions: leaf('scorecard.points', 'greaterThanInclusive', 5),
  entitlement: { ...service, kind: 'ranking' },
  scorecard: {
    items: [
      {
        id: 'donations',
        title: { zh: '献血', en: 'Donations' },
        clause,
        perYear: {
          points: [1, 2].map((year) => ({ fact: `member.bloodDonationsYear${year}` })),
          cap: 3,
        },
        cap: 5,
        interpretation: 'local-hukou',
      },
      {
        id: 'retired',
        clause: 'elder-2',
        points: { highest: [{ if: { fact: 'member.isElderly' }, then: 1.25 }] },
        group: 'status',
      },
      {
        id: 'renting',
        clause: 'sa2014-9',
        points: 0.5,
        group: 'status',
        unless: leaf('member.ownsHome', 'equal', true),
      },
    ],
  },
}

function points(member: Record<string, unknown>, sketch: VersionSketch = donations) {
  return ask('member', { sketch, members: [{ id: 'm1', ...member }] }).determination
}

t.test('points are told line by line: won, possible and still missing', async (t) => {
  const open = points({ bloodDonationsYear1: 9, ownsHome: false })
  t.strictSame(open.points, {
    won: 3.5,
    possible: 6.25,
    required: 5,
    short: 1.5,
    items: [
      {
        item: 'donations',
        title: 'Donations',
        won: 3,
        possible: 5,
        clauses: [clause],
        missing: ['members/m1/bloodDonationsYear2'],
      },
      {
        item: 'retired',
        title: 'Who is elderly',
        group: 'status',
        won: 0,
        possible: 1.25,
        clauses: ['elder-2'],
        missing: ['members/m1/dateOfBirth'],
      },
      {
        item: 'renting',
        title: 'Who is entitled to minimum living',
        group: 'status',
        won: 0.5,
        possible: 0.5,
        clauses: ['sa2014-9'],
        missing: [],
      },
    ],
  })
  t.strictSame(open.clauses, [clause, 'elder-2', 'sa2014-9'], 'every line of the table is cited')
  t.strictSame(open.interpretations, ['local-hukou'])
})

t.test('each year and the whole line are capped, and an exclusion earns nothing', async (t) => {
  const won = (member: Record<string, unknown>) =>
    points(member).points?.items.map(({ won }) => won)
  const all = { bloodDonationsYear1: 9, bloodDonationsYear2: 9, dateOfBirth: '1950-01-01' }
  t.strictSame(won({ ...all, ownsHome: true }), [5, 1.25, 0], '3 a year, 5 in all')
  t.strictSame(won({ ...all, bloodDonationsYear2: 1, ownsHome: false }), [4, 1.25, 0.5])
  const unsaid = points({ ...all, dateOfBirth: '2000-01-01' }).points
  t.match(unsaid, { won: 5, possible: 5.5, short: 0 }, 'whether a home is owned is open')
  t.strictSame(unsaid?.items[2]?.missing, ['members/m1/ownsHome'])
})

t.test('points are short only of a number that a condition asks for', async (t) => {
  const conditions = leaf('scorecard.points', 'lessThan', 5)
  t.match(points({}, { ...donations, conditions }).points, { required: null, short: null })
  const both = {
    all: [leaf('scorecard.points', 'greaterThan', 2), donations.conditions as Condition],
  }
  t.match(points({}, { ...donations, conditions: both }).points, { required: 5, short: 5 })
  t.equal(ask('household', { sketch: {} }).determination.points, undefined)
})

t.test('a warning with a condition is given when the condition certainly holds', async (t) => {
  const when: Condition = {
    fact: 'household.dibaoStatus',
    operator: 'equal',
    value: true,
    interpretation: 'local-hukou',
  }
  const sketch: Partial<VersionSketch> = {
    warnings: [{ warning: 'conflicts-with', programme: 'dongguan/minimum-living', when }],
  }
  const warnings = (household: Record<string, unknown>) =>
    ask('household', { sketch, household }).determination
  t.ok(warnings({ dibaoStatus: true }).warnings.includes('conflicts-with:dongguan/minimum-living'))
  t.ok(warnings({ dibaoStatus: true }).interpretations.includes('local-hukou'))
  for (const household of [{}, { dibaoStatus: false }]) {
    t.strictSame(warnings(household).warnings, ['unchecked-source'])
    t.notOk(warnings(household).interpretations.includes('local-hukou'))
  }
})

t.test('every warning is given in words too', async (t) => {
  const warnings: VersionSketch['warnings'] = [
    { warning: 'instrument-pending' },
    { warning: 'conflicts-with', programme: 'dongguan/minimum-living' },
    { warning: 'conflicts-with', programme: 'elsewhere/unknown' },
  ]
  const texts = (language: Language) =>
    ask('household', { sketch: { warnings }, language }).answer.warnings
  t.strictSame(Object.keys(texts('zh')), [
    'conflicts-with:dongguan/minimum-living',
    'conflicts-with:elsewhere/unknown',
    'instrument-pending',
    'unchecked-source',
  ])
  t.match(texts('zh')['conflicts-with:dongguan/minimum-living'], /最低生活保障/)
  t.match(texts('en')['conflicts-with:elsewhere/unknown'], /elsewhere\/unknown/)
  t.match(texts('en')['unchecked-source'], /official/)
})

t.test('a horizon that has passed is warned of, from its day on', async (t) => {
  const warnings = (reviewBy: string) =>
    ask('household', { sketch: { reviewBy } }).determination.warnings
  t.ok(warnings('2020-06-01').includes('past-review-date'))
  t.notOk(warnings('2020-06-02').includes('past-review-date'))
})

t.test('a stated yes that its derivation denies is warned of', async (t) => {
  const conditions = leaf('member.isDisabled', 'equal', true)
  const warnings = (member: Record<string, unknown>) =>
    ask('member', { sketch: { conditions }, members: [{ id: 'm1', ...member }] }).determination
      .warnings
  t.ok(warnings({ isDisabled: true, disabilityCategory: [] }).includes('stated-over-derived'))
  t.ok(
    warnings({ isDisabled: false, disabilityCategory: ['visual'] }).includes('stated-over-derived'),
  )
  t.notOk(warnings({ isDisabled: false, disabilityCategory: [] }).includes('stated-over-derived'))
  t.notOk(warnings({ isDisabled: true }).includes('stated-over-derived'))
})

t.test(
  'members beyond the list leave an aggregate open, and it asks for the aggregate itself',
  async (t) => {
    const conditions = leaf('household.hasDisabledMember', 'equal', true)
    const { answer, determination } = ask('household', {
      sketch: { conditions },
      household: { size: 2 },
      members: [{ id: 'm1', disabilityCategory: [] }],
    })
    t.equal(determination.outcome, 'unknown')
    t.strictSame(determination.missing, ['household.hasDisabledMember'])
    t.equal(determination.needs, 'citizen')
    t.match(answer.questions, [
      { fact: 'household.hasDisabledMember', subject: { kind: 'household' }, source: 'citizen' },
    ])
    t.notOk(determination.interpretations.includes('listed-members-are-all'), 'the size was stated')
  },
)

t.test('a child of 18 is for an official to say', async (t) => {
  const conditions = leaf('member.isChild', 'equal', true)
  const { determination, answer } = ask('member', {
    sketch: { conditions },
    members: [{ id: 'm1', dateOfBirth: '2002-06-01' }],
  })
  t.match(determination, { outcome: 'unknown', missing: ['members/m1/isChild'], needs: 'official' })
  t.match(answer.questions, [
    {
      fact: 'member.isChild',
      subject: { kind: 'member', id: 'm1' },
      source: 'official',
      type: 'boolean',
    },
  ])
})

t.test('the question that settles most comes first, citizens before officials', async (t) => {
  const conditions: Condition = {
    all: [
      {
        any: [
          leaf('household.dibaoStatus', 'equal', true),
          leaf('household.ownsRuralHouse', 'equal', true),
        ],
      },
      {
        any: [
          leaf('household.lowIncomeStatus', 'equal', true),
          leaf('household.isAboutToMarry', 'equal', true),
        ],
      },
      leaf('household.settlementType', 'equal', 'rural'),
    ],
  } as Condition
  const { answer } = ask('household', { sketch: { conditions } })
  t.strictSame(
    answer.questions.map(({ fact }) => fact),
    [
      'household.settlementType',
      'household.isAboutToMarry',
      'household.ownsRuralHouse',
      'household.dibaoStatus',
      'household.lowIncomeStatus',
    ],
  )
  t.strictSame(Object.keys(answer.questions[0]?.values ?? {}), ['urban', 'rural'])
})

t.test('a summary is shared only where no stated value stands in it', async (t) => {
  const summary = (household: Record<string, unknown>, conditions: Condition) => {
    const sketch = { conditions, entitlement: service }
    const rulebook = addProgramme(shippedRulebook(), TRIAL, 'household', sketch)
    const json = (detail: string) => ({
      asOf: '2020-06-01',
      knownAt: '2026-11-22T00:00:00Z',
      jurisdiction: '441900',
      programmes: [TRIAL],
      detail,
      household: { ...household, members: [{ id: 'm1' }] },
    })
    const answers = ['full', 'summary', 'summary'].map((detail) => {
      const request = parseDeterminationRequest(rulebook, json(detail), NOW)
      return determine(rulebook, request, 'en').determinations[0] as Determination
    })
    const kept = answers.map(({ outcome, clauses, interpretations, warnings }) => ({
      outcome,
      clauses,
      interpretations,
      warnings,
    }))
    t.strictSame(kept[1], kept[0], 'as the full answer')
    t.strictSame(kept[2], kept[0], 'and again')
    return answers[1] === answers[2]
  }
  const below = leaf('household.monthlyIncomePerCapita', 'lessThan', 100)
  t.equal(summary({ monthlyIncomeTotal: 50 }, below), true)
  t.equal(summary({ monthlyIncomeTotal: 50, monthlyIncomePerCapita: 70 }, below), false)
  const leaves = (count: number) => {
    const many = Array.from({ length: count }, (_, index) =>
      leaf('household.monthlyIncomePerCapita', 'lessThan', 100 + index),
    )
    return { all: [{ all: many.slice(0, 30) }, { any: many.slice(30) }] } as Condition
  }
  t.equal(summary({ monthlyIncomeTotal: 50 }, leaves(40)), true)
  t.equal(summary({ monthlyIncomeTotal: 50 }, leaves(60)), false, 'more leaves than bits')
})

t.test('what is remembered of a version is bounded', async (t) => {
  const remembered = remembering()
  const planned = {} as Parameters<typeof remembered>[0]
  let made = 0
  const make = () => ++made
  t.equal(remembered(planned, -1, make), 1)
  t.equal(remembered(planned, -1, make), 1)
  t.equal(remembered(planned, null, make), 2)
  t.equal(remembered(planned, 2 ** 53, make), 3)
  t.equal(remembered(planned, 2 ** 53, make), 4, 'as good as no key: others are the same number')
  for (let key = 0; key < 1_000; key++) remembered(planned, key, make)
  t.equal(remembered(planned, -1, make), made, 'made anew after a thousand others')
})
