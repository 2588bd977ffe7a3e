import { Problem } from '../model/errors.js'
import { hashesAt } from './issue-checkpoint.js'
import { consistencyPlan, inclusionPlan, type ProofPlan, proofOf } from './merkle-tree.js'
import type { LedgerReads, StoredEntry } from './stores/store.js'

/** An inclusion proof; hashes in base64. */
export interface InclusionAnswer {
  readonly leafIndex: number
  readonly treeSize: number
  readonly leafHash: string
  readonly hashes: readonly string[]
}

/**
 * The proof that an entry stands in the tree of a size; null when the entry or the log does not
 * reach there. Throws Problem `not-yet-sequenced` while the entry has no place.
 */
export async function proveInclusion(
  store: LedgerReads,
  { id, leafHash }: StoredEntry,
  treeSize: number,
): Promise<InclusionAnswer | null> {
  const leafIndex = await store.leafIndex(id)
  if (leafIndex === null) throw new Problem('not-yet-sequenced')
  if (leafIndex >= treeSize || treeSize > (await store.size())) return null
  const hashes = await hashesOf(store, inclusionPlan(leafIndex, treeSize))
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
