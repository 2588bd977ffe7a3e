import t from 'tap'
import { answerJson } from '../../src/determination/answer-json.js'
import { parseDeterminationRequest } from '../../src/determination/determination-request.js'
import { determine } from '../../src/determination/determine.js'
import type { Determination, DeterminationAnswer } from '../../src/model/determination.js'
import type { Language } from '../../src/model/language.js'
import type { LoadedReferral, Rulebook } from '../../src/rulebook/rulebook.js'
import { NOW, shippedRulebook } from '../support/shipped-rulebook.js'

const rulebook = shippedRulebook()

function ask(request: Record<string, unknown>, language: Language = 'zh'): DeterminationAnswer {
  const full = { jurisdiction: '441900', knownAt: '2026-11-22T00:00:00Z', ...request }
  return determine(rulebook, parseDeterminationRequest(rulebook, full, NOW), language)
}

function only(answer: DeterminationAnswer): Determination {
  t.equal(answer.determinations.length, 1, 'one determination')
  return answer.determinations[0] as Determination
}

const three = { members: [{ id: 'm1' }, { id: 'm2' }, { id: 'm3' }] }

function minimumLiving(asOf: string, household: Record<string, unknown>, language?: Language) {
  const known = { hukouCode: '441900', meetsDibaoPropertyRule: true, ...three, ...household }
  return ask({ asOf, programmes: ['dongguan/minimum-living'], household: known }, language)
}

t.test('the household of the contract gets the answer of the contract', async (t) => {
  const answer = minimumLiving('2020-06-01', {
    monthlyIncomeTotal: 2100,
    members: [
      { id: 'm1', dateOfBirth: '1950-05-01', sex: '2' },
      { id: 'm2', dateOfBirth: '2009-03-02' },
    ],
  })
  const { title, chosenBecause, text, ruleDigest, reasons, entitlement, ...rest } = only(answer)
  t.strictSame(rest, {
    programme: 'dongguan/minimum-living',
    force: 'standard',
    ruleVersion: 'dongguan/minimum-living@2020-03-06',
    subject: { kind: 'household' },
    outcome: 'eligible',
    clauses: ['dg2020-07-dibao', 'sa2014-11', 'sa2014-9', 'sa2014-12'],
    missing: [],
    needs: null,
    interpretations: [
      'commencement-on-signing',
      'difference-per-head-times-members',
      'hukou-from-place-of-application',
      'listed-members-are-all',
      'provincial-income-rules-not-applied',
    ],
    warnings: ['unchecked-source'],
  })
  t.equal(title, '最低生活保障')
  t.match(ruleDigest, /^sha256:[0-9a-f]{64}$/)
  t.type(chosenBecause, 'string')
  t.type(text, 'string')
  const { steps, ...granted } = entitlement as NonNullable<Determination['entitlement']>
  t.strictSame(granted, {
    kind: 'top-up',
    amount: 20,
    bound: 'exact',
    unit: 'CNY/month',
    missing: [],
    clauses: ['sa2014-12'],
  })
  t.strictSame(steps, [
    '最低生活保障标准 1060（dg2020-07-dibao） − 家庭人均月收入 1050 = 10',
    '10 × 共同生活的家庭成员人数 2 = 20',
    '0、20，取较大者 = 20',
  ])
  t.strictSame(
    reasons.map(({ text, interpretations, ...reason }) => reason),
    [
      {
        condition: '/all/0',
        fact: 'household.hukouCode',
        operator: 'equal',
        required: '441900',
        actual: '441900',
        met: true,
        decisive: true,
        clauses: ['sa2014-11'],
      },
      {
        condition: '/all/1',
        fact: 'household.monthlyIncomePerCapita',
        operator: 'lessThan',
        required: 1060,
        actual: 1050,
        unit: 'CNY/person/month',
        met: true,
        margin: 10,
        decisive: true,
        clauses: ['dg2020-07-dibao', 'sa2014-9'],
      },
      {
        condition: '/all/2',
        fact: 'household.meetsDibaoPropertyRule',
        operator: 'equal',
        required: true,
        actual: true,
        met: true,
        decisive: true,
        clauses: ['sa2014-9'],
      },
    ],
  )
  t.strictSame(Object.keys(answer.clauses), [
    'dg2020-07-dibao',
    'sa2014-11',
    'sa2014-12',
    'sa2014-9',
  ])
  t.match(answer.clauses['dg2020-07-dibao'], {
    document: '001',
    number: '東府〔2020〕1號',
    locator: '四(二)7',
    quote: '低保標準從每人每月980元提高到1060元',
    origin: 'seed',
    evidence: 're-upload',
  })
  t.equal(answer.clauses['sa2014-9']?.quote, null, 'no quotation is invented')
  t.strictSame(answer.questions, [])
})

t.test('one fen below the line is granted that fen, the line itself nothing', async (t) => {
  const below = only(minimumLiving('2020-06-01', { monthlyIncomeTotal: 3179.99 }))
  t.equal(below.outcome, 'eligible')
  t.equal(below.entitlement?.amount, 0.01)
  t.equal(below.reasons[1]?.actual, 1059.996667, 'at most six decimals')
  const at = only(minimumLiving('2020-06-01', { monthlyIncomeTotal: 3180 }))
  t.equal(at.outcome, 'ineligible')
  t.equal(at.entitlement, null)
  t.equal(at.reasons[1]?.margin, 0)
  t.strictSame(at.clauses, ['dg2020-07-dibao', 'sa2014-9'], 'only what decided is cited')
})

t.test('on the last day before the new line the former one applies', async (t) => {
  t.equal(only(minimumLiving('2020-03-05', { monthlyIncomeTotal: 2939.99 })).outcome, 'eligible')
  const at = only(minimumLiving('2020-03-05', { monthlyIncomeTotal: 2940 }))
  t.equal(at.outcome, 'ineligible')
  t.equal(at.reasons[1]?.required, 980)
})

t.test(
  'where the text does not say since when, the answer is unknown and asks nothing',
  async (t) => {
    const answer = minimumLiving('2019-06-01', { monthlyIncomeTotal: 100 })
    const { outcome, missing, needs, warnings, entitlement } = only(answer)
    t.strictSame(
      { outcome, missing, needs, entitlement },
      { outcome: 'unknown', missing: [], needs: 'official', entitlement: null },
    )
    t.ok(warnings.includes('start-not-stated'))
    t.ok(
      only(answer).reasons.every(({ decisive }) => !decisive),
      'no condition decides',
    )
    t.strictSame(answer.questions, [])
  },
)

t.test('before the law that is cited began, the programme is not in force', async (t) => {
  const { determinations, notInForce } = minimumLiving('2014-04-30', { monthlyIncomeTotal: 100 })
  t.strictSame(determinations, [])
  t.strictSame(notInForce, [
    {
      programme: 'dongguan/minimum-living',
      reason: 'before-first-version',
      nearest: 'dongguan/minimum-living@undated',
    },
  ])
})

t.test('an income left out is asked for', async (t) => {
  const answer = minimumLiving('2020-06-01', {}, 'en')
  const { outcome, missing, needs } = only(answer)
  t.strictSame(
    { outcome, missing, needs },
    { outcome: 'unknown', missing: ['household.monthlyIncomeTotal'], needs: 'citizen' },
  )
  t.match(answer.questions, [
    {
      fact: 'household.monthlyIncomeTotal',
      subject: { kind: 'household' },
      source: 'citizen',
      type: 'decimal',
      decides: ['dongguan/minimum-living'],
    },
  ])
  t.match(answer.questions[0]?.text, /\?$/)
})

t.test('a stated figure that its derivation contradicts wins, with a warning', async (t) => {
  const wrong = only(
    minimumLiving('2020-06-01', { monthlyIncomeTotal: 3000, monthlyIncomePerCapita: 1100 }),
  )
  t.equal(wrong.outcome, 'ineligible')
  t.ok(wrong.warnings.includes('stated-over-derived'))
  const rounded = only(
    minimumLiving('2020-06-01', { monthlyIncomeTotal: 3179.99, monthlyIncomePerCapita: 1059.99 }),
  )
  t.notOk(rounded.warnings.includes('stated-over-derived'), 'a rounded figure is no contradiction')
})

t.test('an amount with a fraction of a fen is rounded once, half up, and says so', async (t) => {
  const { entitlement, interpretations } = only(
    minimumLiving('2020-06-01', { monthlyIncomePerCapita: 1059.99, monthlyIncomeTotal: null }),
  )
  t.equal(entitlement?.amount, 0.03)
  t.notOk(interpretations.includes('rounded-to-fen'), 'nothing to round')
})

t.test('a summary has outcomes and clauses but no texts, reasons and steps', async (t) => {
  const request = {
    asOf: '2020-06-01',
    detail: 'summary',
    household: {
      monthlyIncomeTotal: 100,
      hukouCode: '441900',
      meetsDibaoPropertyRule: true,
      ...three,
    },
  }
  const answer = ask(request)
  const first = answer.determinations.find(({ outcome }) => outcome === 'eligible') as Determination
  t.strictSame(
    [first.reasons, first.entitlement?.steps, first.text, first.chosenBecause],
    [[], [], undefined, undefined],
  )
  t.ok(first.clauses.every((id) => id in answer.clauses))
  t.strictSame(answer.interpretations, {})
  t.ok(answer.questions.every((question) => question.text === undefined))
})

t.test('only the outcomes asked for are returned', async (t) => {
  const answer = ask({ asOf: '2020-06-01', include: ['eligible'], household: three })
  t.strictSame(answer.determinations, [])
  t.ok(answer.questions.length > 0, 'what is open is still asked')
})

t.test('determinations come by programme, then by member as listed', async (t) => {
  const answer = ask({ asOf: '2020-06-01', household: { members: [{ id: 'z' }, { id: 'a' }] } })
  const keys = answer.determinations.map(
    ({ programme, subject }) => `${programme} ${subject.kind === 'member' ? subject.id : ''}`,
  )
  const programmes = [...new Set(answer.determinations.map(({ programme }) => programme))]
  t.strictSame(programmes, [...programmes].sort())
  t.strictSame(
    keys.filter((key) => key.startsWith('dongguan/two-cancer')),
    ['dongguan/two-cancer-screening z', 'dongguan/two-cancer-screening a'],
  )
})

t.test('the same question gives the same bytes, whatever was asked between', async (t) => {
  const household = {
    monthlyIncomeTotal: 2100,
    hukouCode: '441900',
    members: [{ id: 'm1', disabilityCategory: ['visual'] }, { id: 'm2' }],
  }
  const before = JSON.stringify(ask({ asOf: '2020-06-01', household }))
  minimumLiving('2020-03-05', { monthlyIncomeTotal: 1 })
  ask({
    asOf: '2021-01-01',
    household: { members: [{ id: 'x', sex: '2', socialInsuranceYears: 5 }] },
  })
  t.equal(JSON.stringify(ask({ asOf: '2020-06-01', household })), before)
})

t.test('a measure that only names a group is not worded as an entitlement', async (t) => {
  const household = {
    members: [{ id: 'm1', isMigrantWorker: true, pointsHouseholdRegistrationMet: true }],
  }
  const answer = ask(
    { asOf: '2020-06-01', programmes: ['dongguan/points-household-registration'], household },
    'en',
  )
  const { force, text, warnings } = only(answer)
  t.equal(force, 'directive')
  t.match(text, /names the group/)
  t.ok(warnings.includes('instrument-pending'))
})

t.test('a household is referred to the discretionary clause that names its group', async (t) => {
  const { referrals, clauses } = ask({
    asOf: '2020-06-01',
    household: { isInHardship: true, ...three },
  })
  t.ok(referrals.length > 0)
  t.ok(referrals.every(({ clause, reason }) => clause in clauses && reason.length > 0))
  const group = (clause: string) => rulebook.clauses.get(clause)?.referral?.group
  const unknown = ask({ asOf: '2020-06-01', household: three }).referrals
  t.strictSame(
    unknown.filter(({ clause }) => !JSON.stringify(group(clause)).includes('"household.size"')),
    [],
    'of whom nothing is known, only what names everyone: nobody is referred by guessing',
  )
  t.strictSame(
    ask({
      asOf: '2020-06-01',
      programmes: ['dongguan/minimum-living'],
      household: { isInHardship: true, ...three },
    }).referrals,
    [],
    'who asks about one programme is answered about that one',
  )
})

t.test('a rule chosen on another clock says why', async (t) => {
  const early = ask({
    asOf: '2020-06-01',
    knownAt: '2026-11-20T23:59:59Z',
    programmes: ['dongguan/minimum-living'],
    household: three,
  })
  t.match(early.notInForce, [
    { reason: 'not-yet-known', nearest: 'dongguan/minimum-living@2020-03-06' },
  ])
})

t.test('more sets of programmes than are kept compiled answer as before', async (t) => {
  const all = [...rulebook.programmes.keys()].filter((id) => id.startsWith('dongguan/')).sort()
  const outcomes = (programmes: readonly string[]) =>
    ask({ asOf: '2020-06-01', detail: 'summary', programmes, household: three }).determinations.map(
      ({ outcome }) => outcome,
    )
  const first = outcomes(all)
  for (let set = 1; set <= 300; set++) outcomes(all.filter((_, index) => (set >> index) & 1))
  t.strictSame(outcomes(all), first)
})

t.test('a clause is shown in its paragraph when the documents are at hand', async (t) => {
  const withSources = { ...rulebook, paragraphs: new Map([['dg2020-07-dibao', 'the paragraph']]) }
  const json = {
    jurisdiction: '441900',
    asOf: '2020-06-01',
    programmes: ['dongguan/minimum-living'],
    household: three,
  }
  const { clauses } = determine(
    withSources,
    parseDeterminationRequest(withSources, json, NOW),
    'zh',
  )
  t.equal(clauses['dg2020-07-dibao']?.paragraph, 'the paragraph')
})

t.test(
  'a referral is made while its clause applies, and always when no start is stated',
  async (t) => {
    const [id, referral] = [...rulebook.referrals].find(
      ([, { clause }]) => clause.referral?.jurisdiction === '441900',
    ) as [string, LoadedReferral]
    const during = (validFrom: string | null, validTo: string | null): Rulebook => {
      const clause = {
        ...referral.clause,
        referral: { ...referral.clause.referral, validFrom, validTo },
      }
      return { ...rulebook, referrals: new Map([[id, { ...referral, clause }]]) } as Rulebook
    }
    const household = {
      isInHardship: true,
      members: [{ id: 'm1', isMigrantWorker: true, isInHardship: true, isDisabled: true }],
    }
    const json = { jurisdiction: '441900', asOf: '2020-06-01', household }
    const referred = (book: Rulebook) =>
      determine(book, parseDeterminationRequest(book, json, NOW), 'zh').referrals.length > 0
    t.equal(referred(during(null, null)), true)
    t.equal(referred(during('2020-06-01', '2020-06-02')), true)
    t.equal(referred(during('2020-06-02', null)), false)
    t.equal(referred(during(null, '2020-06-01')), false)
  },
)

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

t.test('an answer is written byte for byte as JSON.stringify writes it', async (t) => {
  const household = {
    isInHardship: true,
    monthlyIncomeTotal: 100,
    hukouCode: '441900',
    meetsDibaoPropertyRule: true,
    ...three,
  }
  for (const detail of ['summary', 'full']) {
    for (const include of [['eligible'], ['eligible', 'ineligible', 'unknown']]) {
      for (const asOf of ['2014-01-01', '2020-03-05', '2020-06-01']) {
        const answer = ask({ asOf, detail, include, household })
        t.equal(text(answerJson(answer)), JSON.stringify(answer))
        t.equal(
          text(answerJson(answer)),
          JSON.stringify(ask({ asOf, detail, include, household })),
          'again',
        )
      }
    }
  }
})

t.test('every number is explained at the edges of its range', async (t) => {
  const numbers = rulebook.facts.filter(
    ({ id, type }) => (type === 'integer' || type === 'decimal') && id !== 'household.size',
  )
  const stated = (edge: 'min' | 'max', of: string) =>
    Object.fromEntries(
      numbers
        .filter(({ entity }) => entity === of)
        .map((fact) => [fact.id.split('.')[1], fact[edge]]),
    )
  for (const jurisdiction of rulebook.jurisdictions.keys())
    for (const edge of ['min', 'max'] as const)
      for (const ids of [['m1'], ['m1', 'm2', 'm3']]) {
        const members = ids.map((id) => ({ id, ...stated(edge, 'member') }))
        const total = { monthlyIncomeTotal: stated(edge, 'household').monthlyIncomeTotal }
        for (const facts of [stated(edge, 'household'), total]) {
          const household = { ...facts, members }
          const answer = () => ask({ asOf: '2020-06-01', jurisdiction, household })
          t.doesNotThrow(answer, `${jurisdiction}, all at ${edge}, ${ids.length} members`)
        }
      }
})
