import { OPEN, YES } from './bounds.js'
import type { LeafNode } from './condition-node.js'
import type { PlacedNode } from './program.js'

/** One leaf as it read: in document order, with whether it decided the outcome. */
export interface LeafReading {
  readonly leaf: LeafNode
  readonly byte: number
  readonly decisive: boolean
}

/**
 * The bytes of a condition expanded into its leaves. Decisive are false leaves under failed
 * nodes, true leaves under satisfied ones, and unsettled leaves when the outcome is unknown.
 */
export function explainLeaves(root: PlacedNode, bytes: Uint8Array): readonly LeafReading[] {
  const readings: LeafReading[] = []
  expand(root, bytes, true, readings)
  return readings
}

function expand(
  node: PlacedNode,
  bytes: Uint8Array,
  decisive: boolean,
  readings: LeafReading[],
): void {
  const byte = bytes[node.byte] as number
  if (node.leaf !== null) {
    readings.push({ leaf: node.leaf, byte, decisive })
    return
  }
  for (const child of node.children) {
    expand(child, bytes, decisive && decides(node, byte, bytes[child.byte] as number), readings)
  }
}

/** A child decides when it reads as its node does; a `not` hands the question on. */
function decides(node: PlacedNode, byte: number, child: number): boolean {
  return node.kind === 'not' || child === byte
}

/** How a leaf reads, as the answer says it: true, false, or null when it is not known. */
export function metOf(byte: number): boolean | null {
  return byte === OPEN ? null : byte === YES
}

/** Leaves that a number can tell apart, one bit each. */
const MOST_BITS = 52

/**
 * Which leaves are decisive, as the bits of a number in document order: what an answer cites
 * depends on nothing else. NaN where there are more leaves than bits.
 */
export function decisiveLeaves(root: PlacedNode, bytes: Uint8Array): number {
  seen = 0
  const bits = bitsOf(root, bytes, true)
  return seen > MOST_BITS ? Number.NaN : bits
}

/** Leaves passed so far: one count for the module, for a closure at each call costs more than the walk. */
let seen = 0

function bitsOf(node: PlacedNode, bytes: Uint8Array, decisive: boolean): number {
  if (node.leaf !== null) {
    seen += 1
    return decisive ? 2 ** (seen - 1) : 0
  }
  const byte = bytes[node.byte]!
  const { children, kind } = node
  let bits = 0
  for (let index = 0; index < children.length; index++) {
    const child = children[index]!
    bits += bitsOf(child, bytes, decisive && (kind === 'not' || bytes[child.byte] === byte))
  }
  return bits
}
