import { cpSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import t from 'tap'
import { startWriting, verifyAfter } from '../support/fault-writer.js'
import { decisionRequest, ledgerService, record } from '../support/ledger-service.js'
import { noSmallDisk, smallDisk } from '../support/small-disk.js'
import { decide, townLedger } from '../support/town-ledger.js'

t.setTimeout(900_000)

const KILLS = 50
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

t.test(
  `killed ${KILLS} times while 8 writers record, it loses nothing that was acknowledged`,
  async (t) => {
    const place = { DATA_DIR: t.testdir() }
    let [acknowledged, wrong] = [0, 0]
    for (let kill = 0; kill < KILLS; kill++) {
      const writing = await startWriting(t, place, `run-${kill}`)
      await writing.until(kill % 6)
      await pause(Math.random() * 130)
      await writing.kill()
      const receipts = writing.acknowledged()
      const verdict = await verifyAfter(place, receipts)
      acknowledged += receipts.length
      if (!verdict.good) wrong += 1
      if (!verdict.good) t.strictSame(verdict.findings.slice(0, 3), [], `kill ${kill}`)
    }
    t.equal(wrong, 0)
    t.ok(acknowledged > 100, `${acknowledged} acknowledged`)
    t.comment(`SQLite: ${KILLS} kills, ${acknowledged} acknowledged, 0 lost`)
  },
)

t.test(
  'a full disk is 503, nothing is acknowledged, and it recovers once there is room',
  { skip: noSmallDisk() },
  async (t) => {
    const folder = smallDisk(t, '6m')
    const service = await ledgerService(t, { folder })
    const first = await record(service, decisionRequest, 'first')
    writeFileSync(join(folder, 'filler'), '')
    try {
      for (;;) writeFileSync(join(folder, 'filler'), Buffer.alloc(4_096), { flag: 'a' })
    } catch {}
    const said: [string, number, string?][] = []
    for (let count = 0; count < 60; count++) {
      const answer = await service.ask('caseworker', 'POST', '/v1/decisions', decisionRequest, {
        'idempotency-key': `full-${count}`,
      })
      said.push([`full-${count}`, answer.statusCode, answer.json().id])
    }
    const denied = said.filter(([, status]) => status === 503)
    t.ok(denied.length > 0, `${denied.length} of 60 denied`)
    t.strictSame(
      said.filter(([, status]) => status !== 503 && status !== 201),
      [],
    )
    const [key] = denied[0] as [string, number]
    t.equal(await service.ledger.store.byKey('local', key), null, 'what was denied is not there')
    const read = async () =>
      (await service.ask('caseworker', 'GET', `/v1/decisions/${first.id}`)).statusCode
    const [status, noted] = [await read(), await service.ledger.store.readings({ limit: 9 }, null)]
    t.equal(status, noted.length === 1 ? 200 : 503, 'what cannot be noted is not shown')
    rmSync(join(folder, 'filler'))
    t.equal(await read(), 200, 'with room again it is')
    const again = await service.ask('caseworker', 'POST', '/v1/decisions', decisionRequest, {
      'idempotency-key': key,
    })
    t.equal(again.statusCode, 201)
    const stored = 2 + said.filter(([, status]) => status === 201).length
    t.equal(await service.ledger.store.size(), stored, 'every acknowledged decision, and no other')
    for (const [, status, id] of said)
      if (status === 201) t.ok(await service.ledger.store.entry(String(id)))
    await service.app.close()
    await service.ledger.close()
  },
)

t.test(
  'with its log of writes cut off it opens, verifies, and receipts name what is gone',
  async (t) => {
    const folder = t.testdir({ whole: {}, cut: {} })
    const writing = await startWriting(t, { DATA_DIR: `${folder}/whole` }, 'run')
    // A reader of an early moment: what is written after it stays in the log of writes.
    const reader = new Database(`${folder}/whole/ledger.db`, { readonly: true })
    reader.exec('begin')
    reader.prepare('select count(*) from entries').get()
    await pause(500)
    await writing.kill()
    const receipts = writing.acknowledged()
    cpSync(`${folder}/whole`, `${folder}/cut`, { recursive: true })
    const wal = `${folder}/cut/ledger.db-wal`
    reader.close()
    truncateSync(wal, Math.floor(statSync(wal).size / 2) + 7)
    t.equal((await verifyAfter({ DATA_DIR: `${folder}/whole` }, receipts)).good, true)
    const { findings, entries } = await verifyAfter({ DATA_DIR: `${folder}/cut` }, receipts)
    t.ok(entries < receipts.length, `${entries} of ${receipts.length} entries are left`)
    t.strictSame([...new Set(findings.map(({ problem }) => problem))], ['never-logged'])
    t.equal(findings.length >= receipts.length - entries, true, 'each is named')
    const ledger = await townLedger(t, `${folder}/cut`)
    const decision = await decide(ledger)
    await ledger.close()
    t.match(await verifyAfter({ DATA_DIR: `${folder}/cut` }, [decision.receipt]), {
      good: true,
      entries: entries + 1,
    })
  },
)

t.test(
  'when the clock jumps back, decisions are recorded, replayed and proved as before',
  async (t) => {
    const service = await ledgerService(t)
    const { asOf: _, knownAt: __, ...request } = decisionRequest
    const first = await record(service, request, 'first')
    service.clock.now = new Date('2026-11-21T00:00:01Z')
    const second = await record(service, request, 'second')
    t.equal(second.recordedAt, '2026-11-21T00:00:01.000Z')
    const again = await service.ask('caseworker', 'POST', '/v1/decisions', request, {
      'idempotency-key': 'first',
    })
    t.strictSame([again.statusCode, again.json().id], [200, first.id])
    for (const { id } of [first, second])
      t.equal(
        (await service.ask('auditor', 'POST', `/v1/decisions/${id}/replays`, {})).json().reproduced,
        true,
      )
    const places = await Promise.all(
      [first, second].map(({ id }) => service.ledger.store.leafIndex(id)),
    )
    t.strictSame(places, [0, 1], 'the log has them in the order they came')
    await service.ledger.close()
    t.match(await verifyAfter({ DATA_DIR: service.folder }, [first.receipt, second.receipt]), {
      entries: 2,
      findings: [{ problem: 'rule-missing' }],
    })
  },
)
