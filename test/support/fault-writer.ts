import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { exportLedger } from '../../src/ledger/export-ledger.js'
import { type LedgerPlace, openLedger } from '../../src/ledger/open-ledger.js'
import { parseVerifier, type Verifier } from '../../src/ledger/signed-note.js'
import { type Verdict, verifyExport } from '../../src/ledger/verify-export.js'
import type { Receipt } from '../../src/model/decision.js'
import { town } from './town-ledger.js'
import { until } from './until.js'

const WRITER = fileURLToPath(new URL('../faults/writer.mjs', import.meta.url))

type Teardown = { teardown(end: () => unknown): unknown }

/** A process that records decisions with 8 writers. */
export interface Writing {
  readonly child: ChildProcess
  /** The receipts of what it was told is recorded, so far. */
  readonly acknowledged: () => readonly Receipt[]
  /** Waits until that many were acknowledged, however slow the machine. */
  readonly until: (count: number) => Promise<void>
  readonly kill: () => Promise<void>
}

/** Starts a process that records decisions, and waits until it does. */
export async function startWriting(
  t: Teardown,
  place: LedgerPlace,
  name: string,
): Promise<Writing> {
  const child = spawn(process.execPath, [WRITER, JSON.stringify(place), name])
  t.teardown(() => child.kill('SIGKILL'))
  let [out, err] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text) => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    err += text
  })
  const closed = once(child, 'close')
  await until(async () => {
    if (child.exitCode !== null) throw new Error(err)
    return out.startsWith('ready\n')
  }, 30_000)
  const lines = () =>
    out
      .slice('ready\n'.length, out.lastIndexOf('\n') + 1)
      .split('\n')
      .filter(Boolean)
  return {
    child,
    acknowledged: () => lines().map((line) => JSON.parse(line) as Receipt),
    until: (count) => until(async () => lines().length >= count, 60_000),
    kill: async () => {
      child.kill('SIGKILL')
      await closed
    },
  }
}

/** Opens a ledger after a fault, waits until all of it is logged, and verifies it with receipts. */
export async function verifyAfter(
  place: LedgerPlace,
  receipts: readonly Receipt[],
): Promise<Verdict> {
  const ledger = await openLedger(place, () => new Date())
  try {
    const { store, signer } = ledger
    await until(async () => await isQuiet(ledger.store), 30_000)
    const verifiers = (await store.keys()).map(
      ({ verifier }) => parseVerifier(verifier) as Verifier,
    )
    const lines = async function* () {
      const exported = { store, rulebook: town, signer, withFacts: true }
      for await (const line of exportLedger(exported)) yield JSON.stringify(line)
    }
    const named = receipts.map((receipt) => ({ name: receipt.id, receipt }))
    return await verifyExport(lines(), { checkpoints: [], receipts: named, verifiers })
  } finally {
    await ledger.close()
  }
}

type Store = Awaited<ReturnType<typeof openLedger>>['store']

/** Whether every entry has its place: the newest one stands in the log. */
async function isQuiet(store: Store): Promise<boolean> {
  const [entries, size] = [await countOf(store), await store.size()]
  return entries === size
}

async function countOf(store: Store): Promise<number> {
  let count = 0
  let before: { recordedAt: string; id: string } | null = null
  for (;;) {
    const page: readonly { recordedAt: string; id: string }[] = await store.newest(
      { limit: 1_000 },
      before,
    )
    count += page.length
    if (page.length < 1_000) return count
    before = page.at(-1) ?? null
  }
}
