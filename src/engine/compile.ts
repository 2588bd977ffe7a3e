import type { Entity } from '../model/fact.js'
import { type Cells, makeCells } from './cells.js'
import { type ConditionNode, codesByFact, type LeafNode } from './condition-node.js'
import type { FactDefinition } from './fact-definition.js'
import { isBirthDate, unknownBounds } from './fact-values.js'
import { loadBounds } from './load-facts.js'
import {
  ALL,
  ANY,
  type EntitySlots,
  type LeafBytes,
  type Leaves,
  NOT,
  type NodeRuns,
  type PlacedNode,
  type Program,
} from './program.js'
import { CODE, makeSlots, RATIO, type Slot, TRUTH } from './slots.js'

/** One comparison as the loops read it; comparisons that read the same are one. */
interface SharedLeaf {
  readonly from: number
  readonly to: number
  readonly against: number
  readonly codes: number
  byte: number
}

const LEAVES_PER_WORD = 4
/** Fills up words; nothing reads it. */
const NO_LEAF: SharedLeaf = { from: -Infinity, to: Infinity, against: 0, codes: 0, byte: -1 }

/** An inner node before its place is known. */
interface InnerNode {
  readonly kind: number
  readonly children: readonly (SharedLeaf | InnerNode)[]
  /** Inner nodes below it, at most: children come before parents. */
  readonly height: number
  byte: number
}

/** A condition with what its byte will be read from. */
interface Draft {
  readonly node: ConditionNode
  readonly source: SharedLeaf | InnerNode
  readonly children: readonly Draft[]
}

interface Layout {
  readonly slotOf: ReadonlyMap<FactDefinition, Slot>
  readonly leaves: readonly Map<string, SharedLeaf>[]
  readonly nodes: InnerNode[]
}

/**
 * Conditions as one flat program. Its bytes are working memory: one evaluation at a time.
 * Throws RangeError when more codes of a fact are told apart than a bitset holds.
 */
export function compileProgram(conditions: readonly ConditionNode[]): Program {
  const slots = makeSlots(codesByFact(conditions))
  const slotOf = new Map(slots.map((slot) => [slot.fact, slot]))
  const layout: Layout = { slotOf, leaves: slots.map(() => new Map()), nodes: [] }
  const drafts = conditions.map((condition) => draft(condition, layout))
  const leaves = layLeaves(layout.leaves)
  const nodes = layNodes(layout.nodes, leaves.codes.length)
  const memory = workingMemory(leaves, nodes)
  const { cells, words } = makeCells(slots, memory)
  const entity = (name: Entity) => entitySlots(name, slots, cells, memory)
  return {
    ...memory,
    roots: drafts.map((root) => placed(root, { leaves: 0 })),
    nodes,
    slots: { household: entity('household'), member: entity('member') },
    cellWords: words,
  }
}

function workingMemory(leaves: Leaves, { first, end }: NodeRuns): LeafBytes {
  const length = end.at(-1) ?? first
  const memory = new ArrayBuffer(LEAVES_PER_WORD * Math.ceil(length / LEAVES_PER_WORD))
  return { leaves, bytes: new Uint8Array(memory, 0, length), words: new Int32Array(memory) }
}

function draft(node: ConditionNode, layout: Layout): Draft {
  if (node.kind === 'leaf') return { node, source: leafSource(node, layout), children: [] }
  const below = node.kind === 'not' ? [node.child] : node.children
  const children = below.map((child) => draft(child, layout))
  const kind = node.kind === 'all' ? ALL : node.kind === 'any' ? ANY : NOT
  const sources = children.map((child) => child.source)
  return { node, source: innerNode(kind, sources, layout), children }
}

/** Negated comparisons of numbers and sets get a node of their own; of codes, the other codes. */
function leafSource(leaf: LeafNode, layout: Layout): SharedLeaf | InnerNode {
  const slot = layout.slotOf.get(leaf.fact) as Slot
  const shared = sharedLeaf(leaf, slot, layout)
  const denied = leaf.operator === 'notEqual' || leaf.operator === 'doesNotContain'
  return denied && !isCode(slot) ? innerNode(NOT, [shared], layout) : shared
}

function isCode({ reads }: Slot): boolean {
  return reads === CODE || reads === TRUTH
}

function sharedLeaf(leaf: LeafNode, slot: Slot, layout: Layout): SharedLeaf {
  const tested = { ...interval(leaf, slot), codes: codesOf(leaf, slot) }
  const key = Object.values(tested).join()
  const leaves = layout.leaves[slot.index] as Map<string, SharedLeaf>
  const shared = leaves.get(key) ?? { ...tested, byte: -1 }
  leaves.set(key, shared)
  return shared
}

/** A comparison as an interval: of the value itself, or of its distance from the figure for a ratio. */
function interval(
  { operator, steps }: LeafNode,
  { reads }: Slot,
): Pick<SharedLeaf, 'from' | 'to' | 'against'> {
  const figure = reads === RATIO ? 0 : steps
  const against = reads === RATIO ? steps : 0
  switch (operator) {
    case 'lessThan':
      return { from: -Infinity, to: figure - 1, against }
    case 'lessThanInclusive':
      return { from: -Infinity, to: figure, against }
    case 'greaterThan':
      return { from: figure + 1, to: Infinity, against }
    case 'greaterThanInclusive':
      return { from: figure, to: Infinity, against }
    default:
      return { from: figure, to: figure, against }
  }
}

function codesOf({ required, operator }: LeafNode, slot: Slot): number {
  const among = [required].flat()
  const bits = slot.codes.reduce<number>(
    (all, code, place) =>
      among.includes(code as never) ? all | (slot.bits[place] as number) : all,
    0,
  )
  return isCode(slot) && (operator === 'notEqual' || operator === 'notIn') ? ~bits : bits
}

function innerNode(
  kind: number,
  children: readonly (SharedLeaf | InnerNode)[],
  layout: Layout,
): InnerNode {
  const heights = children.map((child) => ('height' in child ? child.height + 1 : 0))
  const node: InnerNode = { kind, children, height: Math.max(...heights), byte: -1 }
  layout.nodes.push(node)
  return node
}

/** Places the leaves slot by slot, each slot in words of its own. */
function layLeaves(slots: readonly ReadonlyMap<string, SharedLeaf>[]): Leaves {
  const first = [0]
  const leaves: SharedLeaf[] = []
  for (const shared of slots) {
    for (const leaf of shared.values()) leaf.byte = leaves.push(leaf) - 1
    while (leaves.length % LEAVES_PER_WORD > 0) leaves.push(NO_LEAF)
    first.push(leaves.length)
  }
  return {
    first: Int32Array.from(first),
    from: Float64Array.from(leaves, (leaf) => leaf.from),
    to: Float64Array.from(leaves, (leaf) => leaf.to),
    against: Float64Array.from(leaves, (leaf) => leaf.against),
    codes: Int32Array.from(leaves, (leaf) => leaf.codes),
  }
}

/** Places the nodes after the leaves: lower ones first, then by kind and number of children. */
function layNodes(nodes: readonly InnerNode[], first: number): NodeRuns {
  const sorted = nodes.toSorted(
    (a, b) => a.height - b.height || a.kind - b.kind || a.children.length - b.children.length,
  )
  sorted.forEach((node, place) => {
    node.byte = first + place
  })
  const last = sorted.filter((node, place) => !isAlike(node, sorted[place + 1]))
  return {
    first,
    kind: Uint8Array.from(last, (node) => node.kind),
    arity: Int32Array.from(last, (node) => node.children.length),
    end: Int32Array.from(last, (node) => node.byte + 1),
    children: Int32Array.from(sorted.flatMap((node) => node.children.map((child) => child.byte))),
  }
}

function isAlike(a: InnerNode, b: InnerNode | undefined): boolean {
  if (b === undefined || a.height !== b.height || a.kind !== b.kind) return false
  return a.children.length === b.children.length
}

function placed({ node, source, children }: Draft, seen: { leaves: number }): PlacedNode {
  const leaf = node.kind === 'leaf' ? node : null
  const bit = leaf === null ? Number.NaN : 2 ** seen.leaves++
  const below = children.map((child) => placed(child, seen))
  return { kind: node.kind, byte: source.byte, leaf, bit, children: below }
}

/** What loading facts of one entity needs, worked out while nothing is known. */
function entitySlots(
  entity: Entity,
  all: readonly Slot[],
  cells: readonly Cells[],
  program: LeafBytes,
): EntitySlots {
  const slots = all.filter((slot) => slot.fact.entity === entity)
  for (const slot of slots) loadBounds(program, slot, unknownBounds(slot.fact, Infinity))
  const at = program.leaves.first[slots[0]?.index ?? 0] as number
  const end = program.leaves.first[(slots.at(-1)?.index ?? -1) + 1] as number
  return {
    derived: slots.filter((slot) => slot.fact.derive !== undefined),
    birthDates: slots.filter((slot) => isBirthDate(slot.fact)),
    unknown: program.bytes.slice(at, end),
    at,
    cellsOf: new Map(slots.map((slot) => [slot.fact.name, cells[slot.index] as Cells])),
    namesSeen: [],
    cellsSeen: [],
  }
}
