import { test } from 'tap'
import { eraseFacts } from '../../src/ledger/erase-facts.js'
import { parseRecalculationTerms, recalculate } from '../../src/ledger/recalculate.js'
import type { StoredEntry } from '../../src/ledger/stores/store.js'
import { Problem } from '../../src/model/errors.js'
import {
  AFTER_CORRECTION,
  BEFORE_CORRECTION,
  decide,
  elder,
  town,
  townLedger,
  withVersion,
  worklist,
} from '../support/town-ledger.js'

type Ledger = Awaited<ReturnType<typeof townLedger>>

const now = new Date('2026-11-24T00:00:00Z')
const parse = (json: unknown) => parseRecalculationTerms(json, now)

test('a day begins in Asia/Shanghai, an instant may have any zone', async (t) => {
  t.strictSame(parse({ from: '2026-11-22', to: '2026-11-22T08:00:00+08:00' }), {
    from: '2026-11-21T16:00:00.000Z',
    to: '2026-11-22T00:00:00.000Z',
    rules: 'current',
  })
  t.strictSame(parse(undefined), { rules: 'current' })
  t.strictSame(parse({ programme: 'town/living', asOf: '2020-06-01' }), {
    programme: 'town/living',
    asOf: '2020-06-01',
    rules: undefined,
  })
  t.match(parse({ rules: 'recorded' }), { rules: 'recorded' })
  t.match(parse({ knownAt: '2026-11-22T00:00:00Z' }), { rules: undefined })
})

test('terms that cannot be are refused where they stand', async (t) => {
  for (const [json, pointer] of [
    [{ from: '2026-11-31' }, '/from'],
    [{ to: '2026-11-22T08:00:00' }, '/to'],
    [{ programme: 'no programme' }, '/programme'],
    [{ since: '2026-11-22' }, '/since'],
    [{ asOf: '2020-06-1' }, '/asOf'],
    [{ rules: 'current', knownAt: '2026-11-22T00:00:00Z' }, '/knownAt'],
    [{ knownAt: '2026-11-24T00:00:01Z' }, '/knownAt'],
  ] as const)
    t.throws(
      () => parse(json),
      { code: 'invalid-request', faults: [{ pointer }] },
      JSON.stringify(json),
    )
})

test('decisions whose facts are erased are counted, and others get their turn meanwhile', async (t) => {
  const ledger = await townLedger(t, t.testdir())
  for (let count = 0; count < 21; count++) {
    const { id } = await decide(ledger)
    const entry = (await ledger.store.entry(id)) as StoredEntry
    if (count % 7 === 0)
      await eraseFacts(ledger, entry, { actor: 'p', office: null }, new Date(AFTER_CORRECTION))
  }
  const seen: number[] = []
  let turns = 0
  let over = false
  setImmediate(function again() {
    turns += 1
    if (!over) setImmediate(again)
  })
  t.teardown(() => {
    over = true
  })
  const { store } = ledger
  const progress = (count: number) => seen.push(count)
  const lines: object[] = []
  for await (const line of recalculate({ store, rulebook: town, terms: parse({}), now, progress }))
    lines.push(line)
  t.match(lines, [{ kind: 'summary', decisions: 21, erased: 3, changed: 0, notReplayed: 0 }])
  t.strictSame(
    seen,
    Array.from({ length: 21 }, (_, index) => index + 1),
  )
  t.ok(turns > 0)
})

test('an outcome that changes is a change, also where no amount is known', async (t) => {
  const folder = t.testdir({ data: {}, book: {} })
  const ledger = await townLedger(t, `${folder}/data`)
  const noAmount = await withVersion(
    `${folder}/book`,
    'town/elders@2020-01-01.2',
    (version) => ({
      version: '2020-01-01.3',
      supersedes: '2020-01-01.2',
      entitlement: { ...(version as { entitlement?: object }).entitlement, amount: null },
    }),
    '2026-11-23T00:00:00Z',
  )
  await decide(ledger, elder, '2026-11-23T12:00:00Z', noAmount)
  const lines = await worklist(ledger, noAmount, { rules: 'recorded', asOf: '2020-06-01' })
  t.match(lines, [
    {
      changes: [
        {
          recorded: { outcome: 'eligible', amount: null },
          replayed: { outcome: 'ineligible', amount: null },
          arrears: null,
        },
      ],
    },
    { kind: 'summary', changed: 1, arrears: 0 },
  ])
})

test('a change to a version that is lost counts from the day the decision was for', async (t) => {
  const ledger = await townLedger(t, t.testdir())
  await decide(ledger, elder, BEFORE_CORRECTION)
  const programme = town.programmes.get('town/elders')
  const programmes = new Map([
    ...town.programmes,
    ['town/elders', { ...programme, versions: [] }] as never,
  ])
  const lines = await worklist(ledger, { ...town, programmes }, { rules: 'current' })
  t.match(lines, [
    { changes: [{ replayed: null, arrears: { from: '2021-06-01', to: '2026-11-24' } }] },
    { kind: 'summary', overpayment: 6500 },
  ])
})

test('a store that goes away ends the list', async (t) => {
  const ledger = await townLedger(t, t.testdir())
  await decide(ledger, elder, BEFORE_CORRECTION)
  let asked = 0
  const oldest: Ledger['store']['oldest'] = async (...query) => {
    asked += 1
    if (asked > 1) throw new Problem('store-unavailable')
    return ledger.store.oldest(...query)
  }
  const away = { ...ledger, store: { ...ledger.store, oldest } }
  await t.rejects(worklist(away, town, { rules: 'recorded', asOf: '2020-06-01' }), {
    code: 'store-unavailable',
  })
  t.equal(asked, 2)
})
