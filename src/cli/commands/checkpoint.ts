import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Checkpoint, parseCheckpoint, signCheckpoint } from '../../ledger/checkpoint.js'
import { rootAt } from '../../ledger/issue-checkpoint.js'
import { addDelivery } from '../../ledger/open-reader.js'
import type { LedgerReads } from '../../ledger/stores/store.js'
import { makeFolder, removeEmpty } from '../../rulebook/make-folder.js'
import { answer, type Command, type ExitCode, type Given } from '../command.js'
import { UsageError } from '../io.js'
import { ledgerPlaceOf, withLedger } from '../ledger-of.js'
import { required } from '../options.js'
import { signerOfLedger } from '../signer-of.js'
import { writeLines } from '../write-lines.js'

const ENDING = '.checkpoint'

/** `huimin checkpoint --to DIR` */
export const checkpoint: Command = {
  help: `huimin checkpoint --to DIR [--json]

Takes a signed checkpoint over the whole log to DIR, and the public keys with it. DIR must be out of
the operator's reach (an auditor's share, write-once storage), else it proves nothing. Checkpoints
that are there already are held against the tree of the log first: exit 1 when one of them does not
fit. Whether the entries still are what the tree was made of says huimin verify, which reads them.`,
  options: { to: { type: 'string' } },
  operands: [0, 0],
  run: (given) =>
    withLedger(given, async ({ reads }) => {
      const folder = resolve(given.io.cwd, required(given.options, 'to'))
      const made = madeFor(folder)
      return takeTo(folder, given, reads).finally(() => removeEmpty(made))
    }),
}

function madeFor(folder: string): readonly string[] {
  try {
    return makeFolder(folder)
  } catch (error) {
    throw new UsageError(`${folder} is no folder and cannot be one: ${(error as Error).message}`)
  }
}

async function takeTo(folder: string, given: Given, reads: LedgerReads): Promise<ExitCode> {
  const unfit = await unfitIn(folder, reads)
  if (unfit.length > 0) {
    const why = 'does not fit the log: it was rewritten, cut short, or is another one'
    const lines = unfit.map((name) => `${name} ${why}\n`)
    answer(given, { unfit }, () => lines.join(''))
    return 1
  }
  const delivered = await deliver(given, folder, reads)
  answer(given, delivered, () => `${delivered.file}: ${delivered.size} entries\n`)
  return 0
}

async function deliver({ io }: Given, folder: string, reads: LedgerReads) {
  const signer = await signerOfLedger(io, reads)
  const size = await reads.size()
  const note = signCheckpoint(size, await rootAt(reads, size), signer)
  const file = join(folder, `${String(size).padStart(10, '0')}${ENDING}`)
  const keys = await reads.keys()
  await writeLines(file, once(note))
  await writeLines(
    join(folder, 'public-keys'),
    once(keys.map((key) => `${key.verifier}\n`).join('')),
  )
  const delivery = { size, place: folder, deliveredAt: io.now().toISOString() }
  await addDelivery(ledgerPlaceOf(io), delivery)
  return { file, ...delivery }
}

async function* once(text: string): AsyncGenerator<string> {
  yield text
}

/** Names of the checkpoints in a folder whose log this is not, or no longer. */
async function unfitIn(folder: string, reads: LedgerReads): Promise<readonly string[]> {
  const [origin, size] = [await reads.origin(), await reads.size()]
  const names = readdirSync(folder).filter((name) => name.endsWith(ENDING))
  const fits = names.sort().map(async (name) => {
    const kept = parseCheckpoint(readFileSync(join(folder, name), 'utf8'))
    return kept !== null && kept.origin === origin && (await hasRoot(reads, size, kept))
  })
  const found = await Promise.all(fits)
  return names.filter((_, index) => found[index] === false)
}

async function hasRoot(reads: LedgerReads, now: number, { size, root }: Checkpoint) {
  return size <= now && (await rootAt(reads, size)).equals(root)
}
