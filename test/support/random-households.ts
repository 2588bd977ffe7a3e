import { type ConditionNode, leavesOf } from '../../src/engine/condition-node.js'
import type { ExpressionNode } from '../../src/engine/expression-node.js'
import type { FactDefinition } from '../../src/engine/fact-definition.js'
import { isRatio } from '../../src/engine/fact-definition.js'
import { dateText } from '../../src/model/civil-date.js'
import type { Household, Member } from '../../src/model/household.js'
import { partsOf } from '../../src/screening/to-sql/compilation.js'

/** Values at which something turns, by fact: figures and their neighbours, and codes. */
export type Turning = ReadonlyMap<FactDefinition, readonly (number | string)[]>

/** Where the comparisons of conditions and expressions turn. */
export function turningPoints(
  conditions: readonly ConditionNode[],
  expressions: readonly ExpressionNode[],
): Turning {
  const points = new Map<FactDefinition, (number | string)[]>()
  const seen = new Set<FactDefinition>()
  const ofFact = (fact: FactDefinition) => {
    if (seen.has(fact)) return
    seen.add(fact)
    if (fact.derive !== undefined) visit(fact.derive)
  }
  const ofCondition = (condition: ConditionNode) => {
    for (const leaf of leavesOf(condition)) {
      const known = points.get(leaf.fact) ?? []
      const steps = Number.isNaN(leaf.steps) ? [] : [leaf.steps - 1, leaf.steps, leaf.steps + 1]
      points.set(leaf.fact, [...known, ...leaf.codes, ...steps])
      ofFact(leaf.fact)
    }
  }
  const visit = (node: ExpressionNode): void => {
    if (node.kind === 'fact') ofFact(node.fact)
    if (node.kind === 'holds') ofCondition(node.condition)
    partsOf(node).forEach(visit)
  }
  conditions.forEach(ofCondition)
  expressions.forEach(visit)
  for (const fact of seen) if (!points.has(fact)) points.set(fact, [])
  return points
}

/** A stated derived fact is rare; members number 1 to 8; each household knows 80 to 95 % of its facts. */
export function randomHousehold(
  facts: readonly FactDefinition[],
  turning: Turning,
  asOf: number,
  random: () => number,
): Household {
  const unknown = 0.05 + random() * 0.15
  const entity = (kind: string) => {
    const known: Record<string, unknown> = {}
    for (const fact of facts) {
      if (fact.entity !== kind || fact.fact.role === 'member-count') continue
      if (random() < (fact.derive === undefined ? unknown : 0.95)) continue
      known[fact.name] = value(fact, turning.get(fact) ?? [], asOf, random)
    }
    return known
  }
  const count = 1 + Math.floor(random() * 8)
  const members = Array.from({ length: count }, (_, index): Member => {
    return { ...entity('member'), id: `m${index + 1}` }
  })
  const size = facts.find(({ fact }) => fact.role === 'member-count')
  const more = size !== undefined && random() < 0.1 ? { [size.name]: count + 1 } : {}
  return { ...entity('household'), ...more, members }
}

function value(
  fact: FactDefinition,
  turning: readonly (number | string)[],
  asOf: number,
  random: () => number,
): unknown {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  switch (fact.type) {
    case 'boolean':
      return random() < 0.5
    case 'code':
    case 'string':
      return pick([...codesOf(fact, turning), ...fact.unknownValues])
    case 'code-set':
      return codesOf(fact, turning).filter(() => random() < 0.3)
    case 'date': {
      const last = fact.fact.notAfterAsOf ? asOf : asOf + 4000
      const day = Math.floor(last - random() * 36_000)
      return dateText(
        turning.length > 0 && random() < 0.2 ? Math.min(last, Number(pick(turning))) : day,
      )
    }
    default: {
      const near = turning.filter((step) => Number(step) >= fact.min && Number(step) <= fact.max)
      const wide = Math.min(fact.max - fact.min, isRatio(fact) ? 500_000 : 1_000_000)
      const steps =
        near.length > 0 && random() < 0.5
          ? Number(pick(near))
          : Math.floor(fact.min + random() ** 2 * wide)
      return steps / fact.scale
    }
  }
}

function codesOf(fact: FactDefinition, turning: readonly (number | string)[]): readonly string[] {
  if (fact.codes !== null) return fact.codes
  const other = ['441900', '441901', '440106', '440100', '110000', 'q', 'z'].filter((code) =>
    new RegExp(fact.fact.pattern ?? '').test(code),
  )
  return [...new Set([...turning.map(String), ...other])]
}
