import { type Bounds, type NumberBounds, unite } from '../engine/bounds.js'
import { expressionBounds, numberIn } from '../engine/expression-bounds.js'
import type { ExpressionNode } from '../engine/expression-node.js'
import type { Dictionary, FactDefinition } from '../engine/fact-definition.js'
import { type HouseholdFacts, NO_MEMBER, UNLISTED_MEMBER } from '../engine/fact-values.js'
import { parseExpression } from '../engine/parse-expression.js'
import type { Rule } from '../engine/rule.js'
import { factsOf, isObject, segment } from '../engine/typing.js'
import type { RuleVersion } from '../model/rule-version.js'
import { unknownWorlds } from './unknown-worlds.js'

type Report = (pointer: string, reason: string) => void

/** An expression wherever it may stand: its JSON, and what it may refer to. */
export interface Computation {
  readonly json: unknown
  readonly pointer: string
  readonly nodes: readonly ExpressionNode[]
  readonly parameters: RuleVersion['parameters']
  readonly points: FactDefinition | null
  readonly member: boolean
  /** Whether it is an amount that is granted, which is never below 0. */
  readonly granted: boolean
}

/** The expressions of a rule version. */
export function computationsOf(rule: Rule): readonly Computation[] {
  const { version, entitlement, points } = rule
  const common = { parameters: version.parameters, points, member: rule.subject === 'member' }
  const total = points?.derive
  return [
    {
      ...common,
      json: version.entitlement,
      pointer: '/entitlement',
      nodes: entitlement.amount === null ? [] : [entitlement.amount],
      granted: true,
    },
    {
      ...common,
      json: version.scorecard,
      pointer: '/scorecard',
      nodes: total === undefined ? [] : [total],
      granted: false,
    },
  ]
}

/** The derivation of a fact. */
export function derivationOf(fact: FactDefinition): Computation {
  const nodes = fact.derive === undefined ? [] : [fact.derive]
  return {
    json: fact.fact.derive,
    pointer: '/derive',
    nodes,
    parameters: {},
    points: null,
    member: fact.entity === 'member',
    granted: false,
  }
}

/**
 * Reports divisors that can be 0, results too large to be held exactly and grants that can be
 * below 0, over everything the facts can be: nothing known, on the first and the last day that can
 * be asked for.
 */
export function checkExpressions(
  dictionary: Dictionary,
): (computation: Computation, report: Report) => void {
  const worlds = unknownWorlds(dictionary)
  return (computation, report) => {
    checkDivisors(computation.json, computation.pointer, {
      computation,
      dictionary,
      worlds,
      report,
    })
    const member = computation.member ? UNLISTED_MEMBER : NO_MEMBER
    const results = computation.nodes.flatMap((node) =>
      worlds.map((facts) => resultIn(node, facts, member)),
    )
    if (results.includes('too-large'))
      report(computation.pointer, 'the result can be too large to be held exactly')
    if (computation.granted && results.some(isBelowZero))
      report(`${computation.pointer}/amount`, BELOW_ZERO)
  }
}

const BELOW_ZERO = 'the amount can be below 0; put { "max": [{ "yuan": 0 }, …] } around it'

interface Search {
  readonly computation: Computation
  readonly dictionary: Dictionary
  readonly worlds: readonly HouseholdFacts[]
  readonly report: Report
}

function checkDivisors(json: unknown, pointer: string, search: Search): void {
  if (typeof json !== 'object' || json === null) return
  for (const [key, value] of Object.entries(json)) {
    checkDivisors(value, pointer + segment(key), search)
  }
  const divisor = isObject(json) && Array.isArray(json.divide) ? json.divide[1] : undefined
  if (divisor === undefined) return
  const bounds = divisorBounds(divisor, search)
  if (bounds === undefined || bounds.lo.n > 0 || bounds.hi.n < 0) return
  search.report(`${pointer}/divide/1`, 'the divisor can be 0')
}

/** What a divisor can be at all; undefined where that was reported for another place. */
function divisorBounds(
  json: unknown,
  { computation, dictionary, worlds }: Search,
): NumberBounds | undefined {
  const fact = (id: string) =>
    id === computation.points?.id ? computation.points : dictionary.get(id)
  const node = parseExpression(json, '', {
    ...factsOf(dictionary),
    fact,
    parameters: computation.parameters,
    member: true,
    report: () => undefined,
  })
  if (node === undefined) return undefined
  try {
    return worlds
      .map((facts) => numberIn(node, facts, UNLISTED_MEMBER))
      .reduce((a, b) => unite(a, b) as NumberBounds)
  } catch {
    return undefined
  }
}

/** What a computation can give; no bounds where it cannot be worked out. */
type Result = Bounds | 'too-large' | 'divided-by-zero'

function resultIn(node: ExpressionNode, facts: HouseholdFacts, member: number): Result {
  try {
    return expressionBounds(node, facts, member)
  } catch (error) {
    const { message } = error as RangeError
    return message === 'number too large' ? 'too-large' : 'divided-by-zero'
  }
}

function isBelowZero(result: Result): boolean {
  return typeof result === 'object' && result.kind === 'number' && result.lo.n < 0
}
