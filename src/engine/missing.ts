import type { Member } from '../model/household.js'
import { isKnown, NO, OPEN, YES } from './bounds.js'
import type { ConditionNode } from './condition-node.js'
import { expressionBounds, readingIn } from './expression-bounds.js'
import type { Choice, ExpressionNode } from './expression-node.js'
import type { FactDefinition } from './fact-definition.js'
import { type HouseholdFacts, NO_MEMBER } from './fact-values.js'
import type { PlacedNode } from './program.js'
import { conditionReading } from './read-condition.js'

/** An unknown fact of the household or of one listed member. */
export interface MissingFact {
  readonly fact: FactDefinition
  /** Index of the member, or NO_MEMBER. */
  readonly member: number
}

/** Missing facts by their key, `household.x` or `members/<id>/x`. */
export type Missing = ReadonlyMap<string, MissingFact>

/** `household.x`, or `members/<id>/x`. */
function missingKey(facts: HouseholdFacts, { fact, member }: MissingFact): string {
  return member === NO_MEMBER
    ? fact.id
    : `members/${(facts.household.members[member] as Member).id}/${fact.name}`
}

/**
 * The unknown base facts read by unsettled leaves that are reached from the root through
 * unsettled nodes only; a derived fact is replaced by its unknown inputs.
 */
export function missingFacts(
  root: PlacedNode,
  bytes: Uint8Array,
  facts: HouseholdFacts,
  member: number,
): Missing {
  const visit = (node: PlacedNode): readonly MissingFact[] => {
    if (bytes[node.byte] !== OPEN) return []
    return node.leaf === null
      ? node.children.flatMap(visit)
      : unknownInputs(node.leaf.fact, facts, member)
  }
  return keyed(visit(root), facts)
}

/** The unknown base facts that keep an expression from being known. */
export function missingOfExpression(
  node: ExpressionNode,
  facts: HouseholdFacts,
  member: number,
): Missing {
  return keyed(ofExpression(node, facts, member), facts)
}

function keyed(missing: readonly MissingFact[], facts: HouseholdFacts): Missing {
  return new Map(missing.map((one) => [missingKey(facts, one), one]))
}

/** A base fact itself; of a derived one its unknown inputs, or itself when all are known. */
function unknownInputs(
  fact: FactDefinition,
  facts: HouseholdFacts,
  viewed: number,
): readonly MissingFact[] {
  const member = fact.entity === 'household' ? NO_MEMBER : viewed
  const inputs = fact.derive === undefined ? [] : ofExpression(fact.derive, facts, member)
  return inputs.length > 0 ? inputs : [{ fact, member }]
}

function ofExpression(
  node: ExpressionNode,
  facts: HouseholdFacts,
  member: number,
): readonly MissingFact[] {
  if (isKnown(expressionBounds(node, facts, member))) return []
  return partsOf(node, facts, member)
}

function partsOf(
  node: ExpressionNode,
  facts: HouseholdFacts,
  member: number,
): readonly MissingFact[] {
  const each = (nodes: readonly ExpressionNode[]) =>
    nodes.flatMap((inner) => ofExpression(inner, facts, member))
  switch (node.kind) {
    case 'fact':
      return unknownInputs(node.fact, facts, member)
    case 'holds':
      return ofCondition(node.condition, facts, member)
    case 'arithmetic':
      return each(node.operands)
    case 'round':
    case 'not':
      return each([node.operand])
    case 'elapsed':
      return each([node.from, node.to])
    case 'within':
      return each([node.code, node.region])
    case 'aggregate':
      return facts.household.members.flatMap((_, listed) =>
        ofExpression(node.operand, facts, listed),
      )
    case 'when':
      return ofChoices(node.choices, node.otherwise, facts, member)
    case 'highest':
      return each(node.choices.flatMap((choice) => openParts(choice, facts, member)))
    case 'table':
      return each([node.operand, ...node.bands.map((band) => band.value)])
    default:
      return []
  }
}

/** Up to the first choice that certainly holds; later ones cannot matter. */
function ofChoices(
  choices: readonly Choice[],
  otherwise: ExpressionNode,
  facts: HouseholdFacts,
  member: number,
): readonly MissingFact[] {
  const certain = choices.findIndex((choice) => readingIn(choice.condition, facts, member) === YES)
  const reached = certain < 0 ? choices : choices.slice(0, certain + 1)
  const parts = reached.flatMap((choice) => openParts(choice, facts, member))
  return (certain < 0 ? [...parts, otherwise] : parts).flatMap((part) =>
    ofExpression(part, facts, member),
  )
}

function openParts(
  choice: Choice,
  facts: HouseholdFacts,
  member: number,
): readonly ExpressionNode[] {
  const possible = readingIn(choice.condition, facts, member) !== NO
  return possible ? [choice.condition, choice.value] : []
}

function ofCondition(
  node: ConditionNode,
  facts: HouseholdFacts,
  member: number,
): readonly MissingFact[] {
  if (conditionReading(node, facts, member) !== OPEN) return []
  if (node.kind === 'leaf') return unknownInputs(node.fact, facts, member)
  const children = node.kind === 'not' ? [node.child] : node.children
  return children.flatMap((child) => ofCondition(child, facts, member))
}
