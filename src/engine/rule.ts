import type { EntitlementRule } from '../model/entitlement.js'
import type { Entity } from '../model/fact.js'
import {
  type RuleVersion,
  ruleVersionId,
  type Scorecard,
  type ScorecardItem,
} from '../model/rule-version.js'
import type { ConditionNode } from './condition-node.js'
import type { ExpressionNode } from './expression-node.js'
import type { Dictionary, FactDefinition } from './fact-definition.js'
import { parseCondition } from './parse-condition.js'
import { PLAIN_NUMBER, PLAIN_YUAN, parseExpression } from './parse-expression.js'
import { isPlain, isYuan } from './ratio.js'
import { itemPoints, scorecardPoints } from './scorecard-points.js'
import { factsOf, isObject, segment, type Typing } from './typing.js'

/** A warning that is given always, or when its condition certainly holds. */
export interface RuleWarning {
  readonly code: string
  readonly when: ConditionNode | null
  readonly clauses: readonly string[]
}

/** What an eligible subject is granted, typed. */
export interface RuleEntitlement {
  readonly rule: EntitlementRule
  readonly amount: ExpressionNode | null
  readonly rate: number | null
  readonly clauses: readonly string[]
}

/** One line of a points table, typed: its caps and exclusion are in the expression. */
export interface ScorecardLine {
  readonly item: ScorecardItem
  readonly points: ExpressionNode
}

/** A rule version after typing: what the engine works on. */
export interface Rule {
  readonly id: string
  readonly version: RuleVersion
  readonly subject: Entity
  readonly conditions: ConditionNode
  readonly entitlement: RuleEntitlement
  readonly warnings: readonly RuleWarning[]
  readonly points: FactDefinition | null
  readonly lines: readonly ScorecardLine[]
}

/**
 * A rule version typed against the dictionary, or undefined after reporting every defect with
 * its JSON pointer. `version.conditions` and all expressions may still be any JSON.
 */
export function parseRule(
  version: RuleVersion,
  subject: Entity,
  dictionary: Dictionary,
  report: (pointer: string, reason: string) => void,
): Rule | undefined {
  const typing: Typing = {
    ...factsOf(dictionary),
    parameters: version.parameters,
    member: subject === 'member',
    report,
  }
  if (!arePlain(version.parameters, report)) return undefined
  const points =
    version.scorecard === undefined ? null : pointsFact(version.scorecard, subject, typing)
  const withPoints: Typing = {
    ...typing,
    fact: (id) => (id === points?.id ? points : dictionary.get(id)),
    facts: () => (points === null ? dictionary.keys() : [points.id, ...dictionary.keys()]),
  }
  const conditions = parseCondition(version.conditions, '/conditions', withPoints)
  const entitlement = parseEntitlement(version.entitlement, withPoints)
  const warnings = (version.warnings ?? []).map((warning, index) =>
    parseWarning(warning, `/warnings/${index}`, withPoints),
  )
  if (
    conditions === undefined ||
    entitlement === undefined ||
    !warnings.every((warning) => warning !== undefined)
  )
    return undefined
  return {
    id: ruleVersionId(version),
    version,
    subject,
    conditions: relative(conditions),
    entitlement,
    warnings,
    points,
    lines: linesOf(version.scorecard, typing),
  }
}

/** Whether every figure is held exactly and no money is below 0; the others are reported. */
function arePlain(parameters: RuleVersion['parameters'], report: Typing['report']): boolean {
  const odd = Object.entries(parameters).filter(([name, { value, unit }]) => {
    const reason = unit?.startsWith('CNY') ? wrongMoney(value) : wrongFigure(value)
    if (reason !== undefined) report(`/parameters${segment(name)}/value`, reason)
    return reason !== undefined
  })
  return odd.length === 0
}

function wrongMoney(value: number): string | undefined {
  if (!isYuan(value)) return PLAIN_YUAN
  return value < 0 ? 'an amount of money is never below 0' : undefined
}

function wrongFigure(value: number): string | undefined {
  return isPlain(value) ? undefined : PLAIN_NUMBER
}

/** The lines of a points table; what is wrong with them was reported with the whole. */
function linesOf(scorecard: Scorecard | undefined, typing: Typing): readonly ScorecardLine[] {
  const quiet = { ...typing, report: () => undefined }
  return (scorecard?.items ?? []).flatMap((item) => {
    const points = parseExpression(itemPoints(item), '/scorecard', quiet)
    return points === undefined ? [] : [{ item, points }]
  })
}

/** Pointers of a version's conditions start at the conditions, as answers give them. */
function relative(node: ConditionNode): ConditionNode {
  switch (node.kind) {
    case 'leaf':
      return { ...node, pointer: node.pointer.slice('/conditions'.length) }
    case 'not':
      return { ...node, child: relative(node.child) }
    case 'all':
    case 'any':
      return { ...node, children: node.children.map(relative) }
  }
}

function parseWarning(
  warning: NonNullable<RuleVersion['warnings']>[number],
  pointer: string,
  typing: Typing,
): RuleWarning | undefined {
  const { programme, clause } = warning
  if ((warning.warning === 'conflicts-with') !== (programme !== undefined)) {
    typing.report(pointer, 'conflicts-with, and only it, names a programme')
    return undefined
  }
  const when =
    warning.when === undefined
      ? null
      : parseCondition(warning.when, `${pointer}/when`, typing, false)
  if (when === undefined) return undefined
  const code = programme === undefined ? warning.warning : `${warning.warning}:${programme}`
  return { code, when, clauses: clause === undefined ? [] : [clause] }
}

function parseEntitlement(rule: EntitlementRule, typing: Typing): RuleEntitlement | undefined {
  const clauses = [rule.clause, ...(rule.alsoClauses ?? [])]
  if (rule.kind === 'rate') {
    const rate = parseRate(rule.rate, typing)
    return rate === undefined ? undefined : { rule, amount: null, rate, clauses }
  }
  const json = rule.kind === 'top-up' ? topUp(rule) : rule.amount
  if (json === null) return { rule, amount: null, rate: null, clauses }
  const amount = parseExpression(json, '/entitlement/amount', typing)
  if (amount === undefined || !isInUnit(amount, rule, typing)) return undefined
  if (amount.type === 'money') return { rule, amount, rate: null, clauses }
  typing.report('/entitlement', `an amount is money, not a ${amount.type}`)
  return undefined
}

/** Whether an amount that is one figure of the text is granted in that figure's unit. */
function isInUnit(
  amount: ExpressionNode,
  { unit }: { unit: string | null },
  typing: Typing,
): boolean {
  if (amount.kind !== 'parameter') return true
  const stated = typing.parameters[amount.name]?.unit
  if (stated === unit) return true
  typing.report(
    '/entitlement/unit',
    `parameter "${amount.name}" is in ${stated}, the amount in ${unit}`,
  )
  return false
}

/** (standard − against) × times, never below 0. */
function topUp({ standard, against, times }: EntitlementRule & { kind: 'top-up' }): unknown {
  return { max: [{ yuan: 0 }, { multiply: [{ subtract: [standard, against] }, times] }] }
}

function parseRate(rate: unknown, typing: Typing): number | undefined {
  if (!isObject(rate)) return rate as number
  const parameter = typing.parameters[String(rate.parameter)]
  if (parameter === undefined)
    typing.report('/entitlement/rate', `unknown parameter "${String(rate.parameter)}"`)
  else if (parameter.value > 0) return parameter.value
  else typing.report('/entitlement/rate', `a rate is above 0, parameter "${rate.parameter}" is not`)
  return undefined
}

function pointsFact(scorecard: Scorecard, subject: Entity, typing: Typing): FactDefinition {
  const derive = parseExpression(scorecardPoints(scorecard), '/scorecard', typing)
  const words = { zh: '积分', en: 'The total of the points table' }
  const most = Math.floor(Number.MAX_SAFE_INTEGER / 1000)
  return {
    id: 'scorecard.points',
    name: 'scorecard.points',
    entity: subject,
    type: 'decimal',
    unit: 'points',
    money: false,
    scale: 1000,
    min: -most,
    max: most,
    codes: null,
    unknownValues: [],
    clauses: [...new Set(scorecard.items.map(({ clause }) => clause))],
    interpretations: scorecard.items.flatMap(({ interpretation }) => interpretation ?? []),
    order: Number.MAX_SAFE_INTEGER,
    fact: {
      id: 'member.points',
      entity: subject,
      type: 'decimal',
      unit: 'points',
      source: 'derived',
      sensitive: false,
      label: words,
      question: words,
    },
    ...(derive !== undefined && { derive }),
  }
}
