import { execFileSync } from 'node:child_process'
import { createReadStream, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { exportLedger } from '../../src/ledger/export-ledger.js'
import { decisionWithFacts } from '../../src/ledger/read-decision.js'
import { parseRecalculationTerms, recalculate } from '../../src/ledger/recalculate.js'
import { replayDecision } from '../../src/ledger/replay-decision.js'
import type { StoredEntry } from '../../src/ledger/stores/store.js'
import { verifyExport } from '../../src/ledger/verify-export.js'
import { ledgerWithOne, rate, rulebook, scratch } from './ledger-entries.js'
import { type Figure, figure, median } from './measure.js'

const SERVER = process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test'
const MANY = 100_000

/** What the ledger promises: appends on both stores, replay, verification, reads among many. */
export async function benchLedger(): Promise<readonly Figure[]> {
  return [groupedAppends(), ...(await postgresAppends()), await replays(), ...(await amongMany())]
}

/** In a process of its own, whose disk syncs a shim (LD_PRELOAD) makes 2 ms longer. */
function groupedAppends(): Figure {
  const shim = join(scratch(), 'fsync-delay.so')
  const source = fileURLToPath(new URL('../../../test/bench/fsync-delay.c', import.meta.url))
  execFileSync('cc', ['-shared', '-fPIC', '-O2', '-o', shim, source, '-ldl'])
  const child = fileURLToPath(new URL('append-rates.js', import.meta.url))
  const env = { ...process.env, LD_PRELOAD: shim }
  const rounds = JSON.parse(execFileSync(process.execPath, [child], { env, encoding: 'utf8' }))
  const ratios = rounds.map(
    ({ single, grouped }: Record<string, number>) => Number(grouped) / Number(single),
  )
  const name = 'SQLite appends in groups / one by one, fsync +2 ms (LD_PRELOAD)'
  return figure(name, median(ratios), 'times', { atLeast: 10 })
}

/** Against plain inserts of the same bytes through the same pool, in turns. */
async function postgresAppends(): Promise<readonly Figure[]> {
  const schema = `huimin_bench_${process.pid}`
  const admin = new pg.Client({ connectionString: SERVER, connectionTimeoutMillis: 2_000 })
  try {
    await admin.connect()
  } catch {
    console.error('skipped: no PostgreSQL at 127.0.0.1:5432')
    return []
  }
  await admin.query(`create schema ${schema}`)
  const url = `${SERVER}?options=${encodeURIComponent(`-c search_path=${schema}`)}`
  const { ledger, make } = await ledgerWithOne(url)
  const pool = new pg.Pool({ connectionString: url, max: 10 })
  await pool.query('create table plain (id text primary key, body text, facts text, salt text)')
  const name = 'plain'
  const text = 'insert into plain values ($1, $2, $3, $4)'
  const plain = ({ id, body, facts }: ReturnType<typeof make>[number]) =>
    pool.query({ name, text, values: [id, body, facts?.text, facts?.salt] })
  const ratios: number[] = []
  for (let round = 0; round < 5; round++) {
    const entries = make(3_000)
    const base = await rate(entries, 32, plain)
    const own = await rate(entries, 32, ledger.store.append)
    // The first round is for the compiler and the server's caches.
    if (round > 0) ratios.push(own / base)
  }
  await ledger.close()
  await pool.end()
  await admin.query(`drop schema ${schema} cascade`)
  await admin.end()
  return [
    figure('PostgreSQL appends / plain inserts, 32 writers (aim 0.8)', median(ratios), 'times', {
      atLeast: 0.5,
    }),
  ]
}

async function replays(): Promise<Figure> {
  const { ledger, make } = await ledgerWithOne()
  const { store } = ledger
  const entries = make(2_000)
  await Promise.all(entries.map(store.append))
  const now = new Date()
  const replay = async ({ id }: { readonly id: string }) => {
    const recorded = await decisionWithFacts(store, (await store.entry(id)) as StoredEntry)
    const asked = { ...recorded, terms: {}, language: 'zh', detail: 'full' } as const
    if (!replayDecision(rulebook, asked, now).reproduced) throw new Error('not reproduced')
  }
  await rate(entries, 1, replay)
  const found = await rate(entries, 1, replay)
  await ledger.close()
  return figure('decisions replayed, one core', found, '/s', { atLeast: 1_000 })
}

/** Reads, verifies and recalculates a ledger of a hundred thousand decisions. */
async function amongMany(): Promise<readonly Figure[]> {
  const { ledger, place, make } = await ledgerWithOne()
  const { store, signer } = ledger
  const ids: string[] = []
  for (let count = 0; count < MANY; count += 2_000) {
    const entries = make(2_000, Date.now() + count)
    await Promise.all(entries.map(store.append))
    ids.push(...entries.slice(0, 10).map(({ id }) => id))
  }
  const reads: number[] = []
  for (const id of ids) {
    const start = performance.now()
    await Promise.all([store.entry(id), store.facts(id)])
    reads.push(performance.now() - start)
  }
  const file = join(scratch(), 'export.ndjson')
  await writeFile(file, linesOf(exportLedger({ store, rulebook, signer, withFacts: false })))
  const start = performance.now()
  const lines = createInterface({ input: createReadStream(file) })
  const verdict = await verifyExport(lines, {
    checkpoints: [],
    receipts: [],
    verifiers: [signer.verifier],
  })
  const seconds = (performance.now() - start) / 1_000
  if (!verdict.good || verdict.entries <= MANY) throw new Error('the export does not verify')
  const growth = await recalculationGrowth(store)
  await ledger.close()
  for (const path of [file, place.DATA_DIR]) rmSync(path, { recursive: true, force: true })
  return [
    figure('point read among 100,000 decisions, median', median(reads), 'ms', { atMost: 1 }),
    figure('100,000 decisions verified', seconds, 's', { atMost: 30 }),
    figure('heap after 100,000 recalculations / after 10,000', growth, 'times', { atMost: 1.5 }),
  ]
}

async function* linesOf(values: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const value of values) yield `${JSON.stringify(value)}\n`
}

/** How much more memory is held at the end than after the first tenth. */
async function recalculationGrowth(
  store: Parameters<typeof recalculate>[0]['store'],
): Promise<number> {
  const heaps: number[] = []
  const progress = (count: number) => {
    if (count !== MANY / 10 && count !== MANY) return
    global.gc?.()
    heaps.push(process.memoryUsage().heapUsed)
  }
  const terms = parseRecalculationTerms({}, new Date())
  for await (const _ of recalculate({ store, rulebook, terms, now: new Date(), progress })) {
  }
  return (heaps[1] as number) / (heaps[0] as number)
}
