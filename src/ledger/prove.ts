import { Problem } from '../model/errors.js'
import { hashesAt, issueCheckpoint } from './issue-checkpoint.js'
import { consistencyPlan, inclusionPlan, type ProofPlan, proofOf } from './merkle-tree.js'
import type { Ledger } from './open-ledger.js'
import type { LedgerReads, StoredEntry } from './stores/store.js'

/** An inclusion proof; hashes in base64. */
export interface InclusionAnswer {
  readonly leafIndex: number
  readonly treeSize: number
  readonly leafHash: string
  readonly hashes: readonly string[]
}

/**
 * The proof that an entry stands in the tree of the newest checkpoint. Throws Problem
 * `not-yet-sequenced` while the entry has no place.
 */
export async function proveInclusion(
  ledger: Pick<Ledger, 'store' | 'signer'>,
  { id, leafHash }: StoredEntry,
  now: Date,
): Promise<InclusionAnswer> {
  const leafIndex = await ledger.store.leafIndex(id)
  if (leafIndex === null) throw new Problem('not-yet-sequenced')
  const { size: treeSize } = await issueCheckpoint(ledger, now)
  const hashes = await hashesOf(ledger.store, inclusionPlan(leafIndex, treeSize))
  return { leafIndex, treeSize, leafHash, hashes }
}

/** The proof that the log of one size is the beginning of that of a later size; hashes in base64. */
export function proveConsistency(
  store: LedgerReads,
  from: number,
  to: number,
): Promise<readonly string[]> {
  return hashesOf(store, consistencyPlan(from, to))
}

async function hashesOf(store: LedgerReads, plan: ProofPlan): Promise<readonly string[]> {
  const hashOf = await hashesAt(store, plan.flat())
  return proofOf(plan, hashOf).map((hash) => hash.toString('base64'))
}
