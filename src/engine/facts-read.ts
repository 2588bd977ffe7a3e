import { type ConditionNode, leavesOf } from './condition-node.js'
import type { ExpressionNode } from './expression-node.js'
import type { FactDefinition } from './fact-definition.js'

/** The facts an expression names, derived ones as such. */
export function factsRead(node: ExpressionNode): readonly FactDefinition[] {
  switch (node.kind) {
    case 'literal':
    case 'parameter':
    case 'context':
    case 'unknown':
      return []
    case 'fact':
      return [node.fact]
    case 'holds':
      return factsCompared(node.condition)
    case 'arithmetic':
      return node.operands.flatMap(factsRead)
    case 'round':
    case 'not':
    case 'aggregate':
      return factsRead(node.operand)
    case 'elapsed':
      return [...factsRead(node.from), ...factsRead(node.to)]
    case 'within':
      return [...factsRead(node.code), ...factsRead(node.region)]
    case 'when':
      return [
        ...node.choices.flatMap((choice) => [choice.condition, choice.value]),
        node.otherwise,
      ].flatMap(factsRead)
    case 'highest':
      return node.choices.flatMap((choice) => [choice.condition, choice.value]).flatMap(factsRead)
    case 'table':
      return [node.operand, ...node.bands.map((band) => band.value)].flatMap(factsRead)
  }
}

/** The facts a condition compares, derived ones as such. */
function factsCompared(condition: ConditionNode): readonly FactDefinition[] {
  return leavesOf(condition).map((leaf) => leaf.fact)
}

const READ = new WeakMap<FactDefinition, ReadonlySet<FactDefinition>>()

/** A fact and everything its derivation rests on. */
export function restsOn(fact: FactDefinition): ReadonlySet<FactDefinition> {
  const before = READ.get(fact)
  if (before !== undefined) return before
  const inner = fact.derive === undefined ? [] : factsRead(fact.derive)
  const all = new Set([fact, ...inner.flatMap((next) => [...restsOn(next)])])
  READ.set(fact, all)
  return all
}
