import { makeDataFolder } from '../../ledger/data-folder.js'
import { keyRow, type LedgerPlace, openStore } from '../../ledger/open-ledger.js'
import { signerOf } from '../../ledger/signed-note.js'
import { replaceKey } from '../../ledger/signing-key.js'
import type { Store, StoredKey } from '../../ledger/stores/store.js'
import { answer, type Command, type ExitCode, type Given } from '../command.js'
import { UsageError } from '../io.js'
import { asUsage, ledgerPlaceOf, withLedger } from '../ledger-of.js'

/** `huimin keys [rotate]` */
export const keys: Command = {
  help: `huimin keys [rotate] [--json]

Prints the public keys that receipts and checkpoints are signed with, retired ones too: give these
lines to your auditors. With rotate, makes a new signing key in DATA_DIR and retires the others;
the service must not run on that DATA_DIR meanwhile, and processes on a shared database must be
started again: a key that one of them still signs with is then listed as in use again. What was
signed before stays valid, so a key that others may have must also go from wherever it is kept.`,
  options: {},
  operands: [0, 1],
  run: (given) => {
    const [action] = given.operands
    if (action === 'rotate') return rotate(given)
    if (action !== undefined) throw new UsageError(`huimin keys: no action "${action}"; rotate`)
    return withLedger(given, async ({ reads }) => print(given, await reads.keys()))
  },
}

async function rotate(given: Given): Promise<ExitCode> {
  const place = ledgerPlaceOf(given.io)
  if (place.SIGNING_KEY_FILE !== undefined)
    throw new UsageError(
      'SIGNING_KEY_FILE is yours to replace; unset it to rotate the key of DATA_DIR',
    )
  const store = await openForKey(place).catch(asUsage)
  try {
    const signer = signerOf(await store.origin(), replaceKey(place.DATA_DIR))
    await store.addKey(keyRow(signer, given.io.now()), true)
    return print(given, await store.keys())
  } finally {
    await store.close()
  }
}

/** The store of a place, and a folder for its key, which a database does not make. */
async function openForKey(place: LedgerPlace): Promise<Store> {
  makeDataFolder(place.DATA_DIR)
  return openStore(place)
}

function print(given: Given, found: readonly StoredKey[]): ExitCode {
  answer(given, { keys: found }, () => found.map(({ verifier }) => `${verifier}\n`).join(''))
  return 0
}
