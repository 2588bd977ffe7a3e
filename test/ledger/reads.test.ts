import { test } from 'tap'
import { eraseFacts } from '../../src/ledger/erase-facts.js'
import { openReader } from '../../src/ledger/open-reader.js'
import { proveInclusion } from '../../src/ledger/prove.js'
import { readDecision } from '../../src/ledger/read-decision.js'
import { listReadings, noteReadings } from '../../src/ledger/readings.js'
import { reviewDecision } from '../../src/ledger/review-decision.js'
import type { LedgerReads, StoredEntry } from '../../src/ledger/stores/store.js'
import { AFTER_CORRECTION, decide, townLedger } from '../support/town-ledger.js'

const now = new Date(AFTER_CORRECTION)

test('readings are listed page by page, newest first, each once', async (t) => {
  const ledger = await townLedger(t, t.testdir())
  const { store } = ledger
  const decisions: string[] = []
  const actor = { actor: 'auditor-1', office: null }
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 12, minute))
  for (let minute = 0; minute < 7; minute++) {
    decisions.push((await decide(ledger)).id)
    await noteReadings(store, actor, { act: 'read', decisions: decisions.slice(-1) }, at(minute))
  }
  await noteReadings(store, actor, { act: 'read', decisions: [] }, at(8))
  await noteReadings(store, actor, { act: 'recalculate' }, at(9))

  const pages: unknown[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof listReadings>> = await listReadings(
      store,
      { limit: 3 },
      cursor,
    )
    pages.push(
      page.items.map(({ decision }) => (decision === null ? null : decisions.indexOf(decision))),
    )
    cursor = page.next
  } while (cursor !== null)
  t.strictSame(pages, [
    [null, 6, 5],
    [4, 3, 2],
    [1, 0],
  ])
  const whole = await listReadings(store, { limit: 8 }, null)
  t.match(whole.items[0], {
    act: 'recalculate',
    actor: 'auditor-1',
    office: null,
    readAt: at(9).toISOString(),
  })
  t.equal(whole.next, null, 'a full page that is the last one')
})

test('a cursor that no page gave is refused', async (t) => {
  const { store } = await townLedger(t, t.testdir())
  const text = '2026-11-22T12:00:00.000Z some-id'
  const cursor = (from: string) => Buffer.from(from).toString('base64url')
  t.strictSame(await listReadings(store, { limit: 3 }, cursor(text)), { items: [], next: null })
  for (const bad of [
    '',
    'x',
    ` ${text}`,
    `${text} `,
    `${text}${'x'.repeat(64)}`,
    text.replace('Z', ''),
  ])
    await t.rejects(
      listReadings(store, { limit: 3 }, cursor(bad)),
      {
        code: 'invalid-request',
        faults: [
          {
            pointer: '/cursor',
            code: 'wrong-parameter',
            message: { zh: '不是上一页给出的游标', en: 'is no cursor of a page before' },
          },
        ],
      },
      JSON.stringify(bad),
    )
})

test('an entry without a place has no proof yet; none reaches beyond the log', async (t) => {
  const ledger = await townLedger(t, t.testdir())
  const { id } = await decide(ledger)
  await decide(ledger)
  const entry = (await ledger.store.entry(id)) as StoredEntry
  t.match(await proveInclusion(ledger.store, entry, 2), { leafIndex: 0, hashes: { length: 1 } })
  t.equal(await proveInclusion(ledger.store, entry, 0), null)
  t.equal(await proveInclusion(ledger.store, entry, 3), null)
  const waiting = { ...ledger.store, leafIndex: async () => null } as LedgerReads
  await t.rejects(proveInclusion(waiting, entry, 2), { code: 'not-yet-sequenced' })
})

test('a review is no erasure, and an erasure no review', async (t) => {
  const ledger = await townLedger(t, t.testdir())
  const { id } = await decide(ledger)
  const entry = (await ledger.store.entry(id)) as StoredEntry
  const said = {
    programme: 'town/living',
    subject: { kind: 'household' },
    outcome: 'ineligible',
    reason: 'seen otherwise',
  }
  await reviewDecision(ledger, entry, { json: said, actor: 'w', office: 'north' }, now)
  t.match(await readDecision(ledger.store, entry), {
    factsErasedAt: null,
    determination: { asOf: '2020-06-01' },
    reviews: [{ reason: 'seen otherwise', actor: 'w' }],
  })
  await eraseFacts(ledger, entry, { actor: 'p', office: null }, now)
  const erased = await readDecision(ledger.store, entry)
  t.match(erased, { factsErasedAt: now.toISOString(), determination: null })
  t.strictSame(
    erased.reviews.map(({ actor }) => actor),
    ['w'],
  )
})

test('a ledger read beside its service cannot be written', async (t) => {
  const folder = t.testdir()
  const ledger = await townLedger(t, folder)
  await decide(ledger)
  const { db, reads, close } = await openReader({ DATA_DIR: folder })
  t.equal(await reads.size(), 1)
  await t.rejects(db.deleteFrom('checkpoints').execute(), { code: 'SQLITE_READONLY' })
  await close()
  await t.rejects(openReader({ DATA_DIR: `${folder}/none` }), {
    message: `DATA_DIR ${folder}/none holds no ledger`,
  })
})

test('a decision is found by each programme and outcome of it, also one not in force', async (t) => {
  const ledger = await townLedger(t, t.testdir())
  const request = {
    programmes: ['town/elders', 'town/living'],
    household: {
      hukouCode: '990001',
      income: 1000,
      members: [
        { id: 'm1', dateOfBirth: '1940-01-01' },
        { id: 'm2', dateOfBirth: '1990-01-01' },
        { id: 'm3', dateOfBirth: '1991-01-01' },
      ],
    },
  }
  const { id } = await decide(ledger, request)
  const { id: before } = await decide(ledger, { ...request, asOf: '2014-01-01' })
  const found = async (programme: string, outcome: string) =>
    (await ledger.store.newest({ programme, outcome, limit: 9 }, null)).map((one) => one.id)
  t.strictSame(await found('town/elders', 'eligible'), [id])
  t.strictSame(await found('town/elders', 'ineligible'), [id])
  t.strictSame(await found('town/living', 'eligible'), [id])
  t.strictSame(await found('town/living', 'ineligible'), [])
  t.strictSame(await found('town/living', 'not-in-force'), [before])
  t.strictSame(await found('town/elders', 'not-in-force'), [before])
})
