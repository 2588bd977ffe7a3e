import type { ConditionNode, LeafNode } from './condition-node.js'
import { leavesOf } from './condition-node.js'
import type { FactDefinition } from './fact-definition.js'
import {
  ALL,
  ANY,
  type CodeLeaves,
  NOT,
  type NumberLeaves,
  type PlacedNode,
  type Program,
  type RatioLeaves,
} from './program.js'
import { makeSlots, SLOT_KINDS, type Slot, type SlotKind, type Slots } from './slots.js'

/** One shared leaf: the affirmed comparison, its numbers ready for the loops. */
interface SharedLeaf {
  readonly slot: Slot
  readonly from: number
  readonly to: number
  readonly against: number
  readonly codes: number
}

interface Layout {
  readonly slotOf: ReadonlyMap<FactDefinition, Slot>
  readonly leaves: Readonly<Record<SlotKind, Map<string, SharedLeaf>>>
  readonly nodes: { readonly kind: number; readonly children: readonly number[] }[]
}

/**
 * Conditions as one flat program. Its arrays are working memory: one evaluation at a time.
 * Throws RangeError when more codes of a fact are told apart than a bitset holds.
 */
export function compileProgram(conditions: readonly ConditionNode[]): Program {
  const slots = makeSlots(mentionedCodes(conditions))
  const slotOf = new Map(
    [...slots.household.slots, ...slots.member.slots].map((slot) => [slot.fact, slot]),
  )
  const leaves = { number: new Map(), ratio: new Map(), code: new Map(), set: new Map() }
  const layout: Layout = { slotOf, leaves, nodes: [] }
  for (const leaf of conditions.flatMap(leavesOf)) shareLeaf(leaf, layout)
  const roots = conditions.map((condition) => place(condition, layout))
  return assemble(roots, slots, layout)
}

function mentionedCodes(conditions: readonly ConditionNode[]): Map<FactDefinition, Set<string>> {
  const mentioned = new Map<FactDefinition, Set<string>>()
  for (const leaf of conditions.flatMap(leavesOf)) {
    const codes = mentioned.get(leaf.fact) ?? new Set()
    mentioned.set(leaf.fact, codes)
    for (const code of [leaf.required].flat()) if (typeof code === 'string') codes.add(code)
  }
  return mentioned
}

/** Negated comparisons of numbers and sets get a node of their own; of codes, the other codes. */
function isDenied(leaf: LeafNode, kind: SlotKind): boolean {
  return kind !== 'code' && (leaf.operator === 'notEqual' || leaf.operator === 'doesNotContain')
}

function leafKey(leaf: LeafNode): string {
  return `${leaf.fact.id} ${leaf.operator} ${JSON.stringify(leaf.required)}`
}

function shareLeaf(leaf: LeafNode, { slotOf, leaves }: Layout): void {
  const slot = slotOf.get(leaf.fact) as Slot
  leaves[slot.kind].set(leafKey(leaf), {
    slot,
    ...interval(leaf, slot.kind),
    codes: codesOf(leaf, slot),
  })
}

/** A comparison as an interval: of the value itself, or of its distance from the figure for a ratio. */
function interval(leaf: LeafNode, kind: SlotKind): Pick<SharedLeaf, 'from' | 'to' | 'against'> {
  const figure = kind === 'ratio' ? 0 : leaf.steps
  const against = kind === 'ratio' ? leaf.steps : 0
  switch (leaf.operator) {
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

function codesOf(leaf: LeafNode, slot: Slot): number {
  const bits = [leaf.required]
    .flat()
    .reduce((all: number, code) => all | (slot.bits.get(code) ?? 0), 0)
  const denied = slot.kind === 'code' && (leaf.operator === 'notEqual' || leaf.operator === 'notIn')
  return denied ? ~bits : bits
}

function leafByte(leaf: LeafNode, { slotOf, leaves }: Layout): number {
  const { kind } = slotOf.get(leaf.fact) as Slot
  const before = SLOT_KINDS.slice(0, SLOT_KINDS.indexOf(kind)).reduce(
    (sum, earlier) => sum + leaves[earlier].size,
    0,
  )
  return before + [...leaves[kind].keys()].indexOf(leafKey(leaf))
}

function place(node: ConditionNode, layout: Layout): PlacedNode {
  if (node.kind === 'leaf') return placeLeaf(node, layout)
  const children =
    node.kind === 'not'
      ? [place(node.child, layout)]
      : node.children.map((child) => place(child, layout))
  const kind = node.kind === 'all' ? ALL : node.kind === 'any' ? ANY : NOT
  const byte = addNode(
    kind,
    children.map((child) => child.byte),
    layout,
  )
  return { kind: node.kind, byte, leaf: null, children }
}

function placeLeaf(leaf: LeafNode, layout: Layout): PlacedNode {
  const shared = leafByte(leaf, layout)
  const denied = isDenied(leaf, (layout.slotOf.get(leaf.fact) as Slot).kind)
  return {
    kind: 'leaf',
    byte: denied ? addNode(NOT, [shared], layout) : shared,
    leaf,
    children: [],
  }
}

function addNode(kind: number, children: readonly number[], layout: Layout): number {
  layout.nodes.push({ kind, children })
  return leafCount(layout) + layout.nodes.length - 1
}

function leafCount({ leaves }: Layout): number {
  return SLOT_KINDS.reduce((sum, kind) => sum + leaves[kind].size, 0)
}

function assemble(roots: readonly PlacedNode[], slots: Slots, layout: Layout): Program {
  const { leaves, nodes } = layout
  let start = 0
  const nodeStart = nodes.map(({ children }) => {
    start += children.length
    return start - children.length
  })
  return {
    roots,
    slots,
    numbers: numberLeaves(leaves.number),
    ratios: ratioLeaves(leaves.ratio),
    codes: codeLeaves(leaves.code),
    sets: codeLeaves(leaves.set),
    nodeKind: Uint8Array.from(nodes, (node) => node.kind),
    nodeStart: Int32Array.from([...nodeStart, start]),
    childOf: Int32Array.from(nodes.flatMap((node) => node.children)),
    bytes: new Uint8Array(leafCount(layout) + nodes.length),
  }
}

function numberLeaves(shared: ReadonlyMap<string, SharedLeaf>): NumberLeaves {
  const leaves = [...shared.values()]
  return {
    count: leaves.length,
    slot: Int32Array.from(leaves, (leaf) => leaf.slot.index),
    from: Float64Array.from(leaves, (leaf) => leaf.from),
    to: Float64Array.from(leaves, (leaf) => leaf.to),
  }
}

function ratioLeaves(shared: ReadonlyMap<string, SharedLeaf>): RatioLeaves {
  const against = Float64Array.from(shared.values(), (leaf) => leaf.against)
  return { ...numberLeaves(shared), against }
}

function codeLeaves(shared: ReadonlyMap<string, SharedLeaf>): CodeLeaves {
  const leaves = [...shared.values()]
  return {
    count: leaves.length,
    slot: Int32Array.from(leaves, (leaf) => leaf.slot.index),
    codes: Int32Array.from(leaves, (leaf) => leaf.codes),
  }
}
