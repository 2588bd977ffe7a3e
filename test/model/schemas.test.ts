import { test } from 'tap'
import { Condition, OPERATOR_WORDS, OPERATORS } from '../../src/model/condition.js'
import { PROBLEMS, Problem, problemBody } from '../../src/model/errors.js'
import { Expression } from '../../src/model/expression.js'
import { Fact, factName, isMoney, scaleOf } from '../../src/model/fact.js'
import { LooseHousehold } from '../../src/model/household.js'
import { Jurisdiction, parameterName } from '../../src/model/programme.js'
import { Parameter, RuleVersion, ruleVersionId } from '../../src/model/rule-version.js'
import { UNIT_WORDS } from '../../src/model/unit.js'
import { testFact } from '../support/test-dictionary.js'

const leaf = { fact: 'household.poor', operator: 'equal', value: true }

test('a condition has exactly one of four forms, and no empty list', async (t) => {
  const good = [leaf, { all: [leaf] }, { any: [leaf, leaf] }, { not: leaf, clause: 'a' }]
  for (const json of good) t.ok(Condition.safeParse(json).success, JSON.stringify(json))
  const bad = [
    {},
    { all: [] },
    { all: [leaf], any: [leaf] },
    { not: [leaf] },
    { ...leaf, operator: 'matches' },
    { ...leaf, value: null },
    { ...leaf, value: [] },
    { ...leaf, value: [1] },
    { ...leaf, value: { fact: 'household.rooms' } },
    { ...leaf, path: '$.x' },
    { ...leaf, params: {} },
    { all: [leaf], priority: 2 },
    { condition: 'shared' },
  ]
  for (const json of bad) t.notOk(Condition.safeParse(json).success, JSON.stringify(json))
})

test('a comparison reads as a sentence in both languages', async (t) => {
  const sentences = (language: 'zh' | 'en') =>
    OPERATORS.map((operator) => OPERATOR_WORDS[operator][language]).join(', ')
  t.equal(
    sentences('en'),
    'is, is not, is one of, is none of, is below, is at most, is above, is at least, includes, does not include',
  )
  t.equal(sentences('zh'), '为, 不为, 属于, 不属于, 低于, 不超过, 高于, 不低于, 包括, 不包括')
})

test('a parameter without a name is called by its id', async (t) => {
  const named = { zh: '标准', en: 'standard' }
  t.strictSame(parameterName({ parameters: { line: named } }, 'line'), named)
  t.strictSame(parameterName({ parameters: { line: named } }, 'age'), { zh: 'age', en: 'age' })
  t.strictSame(parameterName(undefined, 'age'), { zh: 'age', en: 'age' })
})

test('an expression is one form of a closed language', async (t) => {
  const good = [1, 'a', { yuan: 1 }, { add: [1, 2] }, { cap: 1, at: 2 }, { holds: leaf }]
  for (const json of good) t.ok(Expression.safeParse(json).success, JSON.stringify(json))
  const bad = [null, '', { power: [1, 2] }, { add: [] }, { subtract: [1] }, { date: '2019-02-29' }]
  for (const json of bad) t.notOk(Expression.safeParse(json).success, JSON.stringify(json))
})

test('money is held in fen, other decimals in thousandths, the rest as it is', async (t) => {
  const scale = (type: 'decimal' | 'integer' | 'date', unit: string | null) =>
    scaleOf({ type, unit })
  t.equal(scale('decimal', 'CNY/month'), 100)
  t.equal(scale('decimal', 'm2'), 1000)
  t.equal(scale('integer', 'CNY'), 1)
  t.equal(scale('date', null), 1)
  t.notOk(isMoney({ type: 'decimal', unit: null }))
  t.notOk(isMoney({ type: 'integer', unit: 'CNY' }))
})

test('a fact is named by its entity and its own name', async (t) => {
  t.equal(factName('member.dateOfBirth'), 'dateOfBirth')
  t.ok(Fact.safeParse(testFact('member.dateOfBirth', 'date')).success)
  t.notOk(Fact.safeParse({ ...testFact('member.dateOfBirth', 'date'), id: 'person.age' }).success)
})

test('a jurisdiction has the code of its region', async (t) => {
  const town = { slug: 'town', code: '990025', name: { zh: '某镇', en: 'Town' } }
  t.ok(Jurisdiction.safeParse(town).success)
  const { error } = Jurisdiction.safeParse({ ...town, code: '99' })
  t.match(error?.issues, [{ path: ['code'], message: 'is no GB/T 2260 code of six digits' }])
})

test('a household lists members with ids, whatever else it says', async (t) => {
  t.ok(LooseHousehold.safeParse({ members: [{ id: 'm1', sex: '2' }], any: 1 }).success)
  t.notOk(LooseHousehold.safeParse({ members: [{ sex: '2' }] }).success)
})

test('a rule version is named by programme and version, a figure by its clause', async (t) => {
  t.equal(ruleVersionId({ programme: 'town/care', version: '2020-01-01' }), 'town/care@2020-01-01')
  t.notOk(Parameter.safeParse({ value: 1060, unit: 'CNY' }).success)
})

test('the roles of a version are roles, never names', async (t) => {
  const { error } = RuleVersion.safeParse({ publishedBy: 'Zhang', reviewedBy: 'Li' })
  const message = 'is no role such as encoder-1, and never a name'
  t.match(
    error?.issues.filter(({ code }) => code === 'invalid_format'),
    [
      { path: ['publishedBy'], message },
      { path: ['reviewedBy'], message },
    ],
  )
})

test('a unit reads as words in both languages', async (t) => {
  const words = (language: 'zh' | 'en') =>
    Object.values(UNIT_WORDS)
      .map((unit) => unit[language])
      .join(', ')
  t.equal(
    words('en'),
    'CNY a person a month, CNY a month, CNY a year, CNY, years of age, years, persons, children, donations, hours, km, m², m² a person, minutes, points',
  )
  t.equal(
    words('zh'),
    '元/人/月, 元/月, 元/年, 元, 周岁, 年, 人, 个, 次, 小时, 公里, 平方米, 平方米/人, 分钟, 分',
  )
})

test('a fault is worded in both languages and never repeats a value', async (t) => {
  const faults = [
    { pointer: '/household', code: 'unknown-fact', message: { zh: '没有', en: 'none' } },
  ]
  const problem = new Problem('invalid-request', { zh: '有误', en: 'wrong' }, faults)
  t.strictSame(problemBody(problem, 'zh'), {
    type: 'urn:huimin:problem:invalid-request',
    title: PROBLEMS['invalid-request'].title.zh,
    status: 400,
    detail: '有误',
    code: 'invalid-request',
    errors: [{ pointer: '/household', code: 'unknown-fact', message: '没有' }],
  })
  const placed = problemBody(new Problem('invalid-request', undefined, faults), 'zh')
  t.equal(placed.detail, '/household：没有')
  const whole = new Problem('invalid-request', undefined, [{ ...faults[0], pointer: '' } as never])
  t.strictSame(whole.detail, { zh: '/：没有', en: '/: none' })
  t.match(whole, { name: 'Problem', message: '/: none' }, 'a stack trace says what it is')
  const plain = problemBody(new Problem('not-found'), 'en')
  t.equal(plain.detail, PROBLEMS['not-found'].title.en)
  t.notOk('errors' in plain)
})
