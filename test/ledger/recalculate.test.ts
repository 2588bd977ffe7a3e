import { test } from 'tap'
import { caseReader, lastsUntil } from '../../src/ledger/case-days.js'
import { eraseFacts } from '../../src/ledger/erase-facts.js'
import { programmeFaults } from '../../src/ledger/programme-faults.js'
import { bodyOf } from '../../src/ledger/read-decision.js'
import { parseRecalculationTerms, recalculate } from '../../src/ledger/recalculate.js'
import type { StoredEntry } from '../../src/ledger/stores/store.js'
import type { DecisionBody } from '../../src/model/decision.js'
import { Problem } from '../../src/model/errors.js'
import { seeded } from '../support/seeded.js'
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

test('a programme may be asked for that the rulebook knows, or only a decision of the office', async (t) => {
  const { store, ...ledger } = await townLedger(t, t.testdir())
  await decide({ store, ...ledger })
  const codes = async (programme?: string, office?: string, programmes = new Map()) => {
    const asked = { ...(programme !== undefined && { programme }), ...(office && { office }) }
    return (await programmeFaults(store, { programmes }, asked)).map(({ code }) => code)
  }
  t.strictSame(await codes(), [])
  t.strictSame(await codes('town/elders', undefined, town.programmes as Map<string, never>), [])
  t.strictSame(await codes('town/elders'), ['unknown-programme'])
  t.strictSame(await codes('town/living'), [])
  t.strictSame(await codes('town/living', 'north'), [])
  t.strictSame(await codes('town/living', 'south'), ['unknown-programme'])
})

test('a store that goes away ends the list', async (t) => {
  const ledger = await townLedger(t, t.testdir())
  await decide(ledger, elder, BEFORE_CORRECTION)
  const newest: Ledger['store']['newest'] = async () => {
    throw new Problem('store-unavailable')
  }
  const away = { ...ledger, store: { ...ledger.store, newest } }
  await t.rejects(worklist(away, town, { rules: 'recorded', asOf: '2020-06-01' }), {
    code: 'store-unavailable',
  })
})

test('only what was asked for is listed of a decision about more', async (t) => {
  const ledger = await townLedger(t, t.testdir())
  const { members } = elder.household
  const household = { hukouCode: '990001', income: 400, members }
  const programmes = ['town/elders', 'town/living']
  await decide(ledger, { ...elder, programmes, household }, BEFORE_CORRECTION)
  const changed = async (terms: object) =>
    (await worklist(ledger, town, { asOf: '2014-01-01', ...terms })).flatMap((line) =>
      line.kind === 'changed' ? line.changes.map(({ programme }) => programme) : [],
    )
  t.strictSame(await changed({}), programmes)
  t.strictSame(await changed({ programme: 'town/living' }), ['town/living'])
  t.strictSame(await changed({ programme: 'town/elders' }), ['town/elders'])
})

/** From and to of each change under rules that paid nobody, in the order of recording. */
const spans = async (ledger: Ledger) =>
  (await worklist(ledger, town, { programme: 'town/living', asOf: '2014-01-01' })).flatMap(
    (line) =>
      line.kind === 'changed'
        ? line.changes.map(({ arrears }) => [arrears?.from, arrears?.to, arrears?.months])
        : [],
  )

test('a decision counts until the next later day that was decided, whatever was recorded first', async (t) => {
  const ledger = await townLedger(t, t.testdir())
  for (const asOf of ['2020-06-01', '2020-04-01', '2020-12-01', '2020-06-01'])
    await decide(ledger, { asOf }, `2026-11-23T0${(await ledger.store.size()) + 1}:00:00Z`)
  await decide(ledger, { asOf: '2020-07-01', caseReference: 'another' }, '2026-11-23T08:00:00Z')
  await decide(ledger, { ...elder, asOf: '2020-08-01' }, '2026-11-23T09:00:00Z')
  t.strictSame(await spans(ledger), [
    ['2020-06-01', '2020-06-01', 0],
    ['2020-04-01', '2020-06-01', 2],
    ['2020-12-01', '2026-11-24', 71],
    ['2020-06-01', '2020-12-01', 6],
    ['2020-07-01', '2026-11-24', 76],
  ])
})

test('a change that starts after the next decision counts nothing, and nothing ends before it begins', async (t) => {
  const ledger = await townLedger(t, t.testdir())
  await decide(ledger, { asOf: '2014-06-01' }, '2026-11-23T01:00:00Z')
  await decide(ledger, { asOf: '2014-09-01' }, '2026-11-23T02:00:00Z')
  await decide(ledger, { asOf: '2027-02-01', caseReference: 'to-come' }, '2026-11-23T03:00:00Z')
  const lines = await worklist(ledger, town, { asOf: '2020-06-01' })
  t.match(lines, [
    { changes: [{ arrears: { from: '2020-01-01', to: '2020-01-01', months: 0 } }] },
    { changes: [{ arrears: { from: '2020-01-01', to: '2026-11-24', months: 82 } }] },
    { changed: 2 },
  ])
  t.strictSame((await spans(ledger)).at(-1), ['2027-02-01', '2027-02-01', 0])
})

test('over a whole case no month is counted twice, and none is lost', async (t) => {
  const ledger = await townLedger(t, t.testdir())
  const random = seeded(9)
  for (let count = 0; count < 40; count++) {
    const month = String(1 + Math.floor(random() * 12)).padStart(2, '0')
    const asOf = `${2020 + Math.floor(random() * 3)}-${month}-24`
    await decide(ledger, { asOf }, new Date(Date.parse(AFTER_CORRECTION) + count).toISOString())
  }
  const counted = (await spans(ledger)).filter(([from, to]) => from !== to).sort()
  t.ok(counted.length > 5 && counted.length < 40)
  t.equal(counted.at(-1)?.[1], '2026-11-24')
  for (const [index, [from]] of counted.entries())
    if (index > 0) t.equal(from, counted[index - 1]?.[1], 'one begins where the other ends')
  const months = counted.reduce((sum, [, , one]) => sum + (one as number), 0)
  const [first] = counted[0] as [string]
  t.equal(months, (2026 - Number(first.slice(0, 4))) * 12 + 11 - Number(first.slice(5, 7)))
})

test('a case is read whole, and anew where it grew meanwhile', async (t) => {
  const ledger = await townLedger(t, t.testdir())
  const at = (seconds: number) => new Date(Date.parse(AFTER_CORRECTION) + seconds * 1000)
  const decided = async (seconds: number, asOf: string) => {
    const { id } = await decide(ledger, { asOf }, at(seconds).toISOString())
    return bodyOf<DecisionBody>((await ledger.store.entry(id)) as StoredEntry)
  }
  const first = await decided(0, '2020-06-01')
  for (let count = 1; count <= 200; count++) await decided(count, '2020-06-01')
  const last = await decided(201, '2021-06-01')
  let reads = 0
  const newest: Ledger['store']['newest'] = (...query) => {
    reads += 1
    return ledger.store.newest(...query)
  }
  const caseOf = caseReader({ newest })
  t.equal((await caseOf(first)).length, 202)
  t.equal(lastsUntil(await caseOf(last), last, 'town/living'), null)
  t.equal(reads, 2, 'two pages, once')
  const next = await decided(202, '2022-06-01')
  t.equal(lastsUntil(await caseOf(next), last, 'town/living'), '2022-06-01')
})
