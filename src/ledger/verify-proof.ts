import { type Hash, nodeHash } from './merkle-tree.js'

/** A leaf, its place in a tree, and the audit path. */
export interface InclusionProof {
  readonly leaf: Hash
  readonly index: number
  readonly size: number
  readonly hashes: readonly Hash[]
}

/** The root that an inclusion proof leads to; null when the proof has no right form (RFC 9162, 2.1.3.2). */
export function rootOfInclusion({ leaf, index, size, hashes }: InclusionProof): Hash | null {
  if (index < 0 || index >= size) return null
  let [node, last, root] = [index, size - 1, leaf]
  for (const hash of hashes) {
    if (last === 0) return null
    if (node % 2 === 1 || node === last) {
      root = nodeHash(hash, root)
      while (node % 2 === 0 && node !== 0) [node, last] = [node >> 1, last >> 1]
    } else root = nodeHash(root, hash)
    ;[node, last] = [node >> 1, last >> 1]
  }
  return last === 0 ? root : null
}

/** Two trees and the proof that the first is the beginning of the second. */
export interface ConsistencyProof {
  readonly from: { readonly size: number; readonly root: Hash }
  readonly to: { readonly size: number; readonly root: Hash }
  readonly hashes: readonly Hash[]
}

/** Whether a consistency proof holds (RFC 9162, 2.1.4.2); the empty tree begins every other. */
export function isConsistent({ from, to, hashes }: ConsistencyProof): boolean {
  if (from.size > to.size) return false
  if (from.size === to.size) return hashes.length === 0 && from.root.equals(to.root)
  if (from.size === 0) return hashes.length === 0
  const isPowerOfTwo = (from.size & (from.size - 1)) === 0
  const [first, ...rest] = isPowerOfTwo ? [from.root, ...hashes] : hashes
  if (first === undefined) return false
  let [node, last] = [from.size - 1, to.size - 1]
  while (node % 2 === 1) [node, last] = [node >> 1, last >> 1]
  let [before, after] = [first, first]
  for (const hash of rest) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      before = nodeHash(hash, before)
      after = nodeHash(hash, after)
      while (node % 2 === 0 && node !== 0) [node, last] = [node >> 1, last >> 1]
    } else after = nodeHash(after, hash)
    ;[node, last] = [node >> 1, last >> 1]
  }
  return last === 0 && before.equals(from.root) && after.equals(to.root)
}
