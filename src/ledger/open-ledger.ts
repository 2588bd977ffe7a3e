import { makeDataFolder } from './data-folder.js'
import { engineDigest } from './engine-digest.js'
import { issueCheckpoint } from './issue-checkpoint.js'
import { type Signer, signerOf, verifierText } from './signed-note.js'
import { signingKey } from './signing-key.js'
import { openPostgres } from './stores/postgres.js'
import { openSqlite } from './stores/sqlite.js'
import type { Store } from './stores/store.js'

/** Where a ledger is kept, and which key signs for it. */
export interface LedgerPlace {
  readonly DATA_DIR: string
  /** A PostgreSQL database instead of the data folder; keys stay in the folder. */
  readonly DATABASE_URL?: string
  /** A PEM file instead of the key that the data folder makes. */
  readonly SIGNING_KEY_FILE?: string
}

/** An open ledger. */
export interface Ledger {
  readonly store: Store
  readonly signer: Signer
  /** `sha256:…` of the code that determines. */
  readonly engineDigest: string
}
export interface OpenLedger extends Ledger {
  readonly close: () => Promise<void>
}

/** Milliseconds after which a checkpoint covers what was logged. */
const CHECKPOINT_EVERY = 1_000

/**
 * Opens the ledger: the store brought up to this release, the signing key made known, a checkpoint
 * signed every second in which the log grew. Throws an Error of one line when it cannot.
 */
export async function openLedger(place: LedgerPlace, clock: () => Date): Promise<OpenLedger> {
  makeDataFolder(place.DATA_DIR)
  const key = signingKey(place.DATA_DIR, place.SIGNING_KEY_FILE)
  const store = await openStore(place)
  const signer = signerOf(await store.origin(), key)
  // On PostgreSQL the other keys may belong to other processes: there a command retires them.
  await store.addKey(keyRow(signer, clock()), store.kind === 'sqlite')
  let issuing: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    // A store that is away now will be asked again in a second.
    issuing = issueCheckpoint({ store, signer }, clock()).catch(() => {})
  }, CHECKPOINT_EVERY)
  timer.unref()
  return {
    store,
    signer,
    engineDigest: engineDigest(),
    close: async () => {
      clearInterval(timer)
      await issuing
      await store.close()
    },
  }
}

/** The store of a place, for appending. */
export function openStore({ DATA_DIR, DATABASE_URL }: LedgerPlace): Promise<Store> {
  return DATABASE_URL === undefined ? openSqlite(DATA_DIR) : openPostgres(DATABASE_URL)
}

/** A signer's public key as it is made known. */
export function keyRow({ keyId, verifier }: Signer, now: Date) {
  return { keyId, verifier: verifierText(verifier), since: now.toISOString(), retiredAt: null }
}
