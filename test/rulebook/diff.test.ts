import t from 'tap'
import type { RuleVersion } from '../../src/model/rule-version.js'
import { diffVersions } from '../../src/rulebook/diff.js'
import { loadRulebook } from '../../src/rulebook/load-rulebook.js'
import { wordChanges } from '../../src/rulebook/word-changes.js'
import { basePlaces } from '../support/rulebooks.js'
import { shippedRulebook } from '../support/shipped-rulebook.js'

const rulebook = loadRulebook(basePlaces)
const versions =
  rulebook.programmes.get('town/living')?.versions.map(({ rule }) => rule.version) ?? []
const [former, base] = versions as [RuleVersion, RuleVersion]
const words = (a: RuleVersion, b: RuleVersion) => {
  const changes = diffVersions(a, b)
  return changes.map((change, index) => [
    change.kind,
    wordChanges(changes, b, rulebook, 'zh')[index],
    wordChanges(changes, b, rulebook, 'en')[index],
  ])
}

t.test('a version does not differ from itself, whatever the order of its keys', async (t) => {
  const turned = Object.fromEntries(Object.entries(base).reverse()) as unknown as RuleVersion
  t.strictSame(diffVersions(base, turned), [])
})

t.test(
  'a standard that rises is worded with both figures, its first day and its clause',
  async (t) => {
    t.strictSame(words(former, base), [
      [
        'parameter-changed',
        '“standard”自2020-01-01起由 500 提高到 600 元/人/月，依据 standard',
        '“standard” rises from 500 to 600 CNY a person a month from 2020-01-01, clause standard',
      ],
      [
        'date-changed',
        '生效日期由 未写明 改为 2020-01-01',
        'the first day in force moves from not stated to 2020-01-01',
      ],
    ])
  },
)

t.test('the Dongguan standard rises from 980 to 1,060', async (t) => {
  const book = shippedRulebook()
  const [a, b] = (book.programmes.get('dongguan/minimum-living')?.versions ?? []).map(
    ({ rule }) => rule.version,
  )
  const changes = diffVersions(a as RuleVersion, b as RuleVersion)
  t.equal(
    wordChanges(changes, b as RuleVersion, book, 'en')[0],
    '“Minimum living standard” rises from 980 to 1,060 CNY a person a month from 2020-03-06, clause dg2020-07-dibao',
  )
})

const { standard } = base.parameters as { standard: RuleVersion['parameters'][string] }
const leaf = (
  fact: string,
  operator: string,
  value: unknown,
  cited: object = { clause: 'standard' },
) => ({ fact, operator, value, ...cited })
const ROWS: readonly (readonly [string, object, string, string, string])[] = [
  [
    'a figure in another unit',
    { parameters: { standard: { ...standard, value: 1.5, unit: 'bowls' } } },
    'parameter-changed',
    '“standard”自2020-01-01起由 600 改为 1.5 bowls，依据 standard',
    '“standard” moves from 600 to 1.5 bowls from 2020-01-01, clause standard',
  ],
  [
    'a figure with another clause',
    { parameters: { standard: { ...standard, clause: 'help' } } },
    'parameter-changed',
    '“standard”的依据由 standard 改为 help',
    '“standard” rests on help instead of standard',
  ],
  [
    'a new figure without unit',
    { parameters: { standard, grade: { value: 2, unit: null, clause: 'help' } } },
    'parameter-added',
    '新增数值“grade”：2（help）',
    'figure added: “grade” = 2 (help)',
  ],
  [
    'a figure no longer used',
    { parameters: {} },
    'parameter-removed',
    '取消数值“standard”：600 元/人/月（standard）',
    'figure removed: “standard” = 600 CNY a person a month (standard)',
  ],
  [
    'another entitlement',
    { entitlement: { kind: 'service', clause: 'standard' } },
    'part-changed',
    '待遇有变',
    'the entitlement changes',
  ],
  [
    'a new scorecard',
    { scorecard: { items: [] } },
    'part-changed',
    '积分表有变',
    'the scorecard changes',
  ],
  [
    'a new warning',
    { warnings: [{ warning: 'instrument-pending' }] },
    'part-changed',
    '提示有变',
    'the list of warnings changes',
  ],
  [
    'a review date',
    { reviewBy: '2021-01-01' },
    'date-changed',
    '复核日期由 未写明 改为 2021-01-01',
    'the review date moves from not stated to 2021-01-01',
  ],
  [
    'an end',
    { validTo: '2021-01-01' },
    'date-changed',
    '失效日期由 未写明 改为 2021-01-01',
    'the first day no longer in force moves from not stated to 2021-01-01',
  ],
]
for (const [sentence, change, kind, zh, en] of ROWS) {
  t.test(`a difference is worded in both languages: ${sentence}`, async (t) => {
    t.strictSame(words(base, { ...base, ...change } as RuleVersion), [[kind, zh, en]])
  })
}

t.test('clauses and interpretations are listed as they come and go', async (t) => {
  const other = { ...base, clauses: ['help'], interpretations: ['local-only'] }
  t.strictSame(words(base, other), [
    ['unlisted', '取消条款 standard', 'clause removed: standard'],
    ['listed', '新增条款 help', 'clause added: help'],
    ['listed', '新增理解 local-only', 'interpretation added: local-only'],
  ])
})

t.test('conditions are compared one by one, wherever they stand', async (t) => {
  const hukou = leaf('household.hukouCode', 'equal', '990001')
  const income = leaf('household.incomePerHead', 'lessThan', { fact: 'parameter.standard' })
  const a = { ...base, conditions: { all: [hukou, income] } } as unknown as RuleVersion
  const b = {
    ...base,
    conditions: {
      all: [
        {
          any: [
            income,
            { not: leaf('household.nothing', 'in', ['1'], { interpretation: 'local-only' }) },
          ],
        },
        income,
      ],
    },
  }
  t.strictSame(
    words(a, b as unknown as RuleVersion),
    [
      [
        'condition-removed',
        '取消条件：household.hukouCode是 "990001"（standard）',
        'condition removed: household.hukouCode is "990001" (standard)',
      ],
      [
        'condition-added',
        '新增条件：household.nothing属于 ["1"]（local-only）',
        'condition added: household.nothing is one of ["1"] (local-only)',
      ],
      [
        'condition-added',
        '新增条件：household.incomePerHead低于 parameter.standard（standard）',
        'condition added: household.incomePerHead is below parameter.standard (standard)',
      ],
    ].sort((x, y) => (x[0] === 'condition-removed' ? -1 : y[0] === 'condition-removed' ? 1 : 0)),
  )
})

t.test('a condition that denies is worded beside an id', async (t) => {
  const a = { ...base, conditions: leaf('household.inHardship', 'equal', true) }
  const b = { ...base, conditions: leaf('household.inHardship', 'notEqual', true) }
  t.strictSame(words(a as unknown as RuleVersion, b as unknown as RuleVersion), [
    [
      'condition-removed',
      '取消条件：household.inHardship是 true（standard）',
      'condition removed: household.inHardship is true (standard)',
    ],
    [
      'condition-added',
      '新增条件：household.inHardship不是 true（standard）',
      'condition added: household.inHardship is not true (standard)',
    ],
  ])
})

t.test(
  'a figure with another unit moves, whatever its value; every decimal is shown',
  async (t) => {
    const figure = (value: number, unit: string | null) =>
      ({ ...base, parameters: { share: { value, unit, clause: 'standard' } } }) as RuleVersion
    t.strictSame(words(figure(60, 'CNY/month'), figure(60, 'CNY/year')), [
      [
        'parameter-changed',
        '“share”自2020-01-01起由 60 改为 60 元/年，依据 standard',
        '“share” moves from 60 to 60 CNY a year from 2020-01-01, clause standard',
      ],
    ])
    t.strictSame(words(figure(0.012345678, null), figure(0.012345679, null)), [
      [
        'parameter-changed',
        '“share”自2020-01-01起由 0.012345678 提高到 0.012345679，依据 standard',
        '“share” rises from 0.012345678 to 0.012345679 from 2020-01-01, clause standard',
      ],
    ])
  },
)

t.test('the same conditions combined or cited otherwise are one change', async (t) => {
  const income = leaf('household.income', 'lessThan', 1, {})
  const a = { ...base, conditions: { all: [income] } } as unknown as RuleVersion
  const b = { ...base, conditions: { any: [income] } } as unknown as RuleVersion
  t.strictSame(words(a, b), [
    [
      'conditions-rearranged',
      '条件的组合或依据有变',
      'the conditions are combined or cited differently',
    ],
  ])
})

t.test('a condition without a source of its own is worded without one', async (t) => {
  const a = {
    ...base,
    conditions: { all: [leaf('household.income', 'lessThan', 1)] },
  } as unknown as RuleVersion
  const b = {
    ...base,
    conditions: {
      all: [
        leaf('household.income', 'lessThan', 1),
        leaf('household.income', 'greaterThan', 0, {}),
      ],
    },
  }
  t.strictSame(words(a, b as unknown as RuleVersion), [
    [
      'condition-added',
      '新增条件：household.income高于 0',
      'condition added: household.income is above 0',
    ],
  ])
})

t.test('a part or a date that goes away is named as well', async (t) => {
  const { warnings: _, ...plain } = {
    ...base,
    warnings: [{ warning: 'instrument-pending' as const }],
  }
  t.strictSame(
    words(
      { ...plain, warnings: [{ warning: 'instrument-pending' }] },
      { ...plain, validFrom: null },
    ),
    [
      ['part-changed', '提示有变', 'the list of warnings changes'],
      [
        'date-changed',
        '生效日期由 2020-01-01 改为 未写明',
        'the first day in force moves from 2020-01-01 to not stated',
      ],
    ],
  )
  t.match(words(base, former)[0], [
    'parameter-changed',
    '“standard”由 600 降低到 500 元/人/月，依据 standard',
    '“standard” falls from 600 to 500 CNY a person a month, clause standard',
  ])
})
