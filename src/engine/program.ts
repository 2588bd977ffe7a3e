import type { Entity } from '../model/fact.js'
import type { Cells } from './cells.js'
import type { ConditionNode, LeafNode } from './condition-node.js'
import type { Slot } from './slots.js'

export const ALL = 0
export const ANY = 1
export const NOT = 2

/** A condition with the place of its byte in the program's bytes. */
export interface PlacedNode {
  readonly kind: ConditionNode['kind']
  readonly byte: number
  readonly leaf: LeafNode | null
  /** Of a leaf: two to the power of its place among the leaves of its root. */
  readonly bit: number
  readonly children: readonly PlacedNode[]
}

/** Every comparison of a program, equal ones shared; those of one slot fill words of four. */
export interface Leaves {
  /** The leaves of slot s are first[s] .. first[s + 1] − 1. */
  readonly first: Int32Array
  /** Numbers lie in [from, to]; of ratios n − against × d does. */
  readonly from: Float64Array
  readonly to: Float64Array
  readonly against: Float64Array
  /** Codes lie among these. */
  readonly codes: Int32Array
}

/** Leaves and what they are read into. */
export interface LeafBytes {
  readonly leaves: Leaves
  /** certainly | possibly << 1 of every leaf and node, after `evaluate`. */
  readonly bytes: Uint8Array
  /** The same memory, four leaves at a time. */
  readonly words: Int32Array
}

/** Runs of nodes of one kind and one number of children, children before parents. */
export interface NodeRuns {
  /** The byte of the first node. */
  readonly first: number
  readonly kind: Uint8Array
  readonly arity: Int32Array
  /** The byte after the last node of the run. */
  readonly end: Int32Array
  /** The bytes each node reads, node after node. */
  readonly children: Int32Array
}

/** The facts of one entity that a program reads. */
export interface EntitySlots {
  readonly derived: readonly Slot[]
  readonly birthDates: readonly Slot[]
  /** Leaf bytes while nothing is known, and where they go. */
  readonly unknown: Uint8Array
  readonly at: number
  readonly cellsOf: ReadonlyMap<string, Cells>
  /** Names as the last object had them, with their cells: keys mostly come in the same order. */
  readonly namesSeen: string[]
  readonly cellsSeen: (Cells | undefined)[]
}

/**
 * Conditions as one flat program over fact slots: leaves first, then inner nodes, one byte each.
 * Leaves are read when their fact is loaded, nodes by `evaluate`.
 */
export interface Program extends LeafBytes {
  readonly roots: readonly PlacedNode[]
  readonly nodes: NodeRuns
  readonly slots: Readonly<Record<Entity, EntitySlots>>
  /** The leaf words of every cell; see `Cells`. */
  readonly cellWords: Int32Array
}
