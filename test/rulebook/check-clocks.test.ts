import { test } from 'tap'
import type { RuleVersion } from '../../src/model/rule-version.js'
import { checkClocks } from '../../src/rulebook/check-clocks.js'
import type { Placed } from '../../src/rulebook/parts.js'
import { defectLine } from '../../src/rulebook/rulebook.js'

type Clocks = Partial<
  Pick<
    RuleVersion,
    'validFrom' | 'validTo' | 'publishedAt' | 'supersedes' | 'reviewedBy' | 'reviewBy'
  >
>

/** What is wrong with the versions of one programme, by the name of each. */
function wrongIn(versions: Readonly<Record<string, Clocks>>): readonly string[] {
  const places = Object.entries(versions).map(([version, clocks]) => ({
    value: {
      version,
      validFrom: version.slice(0, 10),
      validTo: null,
      publishedAt: null,
      supersedes: null,
      reviewBy: null,
      publishedBy: 'encoder-1',
      reviewedBy: 'reader-1',
      ...clocks,
    },
    from: { file: version, folder: 'town/living' },
    pointer: '',
  }))
  const parts = { versions: places as unknown as Placed<RuleVersion>[] }
  return checkClocks(parts).map(defectLine)
}

test('a version is reviewed on its first day at the earliest', async (t) => {
  const due = (validFrom: string | null, reviewBy: string | null) =>
    wrongIn({ '2020-01-01': { validFrom, reviewBy } })
  t.strictSame(due('2020-01-01', '2019-12-31'), [
    '2020-01-01 /reviewBy: 2019-12-31 lies before validFrom 2020-01-01',
  ])
  t.strictSame(due('2020-01-01', '2020-01-01'), [])
  t.strictSame(due('2020-01-01', null), [])
  t.strictSame(due(null, '2019-12-31'), [])
})

const MARCH = '2021-03-01T00:00:00Z'
const APRIL = '2021-04-01T00:00:00Z'

test('a version ends after it starts; without one of both it ends at any time', async (t) => {
  const over = (validFrom: string | null, validTo: string | null) =>
    wrongIn({ '2020-01-01': { validFrom, validTo } })
  const ends = (day: string) => [
    `2020-01-01 /validTo: ${day} does not lie after validFrom 2020-01-01`,
  ]
  t.strictSame(over('2020-01-01', '2020-01-01'), ends('2020-01-01'))
  t.strictSame(over('2020-01-01', '2019-12-31'), ends('2019-12-31'))
  t.strictSame(over('2020-01-01', '2020-01-02'), [])
  t.strictSame(over(null, '2020-01-01'), [])
  t.strictSame(over('2020-01-01', null), [])
})

test('a correction is published after what it corrects', async (t) => {
  const correction = (publishedAt: string) =>
    wrongIn({
      '2020-01-01': { publishedAt: MARCH },
      '2020-01-01.2': { publishedAt, supersedes: '2020-01-01' },
    })
  const late = '2020-01-01.2 /publishedAt: a correction is published later than "2020-01-01"'
  t.ok(correction(MARCH).includes(late), 'not at the same instant')
  t.strictSame(correction(APRIL), [])
})

test('what collides at any instant is named once, and the later published is to blame', async (t) => {
  const same = (file: string, other: string) =>
    `${file} /validFrom: 2020-01-01 is also the start of "${other}", and neither supersedes the other`
  const twins = {
    '2020-01-01': { publishedAt: APRIL },
    '2020-01-01.2': { publishedAt: MARCH },
  }
  t.strictSame(wrongIn(twins), [same('2020-01-01', '2020-01-01.2')])
  const later = { ...twins, '2022-01-01': { publishedAt: '2021-12-01T00:00:00Z' } }
  t.strictSame(wrongIn(later), [same('2020-01-01', '2020-01-01.2')], 'not again later')
  const drafts = { ...twins, '2020-01-01.3': {} }
  t.strictSame(wrongIn(drafts), [
    same('2020-01-01', '2020-01-01.2'),
    same('2020-01-01.3', '2020-01-01'),
  ])
  const ends = (file: string, next: string) =>
    `${file} /validTo: 2030-01-01 lies after ${next}, the start of "${next}"`
  t.strictSame(
    wrongIn({
      '2022-01-01': { publishedAt: APRIL, validTo: '2030-01-01' },
      '2023-01-01': { publishedAt: MARCH },
      '2020-01-01': { publishedAt: MARCH, validTo: '2030-01-01' },
    }),
    [
      ends('2020-01-01', '2023-01-01'),
      ends('2020-01-01', '2022-01-01'),
      ends('2022-01-01', '2023-01-01'),
    ],
    'in the order in which it came about',
  )
})

test('a version without a start comes first, and ends when another starts', async (t) => {
  t.strictSame(wrongIn({ undated: { validFrom: null }, '2020-01-01': {} }), [])
  t.strictSame(wrongIn({ '2020-01-01': {}, undated: { validFrom: null, validTo: '2020-01-02' } }), [
    'undated /validTo: 2020-01-02 lies after 2020-01-01, the start of "2020-01-01"',
  ])
  t.strictSame(wrongIn({ undated: { validFrom: null }, 'undated.2': { validFrom: null } }), [
    'undated.2 /validFrom: null is also the start of "undated", and neither supersedes the other',
  ])
})
