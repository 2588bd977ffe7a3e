import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type OpenLedger, openLedger } from '../../src/ledger/open-ledger.js'
import { bodyOf } from '../../src/ledger/read-decision.js'
import { recordDecision } from '../../src/ledger/record-decision.js'
import { commitmentOf, sealEntry, sealFacts } from '../../src/ledger/seal.js'
import type { NewEntry, StoredEntry } from '../../src/ledger/stores/store.js'
import type { DecisionBody } from '../../src/model/decision.js'
import { defaultLayers } from '../../src/rulebook/default-layers.js'
import { loadRulebook } from '../../src/rulebook/load-rulebook.js'

export const rulebook = loadRulebook(defaultLayers({}, process.cwd()))

/** A decision as caseworkers record it: one programme, three members. */
const REQUEST = {
  asOf: '2020-06-01',
  jurisdiction: '441900',
  programmes: ['dongguan/minimum-living'],
  caseReference: 'case',
  purpose: 'minimum living allowance',
  household: {
    monthlyIncomeTotal: 2100,
    hukouCode: '441900',
    meetsDibaoPropertyRule: true,
    members: [{ id: 'm1', dateOfBirth: '1950-05-01', sex: '2' }, { id: 'm2' }, { id: 'm3' }],
  },
}

/** An empty folder, removed when the process ends. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'huimin-bench-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A ledger in a folder, or a database, with one decision in it. */
export async function ledgerWithOne(DATABASE_URL?: string) {
  const place = { DATA_DIR: scratch(), ...(DATABASE_URL !== undefined && { DATABASE_URL }) }
  const ledger = await openLedger(place, () => new Date())
  const submission = { json: REQUEST, actor: 'w', office: 'north', language: 'zh' as const }
  const { decision } = await recordDecision(
    ledger,
    rulebook,
    { ...submission, idempotencyKey: randomUUID() },
    new Date(),
  )
  const entry = (await ledger.store.entry(decision.id)) as StoredEntry
  return { ledger, place, make: makerOf(ledger, entry, decision.determination) }
}

/** Makes entries like one that was recorded, each with its own id, salt, hash and receipt. */
function makerOf(ledger: OpenLedger, entry: StoredEntry, determination: unknown) {
  const body = bodyOf<DecisionBody>(entry)
  return (count: number, at = Date.now()): NewEntry[] =>
    Array.from({ length: count }, (_, index) => {
      const facts = sealFacts({ request: REQUEST, determination })
      const own = {
        id: randomUUID(),
        recordedAt: new Date(at + index).toISOString(),
        caseReference: `case-${index % 1_000}`,
        factsCommitment: commitmentOf(facts),
      }
      const idempotency = { key: own.id, digest: 'digest' }
      return sealEntry({ ...body, ...own }, { facts, idempotency }, ledger.signer)
    })
}

/** Entries a second when `writers` of them are always on their way. */
export async function rate<T>(
  entries: readonly T[],
  writers: number,
  append: (entry: T) => Promise<unknown>,
): Promise<number> {
  const queue = [...entries]
  const start = performance.now()
  const write = async () => {
    for (let entry = queue.pop(); entry !== undefined; entry = queue.pop()) await append(entry)
  }
  await Promise.all(Array.from({ length: writers }, write))
  return (entries.length / (performance.now() - start)) * 1_000
}
