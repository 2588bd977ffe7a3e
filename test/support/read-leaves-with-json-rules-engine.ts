import { flip, type Reading, readingOf } from '../../src/engine/bounds.js'
import type { ConditionNode } from '../../src/engine/condition-node.js'
import type { HouseholdFacts } from '../../src/engine/fact-values.js'
import { resultOf, ruleResults } from '../../src/engine/json-rules-engine.js'
import type { PlacedNode, Program } from '../../src/engine/program.js'

/** A node of json-rules-engine's results: its leaves carry `result`. */
interface ResultNode {
  readonly all?: readonly ResultNode[]
  readonly any?: readonly ResultNode[]
  readonly result?: boolean
}

/**
 * The bytes of a program as json-rules-engine alone finds them: leaves from the results of one
 * run of all its conditions in both readings, inner nodes folded from the leaves.
 */
export async function readLeavesWithJsonRulesEngine(
  program: Program,
  conditions: readonly ConditionNode[],
  facts: HouseholdFacts,
  member: number,
): Promise<Uint8Array> {
  const results = await ruleResults(conditions, facts, member)
  const bytes = new Uint8Array(program.bytes.length)
  program.roots.forEach((root, index) => {
    const [certainly, possibly] = (['certainly', 'possibly'] as const).map((reading) =>
      leafResults(resultOf(results, index, reading).conditions as ResultNode),
    ) as [readonly boolean[], readonly boolean[]]
    placedLeaves(root, false).forEach(({ node, denied }, leaf) => {
      const found = readingOf(certainly[leaf] === true, possibly[leaf] === true)
      bytes[node.byte] = denied ? flip(found) : found
    })
    fold(root, bytes)
  })
  return bytes
}

function leafResults(node: ResultNode): readonly boolean[] {
  const children = node.all ?? node.any
  return children === undefined ? [node.result === true] : children.flatMap(leafResults)
}

interface PlacedLeaf {
  readonly node: PlacedNode
  /** Whether it stands under an odd number of negations: there its complement was read. */
  readonly denied: boolean
}

function placedLeaves(node: PlacedNode, denied: boolean): readonly PlacedLeaf[] {
  if (node.leaf !== null) return [{ node, denied }]
  return node.children.flatMap((child) => placedLeaves(child, denied !== (node.kind === 'not')))
}

function fold(node: PlacedNode, bytes: Uint8Array): number {
  if (node.leaf !== null) return bytes[node.byte] as number
  const children = node.children.map((child) => fold(child, bytes))
  const byte =
    node.kind === 'not'
      ? flip(children[0] as Reading)
      : children.reduce((a, b) => (node.kind === 'all' ? a & b : a | b))
  bytes[node.byte] = byte
  return byte
}
