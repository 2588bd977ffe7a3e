import t from 'tap'
import type { LoadedVersion } from '../../src/rulebook/rulebook.js'
import { selectRuleVersion } from '../../src/rulebook/select-rule-version.js'
import { KNOWN_WITH_DRAFTS } from '../../src/rulebook/survive.js'

interface Dates {
  readonly from: string | null
  readonly to?: string
  readonly published?: string | null
  readonly supersedes?: string
  readonly notBefore?: string
}

/** A version with what selection reads; `published` is a day of November 2026. */
function version(name: string, { from, to, published = '21', supersedes, notBefore }: Dates) {
  const publishedAt = published === null ? null : `2026-11-${published}T00:00:00Z`
  const dates = {
    version: name,
    validFrom: from,
    validTo: to ?? null,
    publishedAt,
    supersedes: supersedes ?? null,
  }
  return {
    rule: { id: `a/b@${name}`, version: dates },
    notBefore: notBefore ?? null,
  } as unknown as LoadedVersion
}

const UNDATED = version('undated', { from: null, notBefore: '2014-05-01' })
const FIRST = version('2020-03-06', { from: '2020-03-06' })
const NEXT = version('2021-07-01', { from: '2021-07-01', published: '23' })
const MENDED = version('2020-03-06.2', {
  from: '2020-03-06',
  published: '24',
  supersedes: '2020-03-06',
})
const PLAN = version('2015-12-30', { from: '2015-12-30', to: '2018-01-01' })
const DRAFT = version('2022-01-01', { from: '2022-01-01', published: null })
const LATER = '2026-12-01T00:00:00Z'

type Row = readonly [
  sentence: string,
  versions: readonly LoadedVersion[],
  asOf: string,
  knownAt: string,
  expected: unknown,
]

const selected = (name: string, because: string, attested = true) => ({
  kind: 'selected',
  version: { rule: { id: `a/b@${name}` } },
  because,
  attested,
})
const none = (reason: string, nearest: string | null) => ({
  kind: 'not-in-force',
  reason,
  nearest: nearest === null ? null : `a/b@${nearest}`,
})

const ROWS: readonly Row[] = [
  [
    'the first day of the only version',
    [FIRST],
    '2020-03-06',
    LATER,
    selected('2020-03-06', 'only-version'),
  ],
  [
    'a day before the only version',
    [FIRST],
    '2020-03-05',
    LATER,
    none('before-first-version', '2020-03-06'),
  ],
  [
    'the day before a successor',
    [FIRST, NEXT],
    '2021-06-30',
    LATER,
    selected('2020-03-06', 'latest-start'),
  ],
  [
    'the first day of a successor',
    [FIRST, NEXT],
    '2021-07-01',
    LATER,
    selected('2021-07-01', 'latest-start'),
  ],
  [
    'an undated version on the day before its successor',
    [UNDATED, FIRST],
    '2020-03-05',
    LATER,
    selected('undated', 'attested-day-before-successor'),
  ],
  [
    'an undated version two days before its successor',
    [UNDATED, FIRST],
    '2020-03-04',
    LATER,
    selected('undated', 'start-not-stated', false),
  ],
  [
    'an undated version on the day its law began',
    [UNDATED, FIRST],
    '2014-05-01',
    LATER,
    selected('undated', 'start-not-stated', false),
  ],
  [
    'an undated version on the day before its law began',
    [UNDATED, FIRST],
    '2014-04-30',
    LATER,
    none('before-first-version', 'undated'),
  ],
  [
    'an undated version that rests on no dated law',
    [version('undated', { from: null })],
    '1900-01-01',
    LATER,
    selected('undated', 'start-not-stated', false),
  ],
  [
    'an undated version without successor is never attested',
    [UNDATED],
    '2020-03-05',
    LATER,
    selected('undated', 'start-not-stated', false),
  ],
  [
    'a correction instead of the mistaken version',
    [FIRST, MENDED],
    '2020-06-01',
    '2026-11-24T00:00:00Z',
    selected('2020-03-06.2', 'corrected'),
  ],
  [
    'the mistaken version as known before the correction',
    [FIRST, MENDED],
    '2020-06-01',
    '2026-11-23T23:59:59.999Z',
    selected('2020-03-06', 'only-version'),
  ],
  [
    'a version that covers the day but is not yet published',
    [FIRST],
    '2020-06-01',
    '2026-11-20T23:59:59Z',
    none('not-yet-known', '2020-03-06'),
  ],
  [
    'the same as known at the instant of publication',
    [FIRST],
    '2020-06-01',
    '2026-11-21T00:00:00Z',
    selected('2020-03-06', 'only-version'),
  ],
  [
    'the same in another zone',
    [FIRST],
    '2020-06-01',
    '2026-11-21T08:00:00+08:00',
    selected('2020-03-06', 'only-version'),
  ],
  [
    'the version that first covers the day once it is published',
    [FIRST, NEXT, MENDED],
    '2022-01-01',
    '2026-11-20T00:00:00Z',
    none('not-yet-known', '2020-03-06'),
  ],
  [
    'a day that no version covers, before anything was published',
    [PLAN],
    '2019-01-01',
    '2026-11-20T00:00:00Z',
    none('before-first-version', null),
  ],
  [
    'the last day of a plan period',
    [PLAN],
    '2017-12-31',
    LATER,
    selected('2015-12-30', 'only-version'),
  ],
  [
    'the day after a plan period',
    [PLAN],
    '2018-01-01',
    LATER,
    none('after-last-version', '2015-12-30'),
  ],
  [
    'a gap, closer to the version that ended',
    [PLAN, FIRST],
    '2018-01-02',
    LATER,
    none('gap', '2015-12-30'),
  ],
  [
    'a gap, closer to the version that starts',
    [PLAN, FIRST],
    '2020-03-05',
    LATER,
    none('gap', '2020-03-06'),
  ],
  [
    'a gap, as close to the one as to the other: what starts is nearest',
    [PLAN, version('2018-01-11', { from: '2018-01-11' })],
    '2018-01-06',
    LATER,
    none('gap', '2018-01-11'),
  ],
  [
    'a gap that a version published later fills',
    [PLAN, version('2018-06-01', { from: '2018-06-01', published: '25' }), FIRST],
    '2019-01-01',
    '2026-11-24T00:00:00Z',
    none('not-yet-known', '2018-06-01'),
  ],
  [
    'a draft is known to nobody',
    [FIRST, DRAFT],
    '2022-06-01',
    LATER,
    selected('2020-03-06', 'only-version'),
  ],
  [
    'a draft is known where drafts are',
    [FIRST, DRAFT],
    '2022-06-01',
    KNOWN_WITH_DRAFTS,
    selected('2022-01-01', 'latest-start'),
  ],
  [
    'what is known first, where a start was corrected to an earlier day',
    [
      version('2019-01-01', { from: '2019-01-01', published: '25', supersedes: '2020-03-06' }),
      FIRST,
    ],
    '2020-06-01',
    '2026-11-20T00:00:00Z',
    none('not-yet-known', '2020-03-06'),
  ],
  [
    'what was known once and has been corrected to a later start',
    [
      FIRST,
      version('2020-09-01', { from: '2020-09-01', published: '24', supersedes: '2020-03-06' }),
    ],
    '2020-06-01',
    LATER,
    none('before-first-version', '2020-09-01'),
  ],
  ['a programme without versions', [], '2020-01-01', LATER, none('before-first-version', null)],
]

for (const [sentence, versions, asOf, knownAt, expected] of ROWS) {
  t.test(`on both clocks: ${sentence}`, async (t) => {
    t.match(selectRuleVersion({ versions }, asOf, knownAt), expected as object)
  })
}
