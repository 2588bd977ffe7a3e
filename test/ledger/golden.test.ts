import { generateKeyPairSync } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { type Test, test } from 'tap'
import { backupLines } from '../../src/ledger/backup.js'
import { eraseFacts } from '../../src/ledger/erase-facts.js'
import { exportLedger } from '../../src/ledger/export-ledger.js'
import { openReader } from '../../src/ledger/open-reader.js'
import { bodyOf, decisionWithFacts } from '../../src/ledger/read-decision.js'
import { replayDecision } from '../../src/ledger/replay-decision.js'
import { reviewDecision } from '../../src/ledger/review-decision.js'
import { parseVerifier, signerOf, type Verifier } from '../../src/ledger/signed-note.js'
import { openSqlite } from '../../src/ledger/stores/sqlite.js'
import { verifyExport } from '../../src/ledger/verify-export.js'
import type { DecisionBody } from '../../src/model/decision.js'
import { runHuimin } from '../support/run-huimin.js'
import { BEFORE_CORRECTION, decide, town, townLedger } from '../support/town-ledger.js'

const FOLDER = fileURLToPath(new URL('../fixtures/ledgers', import.meta.url))
const GOLDEN = `${FOLDER}/golden.ndjson`
const CHECKPOINT = `${FOLDER}/golden.checkpoint`
const KEYS = `${FOLDER}/golden.public-keys`

/** Made once with MAKE_GOLDEN=1 and kept: what was recorded then must replay in every later release. */
async function makeGolden(t: Test): Promise<void> {
  const ledger = await townLedger(t, t.testdir())
  const { store, signer } = ledger
  const now = new Date('2026-11-22T13:00:00Z')
  const members = [{ id: 'm1', dateOfBirth: '1940-02-29' }, { id: 'm2' }]
  const both = ['town/elders', 'town/living']
  const household = (income?: number) => ({ hukouCode: '990001', income, members })
  await decide(ledger, { programmes: both, household: household(1199.98) }, BEFORE_CORRECTION)
  const erased = await decide(ledger, { programmes: both, household: household(1200) })
  const reviewed = await decide(ledger, { household: household() })
  await decide(ledger, { programmes: both, asOf: '2024-01-01', household: household(0) })
  await decide(ledger, { asOf: '2014-01-01', household: { members: [{ id: 'm1' }] } })
  await decide(ledger, { asOf: '2019-12-31', household: household(998.5) })
  await decide(ledger, { asOf: '2016-01-01', household: household(1) })
  const said = {
    programme: 'town/living',
    subject: { kind: 'household' },
    outcome: 'eligible',
    reason: '已核实',
  }
  const entry = async (id: string) => (await store.entry(id)) as never
  await reviewDecision(
    ledger,
    await entry(reviewed.id),
    { json: said, actor: 'worker-2', office: 'north' },
    now,
  )
  await eraseFacts(ledger, await entry(erased.id), { actor: 'privacy-1', office: null }, now)
  const { db, close } = await openReader({ DATA_DIR: t.testdirName })
  let text = ''
  for await (const line of backupLines(db)) text += line
  await close()
  writeFileSync(GOLDEN, text)
  const run = (line: string) => runHuimin(line, { cwd: FOLDER, env: { DATA_DIR: t.testdirName } })
  await run(`checkpoint --to ${t.testdirName}/out`)
  writeFileSync(CHECKPOINT, readFileSync(`${t.testdirName}/out/0000000009.checkpoint`))
  writeFileSync(KEYS, `${(await run('keys')).out}`)
  t.equal(signer.name, await store.origin())
}

if (process.env.MAKE_GOLDEN === '1' && !existsSync(GOLDEN))
  test('the golden ledger is made', makeGolden)

/** The golden ledger in a folder of the test. */
async function golden(t: Test): Promise<string> {
  const folder = t.testdir()
  const { code, err } = await runHuimin(`restore ${GOLDEN}`, { env: { DATA_DIR: folder } })
  t.strictSame([code, err], [0, ''])
  return folder
}

test('every decision of the golden ledger replays exactly', async (t) => {
  const { reads, close } = await openReader({ DATA_DIR: await golden(t) })
  t.teardown(close)
  const found: string[] = []
  for (const entry of await reads.logged(0, 100)) {
    if (entry.kind !== 'decision') continue
    if ((await reads.facts(entry.id)) === null) {
      found.push('erased')
      continue
    }
    const recorded = await decisionWithFacts(reads, entry)
    const asked = { ...recorded, terms: {}, language: 'en', detail: 'full' } as const
    const replay = replayDecision(town, asked, new Date())
    t.strictSame(replay.differences, [], entry.id)
    t.strictSame(bare(replay.determination), bare(recorded.facts.determination), 'all but words')
    found.push(
      bodyOf<DecisionBody>(entry)
        .outcomes.map(({ outcome }) => outcome)
        .join(' ') || 'none',
    )
  }
  t.strictSame(found, [
    'eligible unknown eligible',
    'erased',
    'unknown',
    'eligible',
    'none',
    'eligible',
    'unknown',
  ])
})

/** Words may be improved later, and so the digest of the whole rulebook. */
function bare(json: unknown): unknown {
  const words = [
    'text',
    'title',
    'chosenBecause',
    'why',
    'steps',
    'rulebook',
    'clauses',
    'interpretations',
  ]
  return JSON.parse(JSON.stringify(json, (key, value) => (words.includes(key) ? undefined : value)))
}

test('the golden ledger still has the root that was signed then', async (t) => {
  const { reads: store, close } = await openReader({ DATA_DIR: await golden(t) })
  t.teardown(close)
  const verifiers = readFileSync(KEYS, 'utf8')
    .trim()
    .split('\n')
    .map((line) => parseVerifier(line) as Verifier)
  const signer = signerOf(await store.origin(), generateKeyPairSync('ed25519').privateKey)
  const lines = async function* () {
    for await (const line of exportLedger({ store, rulebook: town, signer, withFacts: true }))
      yield JSON.stringify(line)
  }
  const checkpoints = [{ name: 'golden', text: readFileSync(CHECKPOINT, 'utf8') }]
  const verdict = await verifyExport(lines(), { checkpoints, receipts: [], verifiers })
  t.match(verdict, { entries: 9, facts: 7, findings: [{ problem: 'unknown-key' }] })
  t.equal(verdict.findings.length, 1, 'only the checkpoint of a key nobody was given')
})

test('a data folder of the first schema is brought up to this release, nothing of it changed', async (t) => {
  const folder = t.testdir()
  const old = new Database(`${folder}/ledger.db`)
  old.exec(readFileSync(`${FOLDER}/first-schema.sql`, 'utf8'))
  const bodies = old.prepare('select body from entries order by id').pluck().all()
  t.equal(bodies.length, 9)
  t.throws(() => old.prepare('select * from deliveries'), /no such table/)
  old.close()
  const store = await openSqlite(folder)
  t.teardown(() => store.close())
  const entries = await store.logged(0, 100)
  t.strictSame(entries.map(({ body }) => body).sort(), [...bodies].sort())
  await store.addDelivery({ size: 9, place: 'p', deliveredAt: 'now' })
  t.equal((await store.deliveries()).length, 1)
  const [decision] = entries
  t.equal(
    await store.append({
      ...(decision as never as object),
      id: 'new',
      idempotency: null,
      facts: null,
      outcomes: [],
    } as never),
    'stored',
  )
  t.equal(await store.size(), 10)
})
