import t from 'tap'
import { parseDeterminationRequest } from '../../src/determination/determination-request.js'
import { factShapes } from '../../src/determination/facts-schema.js'
import { Problem, type ProblemCode } from '../../src/model/errors.js'
import { NOW, shippedRulebook } from '../support/shipped-rulebook.js'

const rulebook = shippedRulebook()

type Json = Record<string, unknown>

function request(extra: Json = {}, household: Json = {}, member: Json = {}): Json {
  return {
    jurisdiction: '441900',
    household: { ...household, members: [{ id: 'm1', ...member }] },
    ...extra,
  }
}

function refused(json: unknown): Problem {
  try {
    parseDeterminationRequest(rulebook, json, NOW)
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error('not refused')
}

function faults(json: unknown): string[] {
  return refused(json).faults.map(({ pointer, code }) => `${pointer} ${code}`)
}

t.test('defaults are today in Shanghai, now, every programme, every outcome, full', async (t) => {
  const evening = new Date('2026-11-22T16:30:00Z')
  const parsed = parseDeterminationRequest(rulebook, request(), evening)
  t.match(parsed, {
    asOf: '2026-11-23',
    knownAt: '2026-11-22T16:30:00.000Z',
    include: ['eligible', 'ineligible', 'unknown'],
    detail: 'full',
  })
  t.ok(parsed.programmes.length >= 12)
  t.ok(parsed.programmes.every((id) => id.startsWith('dongguan/')))
  t.strictSame(parsed.programmes, [...parsed.programmes].sort())
})

t.test('an instant of any zone is the same instant', async (t) => {
  const { knownAt } = parseDeterminationRequest(
    rulebook,
    request({ knownAt: '2026-11-22T08:00:00+08:00' }),
    NOW,
  )
  t.equal(knownAt, '2026-11-22T00:00:00.000Z')
})

t.test('programmes are taken once and in order', async (t) => {
  const programmes = [
    'dongguan/two-cancer-screening',
    'dongguan/minimum-living',
    'dongguan/two-cancer-screening',
  ]
  t.strictSame(parseDeterminationRequest(rulebook, request({ programmes }), NOW).programmes, [
    'dongguan/minimum-living',
    'dongguan/two-cancer-screening',
  ])
})

const BAD: readonly (readonly [string, unknown, ProblemCode, string])[] = [
  ['a list', [], 'invalid-request', ' wrong-type'],
  ['no household', { jurisdiction: '441900' }, 'invalid-request', '/household required'],
  [
    'no members',
    { jurisdiction: '441900', household: { members: [] } },
    'invalid-request',
    '/household/members too-few',
  ],
  [
    'a member without id',
    { jurisdiction: '441900', household: { members: [{}] } },
    'invalid-request',
    '/household/members/0/id required',
  ],
  ['an unknown key', request({ extra: 1 }), 'invalid-request', '/extra unknown-key'],
  [
    'an unknown jurisdiction',
    request({ jurisdiction: '110000' }),
    'unknown-jurisdiction',
    '/jurisdiction unknown-jurisdiction',
  ],
  [
    'a jurisdiction that is no code',
    request({ jurisdiction: 'dongguan' }),
    'invalid-request',
    '/jurisdiction wrong-form',
  ],
  [
    'an unknown programme',
    request({ programmes: ['dongguan/none'] }),
    'unknown-programme',
    '/programmes/0 unknown-programme',
  ],
  [
    "another jurisdiction's programme",
    request({ programmes: ['dongguan/minimum-living', 'zhuhai/inpatient-reimbursement'] }),
    'unknown-programme',
    '/programmes/1 unknown-programme',
  ],
  ['no programme at all', request({ programmes: [] }), 'invalid-request', '/programmes too-few'],
  [
    'an outcome that does not exist',
    request({ include: ['maybe'] }),
    'invalid-request',
    '/include/0 unknown-code',
  ],
  [
    'an impossible date',
    request({ asOf: '2020-02-30' }),
    'invalid-request',
    '/asOf impossible-date',
  ],
  ['a date in another form', request({ asOf: '2020-2-3' }), 'invalid-request', '/asOf wrong-form'],
  ['a day before all', request({ asOf: '1849-12-31' }), 'invalid-request', '/asOf out-of-range'],
  ['a day after all', request({ asOf: '2201-01-01' }), 'invalid-request', '/asOf out-of-range'],
  [
    'an instant without zone',
    request({ knownAt: '2026-11-21T00:00:00' }),
    'invalid-request',
    '/knownAt wrong-form',
  ],
  [
    'an instant after the present',
    request({ knownAt: '2026-11-22T00:00:01Z' }),
    'invalid-request',
    '/knownAt in-the-future',
  ],
  [
    'a fact that does not exist',
    request({}, { monthlyIncome: 1 }),
    'unknown-fact',
    '/household/monthlyIncome unknown-fact',
  ],
  [
    'a member fact that does not exist',
    request({}, {}, { dateOfBrith: '1950-01-01' }),
    'unknown-fact',
    '/household/members/0/dateOfBrith unknown-fact',
  ],
  [
    'a fact of the other entity',
    request({}, { sex: '2' }),
    'unknown-fact',
    '/household/sex unknown-fact',
  ],
  [
    'a key with a slash and a tilde',
    request({}, { 'a/b~c': 1 }),
    'unknown-fact',
    '/household/a~1b~0c unknown-fact',
  ],
  [
    'a prototype key',
    request({}, JSON.parse('{"__proto__": 1}')),
    'unknown-fact',
    '/household/__proto__ unknown-fact',
  ],
  [
    'a number as text',
    request({}, { monthlyIncomeTotal: '500' }),
    'invalid-request',
    '/household/monthlyIncomeTotal wrong-type',
  ],
  [
    'text as a boolean',
    request({}, { dibaoStatus: 'true' }),
    'invalid-request',
    '/household/dibaoStatus wrong-type',
  ],
  [
    'three decimals of money',
    request({}, { monthlyIncomeTotal: 1.005 }),
    'invalid-request',
    '/household/monthlyIncomeTotal too-many-decimals',
  ],
  [
    'less than nothing',
    request({}, { monthlyIncomeTotal: -1 }),
    'invalid-request',
    '/household/monthlyIncomeTotal out-of-range',
  ],
  [
    'more than the dictionary allows',
    request({}, { monthlyIncomeTotal: 1e11 }),
    'invalid-request',
    '/household/monthlyIncomeTotal out-of-range',
  ],
  [
    'a fraction of a person',
    request({}, { size: 1.5 }),
    'invalid-request',
    '/household/size wrong-type',
  ],
  [
    'a household smaller than its list',
    { jurisdiction: '441900', household: { size: 1, members: [{ id: 'a' }, { id: 'b' }] } },
    'invalid-request',
    '/household/size fewer-than-listed',
  ],
  [
    'a code that is not listed',
    request({}, {}, { sex: '3' }),
    'invalid-request',
    '/household/members/0/sex unknown-code',
  ],
  [
    'a number as a code',
    request({}, {}, { sex: 2 }),
    'invalid-request',
    '/household/members/0/sex unknown-code',
  ],
  [
    'a region that is no code',
    request({}, { hukouCode: '4419' }),
    'invalid-request',
    '/household/hukouCode wrong-form',
  ],
  [
    'a set with a repeated code',
    request({}, {}, { disabilityCategory: ['visual', 'visual'] }),
    'invalid-request',
    '/household/members/0/disabilityCategory repeated-code',
  ],
  [
    'a set with an unknown code',
    request({}, {}, { disabilityCategory: ['blind'] }),
    'invalid-request',
    '/household/members/0/disabilityCategory/0 unknown-code',
  ],
  [
    'a single code for a set',
    request({}, {}, { disabilityCategory: 'visual' }),
    'invalid-request',
    '/household/members/0/disabilityCategory wrong-type',
  ],
  [
    'a date before all',
    request({}, {}, { dateOfBirth: '1849-12-31' }),
    'invalid-request',
    '/household/members/0/dateOfBirth out-of-range',
  ],
  [
    'a birth after the day asked for',
    request({ asOf: '2020-06-01' }, {}, { dateOfBirth: '2020-06-02' }),
    'invalid-request',
    '/household/members/0/dateOfBirth after-as-of',
  ],
  [
    'a repeated member id',
    { jurisdiction: '441900', household: { members: [{ id: 'a' }, { id: 'a' }] } },
    'invalid-request',
    '/household/members/1/id repeated-id',
  ],
  [
    'a member id with a space',
    { jurisdiction: '441900', household: { members: [{ id: 'a b' }] } },
    'invalid-request',
    '/household/members/0/id wrong-form',
  ],
  [
    'an identity number of the wrong form',
    request({}, {}, { idNumber: '123' }),
    'invalid-request',
    '/household/members/0/idNumber wrong-form',
  ],
  [
    '51 members',
    {
      jurisdiction: '441900',
      household: { members: Array.from({ length: 51 }, (_, i) => ({ id: `m${i}` })) },
    },
    'too-many-members',
    '/household/members too-many-members',
  ],
]

for (const [name, json, code, fault] of BAD) {
  t.test(`${name} is refused at its place`, async (t) => {
    t.equal(refused(json).code, code)
    t.strictSame(faults(json), [fault])
  })
}

t.test(
  'members that are no list, and a member that is no object, are refused at their place',
  async (t) => {
    t.strictSame(faults({ jurisdiction: '441900', household: { members: 'm1' } }), [
      '/household/members wrong-type',
    ])
    t.strictSame(faults({ jurisdiction: '441900', household: { members: ['m1'] } }), [
      '/household/members/0 wrong-type',
    ])
    t.strictSame(faults({ jurisdiction: '441900', household: 'm1' }), ['/household wrong-type'])
  },
)

t.test('every fault is named at once', async (t) => {
  t.strictSame(faults(request({ asOf: 'x' }, { size: 'x', nothing: 1 })).length, 3)
})

t.test('a text of the wrong form is told the form, in both languages', async (t) => {
  const WORDED: readonly (readonly [unknown, string, string])[] = [
    [request({ jurisdiction: '东莞' }), '/jurisdiction：应为六位数字', 'must be six digits'],
    [request({ asOf: '1 June 2020' }), '/asOf：应为日期', 'must be a date such as 2020-06-01'],
    [request({ knownAt: '2026-11-21' }), '/knownAt：应为带时区的时刻', 'must be an instant'],
    [request({ programmes: ['dibao'] }), '/programmes/0：应为项目编号', 'must be a programme id'],
    [request({}, {}, { id: 'a b' }), '/household/members/0/id：应为 1 至 64', 'letters, digits'],
    [
      request({}, {}, { idNumber: 'x' }),
      '/household/members/0/idNumber：格式不对',
      'has the wrong form',
    ],
  ]
  for (const [json, zh, en] of WORDED) {
    const { detail } = refused(json)
    t.ok(detail.zh.startsWith(zh), detail.zh)
    t.ok(detail.en.includes(en), detail.en)
  }
})

t.test('the nearest known fact is named, and no value is repeated', async (t) => {
  const problem = refused(
    request({}, { monthlyIncomTotal: 'secret-value', dibaoStatus: 'secret-value' }),
  )
  const text = JSON.stringify([problem.message, problem.detail, problem.faults])
  t.match(text, /monthlyIncomeTotal/)
  t.notMatch(text, /secret-value/)
})

t.test('null and codes that mean unknown are no answers', async (t) => {
  const { household } = parseDeterminationRequest(
    rulebook,
    request({}, { monthlyIncomeTotal: null }, { sex: '9' }),
    NOW,
  )
  t.strictSame(household, { monthlyIncomeTotal: null, members: [{ id: 'm1', sex: '9' }] })
})

t.test('what is accepted at once is what the schema accepts, for every fact', async (t) => {
  const values: readonly unknown[] = [
    true,
    false,
    0,
    1,
    -1,
    0.5,
    0.001,
    0.0001,
    1.005,
    4,
    5,
    50,
    51,
    400,
    9_999_999_999.99,
    1e10,
    1e12,
    Number.NaN,
    Infinity,
    '',
    '0',
    '1',
    '2',
    '9',
    '10',
    '441900',
    '4419',
    'urban',
    'other',
    'none',
    'x'.repeat(65),
    'a\u0000b',
    '1950-05-01',
    '2020-02-30',
    '1849-12-31',
    '2200-12-31',
    '2201-01-01',
    '110101195001011234',
    '11010119500101123X',
    [],
    ['visual'],
    ['visual', 'visual'],
    ['visual', 'nothing'],
    [1],
    ['4050', 'other'],
    {},
    [[]],
    'true',
  ]
  for (const shapes of Object.values(factShapes(rulebook.dictionary))) {
    for (const [name, { accepts, schema }] of shapes) {
      const wrong = values.filter((value) => accepts(value) !== schema.safeParse(value).success)
      t.strictSame(wrong, [], name)
    }
  }
})
