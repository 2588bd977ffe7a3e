import type { ConditionNode } from '../../engine/condition-node.js'
import {
  allOf,
  deny,
  isImpossible,
  type NormalCondition,
  normalCondition,
} from '../../engine/normal-condition.js'
import type { LoadedVersion } from '../rulebook.js'
import type { Finding } from './finding.js'

/**
 * Conditions that can never hold, always hold, or add nothing to those beside them, within the
 * bounds of the dictionary. A version may name everybody by one comparison of the member count.
 */
export function idleConditions({ rule }: LoadedVersion): readonly Finding[] {
  const root = normalCondition(rule.conditions)
  const found = (lint: string, reason: string) => [{ id: `${lint} ${rule.id}`, reason }]
  if (isImpossible(root)) return found('never-holds', 'no household can meet its conditions')
  if (isImpossible(deny(root)))
    return namesEverybody(rule.conditions)
      ? []
      : found('always-holds', 'every household meets its conditions')
  return idleParts({ node: rule.conditions, pointer: '', denied: false, beside: [] }).map(
    ({ pointer, reason }) => ({ id: `adds-nothing ${rule.id} ${pointer}`, reason }),
  )
}

function namesEverybody(node: ConditionNode): boolean {
  if (node.kind === 'leaf') return node.fact.fact.role === 'member-count'
  return node.kind !== 'not' && node.children.length === 1 && node.children.every(namesEverybody)
}

/** A part of a condition, and what is given beside it where it matters. */
interface Part {
  readonly node: ConditionNode
  readonly pointer: string
  readonly denied: boolean
  readonly beside: readonly NormalCondition[]
}

interface Idle {
  readonly pointer: string
  readonly reason: string
}

function idleParts({ node, pointer, denied, beside }: Part): readonly Idle[] {
  if (node.kind === 'leaf') return []
  if (node.kind === 'not') {
    return idleParts({ node: node.child, pointer: `${pointer}/not`, denied: !denied, beside })
  }
  const all = (node.kind === 'all') !== denied
  const parts = node.children.map((child, index) => ({
    node: child,
    pointer: `${pointer}/${node.kind}/${index}`,
    normal: normalCondition(child, denied),
  }))
  const idle: Idle[] = []
  const left = new Set(parts)
  for (const part of parts) {
    // Where all must hold, a part matters if the others do; where one is enough, if no other does.
    const others = [...left].filter((other) => other !== part)
    const given = [...beside, ...others.map(({ normal }) => (all ? normal : deny(normal)))]
    const telling = all ? deny(part.normal) : part.normal
    if (isImpossible(allOf([...given, telling]))) {
      idle.push({ pointer: part.pointer, reason: all ? IMPLIED : COVERED })
      left.delete(part)
    } else idle.push(...idleParts({ ...part, denied, beside: given }))
  }
  return idle
}

const IMPLIED = 'it holds whenever the conditions beside it do'
const COVERED = 'it never holds, or only where an alternative beside it does'
