import { type Signer, signerOf } from '../ledger/signed-note.js'
import { signingKey } from '../ledger/signing-key.js'
import type { LedgerReads } from '../ledger/stores/store.js'
import type { Io } from './io.js'
import { asUsage, ledgerPlaceOf } from './ledger-of.js'

/** Signs in the name of the ledger of this run. Throws `UsageError` without its key. */
export async function signerOfLedger(io: Io, store: LedgerReads): Promise<Signer> {
  const { DATA_DIR, SIGNING_KEY_FILE } = ledgerPlaceOf(io)
  const origin = await store.origin()
  try {
    return signerOf(origin, signingKey(DATA_DIR, SIGNING_KEY_FILE))
  } catch (error) {
    return asUsage(error)
  }
}
