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

/**
 * Which leaves are decisive, as the bits of a number in document order: what an answer cites
 * depends on nothing else. Beyond what a number holds exactly when a leaf after the 53rd is decisive.
 */
export function decisiveLeaves(node: PlacedNode, bytes: Uint8Array): number {
  if (node.leaf !== null) return node.bit
  const byte = bytes[node.byte]!
  const { children, kind } = node
  let bits = 0
  for (let index = 0; index < children.length; index++) {
    const child = children[index]!
    if (kind === 'not' || bytes[child.byte] === byte) bits += decisiveLeaves(child, bytes)
  }
  return bits
}
