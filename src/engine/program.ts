import type { ConditionNode, LeafNode } from './condition-node.js'
import type { Slots } from './slots.js'

export const ALL = 0
export const ANY = 1
export const NOT = 2

/** A condition with the place of its byte in the program's bytes. */
export interface PlacedNode {
  readonly kind: ConditionNode['kind']
  readonly byte: number
  readonly leaf: LeafNode | null
  readonly children: readonly PlacedNode[]
}

/** Interval tests: the value of a slot lies in [from, to]. */
export interface NumberLeaves {
  readonly count: number
  readonly slot: Int32Array
  readonly from: Float64Array
  readonly to: Float64Array
}

/** Interval tests on n − against × d: a ratio against a figure, by cross-multiplication. */
export interface RatioLeaves extends NumberLeaves {
  readonly against: Float64Array
}

/** Bitset tests: the codes of a slot lie among these. */
export interface CodeLeaves {
  readonly count: number
  readonly slot: Int32Array
  readonly codes: Int32Array
}

/**
 * Conditions as one flat program over fact slots. Leaves come first (numbers, ratios, codes,
 * sets; equal ones shared), then inner nodes, children before parents; each has one byte.
 */
export interface Program {
  readonly roots: readonly PlacedNode[]
  readonly slots: Slots
  readonly numbers: NumberLeaves
  readonly ratios: RatioLeaves
  readonly codes: CodeLeaves
  readonly sets: CodeLeaves
  readonly nodeKind: Uint8Array
  /** Node i has the children childOf[nodeStart[i]] .. childOf[nodeStart[i + 1] − 1]. */
  readonly nodeStart: Int32Array
  readonly childOf: Int32Array
  /** certainly | possibly << 1 of every leaf and node, after `evaluate`. */
  readonly bytes: Uint8Array
}
