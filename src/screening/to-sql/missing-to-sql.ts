import type { ConditionNode } from '../../engine/condition-node.js'
import type { ExpressionNode } from '../../engine/expression-node.js'
import type { FactDefinition } from '../../engine/fact-definition.js'
import { overMembers } from './aggregate-to-sql.js'
import { binder } from './bind-bounds.js'
import { isKnownSql, isOpen } from './bounds-sql.js'
import { type Compilation, partsOf, type View } from './compilation.js'
import { conditionToSql, type Settle } from './condition-to-sql.js'
import { expressionToSql, readingIn } from './expression-to-sql.js'
import { and, choose, not } from './logic.js'
import {
  isNothingMissing,
  type MissingSql,
  mergeMissing,
  missingUnder,
  NOTHING_MISSING,
} from './missing-sql.js'
import { keyOf, type Sql, TRUE, text } from './sql.js'

/**
 * The unknown base facts read by unsettled leaves that are reached from the root through
 * unsettled nodes only; a derived fact is replaced by its unknown inputs.
 */
export function missingOfCondition(
  node: ConditionNode,
  view: View,
  compilation: Compilation,
  settle?: Settle,
): MissingSql {
  const open = isOpen(conditionToSql(node, view, compilation, settle))
  if (node.kind === 'leaf') return missingUnder(open, unknownInputs(node.fact, view, compilation))
  const children = node.kind === 'not' ? [node.child] : node.children
  const below = children.map((child) => missingOfCondition(child, view, compilation, settle))
  return missingUnder(open, mergeMissing(below))
}

/** A base fact itself; of a derived one its unknown inputs, or itself when all are known. */
function unknownInputs(fact: FactDefinition, viewed: View, compilation: Compilation): MissingSql {
  const view = fact.entity === 'household' ? 'household' : viewed
  const key = `${view} ${fact.id}`
  const before = compilation.missing.get(key)
  if (before !== undefined) return before
  const inputs =
    fact.derive === undefined
      ? NOTHING_MISSING
      : missingOfExpression(fact.derive, view, compilation)
  const name = fact.entity === 'household' ? fact.id : fact.name
  const itself: MissingSql = {
    facts: new Map([[fact.id, { entity: fact.entity, name, guard: isNothingMissing(inputs) }]]),
    texts: new Map(),
  }
  const missing = settled(mergeMissing([inputs, missingUnder(TRUE, itself)]), view, compilation)
  compilation.missing.set(key, missing)
  return missing
}

/** The unknown facts that keep an expression from being known. */
function missingOfExpression(
  node: ExpressionNode,
  view: View,
  compilation: Compilation,
): MissingSql {
  const missing = partsMissing(node, view, compilation)
  if (missing.facts.size + missing.texts.size === 0) return missing
  const known = isKnownSql(expressionToSql(node, view, compilation))
  return missingUnder(binder(view, compilation)(not(known)), missing)
}

function partsMissing(node: ExpressionNode, view: View, compilation: Compilation): MissingSql {
  switch (node.kind) {
    case 'fact':
      return unknownInputs(node.fact, view, compilation)
    case 'holds':
      return missingOfCondition(node.condition, view, compilation)
    case 'aggregate':
      return overListed(missingOfExpression(node.operand, 'member', compilation), compilation)
    case 'when':
      return ofChoices(node, view, compilation)
    case 'highest':
      return mergeMissing(
        node.choices.map(({ condition, value }) =>
          missingUnder(
            readingIn(condition, view, compilation).possibly,
            each([condition, value], view, compilation),
          ),
        ),
      )
    default:
      return each(partsOf(node), view, compilation)
  }
}

function each(nodes: readonly ExpressionNode[], view: View, compilation: Compilation): MissingSql {
  return mergeMissing(nodes.map((node) => missingOfExpression(node, view, compilation)))
}

/** Up to the first choice that certainly holds; later ones cannot matter. */
function ofChoices(
  { choices, otherwise }: ExpressionNode & { readonly kind: 'when' },
  view: View,
  compilation: Compilation,
): MissingSql {
  const passed: Sql[] = []
  const parts = choices.map(({ condition, value }) => {
    const { certainly, possibly } = readingIn(condition, view, compilation)
    const reached = and(...passed, possibly)
    passed.push(not(certainly))
    return missingUnder(reached, each([condition, value], view, compilation))
  })
  const last = missingUnder(and(...passed), missingOfExpression(otherwise, view, compilation))
  return mergeMissing([...parts, last])
}

/** What is missing of any listed member: keys of the household's own facts, and a text of theirs. */
function overListed(missing: MissingSql, compilation: Compilation): MissingSql {
  const { columns } = compilation
  const any = (guard: Sql) => overMembers('any', guard, compilation)
  const own = [...missing.facts].filter(([, { entity }]) => entity === 'household')
  const theirs = [...missing.facts.values()].filter(({ entity }) => entity === 'member')
  const texts = [...missing.texts].map(
    ([key, one]) => [key, { ...one, guard: any(one.guard) }] as const,
  )
  const facts = new Map(own.map(([key, one]) => [key, { ...one, guard: any(one.guard) }]))
  if (theirs.length === 0) return { facts, texts: new Map(texts) }
  const keys = theirs.map(({ guard, name }) =>
    choose([{ when: guard, give: memberKey(name) }], text('')),
  )
  const each = keys.length === 1 ? (keys[0] as Sql) : joined(keys)
  const all = columns.aggregate('texts', [each], { type: 'text', most: 0n })
  return { facts, texts: new Map([...texts, [keyOf(all), { text: all, guard: TRUE }]]) }
}

/** ` members/<id>/<name>` of the member of a row. */
export function memberKey(name: string): Sql {
  return joined([text(' members/'), MEMBER_ID, text(`/${name}`)])
}

/** Texts one after the other. */
export function joined(operands: readonly Sql[]): Sql {
  return { kind: 'call', type: 'text', most: 0n, name: 'join', operands }
}

/** The id column of the members of every source. */
const MEMBER_ID: Sql = {
  kind: 'column',
  type: 'text',
  most: 0n,
  column: {
    name: 'memberId',
    entity: 'member',
    sql: null,
    type: 'text',
    most: 0n,
    round: 0,
    depth: 0,
  },
}

/** Guards in columns of their own. */
function settled(missing: MissingSql, view: View, compilation: Compilation): MissingSql {
  const bind = binder(view, compilation)
  const each = <T extends { readonly guard: Sql }>(map: ReadonlyMap<string, T>) =>
    new Map([...map].map(([key, one]) => [key, { ...one, guard: bind(one.guard) }]))
  return { facts: each(missing.facts), texts: each(missing.texts) }
}
