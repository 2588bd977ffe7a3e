import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { lintRulebook } from '../../src/rulebook/lints/lint-rulebook.js'
import { loadRulebook } from '../../src/rulebook/load-rulebook.js'
import { BAD, basePlaces, overlay } from '../support/rulebooks.js'
import { shippedRulebook } from '../support/shipped-rulebook.js'

const base = lintRulebook(loadRulebook(basePlaces)).findings.map(({ id }) => id)

/** What each folder of fixtures/rulebooks/lint, laid over the good rulebook, adds to its findings. */
const FOUND: Readonly<Record<string, readonly string[]>> = {
  'adds-nothing': [
    'adds-nothing town/living@2022-01-01 /all/1: it holds whenever the conditions beside it do',
    'adds-nothing town/living@2022-01-01 /all/2/any/1: it never holds, or only where an alternative beside it does',
    'adds-nothing town/living@2022-01-01 /all/2/any/2/not/all/1: it never holds, or only where an alternative beside it does',
  ],
  'always-holds': ['always-holds town/living@2022-01-01: every household meets its conditions'],
  'gap-in-time': [
    'gap-in-time town/elders@2020-01-01.2: nothing is in force from 2023-01-01 until 2024-01-01',
  ],
  'idle-points': [
    'adds-nothing town/points@2022-01-01 /all/1: it holds whenever the conditions beside it do',
    'idle-points town/living@2022-01-01 /all/2: it never holds: its scorecard gives 1 to 50 points',
    'idle-points town/points@2022-01-01 /all/0/any/0: it never holds: its scorecard gives 1.2 to 60 points',
    'idle-points town/points@2022-01-01 /all/1: it always holds: its scorecard gives 1.2 to 60 points',
    'idle-points town/points@2022-01-01 /all/2: it always holds: its scorecard gives 1.2 to 60 points',
  ],
  'names-everybody': [],
  'never-holds': ['never-holds town/living@2022-01-01: no household can meet its conditions'],
  'never-settled': [
    'gap-in-time town/elders@2020-01-01.2: nothing is in force from 2023-01-01 until 2024-01-01',
    'never-settled town/elders@2024-01-01: no answer settles its unknown outcomes; it needs member.isYoung',
  ],
  'repeated-branch': [
    'repeated-branch member.share /derive/max/2: the same stands before it in the list',
    'repeated-branch town/points@2022-01-01 /scorecard/items/0/points/highest/2: the same stands before it in the list',
    'repeated-branch town/points@2022-01-01 /scorecard/items/1/points/min/2: the same stands before it in the list',
    'repeated-branch town/points@2022-01-01 /scorecard/items/2/points/max/0/when/1: the same stands before it in the list',
    'repeated-branch town/points@2022-01-01 /scorecard/items/2/points/max/1: the same stands before it in the list',
    'repeated-branch town/points@2022-01-01 /scorecard/items/2/points/max/1/when/1: the same stands before it in the list',
    'unused-fact member.share: no programme or referral reads it',
  ],
  'same-grant': [
    'same-grant town/elders town/oldest: whoever is granted the second has the first',
    'same-grant town/elders town/pension: the same group is granted the same',
    'same-grant town/oldest town/pension: whoever is granted the first has the second',
  ],
  'stale-waiver': ['stale-waiver unused-fact household.income: there is no such finding'],
  'uncited-clause': ['uncited-clause forgotten: its status is encoded, but nothing cites it'],
  'unknown-unit': [
    'unknown-unit town/living@2022-01-01 /entitlement/unit: no fact has the unit "CNY/banana"',
    'unknown-unit town/living@2022-01-01 /parameters/plots/unit: no fact has the unit "bananas"',
    'unused-parameter town/living@2022-01-01 plots: no condition, amount or warning reads this figure',
  ],
  'unread-scorecard': [
    'unread-scorecard town/points@2022-01-01: no condition, amount or warning reads the points of its scorecard',
  ],
  'unused-fact': ['unused-fact member.isForgotten: no programme or referral reads it'],
  'unused-parameter': [
    'unused-parameter town/living@2022-01-01 former: no condition, amount or warning reads this figure',
  ],
}

t.test('every folder of fixtures is listed', async (t) => {
  t.strictSame(readdirSync(join(BAD, '../lint')).sort(), Object.keys(FOUND))
})

for (const [folder, expected] of Object.entries(FOUND)) {
  t.test(`a lawyer would ask: ${folder}`, async (t) => {
    const { findings } = lintRulebook(loadRulebook(overlay(`lint/${folder}`)))
    const added = findings.filter(({ id }) => !base.includes(id))
    t.strictSame(
      added.map(({ id, reason }) => `${id}: ${reason}`),
      expected,
    )
  })
}

t.test('a finding that a waiver accepts stands apart, with its reason', async (t) => {
  const { findings, waived } = lintRulebook(loadRulebook(overlay('lint/stale-waiver')))
  t.notOk(findings.some(({ id }) => id === 'unused-fact household.note'))
  t.match(waived, [{ id: 'unused-fact household.note', why: 'Kept for portals.' }])
})

t.test('an undated figure is never settled: the text does not say since when', async (t) => {
  t.ok(base.includes('never-settled town/living@undated'))
})

t.test('nothing in the shipped rulebook is left to ask', async (t) => {
  t.strictSame(lintRulebook(shippedRulebook()).findings, [])
})
