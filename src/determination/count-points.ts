import { type LeafNode, leavesOf } from '../engine/condition-node.js'
import { numberIn } from '../engine/expression-bounds.js'
import type { ExpressionNode } from '../engine/expression-node.js'
import { factsRead, restsOn } from '../engine/facts-read.js'
import { missingOfExpression } from '../engine/missing.js'
import { decimal, subtract, toNumber } from '../engine/ratio.js'
import type { Rule, ScorecardLine } from '../engine/rule.js'
import type { Clause } from '../model/clause.js'
import type { Operator } from '../model/condition.js'
import type { Points, PointsLine } from '../model/determination.js'
import type { AnswerContext } from './answer-context.js'

/** Decimals of points in an answer. */
const DECIMALS = 3
const AT_LEAST: readonly Operator[] = ['greaterThan', 'greaterThanInclusive']

/**
 * The points of a version's table for one subject: what is certain, what is possible, what the
 * conditions require and how far the certain points fall short of it, in all and line by line.
 */
export function countPoints(rule: Rule, member: number, context: AnswerContext): Points {
  const { lo, hi } = numberIn(rule.points?.derive as ExpressionNode, context.facts, member)
  const required = requiredBy(rule)
  const short = required === null ? null : subtract(decimal(required), lo)
  return {
    won: toNumber(lo, DECIMALS),
    possible: toNumber(hi, DECIMALS),
    required,
    short: short === null ? null : Math.max(0, toNumber(short, DECIMALS)),
    items: rule.lines.map((line) => countLine(line, member, context)),
  }
}

function countLine(line: ScorecardLine, member: number, context: AnswerContext): PointsLine {
  const { item, points } = line
  const { rulebook, language, facts } = context
  const { lo, hi } = numberIn(points, facts, member)
  const title = item.title ?? (rulebook.clauses.get(item.clause) as Clause).title
  return {
    item: item.id,
    title: title[language],
    ...(item.group !== undefined && { group: item.group }),
    won: toNumber(lo, DECIMALS),
    possible: toNumber(hi, DECIMALS),
    clauses: clausesOf(line),
    missing: [...missingOfExpression(points, facts, member).keys()].sort(),
  }
}

/** The clause of a line, then those its facts' definitions rest on. */
function clausesOf({ item, points }: ScorecardLine): string[] {
  const facts = factsRead(points).flatMap((fact) => [...restsOn(fact)])
  return [...new Set([item.clause, ...facts.flatMap(({ clauses }) => clauses)])]
}

/** The greatest number of points that a condition asks for. */
function requiredBy({ conditions, points }: Rule): number | null {
  const asks = ({ fact, operator }: LeafNode) => fact === points && AT_LEAST.includes(operator)
  const numbers = leavesOf(conditions)
    .filter(asks)
    .map(({ required }) => required as number)
  return numbers.length === 0 ? null : Math.max(...numbers)
}
