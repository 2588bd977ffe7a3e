import { codeClasses } from '../../engine/code-classes.js'
import { type ConditionNode, codesByFact, leavesOf } from '../../engine/condition-node.js'
import type { ExpressionNode } from '../../engine/expression-node.js'
import type { FactDefinition } from '../../engine/fact-definition.js'
import type { BoundsSql } from './bounds-sql.js'
import { type Columns, makeColumns } from './columns.js'
import { factToSql } from './fact-to-sql.js'
import type { MissingSql } from './missing-sql.js'

/** Whom an expression is about: no member, the member of a row, or one who is not listed. */
export type View = 'household' | 'member' | 'unlisted'

/** What the SQL of one screening shares: the circumstances, and the columns made so far. */
export interface Compilation {
  /** Days since 1970. */
  readonly asOf: number
  /** GB/T 2260 code. */
  readonly jurisdiction: string
  /** Whether the source has a column for a fact. */
  readonly has: (fact: FactDefinition) => boolean
  /** How many members the household says it has. */
  readonly size: FactDefinition | undefined
  readonly columns: Columns
  /** What a fact can be in a view: only this ties facts and expressions together. */
  readonly boundsOf: (fact: FactDefinition, view: View) => BoundsSql
  /** The classes of codes that conditions tell apart, of every fact. */
  readonly classes: ReadonlyMap<FactDefinition, ReadonlyMap<string, number>>
  readonly bounds: Map<string, BoundsSql>
  readonly missing: Map<string, MissingSql>
}

export interface Circumstances {
  readonly asOf: number
  readonly jurisdiction: string
  readonly has: Compilation['has']
  readonly size: FactDefinition | undefined
}

/** A compilation of some conditions and expressions, before any SQL is made. */
export function beginCompilation(
  circumstances: Circumstances,
  conditions: readonly ConditionNode[],
  expressions: readonly ExpressionNode[],
): Compilation {
  const compared = codesByFact(conditionsAsked(conditions, expressions))
  const compilation: Compilation = {
    ...circumstances,
    boundsOf: (fact, view) => factToSql(fact, view, compilation),
    columns: makeColumns(),
    classes: new Map([...compared].map(([fact, lists]) => [fact, codeClasses(lists)])),
    bounds: new Map(),
    missing: new Map(),
  }
  return compilation
}

/** Every condition that is asked, those inside expressions and derivations among them. */
function conditionsAsked(
  conditions: readonly ConditionNode[],
  expressions: readonly ExpressionNode[],
): readonly ConditionNode[] {
  const asked: ConditionNode[] = []
  const seen = new Set<FactDefinition>()
  const visitFact = (fact: FactDefinition): void => {
    if (seen.has(fact)) return
    seen.add(fact)
    if (fact.derive !== undefined) visit(fact.derive)
  }
  const ask = (condition: ConditionNode): void => {
    asked.push(condition)
    for (const leaf of leavesOf(condition)) visitFact(leaf.fact)
  }
  const visit = (node: ExpressionNode): void => {
    if (node.kind === 'fact') visitFact(node.fact)
    if (node.kind === 'holds') ask(node.condition)
    for (const part of partsOf(node)) visit(part)
  }
  for (const condition of conditions) ask(condition)
  for (const node of expressions) visit(node)
  return asked
}

/** The expressions directly inside one. */
export function partsOf(node: ExpressionNode): readonly ExpressionNode[] {
  const both = (choices: readonly { condition: ExpressionNode; value: ExpressionNode }[]) =>
    choices.flatMap(({ condition, value }) => [condition, value])
  switch (node.kind) {
    case 'arithmetic':
      return node.operands
    case 'round':
    case 'not':
    case 'aggregate':
      return [node.operand]
    case 'elapsed':
      return [node.from, node.to]
    case 'within':
      return [node.code, node.region]
    case 'when':
      return [...both(node.choices), node.otherwise]
    case 'highest':
      return both(node.choices)
    case 'table':
      return [node.operand, ...node.bands.map(({ value }) => value)]
    default:
      return []
  }
}
