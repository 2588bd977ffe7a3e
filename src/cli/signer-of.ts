import { type Signer, signerOf } from '../ledger/signed-note.js'
import { keyFile, signingKey } from '../ledger/signing-key.js'
import type { LedgerReads } from '../ledger/stores/store.js'
import { type Io, UsageError } from './io.js'
import { asUsage, ledgerPlaceOf } from './ledger-of.js'

/**
 * Signs in the name of the ledger of this run. Throws `UsageError` without its key: one that the
 * ledger does not know would sign what nobody can check.
 */
export async function signerOfLedger(io: Io, store: LedgerReads): Promise<Signer> {
  const { DATA_DIR, SIGNING_KEY_FILE } = ledgerPlaceOf(io)
  const origin = await store.origin()
  const path = SIGNING_KEY_FILE ?? keyFile(DATA_DIR)
  const signer = signerFrom(origin, DATA_DIR, path)
  const keys = await store.keys()
  if (keys.some(({ keyId, retiredAt }) => keyId === signer.keyId && retiredAt === null))
    return signer
  throw new UsageError(`the key of ${path} is not one that this ledger signs with`)
}

function signerFrom(origin: string, folder: string, path: string): Signer {
  try {
    return signerOf(origin, signingKey(folder, path))
  } catch (error) {
    return asUsage(error)
  }
}
