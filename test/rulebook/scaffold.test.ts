import { test } from 'tap'
import type { RulebookFile } from '../../src/rulebook/read-layers.js'
import { scaffold } from '../../src/rulebook/scaffold.js'

const WORDS = { zh: '', en: '' }
const PLACES = { rules: '/book/rules', schemas: '/book/rules/schema' }

function file(kind: RulebookFile['kind'], folder: string, name: string, json: unknown) {
  const path = `/book/rules/${folder}/${name}.json`
  return { kind, layer: 0, file: path, path, folder, name, json }
}

/** A version as far as a draft copies it; `published` is a day of November 2026. */
function version(name: string, published: string | null, beside: object = {}): RulebookFile {
  const [day] = name.split('.')
  return file('version', 'town/living', name, {
    programme: 'town/living',
    version: name,
    validFrom: day === 'undated' ? null : day,
    validTo: '2021-12-31',
    publishedAt: published === null ? null : `2026-11-${published}T00:00:00Z`,
    supersedes: null,
    reviewBy: '2021-06-30',
    clauses: ['law-1', 'law-2'],
    parameters: { standard: { value: 61_000, unit: 'CNY/month', clause: 'law-1' } },
    ...beside,
  })
}

const JURISDICTION = file('jurisdiction', 'town', 'jurisdiction', {})
const FIRST = version('2020-01-01', '20')
const NEXT = version('2021-01-01', '21', {
  parameters: {
    standard: { value: 70_000, unit: 'CNY/month', clause: 'law-3' },
    ages: { value: [16, 60], unit: 'age', clause: 'law-4' },
  },
})

function draft(files: readonly RulebookFile[], programme: string, validFrom: string | null) {
  const { writes, fill, fields } = scaffold(files, { programme, validFrom, ...PLACES })
  return {
    files: Object.fromEntries(writes.map(({ path, text }) => [path, JSON.parse(text)])),
    fill,
    explained: fields.map(({ path }) => path),
    explanations: fields.map((one) => one.fields),
  }
}

test('the next version is a copy of the newest, whatever the order of the files', async (t) => {
  for (const files of [
    [JURISDICTION, FIRST, NEXT],
    [NEXT, FIRST, JURISDICTION],
  ]) {
    const {
      files: written,
      fill,
      explained,
      explanations,
    } = draft(files, 'town/living', '2022-07-01')
    t.strictSame(written, {
      '/book/rules/town/living/2022-07-01.json': {
        $schema: '../../schema/version.json',
        ...(NEXT.json as object),
        version: '2022-07-01',
        validFrom: '2022-07-01',
        validTo: null,
        publishedAt: null,
        supersedes: null,
        reviewBy: null,
      },
    })
    t.strictSame(fill, [
      'clauses: those that confer from 2022-07-01 on (now law-1, law-2)',
      'parameter standard = 70000 CNY/month (law-3): the new figure and its clause',
      'parameter ages = 16,60 age (law-4): the new figure and its clause',
      'conditions and entitlement: the clauses they cite, and what else the text changes',
      'reviewBy, validTo and interpretations, as the text has them',
      'cases.json: at least one case on each side of the new figure, with asOf from 2022-07-01 on',
    ])
    t.strictSame(explained, ['/book/rules/town/living/2022-07-01.json'])
    t.ok(explanations.every((fields) => fields.length > 0))
  }
})

/** Versions of the programme, the day to start, and what the draft is called and supersedes. */
const CORRECTIONS: readonly (readonly [
  sentence: string,
  versions: readonly RulebookFile[],
  from: string | null,
  written: object,
])[] = [
  [
    'a correction, which keeps its end and its day of review',
    [FIRST, NEXT],
    '2020-01-01',
    { version: '2020-01-01.2', supersedes: '2020-01-01', validTo: '2021-12-31' },
  ],
  [
    'a correction of the last of ten corrections, not of the one that sorts last',
    [version('2020-01-01.9', '21'), version('2020-01-01.10', '22'), FIRST],
    '2020-01-01',
    { version: '2020-01-01.11', supersedes: '2020-01-01.10', reviewBy: '2021-06-30' },
  ],
  [
    'a correction of the version without a start',
    [version('undated', '20'), FIRST],
    null,
    { version: 'undated.2', validFrom: null, supersedes: 'undated' },
  ],
  [
    'a version without a start beside one that has one',
    [FIRST],
    null,
    { version: 'undated', validFrom: null, supersedes: null, validTo: null, reviewBy: null },
  ],
  [
    'no correction of a day that only begins alike',
    [version('2020-01-011', '20')],
    '2020-01-01',
    { version: '2020-01-01', supersedes: null },
  ],
]

for (const [sentence, versions, from, written] of CORRECTIONS) {
  test(`started anew: ${sentence}`, async (t) => {
    const [json] = Object.values(draft(versions, 'town/living', from).files)
    t.match(json, { ...written, publishedAt: null })
  })
}

test('a correction starts from the version it mends, not from the newest one', async (t) => {
  const [json] = Object.values(draft([FIRST, NEXT], 'town/living', '2020-01-01').files)
  t.match(json, { parameters: { standard: { value: 61_000 } } })
})

test('of two versions of one day the one published last is the newest', async (t) => {
  const mended = version('2021-01-01.2', '24', { clauses: ['mended'] })
  for (const files of [
    [NEXT, mended, FIRST],
    [mended, NEXT, FIRST],
  ]) {
    const [json] = Object.values(draft(files, 'town/living', '2022-07-01').files)
    t.match(json, { clauses: ['mended'] })
  }
})

test('a version without a start is older than every other', async (t) => {
  const undated = version('undated', '25', { clauses: ['undated'] })
  for (const files of [
    [undated, FIRST],
    [FIRST, undated],
  ]) {
    const [json] = Object.values(draft(files, 'town/living', '2022-07-01').files)
    t.match(json, { clauses: ['law-1', 'law-2'] })
  }
})

/** What an author finds in a new programme: every field, and `fill-in` where a clause is wanted. */
function empty(programme: string, start: string, from: string | null) {
  return {
    'programme.json': {
      $schema: '../../schema/programme.json',
      id: programme,
      name: WORDS,
      subject: 'household',
      grants: WORDS,
    },
    [`${start}.json`]: {
      $schema: '../../schema/version.json',
      programme,
      version: start,
      validFrom: from,
      validTo: null,
      publishedAt: null,
      supersedes: null,
      reviewBy: null,
      publishedBy: 'encoder-1',
      reviewedBy: 'reader-1',
      clauses: ['fill-in'],
      parameters: { standard: { value: 0, unit: 'CNY/month', clause: 'fill-in' } },
      conditions: {
        all: [
          {
            fact: 'fill-in',
            operator: 'lessThan',
            value: { fact: 'parameter.standard' },
            clause: 'fill-in',
          },
        ],
      },
      entitlement: {
        kind: 'cash',
        amount: null,
        unit: 'CNY/month',
        bound: 'exact',
        clause: 'fill-in',
      },
      interpretations: [],
    },
    'cases.json': {
      $schema: '../../schema/cases.json',
      cases: [
        {
          name: '',
          asOf: from ?? '',
          household: { members: [{ id: 'm1' }] },
          expect: { outcome: 'eligible', clauses: ['fill-in'], missing: [], amount: null },
        },
      ],
    },
  }
}

const below = (programme: string, files: object) =>
  Object.fromEntries(
    Object.entries(files).map(([name, json]) => [`/book/rules/${programme}/${name}`, json]),
  )

test('a new programme of a known city has three files', async (t) => {
  // Neither another city nor a version that is no JSON object makes the programme known.
  const others = [
    JURISDICTION,
    FIRST,
    file('version', 'town/loans', '2020-01-01', 'no object'),
    file('programme', 'town/loans', 'programme', {}),
  ]
  const { files, fill, explained } = draft(others, 'town/loans', '2022-07-01')
  t.strictSame(files, below('town/loans', empty('town/loans', '2022-07-01', '2022-07-01')))
  t.strictSame(explained, Object.keys(files))
  t.strictSame(fill, [
    'programme.json: both names, subject household or member, what it grants',
    '2022-07-01.json: clauses, parameters, conditions (a clause or an interpretation for each), entitlement',
    'cases.json: both sides of every figure, date and age; each fact unknown once',
  ])
})

test('a new programme of a new city has the city beside it', async (t) => {
  const others = [JURISDICTION, file('programme', 'city', 'programme', {})]
  const { files, fill, explained } = draft(others, 'city/loans', null)
  t.strictSame(files, {
    '/book/rules/city/jurisdiction.json': {
      $schema: '../schema/jurisdiction.json',
      slug: 'city',
      code: '',
      name: WORDS,
    },
    ...below('city/loans', empty('city/loans', 'undated', null)),
  })
  t.strictSame(explained, Object.keys(files))
  t.strictSame(fill, [
    'city/jurisdiction.json: the GB/T 2260 code and both names',
    'programme.json: both names, subject household or member, what it grants',
    'undated.json: clauses, parameters, conditions (a clause or an interpretation for each), entitlement',
    'cases.json: both sides of every figure, date and age; each fact unknown once',
  ])
})
