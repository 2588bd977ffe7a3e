import { createHash } from 'node:crypto'

/** SHA-256, 32 bytes. */
export type Hash = Buffer

/** A complete subtree: node `index` of `level`, over the leaves index·2^level and the next 2^level. */
export interface Place {
  readonly level: number
  readonly index: number
}
export interface Node extends Place {
  readonly hash: Hash
}

/** Leaves from `from` to before `to`, where `from` is a place a subtree can start. */
interface Range {
  readonly from: number
  readonly to: number
}

/** The hash of a leaf: SHA-256(0x00 ‖ bytes) (RFC 6962, 2.1). */
export function leafHashOf(bytes: string | Uint8Array): Hash {
  return createHash('sha256').update('\0').update(bytes).digest()
}

/** The hash of an inner node: SHA-256(0x01 ‖ left ‖ right) (RFC 6962, 2.1). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Hash {
  return createHash('sha256').update('\x01').update(left).update(right).digest()
}

/** A tree of some size as its complete subtrees, left to right: all that appending needs. */
export interface Edge {
  readonly size: number
  readonly nodes: readonly Node[]
}

export const EMPTY_EDGE: Edge = { size: 0, nodes: [] }

/** Appends leaves; the new edge, and every node that became complete, leaves among them. */
export function appendLeaves(edge: Edge, leaves: readonly Hash[]): { edge: Edge; added: Node[] } {
  const nodes = [...edge.nodes]
  const added: Node[] = []
  leaves.forEach((hash, offset) => {
    let node: Node = { level: 0, index: edge.size + offset, hash }
    added.push(node)
    for (let left = nodes.at(-1); left?.level === node.level; left = nodes.at(-1)) {
      nodes.pop()
      node = { level: node.level + 1, index: left.index / 2, hash: nodeHash(left.hash, node.hash) }
      added.push(node)
    }
    nodes.push(node)
  })
  return { edge: { size: edge.size + leaves.length, nodes }, added }
}

/** The root of a tree (RFC 6962, 2.1); of the empty one, the hash of nothing. */
export function rootOf({ nodes }: Pick<Edge, 'nodes'>): Hash {
  const hashes = nodes.map(({ hash }) => hash)
  return hashes.length === 0 ? createHash('sha256').digest() : joined(hashes)
}

/** The complete subtrees of a tree of some size, left to right. */
export function edgePlaces(size: number): readonly Place[] {
  return placesIn({ from: 0, to: size })
}

/** The hash over a run of complete subtrees, joined from the right. */
function joined(hashes: readonly Hash[]): Hash {
  return hashes.reduceRight((right, left) => nodeHash(left, right))
}

function placesIn({ from, to }: Range): readonly Place[] {
  const places: Place[] = []
  for (let at = from; at < to; ) {
    const level = 31 - Math.clz32(to - at)
    places.push({ level, index: at / 2 ** level })
    at += 2 ** level
  }
  return places
}

/** What a proof is made of: for each of its hashes, the subtrees that hash covers. */
export type ProofPlan = readonly (readonly Place[])[]

/** The audit path of a leaf in a tree of some size (RFC 6962, 2.1.1). */
export function inclusionPlan(leaf: number, size: number): ProofPlan {
  return path(leaf, { from: 0, to: size }).map(placesIn)
}

function path(leaf: number, { from, to }: Range): readonly Range[] {
  if (to - from === 1) return []
  const middle = split({ from, to })
  const [left, right] = [
    { from, to: middle },
    { from: middle, to },
  ]
  return leaf < middle ? [...path(leaf, left), right] : [...path(leaf, right), left]
}

/** The proof that a tree of one size is the beginning of a larger one (RFC 6962, 2.1.2). */
export function consistencyPlan(from: number, to: number): ProofPlan {
  return from === 0 ? [] : subproof(from, { from: 0, to }, true).map(placesIn)
}

function subproof(end: number, range: Range, whole: boolean): readonly Range[] {
  if (end === range.to) return whole ? [] : [range]
  const middle = split(range)
  const [left, right] = [
    { from: range.from, to: middle },
    { from: middle, to: range.to },
  ]
  return end <= middle
    ? [...subproof(end, left, whole), right]
    : [...subproof(end, right, false), left]
}

/** Where a tree parts: after the largest power of two of leaves that leaves a rest. */
function split({ from, to }: Range): number {
  return from + 2 ** (31 - Math.clz32(to - from - 1))
}

/** The hashes of a proof, once the nodes of its plan are at hand. */
export function proofOf(plan: ProofPlan, hashOf: (place: Place) => Hash): readonly Hash[] {
  return plan.map((places) => joined(places.map(hashOf)))
}
