import { type Bytes, bytesOf, sha256 } from './bytes.ts'

const LEAF = Uint8Array.of(0)
const NODE = Uint8Array.of(1)

/** The hash of a leaf: SHA-256(0x00 ‖ bytes) (RFC 9162, 2.1.1). */
export function leafHashOf(text: string): Promise<Bytes> {
  return sha256(LEAF, bytesOf(text))
}

function nodeHash(left: Bytes, right: Bytes): Promise<Bytes> {
  return sha256(NODE, left, right)
}

/** A leaf, its place in a tree, and the audit path. */
export interface InclusionProof {
  readonly leaf: Bytes
  readonly index: number
  readonly size: number
  readonly hashes: readonly Bytes[]
}

/** The root that an inclusion proof leads to; null when it has no right form (RFC 9162, 2.1.3.2). */
export async function rootOfInclusion(proof: InclusionProof): Promise<Bytes | null> {
  const { leaf, index, size, hashes } = proof
  if (index < 0 || index >= size) return null
  let [node, last, root] = [index, size - 1, leaf]
  for (const hash of hashes) {
    if (last === 0) return null
    if (node % 2 === 1 || node === last) {
      root = await nodeHash(hash, root)
      while (node % 2 === 0 && node !== 0) [node, last] = [node >> 1, last >> 1]
    } else root = await nodeHash(root, hash)
    ;[node, last] = [node >> 1, last >> 1]
  }
  return last === 0 ? root : null
}

/** Two trees and the proof that the first is the beginning of the second. */
export interface ConsistencyProof {
  readonly from: { readonly size: number; readonly root: Bytes }
  readonly to: { readonly size: number; readonly root: Bytes }
  readonly hashes: readonly Bytes[]
}

/** Whether a consistency proof holds (RFC 9162, 2.1.4.2); the empty tree begins every other. */
export async function isConsistent({ from, to, hashes }: ConsistencyProof): Promise<boolean> {
  if (from.size > to.size) return false
  if (from.size === to.size) return hashes.length === 0 && same(from.root, to.root)
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
      before = await nodeHash(hash, before)
      after = await nodeHash(hash, after)
      while (node % 2 === 0 && node !== 0) [node, last] = [node >> 1, last >> 1]
    } else after = await nodeHash(after, hash)
    ;[node, last] = [node >> 1, last >> 1]
  }
  return last === 0 && same(before, from.root) && same(after, to.root)
}

function same(a: Bytes, b: Bytes): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at])
}
